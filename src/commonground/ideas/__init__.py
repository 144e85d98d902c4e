"""Connected ideas: which statements belong together, suggested around what people arranged."""

from commonground.ideas.near import nearest_ideas
from commonground.ideas.suggest import NameHook, suggest_ideas
from commonground.ideas.suggestions import (
    Detail,
    IdeaLevel,
    IdeaSuggestions,
    NearIdea,
    SuggestedIdea,
)

__all__ = [
    "Detail",
    "IdeaLevel",
    "IdeaSuggestions",
    "NameHook",
    "NearIdea",
    "SuggestedIdea",
    "nearest_ideas",
    "suggest_ideas",
]
