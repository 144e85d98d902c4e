"""Near-duplicates: which statements may say the same, which only touch, and which disagree."""

from commonground.duplicates.answers import AnsweredBoth, AnswersOfBoth, answers_among
from commonground.duplicates.index import DuplicateIndex, StatementPairs
from commonground.duplicates.judge import relate
from commonground.duplicates.relation import Proposal, Relation

__all__ = [
    "AnsweredBoth",
    "AnswersOfBoth",
    "DuplicateIndex",
    "Proposal",
    "Relation",
    "StatementPairs",
    "answers_among",
    "relate",
]
