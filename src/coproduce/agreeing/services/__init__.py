"""Agreeing the wording: what people say of it, and what the team does about a dispute."""

from coproduce.agreeing.services.answering import answer_wording
from coproduce.agreeing.services.disputes import let_stand, reword, split

__all__ = ["answer_wording", "let_stand", "reword", "split"]
