"""What every page of taking part has in common."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods

from coproduce.conversations.models import Conversation, Doing
from coproduce.pages.audience import View, for_participants, for_visitors
from coproduce.pages.shapes import filled

READS = ["GET", "HEAD"]


def _private(view: View) -> View:
    def inner(*args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(*args, **kwargs)
        patch_cache_control(response, private=True, no_cache=True)
        return response

    inner.__name__, inner.__doc__ = view.__name__, view.__doc__
    return inner


def participant_page(*methods: str) -> Callable[[View], View]:
    """For who has joined: `view(request, conversation, participant, ...)`."""

    def wear(view: View) -> View:
        allowed = require_http_methods([*READS, *methods])(view)
        return for_participants(_private(allowed))

    return wear


def visitor_page(*methods: str) -> Callable[[View], View]:
    """For anyone, in a conversation that has been opened: `view(request, conversation, ...)`."""

    def wear(view: View) -> View:
        allowed = require_http_methods([*READS, *methods])(view)
        return for_visitors(_private(allowed))

    return wear


def show(
    request: HttpRequest,
    template: str,
    conversation: Conversation,
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    return render(
        request,
        _template(template),
        {"conversation": conversation, **_facts(request, conversation), **context},
        status=status,
    )


class _Named(NamedTuple):
    """What a template asks of the conversation, where it is kept as a shape."""

    slug: str
    name: str


def show_with(
    request: HttpRequest,
    template: str,
    conversation: Conversation,
    words: Mapping[str, Any],
    around: Mapping[str, Any],
) -> HttpResponse:
    """As `show`, for a template that does nothing with `words` but show them.

    A script in a full room asks for such parts all the time: their shape is made once
    (`pages/shapes.py`), unless there is a message to show.
    """
    told = messages.get_messages(request)
    if not asks_for_a_part(request) or (len(told) and not getattr(told, "used", False)):
        return show(request, template, conversation, **words, **around)
    named = _Named(conversation.slug, conversation.name)
    return HttpResponse(
        filled(
            _template(template),
            {"conversation": named, **_facts(request, conversation), **around},
            {"csrf_token": _csrf_token(request), **words},
        )
    )


def _csrf_token(request: HttpRequest) -> str:
    """Hidden anew for each request, as Django does it, but not for each part that is sent."""
    hidden: str | None = getattr(request, "csrf_hidden", None)
    if hidden is None:
        hidden = request.csrf_hidden = get_token(request)  # type: ignore[attr-defined]
    return hidden


def _template(name: str) -> str:
    return f"taking_part/{name}.html"


def _facts(request: HttpRequest, conversation: Conversation) -> dict[str, object]:
    return {
        "layout": "part.html" if asks_for_a_part(request) else "base.html",
        "can_say": conversation.allows(Doing.SAY),
        "can_answer": conversation.allows(Doing.ANSWER),
        "can_agree": conversation.allows(Doing.CONFIRM_WORDING),
    }


def asks_for_a_part(request: HttpRequest) -> bool:
    """Whether a script asks (listen.js), which puts what comes into the page that it is on."""
    return "Coproduce-Part" in request.headers


@dataclass(frozen=True)
class Part:
    """What `show` made for who asks for a part, and the address that leads to the whole page."""

    address: str
    page: HttpResponse

    def told(self) -> dict[str, str]:
        return {"address": self.address, "html": self.page.content.decode()}


def in_place(now: Part, then: Part | None) -> JsonResponse:
    """For listen.js: what to show now, and what to keep for the next press."""
    return JsonResponse({"now": now.told(), "then": then.told() if then else None})


def lead(request: HttpRequest, address: str) -> HttpResponse:
    """To another page. A script that asks for a part goes there by itself: it cannot see where a
    redirect leads."""
    return JsonResponse({"leads": address}) if asks_for_a_part(request) else redirect(address)


def tell(request: HttpRequest, sentence: str) -> None:
    messages.success(request, sentence)


def warn(request: HttpRequest, sentence: str) -> None:
    messages.warning(request, sentence)


def new_form_key() -> str:
    return secrets.token_hex(8)


def key_of(form_key: str, text: str) -> str:
    """The same form with the same words is one record. Other words are never lost to it."""
    return f"{form_key[:20]}:{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def address_of(request: HttpRequest) -> str:
    """Where a request came from. Behind HTTPS the proxy before us says it, last in its header."""
    if settings.HTTPS:
        forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if forwarded:
            return forwarded
    return str(request.META.get("REMOTE_ADDR", ""))
