"""What of the shared understanding may be reached, by whom."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from coproduce.conversations.models import Phase
from coproduce.ideas.models import Idea, Wording
from coproduce.statements.models import Statement
from coproduce.understanding.models import Passage, RaisedQuestion, Version
from coproduce.understanding.queries.versions import with_sources

if TYPE_CHECKING:
    from coproduce.conversations.models import Conversation
    from coproduce.people.models import TeamMember


def version(conversation: Conversation, number: int) -> Version | None:
    """A published version of this conversation."""
    return Version.objects.filter(conversation=conversation, number=number).first()


def latest_version(conversation: Conversation) -> Version | None:
    return Version.objects.filter(conversation=conversation).order_by("-number").first()


def line(ref: str) -> Passage | None:
    """A line of a published version, by its address: anybody may read it, for good."""
    return (
        with_sources(Passage.objects.filter(ref=tidy_ref(ref)))
        .select_related("version__conversation")
        .first()
    )


def public_statement(ref: str) -> Statement | None:
    """A statement of a conversation that has been opened, by its short reference.

    Its words are for others only while they are shown; the page says what stands in their place.
    """
    found = (
        Statement.objects.filter(words__ref=tidy_ref(ref))
        .select_related("conversation", "words__kept_text", "question", "cluster")
        .prefetch_related("words__maskings")
        .first()
    )
    if found is None or Phase.DRAFT in found.conversation.phases:
        return None
    return found


def public_statements(refs: Collection[str]) -> list[Statement]:
    """As `public_statement`, several at once, by tidy references."""
    return [
        one
        for one in Statement.objects.filter(words__ref__in=refs)
        .select_related("conversation", "words__kept_text", "question", "cluster")
        .prefetch_related("words__maskings", "conversation__partner_groups")
        .order_by("words__ref")
        if Phase.DRAFT not in one.conversation.phases
    ]


def tidy_ref(typed: str) -> str:
    """A reference as it is kept, however somebody typed it: k7pm 2xqw is K7PM-2XQW."""
    letters = re.sub(r"[^0-9A-Z]", "", typed.upper())
    return f"{letters[:4]}-{letters[4:]}" if len(letters) == 8 else typed


def idea_of(member: TeamMember, key: int) -> Idea | None:
    """An idea that is kept, of the conversation that the member helps to run."""
    return (
        Idea.objects.kept()
        .filter(pk=key, conversation_id=member.conversation_id)
        .select_related("question")
        .first()
    )


def wording_of(member: TeamMember, key: int) -> Wording | None:
    return (
        Wording.objects.filter(
            pk=key,
            conversation_id=member.conversation_id,
            ended_at=None,
            idea__retired_at=None,
        )
        .select_related("idea")
        .first()
    )


def raised_question_of(member: TeamMember, key: int) -> RaisedQuestion | None:
    return RaisedQuestion.objects.filter(
        pk=key, conversation_id=member.conversation_id, retired_at=None
    ).first()
