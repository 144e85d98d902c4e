"""Putting statements together that say the same, and taking them apart again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from commonground.duplicates import Relation, relate
from coproduce.audit.services import record
from coproduce.conversations.models import Conversation
from coproduce.ideas.staying import leave_again, placements_of, stay
from coproduce.people.models import Account, Participant, TeamMember
from coproduce.refused import Meanwhile, Refused
from coproduce.responses.tallies import lock_clusters
from coproduce.statements.access import require_arranging
from coproduce.statements.clusters import (
    arrangement_changed,
    components,
    holding_pairs,
    settle,
)
from coproduce.statements.models import Cluster, LikenessAnswer, MergeLink, Statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coproduce.audit.models import Entry


def _fresh(*statements: Statement) -> list[Statement]:
    """The statements as they stand now, their clusters locked, in the order given."""
    keys = [one.pk for one in statements]
    lock_clusters(list(Statement.objects.filter(pk__in=keys).values_list("cluster_id", flat=True)))
    found = {one.pk: one for one in Statement.objects.with_words().filter(pk__in=keys)}
    return [found[key] for key in keys]


def _refuse_opposites(one: Statement, other: Statement) -> None:
    """No merge joins two clusters in which any two statements take opposite stances."""
    ours = Statement.objects.filter(cluster=one.cluster_id).with_words().order_by("pk")
    theirs = Statement.objects.filter(cluster=other.cluster_id).with_words().order_by("pk")
    texts = [(each.ref, each.text) for each in theirs]
    for mine in ours:
        for ref, text in texts:
            found = relate(mine.text, text)
            if found.relation is Relation.OPPOSITE:
                why = "; ".join(found.reasons)
                raise Refused(
                    f"{mine.ref} and {ref} may disagree ({why}). Statements that take opposite "
                    "stances are never put together. Both stay."
                )


def _refuse_told_apart(one: Statement, other: Statement) -> None:
    """What a team member said to be different stays so until somebody undoes that."""
    ours, theirs = one.cluster_id, other.cluster_id
    said = (
        LikenessAnswer.objects.filter(by_writer=False, lifted_at=None)
        .filter(
            Q(first__cluster=ours, second__cluster=theirs)
            | Q(first__cluster=theirs, second__cluster=ours)
        )
        .select_related("by", "first__words", "second__words")
        .order_by("pk")
        .first()
    )
    if said is not None:
        raise Meanwhile(
            f"{said.by} has said that {said.first.ref} and {said.second.ref} are different. "
            "Nothing was changed. To put them together, first undo that in the log."
        )


def _may_be_linked(one: Statement, other: Statement) -> None:
    if one.conversation_id != other.conversation_id:
        raise Refused("These statements belong to different conversations.")
    if one.pk == other.pk:
        raise Refused("Choose two statements. This is one and the same.")
    if one.question_id != other.question_id:
        raise Refused("These statements answer different questions. Each stays with its own.")


@transaction.atomic
def merge_statements(
    *,
    kept: Statement,
    absorbed: Statement,
    by: TeamMember,
    reason: str = "",
    undoes: Entry | None = None,
) -> MergeLink:
    """Link two statements that say the same: from now on they are listed once, as `kept` is.

    Everybody is counted once, with the one answer that they gave. Every word stays. Raises
    Refused where the two take opposite stances, and Meanwhile where somebody has already put
    them together or said that they are different, or where one is not shown any more.
    """
    require_arranging(by, kept, absorbed)
    kept, absorbed = _fresh(kept, absorbed)
    _may_be_linked(kept, absorbed)
    if not (kept.is_open and absorbed.is_open):
        raise Meanwhile("One of these statements is not shown any more. Nothing was changed.")
    if kept.cluster_id == absorbed.cluster_id:
        raise Meanwhile("Somebody has already put these together. Nothing was changed.")
    _refuse_told_apart(kept, absorbed)
    _refuse_opposites(absorbed, kept)
    link = _link(absorbed, kept, by=by.account, reason=reason)
    record(
        conversation=by.conversation,
        act="merge_statements",
        by=by.account,
        about=kept.ref,
        reason=reason,
        details={"link": link.pk, "absorbed": absorbed.ref},
        undoes=undoes,
    )
    return link


@transaction.atomic
def merge_several(*, statements: Sequence[Statement], by: TeamMember, reason: str = "") -> None:
    """Put statements together that say the same; the first is listed. All of them, or none.

    Raises what `merge_statements` raises, and Refused for fewer than two.
    """
    if len(statements) < 2:
        raise Refused("Choose two statements, or more.")
    kept, *others = statements
    keys = [one.pk for one in statements]
    for absorbed in others:
        cluster_of = dict(Statement.objects.filter(pk__in=keys).values_list("pk", "cluster_id"))
        # Those that stood together came together.
        if cluster_of[absorbed.pk] != cluster_of[kept.pk] or len(others) == 1:
            merge_statements(kept=kept, absorbed=absorbed, by=by, reason=reason)


@transaction.atomic
def link_as_same(*, mine: Statement, other: Statement, participant: Participant) -> MergeLink:
    """The writer of `mine` says that it says the same as `other`. They can take it back.

    `mine` may still wait to be looked at: the link holds, and others see it once it is shown.
    """
    if mine.words.participant_id != participant.pk:
        raise Refused("Only the person who wrote these words can say that.")
    mine, other = _fresh(mine, other)
    _may_be_linked(mine, other)
    if not other.is_open:
        raise Refused("That statement is not shown any more.")
    if mine.words.is_withdrawn or mine.words.standing == "set_apart":
        raise Refused("These words cannot be put together with others now.")
    if mine.cluster_id == other.cluster_id:
        held = MergeLink.objects.filter(first=mine, second=other, cut_at=None).first()
        if held is not None:
            return held
    _refuse_opposites(mine, other)
    link = _link(mine, other, by_writer=True)
    answer_of_writer(mine, other, LikenessAnswer.Verdict.SAME)
    record(
        conversation=mine.conversation,
        act="link_as_same",
        by_participant=True,
        about=other.ref,
        details={"link": link.pk, "absorbed": mine.ref},
    )
    return link


def answer_of_writer(
    mine: Statement, other: Statement, verdict: LikenessAnswer.Verdict
) -> LikenessAnswer:
    """What the writer of `mine` says of the two from now on. What they said before is lifted.

    Their clusters are locked by the caller, so that two taps are one answer.
    """
    stands = LikenessAnswer.objects.of_writer(mine, other)
    said = stands.filter(first=mine, verdict=verdict).first()
    if said is not None:
        return said
    stands.update(lifted_at=timezone.now())
    return LikenessAnswer.objects.create(first=mine, second=other, verdict=verdict, by_writer=True)


@transaction.atomic
def unlink_as_same(*, link: MergeLink, participant: Participant) -> None:
    """The writer takes "the same" back."""
    if not link.by_writer or link.first.words.participant_id != participant.pk:
        raise Refused("Only the person who wrote these words can say that.")
    if link.holds:
        placed = _cut_one(link, by=None)
        LikenessAnswer.objects.of_writer(link.first, link.second).update(lifted_at=timezone.now())
        record(
            conversation=link.conversation,
            act="unlink_as_same",
            by_participant=True,
            about=link.second.ref,
            details={"link": link.pk, "placed": placed},
        )


@transaction.atomic
def undo_merge(
    *, link: MergeLink, by: TeamMember, reason: str = "", undoes: Entry | None = None
) -> None:
    """Cut a link. The counts are those that would stand had it never been made.

    Each side stands in the ideas that it stood in before, and in those that both came into since.
    """
    require_arranging(by, link.first, link.second)
    _fresh(link.first, link.second)
    link.refresh_from_db()
    if not link.holds:
        raise Meanwhile("Somebody has already taken these apart. Nothing was changed.")
    listed = _listed_in(link.second.cluster)
    placed = _cut_one(link, by=by.account, reason=reason)
    record(
        conversation=by.conversation,
        act="undo_merge",
        by=by.account,
        about=link.second.ref,
        reason=reason,
        details={
            "links": [link.pk],
            "made": [],
            "absorbed": link.first.ref,
            "listed": listed,
            "placed": placed,
        },
        undoes=undoes,
    )


@transaction.atomic
def take_apart(*, statement: Statement, by: TeamMember, reason: str = "") -> None:
    """Take one statement out of those it was put together with. The others stay together.

    They stay in the ideas that all stood in. The one taken out stands where it was placed itself,
    and where all were placed since it was put together with them.
    """
    require_arranging(by, statement)
    (statement,) = _fresh(statement)
    cluster = statement.cluster
    listed = _listed_in(cluster)
    others = list(Statement.objects.filter(cluster=cluster).exclude(pk=statement.pk).order_by("pk"))
    if not others:
        raise Meanwhile("This statement stands alone already. Nothing was changed.")
    links = list(
        MergeLink.objects.filter(cut_at=None, first=statement)
        | MergeLink.objects.filter(cut_at=None, second=statement)
    )
    stood = placements_of(cluster)
    MergeLink.objects.filter(pk__in=[one.pk for one in links]).update(
        cut_at=timezone.now(), cut_by=by.account, cut_reason=reason
    )
    by_key = {one.pk: one for one in others}
    parts = components(by_key, holding_pairs(by_key))
    made = [
        MergeLink.objects.create(
            conversation=by.conversation,
            first=by_key[part[0]],
            second=by_key[parts[0][0]],
            by=by.account,
            reason="They were put together with a statement that was taken out.",
        )
        for part in parts[1:]
    ]
    settle([cluster.pk], conversation=by.conversation)
    placed = stay(stood, by_key, by=by.account)
    placed += stay(
        stood, [statement.pk], by=by.account, since=min((one.at for one in links), default=None)
    )
    record(
        conversation=by.conversation,
        act="take_apart",
        by=by.account,
        about=statement.ref,
        reason=reason,
        details={
            "links": [one.pk for one in links],
            "made": [one.pk for one in made],
            "listed": listed,
            "placed": placed,
        },
    )


@transaction.atomic
def undo_cut(*, entry: Entry, by: TeamMember, reason: str = "") -> None:
    """Put back together what was taken apart, as the links were, with the same one listed."""
    require_arranging(by)
    cut = list(MergeLink.objects.filter(pk__in=entry.details["links"]).select_related("first"))
    if not cut:
        raise Refused("These links are not kept any more.")
    ends = _fresh(*(end for one in cut for end in (one.first, one.second)))
    if not all(one.is_open or not one.words.is_withdrawn for one in ends):
        raise Meanwhile("One of these statements was withdrawn. They stay apart.")
    for one in cut:
        first, second = one.first, one.second
        first.refresh_from_db()
        second.refresh_from_db()
        if first.cluster_id != second.cluster_id:
            _refuse_opposites(first, second)
        if not _linked(first, second):
            _link(first, second, by=by.account, reason=reason or one.reason)
    made = list(MergeLink.objects.filter(pk__in=entry.details["made"], cut_at=None))
    if made:
        _cut(made, by=by.account, reason=reason, conversation=by.conversation)
    leave_again(entry.details.get("placed", []))
    _list_again(entry.details.get("listed", ""), with_one_of=cut)
    record(
        conversation=by.conversation,
        act="undo_cut",
        by=by.account,
        about=entry.about,
        reason=reason,
        undoes=entry,
    )


@transaction.atomic
def list_statement(
    *,
    statement: Statement,
    by: TeamMember,
    seen: int | None = None,
    reason: str = "",
    undoes: Entry | None = None,
) -> None:
    """Choose which statement of a cluster stands for all when they are listed.

    `seen`: the key of the one that stood there on the page of the person who chooses.
    """
    require_arranging(by, statement)
    (statement,) = _fresh(statement)
    if not statement.is_open:
        raise Meanwhile("This statement is not shown any more. Nothing was changed.")
    cluster = statement.cluster
    if seen is not None and cluster.listed_id not in {seen, statement.pk}:
        raise Meanwhile("Somebody has chosen another one to be listed. Nothing was changed.")
    before = _listed_in(cluster)
    if cluster.listed_id == statement.pk:
        return
    cluster.listed = statement
    cluster.save(update_fields=["listed"])
    arrangement_changed(by.conversation)
    record(
        conversation=by.conversation,
        act="list_statement",
        by=by.account,
        about=statement.ref,
        reason=reason,
        details={"before": before},
        undoes=undoes,
    )


def _listed_in(cluster: Cluster) -> str:
    return cluster.listed.ref if cluster.listed else ""


def _list_again(ref: str, *, with_one_of: Sequence[MergeLink]) -> None:
    """The statement `ref` is listed for its cluster, where it stands with those linked again."""
    there = Statement.objects.filter(pk__in=[one.first_id for one in with_one_of])
    again = (
        Statement.objects.with_words()
        .filter(words__ref=ref, cluster__in=there.values("cluster"))
        .first()
    )
    if again is not None and again.is_open:
        Cluster.objects.filter(pk=again.cluster_id).update(listed=again)


def _linked(one: Statement, other: Statement) -> bool:
    return MergeLink.objects.filter(
        cut_at=None, first__in=[one, other], second__in=[one, other]
    ).exists()


def _link(
    first: Statement,
    second: Statement,
    *,
    by: Account | None = None,
    by_writer: bool = False,
    reason: str = "",
) -> MergeLink:
    """`first` joins the cluster of `second`."""
    link = MergeLink.objects.create(
        conversation=second.conversation,
        first=first,
        second=second,
        by=by,
        by_writer=by_writer,
        reason=reason[:300],
    )
    clusters = {first.cluster_id, second.cluster_id}
    settle(clusters, conversation=second.conversation, leading=second.cluster_id)
    return link


def _cut_one(link: MergeLink, *, by: Account | None, reason: str = "") -> list[int]:
    """Cut a link; keys of what was placed in ideas, so that no side leaves what both came into."""
    cluster = link.second.cluster
    stood = placements_of(cluster)
    members = list(Statement.objects.filter(cluster=cluster).values_list("pk", flat=True))
    _cut([link], by=by, reason=reason, conversation=link.conversation)
    return stay(stood, members, by=by, since=link.at)


def _cut(
    links: Sequence[MergeLink], *, by: Account | None, reason: str, conversation: Conversation
) -> None:
    MergeLink.objects.filter(pk__in=[one.pk for one in links]).update(
        cut_at=timezone.now(), cut_by=by, cut_reason=reason[:300]
    )
    clusters = set(
        Statement.objects.filter(
            pk__in=[end for one in links for end in (one.first_id, one.second_id)]
        ).values_list("cluster_id", flat=True)
    )
    settle(clusters, conversation=conversation)
