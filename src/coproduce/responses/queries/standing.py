"""How somebody's own answers stand, and what they may see of others'."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, prefetch_related_objects

from commonground.answers import Answer, Given, cluster_answer
from coproduce.conversations.models import Conversation
from coproduce.people.models import Participant
from coproduce.prepared import Prepared, PreparedModels
from coproduce.responses.models import Figure, Reason, Response
from coproduce.words.models import Standing, Words

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from coproduce.statements.models import Statement


@dataclass(frozen=True)
class OwnAnswer:
    """`answer`: agree, disagree, not_sure or mixed. `of`: how many statements it comes from."""

    answer: str
    of: int
    by_writing: bool


# (statement, cluster, answer, settles, by_writing)
Row = tuple[int, int, int, bool, bool]


def _rows(answers: QuerySet[Response]) -> QuerySet[Response, Row]:
    return (
        answers.exclude(statement__words__standing=Standing.WITHDRAWN)
        .order_by("answered_at", "pk")
        .values_list("statement_id", "statement__cluster_id", "answer", "settles", "by_writing")
    )


_in_cluster = Prepared(
    lambda participant, cluster: _rows(
        Response.objects.filter(participant_id=participant, statement__cluster_id=cluster)
    ),
    "participant",
    "cluster",
)
_figure = Prepared(
    lambda cluster: Figure.objects.filter(cluster_id=cluster).values_list("cluster_id", "shown"),
    "cluster",
)


def own_answer(participant: Participant, cluster: int) -> OwnAnswer | None:
    """A person's one answer to a cluster; None where they have not answered it."""
    return _own(_in_cluster.rows(participant=participant.pk, cluster=cluster)).get(cluster)


def own_answers(participant: Participant, clusters: Collection[int]) -> dict[int, OwnAnswer]:
    """A person's one answer to each of these clusters that they have answered."""
    return _own(
        _rows(Response.objects.filter(participant=participant, statement__cluster__in=clusters))
    )


def _own(rows: Iterable[Row]) -> dict[int, OwnAnswer]:
    given: dict[int, list[Given]] = defaultdict(list)
    written: set[int] = set()
    for order, (statement, cluster, answer, settles, by_writing) in enumerate(rows):
        given[cluster].append(Given(Answer(answer), order, settles, statement))
        if by_writing:
            written.add(cluster)
    return {
        cluster: OwnAnswer(str(cluster_answer(answers)), len(answers), cluster in written)
        for cluster, answers in given.items()
    }


def may_be_seen(
    participant: Participant, clusters: Collection[int], answered: Collection[int]
) -> dict[int, dict[str, object]]:
    """The public figures of those clusters that this person has answered.

    Nobody sees totals before their own answer, and children none until they have finished.
    """
    those = set(clusters) & set(answered)
    if not participant.may_see_totals or not those:
        return {}
    if len(those) == 1:
        return dict(_figure.rows(cluster=those.pop()))
    return dict(Figure.objects.filter(cluster__in=those).values_list("cluster_id", "shown"))


def labels(conversation: Conversation) -> dict[str, str]:
    return {group.key: group.label for group in conversation.partner_groups.all()}


def reasons_to_read(
    participant: Participant, statement: Statement, *, most: int = 20
) -> tuple[list[Reason], list[Words]]:
    """Reasons that others may read, challenges among them; and why they answered it so themselves.

    The first are about all that was put together with the statement, in an order that chance drew.
    Their own are exact words about the statement alone, in the order in which they came.
    """
    found = _reasons.all(
        cluster=statement.cluster_id, participant=participant.pk, statement=statement.pk
    )
    shown = [one for one in found if one.words.standing == Standing.SHOWN][:most]
    prefetch_related_objects(shown, "words__maskings")
    own = [
        one.words
        for one in found
        if one.words.participant_id == participant.pk and one.statement_id == statement.pk
    ]
    return shown, sorted(own, key=lambda words: (words.given_at, words.pk))


_reasons = PreparedModels(
    lambda cluster, participant, statement: (
        Reason.objects.filter(statement__cluster_id=cluster)
        .filter(
            Q(words__standing=Standing.SHOWN)
            | Q(words__participant_id=participant, statement_id=statement)
            & ~Q(words__standing=Standing.WITHDRAWN)
        )
        .select_related("words__kept_text")
        .order_by("words__ref")
    ),
    "cluster",
    "participant",
    "statement",
)


def answers_given(participant: Participant) -> QuerySet[Response]:
    """Everything that somebody answered, the latest first, with the words of each statement."""
    return (
        Response.objects.filter(participant=participant)
        .select_related("statement__words__kept_text", "statement__cluster")
        .prefetch_related("statement__words__maskings")
        .order_by("-answered_at", "-pk")
    )
