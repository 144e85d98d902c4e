"""You said, we did, or why not."""

from __future__ import annotations

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

IDEAS_ON_A_PAGE = 12
DECISIONS_ON_A_PAGE = 20
MOST_THAT_WORKS = 30
MOST_ACTIONS = 50


@for_visitors
@require_safe
def said_and_done_page(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    done = said_and_done(conversation)
    today = timezone.localdate()
    return render(
        request,
        "public/done.html",
        {
            "conversation": conversation,
            "done": done,
            "page": page_of(
                done.ideas,
                request.GET.get("page"),
                size=IDEAS_ON_A_PAGE,
                turned=with_what_is_done,
            ),
            "works": list(what_works([conversation.pk])[:MOST_THAT_WORKS]),
            "late": list(late_actions([conversation.pk], today)[:MOST_ACTIONS]),
            "alone": list(actions_of_no_decision(conversation)[:MOST_ACTIONS]),
            "today": today,
        },
    )


@for_anyone
@require_safe
def area_done(request: HttpRequest) -> HttpResponse:
    """Every decision of the listed conversations, the latest first."""
    versions = latest_versions()
    conversations = [version.conversation_id for version in versions]
    return render(
        request,
        "public/area_done.html",
        {
            "versions": versions,
            "page": page_of(
                current_decisions(),
                request.GET.get("page"),
                size=DECISIONS_ON_A_PAGE,
                turned=with_actions,
            ),
            "late": list(late_actions(conversations, timezone.localdate())[:MOST_ACTIONS]),
            "works": list(what_works(conversations)[:MOST_THAT_WORKS]),
            "settled": settled_without_appeal(conversations).select_related("conversation")[
                :MOST_THAT_WORKS
            ],
        },
    )
