"""Pages of long documents, made by the worker: a request hands them out as they are.

What stands here is made of nothing but what its stamp (`queries/stamps.py`) covers, so that a page
from before words were taken back, or names were hidden, is not handed out.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string

from coproduce.decisions.queries.beside import outcomes_beside
from coproduce.reports.made import Made, Progress
from coproduce.understanding.document import Changes, fingerprint
from coproduce.understanding.queries.draft import draft_document
from coproduce.understanding.queries.versions import published_document
from coproduce.understanding.services.publishing import Last, what_is_missing

if TYPE_CHECKING:
    from coproduce.conversations.models import Conversation
    from coproduce.reports.models import Production

HTML, JSON = "text/html; charset=utf-8", "application/json"
CHANGES_SHOWN = 50


def whole_version(production: Production, progress: Progress) -> Made:
    """Every line of a version, as it reads for those who see figures, or for those who do not."""
    version = production.version
    assert version is not None
    page = render_to_string(
        "understanding/document.html",
        {
            "conversation": version.conversation,
            "version": version,
            "document": published_document(version),
            "dated": version.published_at,
            "hide_figures": production.details["hide_figures"],
            "outcomes": outcomes_beside(version),
        },
    )
    return Made("version.html", HTML, page.encode())


def whole_draft(production: Production, progress: Progress) -> Made:
    """Every line of the draft."""
    conversation = production.conversation
    assert conversation is not None
    page = render_to_string(
        "understanding/document.html",
        {"conversation": conversation, "document": draft_document(conversation)},
    )
    return Made("draft.html", HTML, page.encode())


def before_publishing(production: Production, progress: Progress) -> Made:
    """What the page for publishing says of the draft."""
    assert production.conversation is not None
    content = json.dumps(to_publish(production.conversation), ensure_ascii=False)
    return Made("draft.json", JSON, content.encode())


def to_publish(conversation: Conversation) -> dict[str, Any]:
    """`fingerprint` of the draft, its `lines`, what people `said`, what is `missing` before it can
    be published, and `changes` as they are shown: HTML; None where nothing was published yet.
    """
    document = draft_document(conversation)
    last = Last.of(conversation, document)
    return {
        "fingerprint": fingerprint(document),
        "lines": len(document.lines),
        "said": document.said,
        "missing": what_is_missing(conversation, document, last),
        "changes": None if last is None else _changes(last.changes),
    }


def _changes(changes: Changes) -> str:
    """The first of the lines that changed, and how many more there are: the preview shows all."""
    some = replace(changes, changes=changes.changes[:CHANGES_SHOWN], all_lines=len(changes.changes))
    return render_to_string("facilitating/publish_changes.html", {"changes": some})
