"""What became of each idea since, beside the latest version of the shared understanding."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from coproduce.conversations.models import Conversation, Doing
from coproduce.decisions.models import Decision, Reply
from coproduce.decisions.queries.ideas import IdeaOutcome, what_became_of_ideas, with_steps
from coproduce.decisions.queries.review import to_look_at_again

if TYPE_CHECKING:
    from coproduce.understanding.models import Version


def shows_outcomes(version: Version) -> bool:
    """It is the latest version, and decisions are made, or the conversation is closed."""
    conversation: Conversation = version.conversation
    if not (conversation.is_closed or conversation.allows(Doing.DECIDE)):
        return False
    return not conversation.versions.filter(number__gt=version.number).exists()


def outcomes_beside(
    version: Version, among: Collection[int] | None = None
) -> dict[int, IdeaOutcome]:
    """By idea, of all or of these; nothing where outcomes do not stand beside this version."""
    if not shows_outcomes(version):
        return {}
    outcomes = what_became_of_ideas(
        version.conversation, among=None if among is None else list(among)
    )
    with_steps(outcomes)
    _flag(outcomes)
    return {one.idea_id: one for one in outcomes if one.idea_id}


def _flag(outcomes: Collection[IdeaOutcome]) -> None:
    """Say of decisions and replies if words that they rest on were taken back since."""
    told: list[Decision | Reply] = []
    for each in outcomes:
        told += [*each.decisions, *each.replies]
    again = to_look_at_again(
        decisions={one.pk for one in told if isinstance(one, Decision)},
        replies={one.pk for one in told if not isinstance(one, Decision)},
    )
    for one in told:
        kept = again.decisions if isinstance(one, Decision) else again.replies
        one.look_again = one.pk in kept
