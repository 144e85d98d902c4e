"""For everybody: how looking at new words went, by partner group."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from coproduce.conversations.models import Conversation
from coproduce.moderation.queries import looks_in_public
from coproduce.pages.audience import for_visitors


@for_visitors
def looked_at(request: HttpRequest, conversation: Conversation) -> HttpResponseBase:
    rows = looks_in_public(conversation)
    return render(
        request, "facilitating/looked_at.html", {"conversation": conversation, "rows": rows}
    )
