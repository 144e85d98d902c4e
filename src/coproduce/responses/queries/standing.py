"""How somebody's own answers stand, and what they may see of others'."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from commonground.answers import Answer, Given, cluster_answer
from coproduce.conversations.models import Conversation
from coproduce.people.models import Participant
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


def own_answers(participant: Participant, clusters: Collection[int]) -> dict[int, OwnAnswer]:
    """A person's one answer to each of these clusters that they have answered."""
    given: dict[int, list[Given]] = defaultdict(list)
    written: set[int] = set()
    for order, (statement, cluster, answer, settles, by_writing) in enumerate(
        Response.objects.filter(participant=participant, statement__cluster__in=clusters)
        .exclude(statement__words__standing=Standing.WITHDRAWN)
        .order_by("answered_at", "pk")
        .values_list("statement_id", "statement__cluster_id", "answer", "settles", "by_writing")
    ):
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
    if not participant.may_see_totals:
        return {}
    return dict(
        Figure.objects.filter(cluster__in=set(clusters) & set(answered)).values_list(
            "cluster_id", "shown"
        )
    )


def labels(conversation: Conversation) -> dict[str, str]:
    return {group.key: group.label for group in conversation.partner_groups.all()}


def shown_reasons(cluster: int, *, most: int = 20) -> list[Reason]:
    """Reasons that others may read, challenges among them, in the order in which they came."""
    reasons = (
        Reason.objects.filter(statement__cluster=cluster, words__standing=Standing.SHOWN)
        .select_related("words", "words__kept_text")
        .prefetch_related("words__maskings")
        .order_by("words__ref")
    )
    return list(reasons[:most])


def own_reasons(participant: Participant, statement: Statement) -> list[Words]:
    return list(
        Words.objects.with_text()
        .filter(participant=participant, kind=Words.Kind.REASON, reason__statement=statement)
        .exclude(standing=Standing.WITHDRAWN)
        .order_by("given_at")
    )


def answers_given(participant: Participant) -> QuerySet[Response]:
    """Everything that somebody answered, the latest first, with the words of each statement."""
    return (
        Response.objects.filter(participant=participant)
        .select_related("statement__words__kept_text", "statement__cluster")
        .prefetch_related("statement__words__maskings")
        .order_by("-answered_at", "-pk")
    )
