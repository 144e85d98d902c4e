"""Room marks: asterisks counted in a room, written down with where they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from coproduce.audit.services import record
from coproduce.ideas.models import Idea
from coproduce.ideas.queries import SOURCE_KEPT, Counted, counted
from coproduce.people.models import TeamMember
from coproduce.refused import Meanwhile, Refused
from coproduce.statements.access import require_arranging
from coproduce.statements.clusters import arrangement_changed
from coproduce.statements.models import RoomMark, Statement

if TYPE_CHECKING:
    from coproduce.audit.models import Entry

MOST = 10_000


@transaction.atomic
def set_room_marks(
    *,
    on: Statement | Idea,
    count: int,
    source: str,
    by: TeamMember,
    seen: int | None = None,
    reason: str = "",
    undoes: Entry | None = None,
) -> None:
    """Write down how many marks were counted in a room on a statement or an idea.

    `seen`: the count on the page of the person who writes. 0 takes the marks away.
    """
    require_arranging(by)
    if on.conversation_id != by.conversation_id:
        raise Refused("This belongs to another conversation.")
    if not 0 <= count <= MOST:
        raise Refused(f"Write a whole number from 0 to {MOST:,}.", field="count")
    source = source.strip()[:SOURCE_KEPT]
    if count and not source:
        raise Refused("Say where these marks were counted.", field="source")
    of_it = {"statement": on} if isinstance(on, Statement) else {"idea": on}
    rows = list(RoomMark.objects.select_for_update().filter(**of_it).order_by("pk"))
    before = counted(rows)
    if seen is not None and seen != before.count:
        raise Meanwhile(
            f"Somebody has written down {before.count} marks meanwhile. Yours are not saved."
        )
    if before == Counted(count, source):
        return
    RoomMark.objects.filter(pk__in=[row.pk for row in rows]).delete()
    if count:
        RoomMark.objects.create(
            conversation=by.conversation, count=count, source=source, by=by.account, **of_it
        )
    arrangement_changed(by.conversation)
    record(
        conversation=by.conversation,
        act="set_room_marks",
        by=by.account,
        about=on.ref if isinstance(on, Statement) else f"idea {on.pk}",
        reason=reason,
        details={
            "count": count,
            "source": source,
            "before": before.count,
            "source_before": before.source,
            "statement" if isinstance(on, Statement) else "idea": on.pk,
        },
        undoes=undoes,
    )
