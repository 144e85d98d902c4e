"""Who may decide, act, reply and answer questions; and what of it may be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coproduce.conversations.models import Doing, Phase
from coproduce.decisions.models import Action, Decision, QuestionAnswer, Reply
from coproduce.people.access import require_role
from coproduce.people.models import Role
from coproduce.refused import Refused
from coproduce.understanding.access import tidy_ref

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from coproduce.conversations.models import Conversation
    from coproduce.people.models import TeamMember

DECIDES = (Role.DECISION_MAKER,)
ACTS = (Role.DECISION_MAKER, Role.ORGANISER)
REPLIES = (Role.DECISION_MAKER, Role.ORGANISER, Role.FACILITATOR)
ANSWERS = (Role.SPECIALIST,)
# Everybody who owes something to those who took part.
OWES = (Role.DECISION_MAKER, Role.ORGANISER, Role.FACILITATOR, Role.SPECIALIST)

NOT_NOW = (
    "Decisions, actions and replies are for when a version is published: in the phases "
    "“published” and “acting”. Neither of them is open now."
)
NO_ANSWERS_NOW = "Questions are answered while a conversation is open. This one is not open now."


def require_acting(member: TeamMember, *roles: str) -> None:
    """Asked first. Raises PermissionError or Refused."""
    require_role(member, *roles)
    require_phase(member.conversation)


def require_phase(conversation: Conversation) -> None:
    if not conversation.allows(Doing.DECIDE):
        raise Refused(NOT_NOW)


def require_answering(member: TeamMember) -> None:
    require_role(member, *ANSWERS)
    if not member.conversation.allows(Doing.ANSWER_QUESTIONS):
        raise Refused(NO_ANSWERS_NOW)


def decision_of(member: TeamMember, ref: str) -> Decision | None:
    """A decision of the conversation that the member helps to run."""
    return _decisions().filter(conversation_id=member.conversation_id, ref=ref).first()


def action_of(member: TeamMember, ref: str) -> Action | None:
    return _actions().filter(conversation_id=member.conversation_id, ref=ref).first()


def reply_of(member: TeamMember, ref: str) -> Reply | None:
    return Reply.objects.filter(conversation_id=member.conversation_id, ref=ref).first()


def question_answer_of(member: TeamMember, ref: str) -> QuestionAnswer | None:
    return QuestionAnswer.objects.filter(conversation_id=member.conversation_id, ref=ref).first()


def public_decision(ref: str) -> Decision | None:
    """A decision of a conversation that was opened: anybody may read it, for good."""
    found = _decisions().filter(ref=tidy_ref(ref)).first()
    return None if found is None or Phase.DRAFT in found.conversation.phases else found


def public_action(ref: str) -> Action | None:
    found = _actions().filter(ref=tidy_ref(ref)).first()
    return None if found is None or Phase.DRAFT in found.conversation.phases else found


def action_in(conversation: Conversation, ref: str) -> Action | None:
    """An action of this conversation, for who takes part in it."""
    return _actions().filter(conversation=conversation, ref=ref).first()


def _decisions() -> QuerySet[Decision]:
    return Decision.objects.select_related(
        "conversation", "made_by__account", "replaces", "replaced_by"
    ).prefetch_related("steps__by__account")


def _actions() -> QuerySet[Action]:
    return Action.objects.select_related(
        "conversation", "decision", "owner_group", "made_by__account"
    ).prefetch_related("steps__by__account", "steps__earlier_owner_group")
