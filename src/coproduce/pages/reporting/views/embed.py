"""A small page of a conversation for another website, and the code to put it there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from coproduce.conversations.models import Conversation
from coproduce.decisions.models import Action, Decision
from coproduce.decisions.queries import what_became_of_ideas
from coproduce.decisions.queries.review import to_look_at_again
from coproduce.pages.audience import for_anyone, for_visitors
from coproduce.reports.open_data.rows import latest_version
from coproduce.reports.queries.stamps import stamp_of_pack
from coproduce.understanding.models import Version

DECISIONS_SHOWN = 5
FAMILY = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _-]{0,40}")


@dataclass(frozen=True)
class Told:
    """What the small page says: nothing about how anybody answered."""

    version: Version | None
    ideas: int
    answered: int
    decisions: tuple[Decision, ...]
    done: int
    overdue: int


# What a process told last of each conversation: it is read again when something has changed.
_kept: dict[int, tuple[list[Any], Told]] = {}


def _told(conversation: Conversation) -> Told:
    stamp = stamp_of_pack([conversation.pk])
    kept = _kept.get(conversation.pk)
    if kept is None or kept[0] != stamp:
        kept = _kept[conversation.pk] = (stamp, _read(conversation))
    return kept[1]


def _read(conversation: Conversation) -> Told:
    today = timezone.localdate()
    ideas = what_became_of_ideas(conversation, today)
    actions = list(Action.objects.filter(conversation=conversation).only("due_on", "standing"))
    decisions = tuple(
        Decision.objects.filter(conversation=conversation, ended_at=None)[:DECISIONS_SHOWN]
    )
    again = to_look_at_again(decisions=[one.pk for one in decisions])
    for one in decisions:
        one.look_again = one.pk in again.decisions
    return Told(
        version=latest_version(conversation),
        ideas=len(ideas),
        answered=sum(not idea.is_waiting for idea in ideas),
        decisions=decisions,
        done=sum(action.standing == Action.Standing.DONE for action in actions),
        overdue=sum(action.is_overdue(today) for action in actions),
    )


def families(asked: str) -> list[str]:
    """The names of typefaces that a website asks for, as a style sheet may hold them."""
    return [one.strip() for one in asked.split(",")[:5] if FAMILY.fullmatch(one.strip())]


@require_safe
@for_visitors
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[arg-type]  # it knows plain views only
def embed(request: HttpRequest, conversation: Conversation) -> HttpResponseBase:
    """The one page that other websites may frame. It takes no input and keeps nothing."""
    return render(
        request,
        "reporting/embed.html",
        {
            "told": _told(conversation),
            "conversation": conversation,
            "font": ",".join(families(request.GET.get("font", ""))),
            "site": settings.PUBLIC_URL,
        },
    )


@require_safe
@for_anyone
def font(request: HttpRequest) -> HttpResponseBase:
    """The website's own typeface, by name: a framed page cannot inherit it."""
    generic = {"serif", "sans-serif", "monospace", "system-ui"}
    names = [one if one in generic else f'"{one}"' for one in families(request.GET.get("font", ""))]
    told = f":root {{ font-family: {', '.join([*names, 'sans-serif'])}; }}\n"
    return HttpResponse(told, content_type="text/css; charset=utf-8")


@require_safe
@for_visitors
def code(request: HttpRequest, conversation: Conversation) -> HttpResponseBase:
    """What to copy into another website: a frame that stays up to date, or plain HTML."""
    context = {
        "told": _told(conversation),
        "conversation": conversation,
        "site": settings.PUBLIC_URL,
        "address": settings.PUBLIC_URL + reverse("reporting:embed", args=[conversation.slug]),
    }
    return render(
        request,
        "reporting/embed_code.html",
        {
            **context,
            "frame": _anywhere(render_to_string("reporting/embed_frame.html", context)),
            "plain": _anywhere(render_to_string("reporting/embed_body.html", context)),
        },
    )


def _anywhere(markup: str) -> str:
    """As numbers where letters are not ASCII: nobody knows in which coding the other page is."""
    return markup.strip().encode("ascii", "xmlcharrefreplace").decode("ascii")
