"""Pages of long documents that the worker made, and asking for them.

Each is None while it is made. Where no worker comes, or it does not work, the request makes it:
nobody is kept from reading or publishing, they only wait a second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe

from coproduce.reports.makers import MAKERS
from coproduce.reports.models import Production
from coproduce.reports.queries.productions import file_of, is_late, production_of
from coproduce.reports.services import ready
from coproduce.reports.wanted import Wanted
from coproduce.understanding import contents

if TYPE_CHECKING:
    from coproduce.conversations.models import Conversation
    from coproduce.understanding.models import Version


def whole_version(version: Version, *, hide_figures: bool = False) -> SafeString | None:
    """Every line of a version on one page."""
    details = {"hide_figures": hide_figures}
    return _page(Wanted(Production.Kind.VERSION_WHOLE, version=version, details=details))


def whole_draft(conversation: Conversation) -> SafeString | None:
    """Every line of the draft on one page."""
    return _page(Wanted(Production.Kind.DRAFT_WHOLE, conversation=conversation))


def before_publishing(conversation: Conversation) -> bytes | None:
    """What is said of the draft before it is published, as JSON."""
    return _content(Wanted(Production.Kind.DRAFT_PUBLISH, conversation=conversation))


def has_long_draft(conversation: Conversation) -> bool:
    """So many things that people said that the draft is not read while somebody waits."""
    return conversation.statements.shown().count() > contents.LINES_TOGETHER


def _page(wanted: Wanted) -> SafeString | None:
    made = _content(wanted)
    # Our own templates made it, and they escape what people wrote.
    return None if made is None else mark_safe(made.decode())


def _content(wanted: Wanted) -> bytes | None:
    # Nearly always it is there: then what it is made from is looked at only once.
    file = file_of(wanted)
    if file is not None:
        return bytes(file.content)
    late = is_late(wanted)  # before it is asked for, which would make it wait anew
    file = ready(wanted)
    if file is not None:
        return bytes(file.content)
    production = production_of(wanted) if late else None
    if production is None:
        return None
    return MAKERS[wanted.kind](production, lambda done, total: None).content  # type: ignore[arg-type]
