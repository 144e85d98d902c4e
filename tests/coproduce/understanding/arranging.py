"""An arrangement to publish, made as it stands in the database."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from coproduce.conversations.models import Conversation, KeyTurn, Phase
from coproduce.ideas.models import Idea, Placement
from coproduce.people.models import Role, TeamMember
from coproduce.responses.figures import move_due
from coproduce.responses.models import Tally
from coproduce.statements.models import Statement
from coproduce.understanding import contents
from coproduce.understanding.document import fingerprint
from coproduce.understanding.models import Version
from coproduce.understanding.queries.draft import draft_document, draft_row
from coproduce.understanding.services import edit_draft, publish
from tests.coproduce.cast import make_conversation, make_member, partner_group


def make_team(conversation: Conversation) -> tuple[TeamMember, TeamMember]:
    """Grace and Hal: two organisers of different partner groups."""
    return (
        make_member(conversation, "Grace", Role.ORGANISER, group="parent_carers"),
        make_member(conversation, "Hal", Role.ORGANISER, Role.FACILITATOR, group="education"),
    )


def agreeing_conversation(name: str = "Getting to school", **fields: object) -> Conversation:
    fields.setdefault("phases", [Phase.LISTENING, Phase.AGREEING])
    return make_conversation(name, **fields)


def make_idea(conversation: Conversation, name: str, *statements: Statement) -> Idea:
    idea = Idea.objects.create(
        conversation=conversation,
        question=conversation.questions.first(),
        name=name,
        position=conversation.ideas.count(),
    )
    for position, statement in enumerate(statements):
        Placement.objects.create(idea=idea, statement=statement, position=position)
    return idea


def put_together(kept: Statement, *others: Statement) -> None:
    for other in others:
        other.cluster = kept.cluster
        other.save(update_fields=["cluster"])


def show_figure(statement: Statement, groups: Mapping[str, tuple[int, int, int]]) -> None:
    """Count these answers (agree, disagree, not sure) by group, and move the figure as it may."""
    for key, (agree, disagree, not_sure) in groups.items():
        Tally.objects.update_or_create(
            cluster=statement.cluster,
            membership=partner_group(statement.conversation, key).mask,
            defaults={"agree": agree, "disagree": disagree, "not_sure": not_sure},
        )
    move_due([statement.cluster_id], widely=False)


def write_draft(member: TeamMember, **values: object) -> None:
    row = draft_row(member.conversation)
    given: dict[str, object] = {
        "title": "What we understand together",
        "introduction": "People told us about getting to school.",
        "how_it_was_done": "",
        "asked": None,
        "order": "arranged",
        "what_changed": "",
    }
    for name in given:
        if row.pk and name not in values:
            given[name] = getattr(row, name)
    edit_draft(member=member, revision=row.revision, **{**given, **values})  # type: ignore[arg-type]


def both_publish(first: TeamMember, second: TeamMember) -> Version:
    saw = fingerprint(draft_document(first.conversation))
    turn, nothing = publish(member=first, saw=saw)
    assert isinstance(turn, KeyTurn)
    assert nothing is None
    _, version = publish(member=second, saw=saw)
    assert version is not None
    return version


def make_long_from_five_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents are long, and read in parts of three lines, from five lines on."""
    monkeypatch.setattr(contents, "LINES_TOGETHER", 4)
    monkeypatch.setattr(contents, "LINES_IN_PART", 3)
