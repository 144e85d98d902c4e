"""Whom to invite next, with a ready invitation: text, link and a poster."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from coproduce.conversations.models import Conversation, Doing
from coproduce.pages.audience import for_team
from coproduce.pages.organising.qr import qr_in_page
from coproduce.people.models import TeamMember
from coproduce.reach.models import Benchmark
from coproduce.reach.queries.who import Present, not_answered_by, who_took_part

ON_A_PAGE = 20


@dataclass(frozen=True)
class Invitation:
    """A text to copy into a mail, a letter or a message, and the address of its poster."""

    present: Present
    subject: str
    text: str
    poster: str


@for_team()
def invite_next(
    request: HttpRequest, conversation: Conversation, member: TeamMember
) -> HttpResponse:
    who = who_took_part(conversation)
    address = _address(request, conversation)
    return render(
        request,
        "reaching/invite_next.html",
        {
            "conversation": conversation,
            "tab": "invite_next",
            "who": who,
            "invitations": [_invitation(conversation, one, address) for one in who.invite_next],
            "address": address,
            "closed": not (conversation.allows(Doing.SAY) or conversation.allows(Doing.ANSWER)),
        },
    )


@for_team()
def poster(request: HttpRequest, conversation: Conversation, member: TeamMember) -> HttpResponse:
    """One page of A4, for a partner group or an area, or for everybody."""
    kind, key = request.GET.get("kind", ""), request.GET.get("key", "")
    label = ""
    if kind == Benchmark.Kind.PARTNER_GROUP:
        label = next((g.label for g in conversation.partner_groups.all() if g.key == key), "")
    elif kind == Benchmark.Kind.AREA:
        label = next((area.label for area in conversation.areas.all() if area.key == key), "")
    if kind and not label:
        raise Http404
    address = _address(request, conversation)
    return render(
        request,
        "reaching/poster.html",
        {
            "conversation": conversation,
            "label": label,
            "is_area": kind == Benchmark.Kind.AREA,
            "address": address.split("//", 1)[1],
            "enter_at": request.build_absolute_uri(reverse("taking_part:enter_code")).split(
                "//", 1
            )[1],
            "qr": qr_in_page(address),
        },
    )


@for_team()
def not_answered(
    request: HttpRequest, conversation: Conversation, member: TeamMember
) -> HttpResponse:
    """Statements that too few people of a partner group have answered."""
    groups = [g for g in conversation.partner_groups.all() if g.retired_at is None]
    chosen = next((g for g in groups if g.key == request.GET.get("group")), None)
    chosen = chosen or (groups[0] if groups else None)
    found = not_answered_by(conversation, chosen.key if chosen else "")
    return render(
        request,
        "reaching/not_answered.html",
        {
            "conversation": conversation,
            "tab": "invite_next",
            "groups": groups,
            "chosen": chosen,
            "page": Paginator(found, ON_A_PAGE).get_page(request.GET.get("page")),
        },
    )


def _address(request: HttpRequest, conversation: Conversation) -> str:
    return request.build_absolute_uri(
        reverse("taking_part:short_link", args=[conversation.join_code])
    )


def _invitation(conversation: Conversation, present: Present, address: str) -> Invitation:
    """Words to start from. Whoever sends them knows who reads them, and changes them."""
    whom = f"people in {present.label}" if present.kind == Benchmark.Kind.AREA else present.label
    by = f" by {_day(conversation)}" if conversation.hear_back_by else ""
    so_far = (
        f"So far few of you have had a say in “{conversation.name}”."
        if present.is_known_to_be_few
        else f"Have your say in “{conversation.name}”."
    )
    text = (
        f"Dear all,\n\nwe would like to hear from {whom}. {so_far}\n\n"
        f"{conversation.purpose.strip()}\n\n"
        f"Take part here: {address}\n\n"
        "It takes as long as you like. You need no account and no name. You can use a phone, a "
        "computer or paper, and you can stop at any time.\n\n"
        f"You will hear what became of it{by}."
    )
    query = urlencode({"kind": present.kind, "key": present.key})
    return Invitation(
        present=present,
        subject=f"Have your say: {conversation.name}",
        text=text,
        poster=f"{reverse('reach:poster', args=[conversation.slug])}?{query}",
    )


def _day(conversation: Conversation) -> str:
    day = conversation.hear_back_by
    return "" if day is None else f"{day.day} {day:%B %Y}"
