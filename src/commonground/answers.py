"""A person's one answer to a cluster of merged statements.

Answers attach for ever to the statement that was shown. When statements are merged, a person who
answered several of them counts once: with the one answer that all of theirs agree on, or apart, as
*mixed*, until they have been asked again.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Answer(IntEnum):
    """What a person says to a statement. Not having seen it is none of these."""

    AGREE = 1
    NOT_SURE = 0
    DISAGREE = -1


class ClusterAnswer(StrEnum):
    """What a person says to statements that were merged. Mixed: their own answers conflict."""

    AGREE = "agree"
    DISAGREE = "disagree"
    NOT_SURE = "not_sure"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Given:
    """One answer that a person gave to one statement of a cluster.

    `order` rises with time (a row number or a timestamp; only its order matters).
    `settles`: the person was asked again about the whole cluster, so that nothing earlier counts.
    `statement` tells a changed answer from a conflict: of several answers with the same statement
    the latest counts. Without it each answer stands for a statement of its own.
    """

    answer: Answer
    order: float
    settles: bool = False
    statement: Hashable = None


_IN_A_CLUSTER = {
    Answer.AGREE: ClusterAnswer.AGREE,
    Answer.NOT_SURE: ClusterAnswer.NOT_SURE,
    Answer.DISAGREE: ClusterAnswer.DISAGREE,
}


def cluster_answer(given: Sequence[Given]) -> ClusterAnswer | None:
    """The one answer of a person to a cluster, from all they gave to its statements.

    The answers from the last settling one on count, the latest for each statement. All the same:
    that answer. Any two different: mixed. None given: None, which is not "not sure".
    """
    in_time = sorted(given, key=lambda one: one.order)
    settled = max((place for place, one in enumerate(in_time) if one.settles), default=0)
    latest: dict[Hashable, Answer] = {}
    for place, one in enumerate(in_time[settled:]):
        key = ("alone", place) if one.statement is None else ("statement", one.statement)
        latest[key] = Answer(one.answer)
    answers = set(latest.values())
    if not answers:
        return None
    return _IN_A_CLUSTER[answers.pop()] if len(answers) == 1 else ClusterAnswer.MIXED
