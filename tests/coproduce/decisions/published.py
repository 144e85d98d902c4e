"""A published conversation with a team that decides, made through the services."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from itertools import count
from typing import Any

from coproduce.conversations.models import Conversation, Phase
from coproduce.decisions.grounds import Ground
from coproduce.decisions.models import Action, Decision
from coproduce.decisions.services import add_action, decide
from coproduce.ideas.models import Idea
from coproduce.people.models import Participant, Role, TeamMember
from coproduce.statements.models import Statement
from coproduce.understanding.models import Passage, Version
from tests.coproduce.cast import (
    make_conversation,
    make_member,
    make_participant,
    make_statement,
    partner_group,
)
from tests.coproduce.understanding.arranging import (
    both_publish,
    make_idea,
    make_team,
    put_together,
    write_draft,
)

TODAY = datetime.date(2027, 3, 10)
DAY = datetime.timedelta(days=1)
_forms = count()


@dataclass
class Published:
    """Amina's and Ben's words under two ideas, published, and Dee who decides."""

    conversation: Conversation
    amina: Participant
    ben: Participant
    bus: Statement
    late: Statement
    gate: Statement
    buses: Idea
    school: Idea
    version: Version
    grace: TeamMember
    hal: TeamMember
    dee: TeamMember
    sam: TeamMember

    def line(self, idea: Idea) -> Passage:
        return Passage.objects.filter(version=self.version, idea=idea).order_by("position")[0]


def published(**fields: Any) -> Published:
    conversation = make_conversation(phases=[Phase.AGREEING], **fields)
    amina = make_participant(conversation, "parent_carers")
    ben = make_participant(conversation, "education")
    bus = make_statement(conversation, "The bus is late.", by=amina)
    late = make_statement(conversation, "Buses come too late.", by=ben)
    gate = make_statement(conversation, "Somebody at the gate, please.", by=ben)
    put_together(bus, late)
    buses = make_idea(conversation, "Buses on time", bus)
    school = make_idea(conversation, "At school", gate)
    grace, hal = make_team(conversation)
    write_draft(grace)
    version = both_publish(grace, hal)
    conversation.phases = [Phase.PUBLISHED]
    conversation.save()
    for member in (grace, hal):
        member.refresh_from_db()
    dee = make_member(conversation, "Dee", Role.DECISION_MAKER, group="health")
    sam = make_member(conversation, "Sam", Role.SPECIALIST, group="health")
    return Published(
        conversation, amina, ben, bus, late, gate, buses, school, version, grace, hal, dee, sam
    )


def a_decision(world: Published, *on: Any, **fields: Any) -> Decision:
    given: dict[str, Any] = {
        "by": world.dee,
        "what": "Two more buses in the morning.",
        "why": "Children wait in the rain.",
        "decided_on": datetime.date(2026, 1, 5),
        "decided_by": "The transport board",
        "outcome": "will",
        "rests_on": [Ground.of(one) for one in on or (world.buses,)],
        "form_key": f"form-{next(_forms)}",
    }
    return decide(**{**given, **fields})


def an_action(world: Published, *on: Any, **fields: Any) -> Action:
    given: dict[str, Any] = {
        "by": world.dee,
        "what": "Order two buses.",
        "owner": "Head of transport",
        "owner_group": partner_group(world.conversation, "health"),
        "due_on": datetime.date(2099, 1, 5),
        "rests_on": [Ground.of(one) for one in on],
        "form_key": f"form-{next(_forms)}",
    }
    return add_action(**{**given, **fields})
