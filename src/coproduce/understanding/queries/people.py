"""How many people took part, and what of it may be told."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q

from commonground.rounding import rounded
from coproduce.agreeing.queries.people import exact_numbers, settled
from coproduce.responses.models import Response
from coproduce.understanding.document import TookPart
from coproduce.understanding.figures import may_tell_again
from coproduce.understanding.models import Version
from coproduce.words.models import Words

if TYPE_CHECKING:
    from coproduce.conversations.models import Conversation


@dataclass(frozen=True)
class Counted:
    """What may be told, and the exact numbers behind it, which are kept and never shown."""

    told: TookPart
    exact: dict[str, Any]


def were_asked_of_wordings(conversation: Conversation) -> dict[str, int]:
    """How many were asked of combined wordings, answered, disputed: exact, and settled."""
    return settled(exact_numbers(conversation), _before(conversation).get("wordings", {}))


def _before(conversation: Conversation) -> dict[str, Any]:
    """The exact numbers behind what the latest version tells."""
    return (
        Version.objects.filter(conversation=conversation)
        .order_by("-number")
        .values_list("counted", flat=True)
        .first()
        or {}
    )


def took_part(conversation: Conversation) -> Counted:
    """People who said or answered something, each once; each partner group's, rounded to 5.

    A number that an earlier version told stays until five people more (or fewer) stand behind it,
    so that nobody can tell from two versions that one person came.
    """
    before = _before(conversation)
    by_membership = (
        conversation.participants.filter(
            Q(Exists(Response.objects.filter(participant=OuterRef("pk"))))
            | Q(Exists(Words.objects.filter(participant=OuterRef("pk"))))
        )
        .values_list("membership")
        .annotate(people=Count("pk"))
    )
    groups: Counter[str] = Counter()
    everybody = 0
    invited = [g for g in conversation.partner_groups.all() if g.retired_at is None]
    for membership, people in by_membership:
        everybody += people
        for group in invited:
            if membership & group.mask:
                groups[group.key] += people
    kept = {
        group.key: _settled(groups[group.key], before.get("groups", {}).get(group.key))
        for group in invited
    }
    people = _settled(everybody, before.get("people"))
    return Counted(
        TookPart(rounded(people), tuple((key, rounded(number)) for key, number in kept.items())),
        {"people": people, "groups": kept},
    )


def _settled(now: int, shown_of: int | None) -> int:
    return now if shown_of is None or may_tell_again(shown_of, now) else shown_of
