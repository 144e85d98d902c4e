"""Was it genuine? One page for each conversation, public once something is published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from coproduce.genuineness.queries.page import genuineness_of
from coproduce.pages.audience import for_visitors
from coproduce.pages.public.seeing import hides_totals
from coproduce.understanding.models import Version

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from coproduce.conversations.models import Conversation


@for_visitors
@require_safe
def genuine(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    if not Version.objects.filter(conversation=conversation).exists():
        return render(request, "public/nothing_yet.html", {"conversation": conversation})
    page = genuineness_of(conversation)
    return render(
        request,
        "public/genuine.html",
        {
            "conversation": conversation,
            "page": page,
            "decided": page.questions[-1],
            "hide_figures": hides_totals(request, conversation),
        },
    )
