"""Notes on statements: this works well, or it is about the Local Offer. Lifting keeps the row."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from coproduce.audit.services import record
from coproduce.ideas.models import Idea, StatementTag, Tag
from coproduce.people.access import require_role
from coproduce.people.models import TeamMember
from coproduce.refused import Meanwhile, Refused
from coproduce.statements.access import ARRANGERS
from coproduce.statements.models import Statement

if TYPE_CHECKING:
    from coproduce.audit.models import Entry


def require_tagging(member: TeamMember) -> None:
    """Asked first. Tags move no words and no figures, so they may be given in every phase."""
    require_role(member, *ARRANGERS)


@transaction.atomic
def tag_statements(
    *,
    statements: Collection[Statement],
    tag: str,
    by: TeamMember,
    idea: Idea | None = None,
    reason: str = "",
    undoes: Entry | None = None,
) -> int:
    """Give these statements a tag; how many did not have it. `idea`: where they were chosen."""
    shown = _checked(statements, tag, by)
    has = set(
        StatementTag.objects.filter(statement__in=shown, tag=tag, lifted_at=None).values_list(
            "statement_id", flat=True
        )
    )
    made = StatementTag.objects.bulk_create(
        [StatementTag(statement=one, tag=tag, by=by.account) for one in shown if one.pk not in has]
    )
    if made:
        record(
            conversation=by.conversation,
            act="tag_idea" if idea else "tag_statements",
            by=by.account,
            about=_about(shown, idea),
            reason=reason,
            details=_details(made, tag, idea),
            undoes=undoes,
        )
    return len(made)


@transaction.atomic
def lift_tags(
    *,
    statements: Collection[Statement],
    tag: str,
    by: TeamMember,
    idea: Idea | None = None,
    reason: str = "",
    undoes: Entry | None = None,
) -> int:
    """Take a tag off these statements; how many had it."""
    shown = _checked(statements, tag, by)
    held = list(
        StatementTag.objects.select_for_update()
        .filter(statement__in=shown, tag=tag, lifted_at=None)
        .order_by("pk")
    )
    StatementTag.objects.filter(pk__in=[one.pk for one in held]).update(lifted_at=timezone.now())
    if held:
        record(
            conversation=by.conversation,
            act="lift_idea_tags" if idea else "lift_tags",
            by=by.account,
            about=_about(shown, idea),
            reason=reason,
            details=_details(held, tag, idea),
            undoes=undoes,
        )
    return len(held)


def set_tags(
    *,
    statements: Collection[Statement],
    tags: Collection[str],
    seen: Collection[str],
    by: TeamMember,
) -> bool:
    """These tags and no others on all of these statements. Whether anything changed.

    `seen`: the tags on the page of the person who sets them. Raises Meanwhile where somebody else
    has changed them since.
    """
    require_tagging(by)
    now = tags_of(statements)
    if now != set(seen):
        raise Meanwhile("Somebody has changed these notes meanwhile. Nothing was overwritten.")
    wanted = set(tags)
    with transaction.atomic():
        given = [
            tag_statements(statements=statements, tag=tag, by=by) for tag in sorted(wanted - now)
        ]
        lifted = [lift_tags(statements=statements, tag=tag, by=by) for tag in sorted(now - wanted)]
    return any(given + lifted)


def tags_of(statements: Collection[Statement]) -> set[str]:
    """The tags that any of these statements has now."""
    return set(
        StatementTag.objects.filter(statement__in=statements, lifted_at=None).values_list(
            "tag", flat=True
        )
    )


def undo_tags(*, entry: Entry, by: TeamMember, reason: str = "") -> None:
    """Undo a giving or a lifting: the tags of those statements stand as they did before it."""
    statements = list(
        Statement.objects.filter(
            pk__in=entry.details["statements"], conversation=by.conversation
        ).select_related("words")
    )
    idea = Idea.objects.filter(pk=entry.details.get("idea")).first()
    again = entry.act in {"lift_tags", "lift_idea_tags"}
    act = tag_statements if again else lift_tags
    tag = entry.details["as"]
    if not act(statements=statements, tag=tag, by=by, idea=idea, reason=reason, undoes=entry):
        raise Meanwhile("Somebody has changed these notes since. Nothing was changed.")


def _checked(statements: Collection[Statement], tag: str, by: TeamMember) -> list[Statement]:
    require_tagging(by)
    if tag not in Tag.values:
        raise Refused("Choose what to note.", field="tag")
    if any(one.conversation_id != by.conversation_id for one in statements):
        raise Refused("This belongs to another conversation.")
    return [one for one in statements if one.is_open]


def _about(statements: Collection[Statement], idea: Idea | None) -> str:
    return f"idea {idea.pk}" if idea else next(iter(statements)).ref


def _details(tags: Collection[StatementTag], tag: str, idea: Idea | None) -> dict[str, object]:
    return {
        **({"idea": idea.pk} if idea else {}),
        "as": str(tag),
        "noted": str(Tag(tag).label),
        "count": len(tags),
        "tags": [one.pk for one in tags],
        "statements": [one.statement_id for one in tags],
    }
