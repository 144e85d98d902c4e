"""Masking: parts of words that say who somebody is are hidden from others. The words stay."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from coproduce.audit.services import record
from coproduce.moderation.access import require_looking
from coproduce.moderation.services.looking import lock_words
from coproduce.people.models import TeamMember
from coproduce.refused import Meanwhile, Refused
from coproduce.words.models import Masking, Words

if TYPE_CHECKING:
    from coproduce.audit.models import Entry

Span = tuple[int, int]


def free_spans(wanted: Sequence[Span], taken: Sequence[Span], length: int) -> list[Span]:
    """The wanted spans, joined where they touch each other, without what is hidden already."""
    positions = {at for start, end in wanted for at in range(max(0, start), min(length, end))} - {
        at for start, end in taken for at in range(start, end)
    }
    spans: list[Span] = []
    for at in sorted(positions):
        if spans and spans[-1][1] == at:
            spans[-1] = (spans[-1][0], at + 1)
        else:
            spans.append((at, at + 1))
    return spans


@transaction.atomic
def mask(
    *,
    words: Words,
    by: TeamMember,
    spans: Sequence[Span],
    seen: int | None = None,
    undoes: Entry | None = None,
) -> Masking | None:
    """Hide parts of words from others; positions are [start, end) in the text as it was given.

    None when all of it is hidden already.
    """
    require_looking(by, words)
    if words.conversation_id != by.conversation_id:
        raise Refused("This belongs to another conversation.")
    if any(not 0 <= start < end <= len(words.text) for start, end in spans):
        raise Refused("A part to hide lies outside these words. Mark it again.", field="hide")
    words = lock_words(words, seen=seen)
    taken = [
        (start, end)
        for masking in words.maskings.all()
        if masking.is_kept
        for start, end in masking.spans
    ]
    new = free_spans(spans, taken, len(words.text))
    if not new:
        return None
    masking = Masking.objects.create(words=words, spans=new, by=by.account)
    record(
        conversation=by.conversation,
        act="mask",
        by=by.account,
        about=words.ref,
        details={"masking": masking.pk, "parts": len(new)},
        undoes=undoes,
    )
    return masking


@transaction.atomic
def lift_mask(
    *, masking: Masking, by: TeamMember, reason: str = "", undoes: Entry | None = None
) -> None:
    """Show again what was hidden."""
    require_looking(by, masking.words)
    if masking.words.conversation_id != by.conversation_id:
        raise Refused("This belongs to another conversation.")
    lock_words(masking.words, seen=None)
    if not Masking.objects.filter(pk=masking.pk, lifted_at=None).update(lifted_at=timezone.now()):
        raise Meanwhile("Somebody has already shown this again.")
    record(
        conversation=by.conversation,
        act="lift_mask",
        by=by.account,
        about=masking.words.ref,
        reason=reason,
        details={"masking": masking.pk, "parts": len(masking.spans)},
        undoes=undoes,
    )
