"""A draft that states everything, with Grace and Hal to run it and Farah to keep people safe."""

from __future__ import annotations

from datetime import date

from coproduce.conversations.models import Conversation
from coproduce.conversations.services import make_conversation, state
from coproduce.people.models import Account, Role, TeamMember
from coproduce.people.services import invite_member

STATED = {
    "purpose": "To find out what matters on the way to school.",
    "can_change": "When taxis come.",
    "cannot_change": "The law.",
    "options_fixed": False,
    "rung": "co_design",
    "who_decides": "The transport meeting in March.",
    "hear_back_by": "2027-03-31",
    "time_and_money": "Ten minutes each.",
    "thanks": "A letter with what came of it.",
    "who_runs_it": "The council and the forum.",
    "who_can_read": "Everybody, once looked at.",
    "data_controller": "The council",
    "delete_on": f"{date.today().year + 2}-01-31",
    "privacy_notice": "We keep your words and answers.",
    "safeguarding_name": "Farah",
    "safeguarding_contact": "0100 555 0100",
    "questions": [{"id": None, "text": "What matters on the way to school?", "material": ""}],
}


def installation_account(name: str = "Grace") -> Account:
    account = Account.objects.create_account(
        email=f"{name.lower()}@example.org", name=name, password="four round stones"
    )
    account.runs_installation = True
    account.save()
    return account


def make_draft(template_key: str = "over_weeks", **stated: object) -> TeamMember:
    """Grace's place in the team of a draft that lacks nothing but what `stated` takes away."""
    grace = make_conversation(
        by=installation_account(),
        name="The way to school",
        template_key=template_key,
        stands_for="parent_carers",
    )
    state(member=grace, changes={**STATED, **stated})
    invite_member(
        by=grace,
        name="Farah",
        email="farah@example.org",
        roles=[Role.SAFEGUARDING],
        partner_group=None,
    )
    return grace


def join_hal(grace: TeamMember, group: str | None = "education") -> TeamMember:
    """Hal, who organises too, for another partner group."""
    hal, _ = invite_member(
        by=grace,
        name="Hal",
        email="hal@example.org",
        roles=[Role.ORGANISER, Role.FACILITATOR],
        partner_group=grace.conversation.partner_groups.get(key=group) if group else None,
    )
    return hal


def again(conversation: Conversation) -> Conversation:
    return Conversation.objects.get(pk=conversation.pk)
