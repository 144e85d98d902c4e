"""Reading which files came in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coproduce.exchange.models import ImportFile

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from coproduce.conversations.models import Conversation

KIND = "statements"


def files_of(conversation: Conversation) -> QuerySet[ImportFile]:
    """The files of statements that came in, the latest first."""
    return conversation.imports.filter(kind=KIND).select_related("by").order_by("-at", "-pk")


def earlier_import(conversation: Conversation, digest: str) -> ImportFile | None:
    """The import of the very same file, if it came in."""
    return conversation.imports.filter(digest=digest).first()
