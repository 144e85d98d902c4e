"""A conversation that was published, decided on and partly done."""

from __future__ import annotations

from dataclasses import dataclass

from coproduce.conversations.models import Conversation, Phase
from coproduce.decisions.models import Action, Decision, Reply
from coproduce.people.models import TeamMember
from coproduce.statements.models import Statement
from coproduce.understanding.models import Version
from tests.coproduce.cast import make_participant, make_statement
from tests.coproduce.reports.saying import acted, decided, decision_maker, replied
from tests.coproduce.understanding.arranging import (
    agreeing_conversation,
    both_publish,
    make_idea,
    make_team,
    put_together,
    show_figure,
    write_draft,
)


@dataclass
class Published:
    conversation: Conversation
    version: Version
    bus: Statement
    same: Statement
    driver: Statement
    dora: TeamMember
    decision: Decision
    action: Action
    reply: Reply


def published(name: str = "Getting to school") -> Published:
    conversation = agreeing_conversation(name)
    grace, hal = make_team(conversation)
    amina = make_participant(conversation, "parent_carers")
    bus = make_statement(conversation, "The bus is late.", by=amina)
    same = make_statement(conversation, "It comes late.", by=amina)
    driver = make_statement(conversation, "Ask the driver.", by=amina)
    put_together(bus, same)
    show_figure(bus, {"parent_carers": (6, 0, 0), "education": (2, 3, 1)})
    idea = make_idea(conversation, "On time", bus)
    write_draft(grace)
    version = both_publish(grace, hal)
    conversation.phases = [Phase.ACTING]
    conversation.save()
    dora = decision_maker(conversation)
    decision = decided(dora, bus, what="We send a second bus.")
    return Published(
        conversation=conversation,
        version=version,
        bus=bus,
        same=same,
        driver=driver,
        dora=dora,
        decision=decision,
        action=acted(dora, decision, what="Find a second bus"),
        reply=replied(dora, idea, text="Thank you."),
    )
