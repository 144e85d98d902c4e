"""Words that were set apart: for the safeguarding lead alone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from coproduce.conversations.models import Conversation
from coproduce.pages.audience import for_team
from coproduce.people.models import Role, TeamMember
from coproduce.refused import Refused
from coproduce.safeguarding import access, queries, services
from coproduce.safeguarding.models import Concern, ConcernStep

STEPS = [
    (ConcernStep.Kind.REFERRED.value, "I passed it on"),
    (ConcernStep.Kind.NOTED.value, "I want to note something"),
    (ConcernStep.Kind.RETURNED.value, "It is not a concern: send the words back to be looked at"),
    (ConcernStep.Kind.ENDED.value, "It is ended: the words stay set apart"),
]


def _concern(member: TeamMember, key: int) -> Concern:
    concern = access.concern(member, key)
    if concern is None:
        raise Http404
    return concern


@for_team(Role.SAFEGUARDING)
def concerns(
    request: HttpRequest, conversation: Conversation, member: TeamMember
) -> HttpResponseBase:
    rows = queries.concerns_for(member)
    return render(
        request,
        "facilitating/concerns.html",
        {"conversation": conversation, "tab": "concerns", "rows": rows},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_team(Role.SAFEGUARDING)
def concern(
    request: HttpRequest, conversation: Conversation, member: TeamMember, key: int
) -> HttpResponseBase:
    found = _concern(member, key)
    context: dict[str, Any] = {
        "conversation": conversation,
        "tab": "concerns",
        "row": queries.row(found),
        "steps": STEPS,
        "has_read": queries.has_read(found, member.account),
    }
    if request.method == "POST":
        kind, note = request.POST.get("kind", ""), request.POST.get("note", "")
        try:
            if kind == ConcernStep.Kind.RETURNED:
                services.return_to_queue(concern=found, by=member, note=note)
            else:
                services.take_step(concern=found, by=member, kind=kind, note=note)
        except Refused as refused:
            context |= {"problem": refused, "kind": kind, "note": note}
        else:
            messages.success(request, "We have kept what you did.")
            return redirect("facilitating:concern", slug=conversation.slug, key=key)
    return render(request, "facilitating/concern.html", context)


@require_POST
@for_team(Role.SAFEGUARDING)
def open_concern(
    request: HttpRequest, conversation: Conversation, member: TeamMember, key: int
) -> HttpResponseBase:
    services.open_words(concern=_concern(member, key), by=member)
    return redirect("facilitating:concern", slug=conversation.slug, key=key)
