"""The embedding map: who was involved in which decision or service, at which stage, and how."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from coproduce.audit.services import record
from coproduce.conversations.models import Conversation, PartnerGroup
from coproduce.genuineness.counts import TOOK_PART
from coproduce.genuineness.models import PublicCount
from coproduce.people.models import Account, Role, TeamMember
from coproduce.reach.access import require_running
from coproduce.reach.files import as_key, parse_map
from coproduce.reach.models import Involved, Involvement, MapEntry, Stage
from coproduce.refused import Refused


@transaction.atomic
def add_entry(*, by: Account | None, name: str, kind: str, source: str = "") -> MapEntry:
    require_running(by)
    name = name.strip()
    if not name:
        raise Refused("Type the name of the decision or the service.", field="name")
    if kind not in MapEntry.Kind.values:
        raise Refused("Say if it is a decision or a service.", field="kind")
    if MapEntry.objects.filter(name=name, kind=kind, retired_at=None).exists():
        raise Refused("This name stands on the map already.", field="name")
    entry = MapEntry.objects.create(name=name, kind=kind, source=source.strip(), made_by=by)
    record(conversation=None, act="add_to_map", by=by, about=name)
    return entry


@transaction.atomic
def retire_entry(*, by: Account | None, entry: MapEntry) -> None:
    """Take an entry off the map. The row stays."""
    require_running(by)
    if MapEntry.objects.filter(pk=entry.pk, retired_at=None).update(retired_at=timezone.now()):
        record(conversation=None, act="take_off_map", by=by, about=entry.name)


@transaction.atomic
def say_involved(
    *,
    by: Account | None,
    entry: MapEntry,
    stage: str,
    group_label: str,
    how: str,
    note: str = "",
    group_key: str = "",
) -> Involvement | None:
    """Say how a partner group was involved at a stage. A change is a new row.

    `how` empty: it is not known, and what was said before ends.
    """
    require_running(by)
    if stage not in Stage.values:
        raise Refused("This is not one of the stages.", field="stage")
    if how and how not in Involved.values:
        raise Refused("Choose how they were involved.", field="how")
    changed = _say(by, entry, stage, group_key or as_key(group_label), group_label, how, note)
    if changed is not None or not how:
        record(conversation=None, act="change_map", by=by, about=entry.name)
    return changed


def _say(
    by: Account | None,
    entry: MapEntry,
    stage: str,
    group_key: str,
    group_label: str,
    how: str,
    note: str,
) -> Involvement | None:
    before = Involvement.objects.filter(
        entry=entry, stage=stage, group_key=group_key, ended_at=None
    ).first()
    if before is not None:
        if (before.how, before.note) == (how, note):
            return None
        before.ended_at = timezone.now()
        before.save(update_fields=["ended_at"])
    if not how:
        return None
    return Involvement.objects.create(
        entry=entry,
        stage=stage,
        group_key=group_key,
        group_label=group_label,
        how=how,
        note=note,
        by=by,
    )


@transaction.atomic
def load_map(*, by: Account | None, name: str, content: bytes) -> int:
    """Put the rows of a file on the map; how many involvements are new or changed.

    Raises Refused with what to mend, by line and column; then nothing is loaded.
    """
    require_running(by)
    rows = parse_map(name, content)
    entries = {
        (entry.name, entry.kind): entry for entry in MapEntry.objects.filter(retired_at=None)
    }
    changed = 0
    for row in rows:
        entry = entries.get((row.name, row.kind))
        if entry is None:
            entry = MapEntry.objects.create(
                name=row.name, kind=row.kind, source=row.source, made_by=by
            )
            entries[row.name, row.kind] = entry
        changed += (
            _say(by, entry, row.stage, row.group_key, row.group_label, row.how, row.note)
            is not None
        )
    record(conversation=None, act="load_map", by=by, about=name[:200], details={"count": changed})
    return changed


# A rung of a conversation, and the same on the map.
_OF_RUNG = {
    "informing": Involved.INFORMING,
    "consultation": Involved.CONSULTATION,
    "engagement": Involved.ENGAGEMENT,
    "co_design": Involved.CO_DESIGN,
    "co_production": Involved.CO_PRODUCTION,
}

FROM_CONVERSATION = "From the conversation: somebody should look at it."


@transaction.atomic
def prefill(*, by: Account | None, conversation: Conversation) -> MapEntry:
    """Put a conversation on the map, as far as its records say who was involved and how.

    Deciding what matters: each invited partner group of which five or more took part, on the rung
    that was promised; the others were not involved. Deciding: the partner groups that decision
    makers of the team stand for decide together where they are two or more; the others were not
    involved. Only what is public is used. A person looks at it and changes it.
    """
    require_running(by)
    if conversation.is_draft:
        raise Refused("This conversation has not been opened. It has nothing to show yet.")
    entry, is_new = MapEntry.objects.get_or_create(
        conversation=conversation,
        retired_at=None,
        defaults={
            "name": conversation.name,
            "kind": MapEntry.Kind.DECISION,
            "source": "A conversation of this area",
            "made_by": by,
        },
    )
    if not is_new:
        raise Refused("This conversation stands on the map already. Change it there.")
    groups = list(conversation.partner_groups.filter(retired_at=None))
    how = _OF_RUNG.get(conversation.rung, Involved.CONSULTATION)
    told = PublicCount.objects.filter(conversation=conversation, about=TOOK_PART).first()
    if told is not None:
        taking_part = {key for key, people in told.shown["cells"] if people}
        _prefill_stage(by, entry, Stage.WHAT_MATTERS, groups, taking_part, how)
    deciding = set(
        TeamMember.objects.filter(
            conversation=conversation,
            left_at=None,
            grants__role=Role.DECISION_MAKER,
            grants__ended_at=None,
            partner_group__isnull=False,
        ).values_list("partner_group__key", flat=True)
    )
    if deciding:
        together = Involved.CO_PRODUCTION if len(deciding) > 1 else ""
        _prefill_stage(by, entry, Stage.DECIDING, groups, deciding, together)
    record(conversation=None, act="add_to_map", by=by, about=entry.name)
    return entry


def _prefill_stage(
    by: Account | None,
    entry: MapEntry,
    stage: str,
    groups: Iterable[PartnerGroup],
    involved: set[str],
    how: str,
) -> None:
    for group in groups:
        _say(
            by,
            entry,
            stage,
            group.key,
            group.label,
            how if group.key in involved else Involved.NOT,
            FROM_CONVERSATION,
        )
