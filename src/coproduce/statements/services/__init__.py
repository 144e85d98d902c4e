"""What people do about statements: say them, put together those that say the same, and not."""

from coproduce.statements.services.merging import (
    link_as_same,
    list_statement,
    merge_several,
    merge_statements,
    take_apart,
    undo_cut,
    undo_merge,
    unlink_as_same,
)
from coproduce.statements.services.saying import raise_question, submit_statement
from coproduce.statements.services.telling_apart import (
    ask_again,
    keep_apart,
    say_not_the_same,
    take_back_not_the_same,
)

__all__ = [
    "ask_again",
    "keep_apart",
    "link_as_same",
    "list_statement",
    "merge_several",
    "merge_statements",
    "raise_question",
    "say_not_the_same",
    "submit_statement",
    "take_apart",
    "take_back_not_the_same",
    "undo_cut",
    "undo_merge",
    "unlink_as_same",
]
