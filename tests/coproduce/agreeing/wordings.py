"""A combined wording over words of people, made as it stands in the draft."""

from __future__ import annotations

from coproduce.conversations.models import Conversation, Phase
from coproduce.ideas.models import Idea, Wording
from coproduce.people.models import TeamMember
from coproduce.statements.models import Statement
from coproduce.understanding.queries.draft import draft_row
from coproduce.understanding.services import word_together
from tests.coproduce.understanding.arranging import agreeing_conversation

TEXT = "Taxis come on time."


def in_agreeing(name: str = "Getting to school") -> Conversation:
    return agreeing_conversation(name, phases=[Phase.AGREEING])


def word(member: TeamMember, idea: Idea, *statements: Statement, text: str = TEXT) -> Wording:
    return word_together(
        member=member,
        revision=draft_row(member.conversation).revision,
        idea=idea,
        text=text,
        statements=[statement.pk for statement in statements],
    )
