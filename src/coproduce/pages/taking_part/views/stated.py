"""Everything that a conversation states, and what changed in it since it opened."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from coproduce.area.queries.asked_before import asked_before
from coproduce.conversations.models import Conversation
from coproduce.pages.audience import for_visitors
from coproduce.pages.organising.stated import changes_to_read, rows_of


@for_visitors
def stated(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    return render(
        request,
        "taking_part/stated.html",
        {
            "conversation": conversation,
            "rows": rows_of(conversation),
            "changes": changes_to_read(conversation),
            "asked_before": asked_before(conversation),
        },
    )
