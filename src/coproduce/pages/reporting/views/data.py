"""Open data at addresses that stay: JSON and CSV, with a dictionary and a description."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.db.models import Count, Max
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import condition, require_http_methods

from coproduce.conversations.models import Conversation, Phase
from coproduce.pages.audience import for_anyone, for_visitors
from coproduce.pages.public.seeing import hides_totals
from coproduce.reports.models import Production
from coproduce.reports.open_data import rows
from coproduce.reports.open_data.formats import FORMAT, as_csv, as_json, made_set
from coproduce.reports.open_data.openapi import description
from coproduce.reports.open_data.sets import CONVERSATION_FIELDS, SETS, DataSet
from coproduce.reports.queries.productions import file_of
from coproduce.reports.queries.stamps import stamp_of_pack
from coproduce.reports.services import ask_for
from coproduce.reports.wanted import Wanted
from coproduce.understanding.models import Version

JSON, CSV = "application/json", "text/csv; charset=utf-8"
View = Callable[..., HttpResponseBase]

# What a process made last, by its ETag: a set of thousands of rows is written once for a change.
MOST_KEPT = 32
LARGE = 200_000  # bytes
_kept: OrderedDict[tuple[int, str, str, bool], tuple[str, bytes]] = OrderedDict()


def for_every_website(view: View) -> View:
    """Pages of other websites may read it. No cookie is sent along, so it is what all may see."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = (
            HttpResponse(status=204)
            if request.method == "OPTIONS"
            else view(request, *args, **kwargs)
        )
        answer["Access-Control-Allow-Origin"] = "*"
        answer["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        answer["Access-Control-Allow-Headers"] = "If-None-Match"
        answer["Access-Control-Expose-Headers"] = "ETag"
        # Asked again each time: words can be taken back at any time.
        answer["Cache-Control"] = "no-cache"
        patch_vary_headers(answer, ["Cookie"])
        return answer

    return require_http_methods(["GET", "HEAD", "OPTIONS"])(inner)


def _tag(*parts: object) -> str:
    told = json.dumps([FORMAT, settings.PUBLIC_URL, *parts], default=str)
    return f'"{hashlib.sha256(told.encode()).hexdigest()[:32]}"'


@for_anyone
def about(request: HttpRequest) -> HttpResponseBase:
    """The dictionary, for people."""
    return render(
        request,
        "reporting/data.html",
        {
            "conversation_fields": CONVERSATION_FIELDS,
            "sets": SETS.values(),
            "conversations": Conversation.objects.filter(listed=True)
            .exclude(phases=[Phase.DRAFT])
            .order_by("name", "pk"),
        },
    )


@for_anyone
@for_every_website
def openapi(request: HttpRequest) -> HttpResponseBase:
    whole = description(settings.PUBLIC_URL)
    return HttpResponse(json.dumps(whole, ensure_ascii=False, indent=1), content_type=JSON)


def _all_tag(request: HttpRequest, ending: str) -> str:
    listed = Conversation.objects.filter(listed=True)
    # What a conversation states is in no other table, so it is read; it is a few columns of each.
    return _tag(
        ending,
        list(rows.conversations()) if ending in {"json", "csv"} else [],
        listed.aggregate(Count("pk"))["pk__count"],
        Version.objects.aggregate(Max("pk"))["pk__max"],
    )


@for_anyone
@for_every_website
@condition(etag_func=_all_tag)
def conversations(request: HttpRequest, ending: str) -> HttpResponseBase:
    found = rows.conversations()
    if ending == "json":
        return HttpResponse(as_json("conversations", found), content_type=JSON)
    if ending == "csv":
        return HttpResponse(as_csv(CONVERSATION_FIELDS, found), content_type=CSV)
    raise Http404


def _set_tag(request: HttpRequest, conversation: Conversation, name: str, ending: str) -> str:
    return _tag(name, ending, stamp_of_pack([conversation.pk]), hides_totals(request, conversation))


@for_visitors
@for_every_website
@condition(etag_func=_set_tag)
def one_set(
    request: HttpRequest, conversation: Conversation, name: str, ending: str
) -> HttpResponseBase:
    """A child who has not finished gets no totals, here as on pages."""
    found = SETS.get(name)
    if found is None or ending not in {"json", "csv"}:
        raise Http404
    hidden = hides_totals(request, conversation)
    place = (conversation.pk, name, ending, hidden)
    tag = _set_tag(request, conversation, name, ending)
    kept = _kept.get(place)
    if kept is None or kept[0] != tag:
        kept = _kept[place] = (tag, _set(conversation, found, ending, hidden))
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return HttpResponse(kept[1], content_type=CSV if ending == "csv" else JSON)


def _set(conversation: Conversation, found: DataSet, ending: str, hidden: bool) -> bytes:
    """What the worker made of it; a large one that it did not make yet, it makes from now on."""
    details = {"set": found.name, "ending": ending, "hide_figures": hidden}
    wanted = Wanted(Production.Kind.OPEN_DATA, conversation=conversation, details=details)
    file = file_of(wanted)
    if file is not None:
        return bytes(file.content)
    content = made_set(conversation, found, ending, hidden)
    if len(content) > LARGE:
        ask_for(wanted=wanted)
    return content
