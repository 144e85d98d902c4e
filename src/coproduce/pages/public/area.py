"""What this area says: across conversations, and where people are involved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coproduce.area.queries.view import area_view
from coproduce.area.tiles import Area, tiles_of
from coproduce.pages.audience import for_anyone, for_visitors
from coproduce.reach.models import Stage
from coproduce.reach.queries.map import embedding_map
from coproduce.reach.queries.who import who_took_part

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from coproduce.conversations.models import Conversation

ON_A_PAGE = 50
THEMES_ON_A_PAGE = 20
MANY = 20


@for_anyone
@require_safe
def area(request: HttpRequest) -> HttpResponse:
    view = area_view()
    tiles = tiles_of(
        [
            Area(
                one.key,
                one.label,
                one.in_words,
                0 if not one.reached else 1 if one.reached < one.counted else 2,
            )
            for one in view.districts
        ],
        "Conversations that five or more people from each area took part in",
    )
    page = Paginator(view.in_order, THEMES_ON_A_PAGE).get_page(request.GET.get("page"))
    parts = {
        name: [one for part, one in page if part == name]
        for name in ("everywhere", "differs", "others")
    }
    return render(
        request,
        "public/area.html",
        {"view": view, "tiles": tiles, "page": page, "parts": parts},
    )


@for_anyone
@require_safe
def where_involved(request: HttpRequest) -> HttpResponse:
    found = embedding_map()
    page = Paginator(found.lines, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "public/map.html", {"map": found, "page": page, "stages": Stage.labels})


@for_visitors
@require_safe
def who(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    found = who_took_part(conversation)
    tiles = tiles_of(
        [
            Area(
                one.key,
                one.label,
                one.told,
                0 if not one.people else 1 if one.people < MANY else 2,
            )
            for one in found.areas
        ],
        "People who took part, by area",
    )
    return render(
        request,
        "public/who.html",
        {
            "conversation": conversation,
            "who": found,
            "tables": [
                ("Partner group", found.groups, "groups"),
                ("Area", found.areas, "areas"),
            ],
            "tiles": tiles,
        },
    )
