"""What the team does with the shared understanding: write around people's words, and publish."""

from coproduce.understanding.services.publishing import key_that_waits, publish
from coproduce.understanding.services.raising import move_raised, raise_question, retire_raised
from coproduce.understanding.services.wording import end_wording, word_together
from coproduce.understanding.services.writing import Overtaken, edit_draft, summarise_idea

__all__ = [
    "Overtaken",
    "edit_draft",
    "end_wording",
    "key_that_waits",
    "move_raised",
    "publish",
    "raise_question",
    "retire_raised",
    "summarise_idea",
    "word_together",
]
