"""What facilitators do with ideas: make, name, order, split and join them, and fill them."""

from coproduce.ideas.services.marking import set_room_marks
from coproduce.ideas.services.ordering import move_idea, move_in_idea
from coproduce.ideas.services.placing import place_in, remove_from, stands_in
from coproduce.ideas.services.reviewing import keep_wording
from coproduce.ideas.services.shaping import (
    bring_back_idea,
    join_ideas,
    make_idea,
    name_idea,
    retire_idea,
    split_idea,
)
from coproduce.ideas.services.tagging import lift_tags, set_tags, tag_statements, tags_of

__all__ = [
    "bring_back_idea",
    "join_ideas",
    "keep_wording",
    "lift_tags",
    "make_idea",
    "move_idea",
    "move_in_idea",
    "name_idea",
    "place_in",
    "remove_from",
    "retire_idea",
    "set_room_marks",
    "set_tags",
    "split_idea",
    "stands_in",
    "tag_statements",
    "tags_of",
]
