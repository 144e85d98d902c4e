"""What every act here has in common: text that is there, dates that can be, one record a form."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils import timezone

from coproduce.decisions.grounds import Ground
from coproduce.decisions.models import Action, Decision, QuestionAnswer, Reply, RestsOn
from coproduce.refused import Refused
from coproduce.words.services.keeping import LONGEST, tidy

if TYPE_CHECKING:
    from coproduce.conversations.models import Conversation
    from coproduce.people.models import TeamMember

Kept = TypeVar("Kept", Decision, Action, Reply, QuestionAnswer)
LONGEST_NAME = 200


def filled(text: str, *, field: str, empty: str, longest: int = LONGEST) -> str:
    """The text, tidied. Raises Refused with `empty` where there is none, or too much of it."""
    kept = tidy(text)
    if not kept:
        raise Refused(empty, field=field)
    return not_too_long(kept, field=field, longest=longest)


def not_too_long(text: str, *, field: str, longest: int = LONGEST) -> str:
    kept = tidy(text)
    if len(kept) > longest:
        raise Refused(
            f"This is {len(kept):,} characters long. There is room for {longest:,}.", field=field
        )
    return kept


def because(why_corrected: str) -> str:
    """Why something is corrected, which everybody can read. Raises Refused where it is not said."""
    return filled(
        why_corrected,
        field="why_corrected",
        empty="Say why you correct it. Everybody can read it.",
        longest=500,
    )


def day_ahead(day: datetime.date | None, *, field: str, empty: str) -> datetime.date:
    """A date that is today or later. Raises Refused."""
    if day is None:
        raise Refused(empty, field=field)
    if day < timezone.localdate():
        raise Refused(
            f"{day:%-d %B %Y} has passed. Choose today or a later date.",
            field=field,
        )
    return day


def once(
    model: type[Kept], conversation: Conversation, form_key: str | None, make: Callable[[], Kept]
) -> tuple[Kept, bool]:
    """What `make` makes, and whether it is new: the same form twice is one record."""
    try:
        with transaction.atomic():
            return make(), True
    except IntegrityError:
        earlier = model._default_manager.filter(
            conversation=conversation, form_key=form_key
        ).first()
        if form_key is None or earlier is None:
            raise
        return earlier, False


def key_of(member: TeamMember, form_key: str) -> str:
    """A form belongs to who fills it in."""
    return f"{member.pk}:{form_key}"[:64]


def rest(conversation: Conversation, grounds: Iterable[Ground], **on: Any) -> None:
    """Keep what a decision, an action or a reply rests on: `rest(..., decision=decision)`."""
    RestsOn.objects.bulk_create(
        [
            RestsOn(
                conversation=conversation,
                passage=ground.passage,
                idea=ground.idea,
                words=ground.words,
                **on,
            )
            for ground in grounds
        ]
    )


def end_resting(now: datetime.datetime, **on: Any) -> None:
    RestsOn.objects.filter(ended_at=None, **on).update(ended_at=now)


def keys_of(grounds: Iterable[Ground]) -> dict[str, list[int]]:
    """The grounds in the log: keys by the name of their model, never words."""
    keys: dict[str, list[int]] = {}
    plural = {"passage": "passages", "idea": "ideas", "words": "words"}
    for ground in grounds:
        kind, key = ground.key
        keys.setdefault(plural[kind], []).append(key)
    return keys
