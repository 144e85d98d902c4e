"""Moving what is said in public of how new words were looked at."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from commonground.rounding import STEP
from coproduce.conversations.models import Conversation
from coproduce.genuineness.models import PublicCount
from coproduce.moderation.queries import LOOKED_AT, LookedAt, looks_by_partner_group


@transaction.atomic
def move_rates(conversation: Conversation) -> None:
    """Say it anew for each partner group of which five more people have come, or gone."""
    # One at a time, so that two workers do not say the same of different moments.
    Conversation.objects.select_for_update().get(pk=conversation.pk)
    kept = {
        one.about: one
        for one in PublicCount.objects.filter(
            conversation=conversation, about__startswith=LOOKED_AT
        )
    }
    for key, found in looks_by_partner_group(conversation).items():
        about = LOOKED_AT + key
        before = kept.get(about)
        if abs(found.people - (before.people if before else 0)) >= STEP:
            _say(conversation, about, found)


def _say(conversation: Conversation, about: str, found: LookedAt) -> None:
    PublicCount.objects.update_or_create(
        conversation=conversation,
        about=about,
        defaults={
            "people": found.people,
            "shown": {"said": found.in_words()},
            "moved_at": timezone.now(),
        },
    )
