"""What was decided and done, and questions with their answers, for everybody."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from coproduce.conversations.models import Conversation
from coproduce.decisions import access
from coproduce.decisions.queries.naming import earlier_grounds_of, grounds_of
from coproduce.decisions.queries.questions import questions_of, with_earlier
from coproduce.decisions.queries.reading import actions_of, how_it_stands
from coproduce.pages.audience import for_anyone, for_visitors
from coproduce.paging import page_of

ON_A_PAGE = 30


@for_anyone
@require_safe
def decision(request: HttpRequest, ref: str) -> HttpResponse:
    found = access.public_decision(ref)
    if found is None:
        raise Http404
    if found.ref != ref:
        return redirect("public:decision", ref=found.ref)
    return render(
        request,
        "public/decision.html",
        {
            "conversation": found.conversation,
            "decision": found,
            "grounds": grounds_of(found),
            "actions": actions_of(found),
            "address": settings.PUBLIC_URL + request.path,
        },
    )


@for_anyone
@require_safe
def action(request: HttpRequest, ref: str) -> HttpResponse:
    found = access.public_action(ref)
    if found is None:
        raise Http404
    if found.ref != ref:
        return redirect("public:action", ref=found.ref)
    return render(
        request,
        "public/action.html",
        {
            "conversation": found.conversation,
            "action": found,
            "stand": how_it_stands(found, timezone.localdate()),
            # One that rests on nothing of its own rests on what its decision rests on.
            "grounds": grounds_of(found)
            or (grounds_of(found.decision) if found.decision is not None else []),
            "earlier_grounds": earlier_grounds_of(found),
            "address": settings.PUBLIC_URL + request.path,
        },
    )


@for_visitors
@require_safe
def questions(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    asked = questions_of(conversation)
    return render(
        request,
        "public/questions.html",
        {
            "conversation": conversation,
            "page": page_of(asked, request.GET.get("page"), size=ON_A_PAGE, turned=with_earlier),
            "open": sum(one.is_open for one in asked),
        },
    )
