"""The inspection pack of one conversation, whole or for one partner group."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from coproduce.conversations.models import Conversation
from coproduce.pages.audience import for_team
from coproduce.pages.reporting.files import ask, handed_out, states_of
from coproduce.people.models import Role, TeamMember
from coproduce.reports.models import Production
from coproduce.reports.wanted import Wanted

TAKES_PACKS = (Role.ORGANISER, Role.FACILITATOR, Role.DECISION_MAKER)


def _wanted(request: HttpRequest, conversation: Conversation) -> Wanted:
    group = request.GET.get("group", "")
    if group and group not in {one.key for one in conversation.partner_groups.all()}:
        raise Http404
    details = {"partner_group": group} if group else {}
    return Wanted(Production.Kind.PACK, conversation=conversation, details=details)


def _with_group(name: str, request: HttpRequest, conversation: Conversation) -> str:
    group = request.GET.get("group", "")
    address = reverse(name, args=[conversation.slug])
    return f"{address}?{urlencode({'group': group})}" if group else address


@for_team(*TAKES_PACKS)
@never_cache
def pack(request: HttpRequest, conversation: Conversation, member: TeamMember) -> HttpResponseBase:
    wanted = _wanted(request, conversation)
    if request.method == "POST":
        ask(request, [wanted], by=member.account)
        return redirect(_with_group("reporting:pack", request, conversation))
    return render(
        request,
        "reporting/pack.html",
        {
            "conversation": conversation,
            "tab": "copies",
            "files": states_of([wanted]),
            "taken_from": _with_group("reporting:pack_file", request, conversation),
            "groups": conversation.partner_groups.all(),
            "group": request.GET.get("group", ""),
        },
    )


@for_team(*TAKES_PACKS)
def file(request: HttpRequest, conversation: Conversation, member: TeamMember) -> HttpResponseBase:
    page = _with_group("reporting:pack", request, conversation)
    return handed_out("pack", [_wanted(request, conversation)], page)
