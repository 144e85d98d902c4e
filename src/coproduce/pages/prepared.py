"""Pages of long documents that the worker made, and asking for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe

from coproduce.reports.models import ProducedFile, Production
from coproduce.reports.services import ready
from coproduce.reports.wanted import Wanted
from coproduce.understanding import contents

if TYPE_CHECKING:
    from coproduce.conversations.models import Conversation
    from coproduce.understanding.models import Version


def whole_of(version: Version, *, hide_figures: bool = False) -> ProducedFile | None:
    """Every line of a version on one page; None while it is made, which this asks for."""
    details = {"hide_figures": hide_figures}
    return ready(Wanted(Production.Kind.VERSION_WHOLE, version=version, details=details))


def of_draft(conversation: Conversation, kind: str) -> ProducedFile | None:
    """What was made of the draft as it stands; None while it is made, which this asks for."""
    return ready(Wanted(kind, conversation=conversation))


def whole_page(file: ProducedFile | None) -> SafeString | None:
    """The page: our own templates made it, and they escape what people wrote."""
    return None if file is None else mark_safe(bytes(file.content).decode())


def has_long_draft(conversation: Conversation) -> bool:
    """So many things that people said that the draft is not made while somebody waits."""
    return conversation.statements.shown().count() > contents.LINES_TOGETHER
