"""Which statement to ask somebody next."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from commonground.answers import Answer, ClusterAnswer, Given, cluster_answer
from commonground.routing import draw
from coproduce.people.models import Participant
from coproduce.prepared import Prepared
from coproduce.responses.models import Response, Skip
from coproduce.responses.queries.heard import HeardHere, heard_here
from coproduce.statements.models import Statement
from coproduce.statements.reading import shown_statement

IN_A_SITTING = 12

_answered = Prepared(
    lambda participant: (
        Response.objects.filter(participant_id=participant)
        .order_by("answered_at", "pk")
        .values_list("statement_id", "statement__cluster_id", "answer", "settles", "by_writing")
    ),
    "participant",
)
_skipped = Prepared(
    lambda participant: (
        Skip.objects.filter(participant_id=participant)
        .order_by("at")
        .values_list("statement__cluster_id")
    ),
    "participant",
)


@dataclass(frozen=True)
class Asked:
    """The statement to ask. `settles`: earlier answers of theirs conflict, so it is asked again.

    `place` of `among`: where the person is in this sitting of at most 12.
    """

    statement: Statement
    settles: bool
    place: int
    among: int


@dataclass(frozen=True)
class NothingToAsk:
    """Everything has been answered, but for what was skipped."""

    answered: int
    skipped: int


@dataclass(frozen=True)
class Before:
    """What somebody has answered and skipped, by cluster."""

    answered: frozenset[int]
    mixed: frozenset[int]
    skipped: tuple[int, ...]
    given: int

    @classmethod
    def of(cls, participant: Participant) -> Before:
        by_cluster: dict[int, list[Given]] = defaultdict(list)
        written = 0
        for order, (statement, cluster, answer, settles, by_writing) in enumerate(
            _answered.rows(participant=participant.pk)
        ):
            by_cluster[cluster].append(Given(Answer(answer), order, settles, statement))
            written += by_writing
        skipped = [cluster for (cluster,) in _skipped.rows(participant=participant.pk)]
        # Most have answered one statement of a cluster: nothing can conflict there.
        mixed = {
            cluster
            for cluster, given in by_cluster.items()
            if len(given) > 1 and cluster_answer(given) == ClusterAnswer.MIXED
        }
        return cls(
            answered=frozenset(by_cluster),
            mixed=frozenset(mixed - set(skipped)),
            skipped=tuple(dict.fromkeys(c for c in skipped if c not in by_cluster or c in mixed)),
            given=len(by_cluster) - written + len(skipped),
        )


def next_to_ask(participant: Participant, *, skipped_too: bool = False) -> Asked | NothingToAsk:
    """What to ask next: what conflicts first, then what few have answered (commonground.routing).

    `skipped_too`: when the rest is done, ask again what they skipped, the longest ago first.
    """
    before = Before.of(participant)
    for fresh in (False, True):
        here = heard_here(participant.conversation_id, fresh=fresh)
        asked = _choose(participant, before, here, skipped_too)
        if isinstance(asked, Asked):
            return asked
    return asked


def _choose(
    participant: Participant, before: Before, here: HeardHere, skipped_too: bool
) -> Asked | NothingToAsk:
    done = here.among(before.answered)
    left = np.flatnonzero(~(done | here.among(before.skipped)))
    again = sorted(here.rows[cluster] for cluster in before.mixed if cluster in here.rows)
    row: int | None
    if again:
        row = again[0]
    else:
        row = draw(
            here.wanted(participant.membership, participant.conversation.enough),
            among=left,
            # The same page asked for twice shows the same statement.
            random_state=participant.pk * 100_003 + before.given,
        )
    waiting = [here.rows[cluster] for cluster in before.skipped if cluster in here.rows]
    remaining = len(left) + len(again)
    if row is None and skipped_too and waiting:
        row, remaining = waiting[0], len(waiting)
    if row is not None:
        statement = shown_statement(int(here.statements[row]))
        if statement is not None:
            statement.conversation = participant.conversation
            place = before.given % IN_A_SITTING
            return Asked(
                statement,
                settles=int(here.clusters[row]) in before.answered,
                place=place + 1,
                among=min(IN_A_SITTING, place + remaining),
            )
    return NothingToAsk(answered=int(done.sum()), skipped=len(waiting))
