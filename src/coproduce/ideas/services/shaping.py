"""Making, naming, splitting, joining and taking away ideas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from coproduce.audit.services import record
from coproduce.conversations.models import Question
from coproduce.ideas.models import Idea, Placement
from coproduce.ideas.services.holding import LONGEST_SUMMARY, changed, hold_idea, named
from coproduce.ideas.services.placing import restore
from coproduce.people.models import TeamMember
from coproduce.refused import Meanwhile, Refused
from coproduce.statements.access import require_arranging
from coproduce.statements.clusters import arrangement_changed
from coproduce.statements.models import Statement

if TYPE_CHECKING:
    from coproduce.audit.models import Entry


def _log(
    by: TeamMember,
    act: str,
    idea: Idea,
    *,
    reason: str = "",
    undoes: Entry | None = None,
    **details: object,
) -> None:
    arrangement_changed(by.conversation)
    record(
        conversation=by.conversation,
        act=act,
        by=by.account,
        about=f"idea {idea.pk}",
        reason=reason,
        details={"idea": idea.pk, "name": idea.name, **details},
        undoes=undoes,
    )


def _place_all(idea: Idea, statements: Sequence[Statement], by: TeamMember) -> list[int]:
    return [
        Placement.objects.create(
            idea=idea, statement=statement, position=position, placed_by=by.account
        ).pk
        for position, statement in enumerate(statements)
    ]


def _shown(statements: Sequence[Statement], question: Question, by: TeamMember) -> list[Statement]:
    """The statements that are shown and answer this question, one for each cluster, in order."""
    found = {
        one.pk: one
        for one in Statement.objects.filter(
            pk__in=[each.pk for each in statements],
            conversation=by.conversation,
            question=question,
        ).shown()
    }
    by_cluster: dict[int, Statement] = {}
    for each in statements:
        if each.pk in found:
            by_cluster.setdefault(found[each.pk].cluster_id, found[each.pk])
    return list(by_cluster.values())


@transaction.atomic
def make_idea(
    *,
    question: Question,
    name: str,
    by: TeamMember,
    statements: Sequence[Statement] = (),
    suggested: bool = False,
) -> Idea:
    """A new idea, last in its question, with statements in it.

    `suggested`: by the machine. It then needs a statement that is shown; Refused otherwise.
    """
    require_arranging(by)
    name = named(name)
    if question.conversation_id != by.conversation_id:
        raise Refused("This belongs to another conversation.")
    shown = _shown(statements, question, by)
    if suggested and not shown:
        raise Refused("Tick what belongs to this idea: one statement or more.", field="statement")
    last = Idea.objects.filter(question=question).aggregate(last=Max("position"))["last"]
    idea = Idea.objects.create(
        conversation=by.conversation,
        question=question,
        name=name,
        position=0 if last is None else last + 1,
        made_by=by.account,
    )
    placed = _place_all(idea, shown, by)
    _log(by, "make_idea", idea, placements=placed, suggested=suggested)
    return idea


@transaction.atomic
def name_idea(
    *,
    idea: Idea,
    by: TeamMember,
    name: str,
    summary: str,
    revision: int | None = None,
    reason: str = "",
    undoes: Entry | None = None,
) -> None:
    """Give an idea another name or summary, unless somebody else did since `revision`."""
    name = named(name)
    summary = summary.strip()
    if len(summary) > LONGEST_SUMMARY:
        raise Refused(
            f"Make the summary shorter: at most {LONGEST_SUMMARY} letters.", field="summary"
        )
    idea = hold_idea(idea, by, revision=revision)
    before = {"name_before": idea.name, "summary_before": idea.summary}
    if (name, summary) == (idea.name, idea.summary):
        return
    changed(idea, name=name, summary=summary)
    idea.name, idea.summary = name, summary
    _log(by, "name_idea", idea, reason=reason, undoes=undoes, **before)


@transaction.atomic
def retire_idea(
    *,
    idea: Idea,
    by: TeamMember,
    revision: int | None = None,
    reason: str = "",
    undoes: Entry | None = None,
) -> None:
    """Take an idea away. Its statements stay; those in no other idea are in none again."""
    idea = hold_idea(idea, by, revision=revision)
    changed(idea, retired_at=timezone.now())
    removed = list(Placement.objects.held().filter(idea=idea).values_list("pk", flat=True))
    Placement.objects.filter(pk__in=removed).update(removed_at=timezone.now())
    _log(by, "retire_idea", idea, reason=reason, undoes=undoes, removed=removed)


@transaction.atomic
def bring_back_idea(*, entry: Entry, by: TeamMember, reason: str = "") -> None:
    """Undo taking an idea away: it stands again, with the statements that stood in it."""
    require_arranging(by)
    idea = Idea.objects.select_for_update(of=("self",)).get(pk=entry.details["idea"])
    if idea.retired_at is None:
        raise Meanwhile("Somebody has brought this idea back already.")
    changed(idea, retired_at=None)
    restore(entry.details["removed"], by)
    _log(by, "bring_back_idea", idea, reason=reason, undoes=entry)


@transaction.atomic
def split_idea(
    *,
    idea: Idea,
    by: TeamMember,
    name: str,
    statements: Sequence[Statement],
    revision: int | None = None,
) -> Idea:
    """Move some statements of an idea to a new idea of their own, right after it.

    Raises Meanwhile where one of them does not stand here any more.
    """
    name = named(name)
    idea = hold_idea(idea, by, revision=revision)
    moved = _shown(statements, idea.question, by)
    clusters = {one.cluster_id for one in moved}
    here = Placement.objects.held().filter(idea=idea)
    _still_here(statements, clusters, here, idea)
    removed = list(here.filter(statement__cluster__in=clusters).values_list("pk", flat=True))
    if not removed:
        raise Refused("Choose the statements that go to the new idea.", field="statements")
    if not here.exclude(pk__in=removed).exists():
        raise Refused(
            "Leave at least one statement where it is. To call all of it something else, "
            "give the idea another name.",
            field="statements",
        )
    Placement.objects.filter(pk__in=removed).update(removed_at=timezone.now())
    after = Idea.objects.kept().filter(question=idea.question, position__gt=idea.position)
    for later in after:
        Idea.objects.filter(pk=later.pk).update(position=later.position + 1)
    new = Idea.objects.create(
        conversation=by.conversation,
        question=idea.question,
        name=name,
        position=idea.position + 1,
        made_by=by.account,
    )
    placed = _place_all(new, moved, by)
    changed(idea)
    _log(by, "split_idea", idea, new=new.pk, new_name=new.name, placements=placed, removed=removed)
    return new


def _still_here(
    statements: Sequence[Statement], shown: set[int], here: QuerySet[Placement], idea: Idea
) -> None:
    stand = set(here.values_list("statement__cluster", flat=True))
    for one in statements:
        if one.cluster_id not in shown:
            raise Meanwhile(
                "A statement that you ticked is not shown any more. Nothing was changed. "
                "Look at the ticks again."
            )
        if one.cluster_id not in stand:
            raise Meanwhile(
                f"Somebody has moved “{one.text}” out of “{idea.name}” meanwhile. "
                "Nothing was changed. Look at the ticks again."
            )


@transaction.atomic
def join_ideas(*, kept: Idea, absorbed: Idea, by: TeamMember, revision: int | None = None) -> None:
    """Put everything of one idea into another, and take the empty one away."""
    if kept.pk == absorbed.pk:
        raise Refused("Choose another idea to join this one with.", field="absorbed")
    if kept.question_id != absorbed.question_id:
        raise Refused("These ideas answer different questions.", field="absorbed")
    for each in sorted((kept.pk, absorbed.pk)):
        if each == kept.pk:
            kept = hold_idea(kept, by, revision=revision)
        else:
            absorbed = hold_idea(absorbed, by, revision=None)
    old = list(Placement.objects.held().filter(idea=absorbed).order_by("position", "pk"))
    last = kept.placements.aggregate(last=Max("position"))["last"]
    stand = set(Placement.objects.held().filter(idea=kept).values_list("statement_id", flat=True))
    placed = [
        Placement.objects.create(
            idea=kept,
            statement_id=one.statement_id,
            position=(0 if last is None else last + 1) + number,
            placed_by=by.account,
        ).pk
        for number, one in enumerate(old)
        if one.statement_id not in stand
    ]
    removed = [one.pk for one in old]
    Placement.objects.filter(pk__in=removed).update(removed_at=timezone.now())
    changed(absorbed, retired_at=timezone.now())
    changed(kept)
    _log(
        by,
        "join_ideas",
        kept,
        absorbed=absorbed.pk,
        absorbed_name=absorbed.name,
        placements=placed,
        removed=removed,
    )


@transaction.atomic
def undo_shape(*, entry: Entry, by: TeamMember, reason: str = "") -> None:
    """Undo making, splitting or joining: ideas and placements stand as they did before it.

    What somebody has moved on since stays where they put it.
    """
    require_arranging(by)
    details = entry.details
    now = timezone.now()
    moved_on = set()
    for one in Placement.objects.filter(pk__in=details["placements"]).select_related("statement"):
        # The same place again, even where taking the idea away and back made it a new row.
        held = Placement.objects.held().filter(idea=one.idea_id, statement=one.statement_id)
        if not held.update(removed_at=now):
            moved_on.add(one.statement.cluster_id)
    made = details["idea"] if entry.act == "make_idea" else details.get("new")
    if made is not None:
        idea = Idea.objects.select_for_update(of=("self",)).get(pk=made)
        if idea.retired_at is not None:
            raise Meanwhile("Somebody has taken this idea away already. Nothing was changed.")
        if Placement.objects.held().filter(idea=idea).exists():
            raise Meanwhile(
                f"Somebody has put other statements in “{idea.name}” since. Move them first."
            )
        changed(idea, retired_at=now)
    if "absorbed" in details:
        absorbed = Idea.objects.get(pk=details["absorbed"])
        changed(absorbed, retired_at=None)
    before = Placement.objects.filter(pk__in=details.get("removed", []))
    again = before.exclude(statement__cluster__in=moved_on).values_list("pk", flat=True)
    restore(list(again), by)
    _log(by, "undo_shape", Idea.objects.get(pk=details["idea"]), reason=reason, undoes=entry)
