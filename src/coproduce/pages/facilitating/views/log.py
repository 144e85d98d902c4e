"""The log: every act with who, when and why, and a way to undo it."""

from __future__ import annotations

import datetime

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from coproduce.audit import access
from coproduce.audit.queries import log_of
from coproduce.audit.sentences import KINDS, SAFETY
from coproduce.audit.undoing import undo as undo_act
from coproduce.conversations.models import Conversation
from coproduce.pages.audience import for_team
from coproduce.pages.facilitating.views.acting import attempt, back_to
from coproduce.people.models import Role, TeamMember
from coproduce.statements.access import ARRANGERS


@for_team()
def log(request: HttpRequest, conversation: Conversation, member: TeamMember) -> HttpResponseBase:
    try:
        day = datetime.date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        day = None
    kind = request.GET.get("kind", "")
    leads = member.has_role(Role.SAFEGUARDING)
    kinds = [(key, label) for key, label in KINDS.items() if leads or key != SAFETY]
    if kind not in dict(kinds):
        kind = ""
    return render(
        request,
        "facilitating/log.html",
        {
            "conversation": conversation,
            "tab": "log",
            "page": log_of(member, kind=kind, day=day, page=request.GET.get("page")),
            "kinds": kinds,
            "kind": kind,
            "day": day.isoformat() if day else "",
            "may_undo": member.has_role(*ARRANGERS),
        },
    )


@require_POST
@for_team(*ARRANGERS)
def undo(
    request: HttpRequest, conversation: Conversation, member: TeamMember, key: int
) -> HttpResponseBase:
    entry = access.entry(conversation, key)
    if entry is None:
        raise Http404
    attempt(
        request,
        lambda: undo_act(entry=entry, by=member, reason=request.POST.get("reason", "")),
        "Undone.",
    )
    return redirect(back_to(request, reverse("facilitating:log", args=[conversation.slug])))
