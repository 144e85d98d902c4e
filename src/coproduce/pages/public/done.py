"""You said, we did, or why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from coproduce.conversations.models import Conversation
from coproduce.decisions.queries.done import (
    actions_of_no_decision,
    current_decisions,
    late_actions,
    said_and_done,
    settled_without_appeal,
    what_works,
    with_actions,
    with_what_is_done,
)
from coproduce.pages.audience import for_anyone, for_visitors
from coproduce.paging import page_of
from coproduce.understanding.queries.versions import latest_versions

IDEAS_ON_A_PAGE = 10
DECISIONS_ON_A_PAGE = 20
BESIDE_ON_A_PAGE = 10


@for_visitors
@require_safe
def said_and_done_page(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    done = said_and_done(conversation)
    page = page_of(
        done.ideas, request.GET.get("page"), size=IDEAS_ON_A_PAGE, turned=with_what_is_done
    )
    beside = _Beside(request, page)
    today = timezone.localdate()
    return render(
        request,
        "public/done.html",
        {
            "conversation": conversation,
            "done": done,
            "page": page,
            "late": beside.some(late_actions([conversation.pk], today), "late"),
            "alone": beside.some(actions_of_no_decision(conversation), "alone"),
            "works": beside.some(what_works([conversation.pk]), "works"),
            "settled": beside.some(done.settled, "settled"),
            "today": today,
        },
    )


@for_anyone
@require_safe
def area_done(request: HttpRequest) -> HttpResponse:
    """Every decision of the listed conversations, the latest first."""
    versions = latest_versions()
    conversations = [version.conversation_id for version in versions]
    page = page_of(
        current_decisions(),
        request.GET.get("page"),
        size=DECISIONS_ON_A_PAGE,
        turned=with_actions,
    )
    beside = _Beside(request, page)
    settled = settled_without_appeal(conversations).select_related("conversation")
    return render(
        request,
        "public/area_done.html",
        {
            "versions": versions,
            "page": page,
            "late": beside.some(late_actions(conversations, timezone.localdate()), "late"),
            "works": beside.some(what_works(conversations), "works"),
            "settled": beside.some(settled, "settled"),
        },
    )


@dataclass(frozen=True)
class _Beside:
    """Shorter lists beside the first page of a long one, each a page at a time by its own name."""

    request: HttpRequest
    page: Page[Any]

    def some(self, rows: QuerySet[Any] | Sequence[Any], name: str) -> Page[Any] | None:
        if self.page.number > 1:
            return None
        return page_of(rows, self.request.GET.get(name), size=BESIDE_ON_A_PAGE, turned=list)
