"""Saying that two statements are different, so that nobody is asked about them again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from coproduce.audit.services import record
from coproduce.people.models import Participant, TeamMember
from coproduce.refused import Meanwhile, Refused
from coproduce.responses.tallies import lock_clusters
from coproduce.statements.access import require_arranging
from coproduce.statements.models import LikenessAnswer, MergeLink, Statement
from coproduce.statements.services.merging import answer_of_writer, unlink_as_same

if TYPE_CHECKING:
    from coproduce.audit.models import Entry


def _in_order(one: Statement, other: Statement) -> tuple[Statement, Statement]:
    return (one, other) if one.pk < other.pk else (other, one)


@transaction.atomic
def keep_apart(
    *,
    one: Statement,
    other: Statement,
    by: TeamMember,
    reason: str = "",
    undoes: Entry | None = None,
) -> LikenessAnswer:
    """A team member says: these are different, don't ask again. Both stay.

    Raises Meanwhile where somebody has said so already, or has put them together.
    """
    require_arranging(by, one, other)
    first, second = _in_order(one, other)
    keys = [first.pk, second.pk]
    lock_clusters(list(Statement.objects.filter(pk__in=keys).values_list("cluster_id", flat=True)))
    if len(set(Statement.objects.filter(pk__in=keys).values_list("cluster_id", flat=True))) == 1:
        raise Meanwhile("Somebody has put these together meanwhile. Nothing was changed.")
    if LikenessAnswer.objects.filter(
        first=first, second=second, by_writer=False, lifted_at=None
    ).exists():
        raise Meanwhile("Somebody has already said that these are different.")
    answer = LikenessAnswer.objects.create(
        first=first, second=second, verdict=LikenessAnswer.Verdict.DIFFERENT, by=by.account
    )
    record(
        conversation=by.conversation,
        act="keep_apart",
        by=by.account,
        about=one.ref,
        reason=reason,
        details={"answer": answer.pk, "other": other.ref},
        undoes=undoes,
    )
    return answer


@transaction.atomic
def ask_again(
    *, answer: LikenessAnswer, by: TeamMember, reason: str = "", undoes: Entry | None = None
) -> None:
    """Lift "different": the pair may be suggested again."""
    require_arranging(by, answer.first)
    lifted = LikenessAnswer.objects.filter(pk=answer.pk, lifted_at=None).update(
        lifted_at=timezone.now()
    )
    if not lifted:
        raise Meanwhile("Somebody has already taken this back.")
    record(
        conversation=by.conversation,
        act="ask_again",
        by=by.account,
        about=answer.first.ref,
        reason=reason,
        details={"answer": answer.pk, "other": answer.second.ref},
        undoes=undoes,
    )


@transaction.atomic
def say_not_the_same(
    *, mine: Statement, other: Statement, participant: Participant, partly: bool = False
) -> LikenessAnswer:
    """The writer of `mine` says that another statement says only partly the same, or not.

    Where they said before, perhaps on another device, that it says the same, this takes it back.
    """
    if mine.words.participant_id != participant.pk:
        raise Refused("Only the person who wrote these words can say that.")
    keys = [mine.pk, other.pk]
    lock_clusters(list(Statement.objects.filter(pk__in=keys).values_list("cluster_id", flat=True)))
    said_before = MergeLink.objects.filter(first=mine, second=other, by_writer=True, cut_at=None)
    for link in said_before.select_related("first__words", "second__words"):
        unlink_as_same(link=link, participant=participant)
    verdict = LikenessAnswer.Verdict.PARTLY if partly else LikenessAnswer.Verdict.DIFFERENT
    return answer_of_writer(mine, other, verdict)


@transaction.atomic
def take_back_not_the_same(*, answer: LikenessAnswer, participant: Participant) -> None:
    """The writer takes "partly" or "different" back: they may be asked again. The answer is kept.

    Taken back twice is taken back once. Raises Refused where the words are somebody else's.
    """
    if not answer.by_writer or answer.first.words.participant_id != participant.pk:
        raise Refused("Only the person who wrote these words can say that.")
    LikenessAnswer.objects.filter(pk=answer.pk, lifted_at=None).update(lifted_at=timezone.now())
