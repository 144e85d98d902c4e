"""Which words the team may look at."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from coproduce.conversations.models import Doing
from coproduce.people.access import require_role
from coproduce.people.models import Role, TeamMember
from coproduce.refused import Refused
from coproduce.words.models import Standing, Words, WordsQuerySet

if TYPE_CHECKING:
    from coproduce.conversations.models import Conversation

LOOKERS = (Role.FACILITATOR, Role.ORGANISER)
# These kinds also come in once a version is published, so they are looked at then as well.
COME_LATER = frozenset({Words.Kind.DISPUTE, Words.Kind.NOTE})
NOT_NOW = (
    "New words are looked at while people gather, listen, connect and agree. None of these "
    "phases is open now. Words that worry you can be set apart at any time."
)
OUT_OF_SIGHT = (Standing.SET_APART, Standing.WITHDRAWN)


def require_looking(member: TeamMember, words: Words) -> None:
    """Asked first. Raises PermissionError or Refused."""
    require_role(member, *LOOKERS)
    conversation = member.conversation
    later = words.kind in COME_LATER and conversation.allows(Doing.CHECK_IN)
    if not (later or conversation.allows(Doing.ARRANGE)):
        raise Refused(NOT_NOW)


def in_sight(conversation: Conversation) -> WordsQuerySet:
    """Words that the team may read: not those set apart for safety, nor those taken back."""
    return Words.objects.filter(conversation=conversation).exclude(standing__in=OUT_OF_SIGHT)


def words_in_sight(conversation: Conversation, refs: Collection[str]) -> dict[str, Words]:
    return {one.ref: one for one in in_sight(conversation).filter(ref__in=refs).with_text()}


def words_to_worry_about(conversation: Conversation, refs: Collection[str]) -> dict[str, Words]:
    """As `words_in_sight`, and those set apart already: a worry about them is kept as well.

    For raising a worry alone. What they say is not to be shown.
    """
    kept = Words.objects.filter(conversation=conversation).exclude(standing=Standing.WITHDRAWN)
    return {one.ref: one for one in kept.filter(ref__in=refs).with_text()}
