"""Decisions: all of them, one, a new one, a step, a correction."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from coproduce.conversations.models import Conversation, Doing
from coproduce.decisions import access
from coproduce.decisions.access import ACTS, DECIDES, OWES
from coproduce.decisions.models import Decision
from coproduce.decisions.queries.naming import grounds_of
from coproduce.decisions.queries.reading import actions_of, decisions_of
from coproduce.decisions.services import (
    correct_decision,
    move_decision,
    still_stands,
)
from coproduce.decisions.services import decide as keep_decision
from coproduce.pages.audience import for_team
from coproduce.pages.deciding.acting import tried
from coproduce.pages.deciding.forms import (
    CorrectDecisionForm,
    DecisionForm,
    MoveDecisionForm,
    StandsForm,
)
from coproduce.people.models import TeamMember

BOTH = ["GET", "HEAD", "POST"]


@require_safe
@for_team(*OWES)
def decisions(
    request: HttpRequest, conversation: Conversation, member: TeamMember
) -> HttpResponseBase:
    return render(
        request,
        "deciding/decisions.html",
        {
            "conversation": conversation,
            "tab": "owe",
            "page": decisions_of(conversation, request.GET.get("page")),
            "decides": _may(member, DECIDES),
        },
    )


@require_http_methods(BOTH)
@for_team(*DECIDES)
def decide(
    request: HttpRequest, conversation: Conversation, member: TeamMember
) -> HttpResponseBase:
    form = DecisionForm(
        request.POST or None,
        conversation=conversation,
        given=request.GET.getlist("on"),
        initial={"decided_on": timezone.localdate(), "decided_by": _who_decided_last(conversation)},
    )
    if request.method == "POST" and form.is_valid():
        made = tried(form, lambda: keep_decision(by=member, rests_on=form.grounds, **_given(form)))
        if made is not None:
            messages.success(request, "Kept. Everybody can read it now.")
            return redirect("deciding:decision", slug=conversation.slug, ref=made.ref)
    return _form(request, conversation, form, "deciding/decide.html")


def _who_decided_last(conversation: Conversation) -> str:
    """What is stated of who decides is a sentence, or several. This is a post or a body."""
    latest = conversation.decisions.order_by("-pk").values_list("decided_by", flat=True).first()
    return latest or ""


@require_http_methods(BOTH)
@for_team(*DECIDES)
def correct(
    request: HttpRequest, conversation: Conversation, member: TeamMember, ref: str
) -> HttpResponseBase:
    """The corrected decision takes the place of this one. Both can be read."""
    found = _found(member, ref)
    step = found.latest_step
    form = CorrectDecisionForm(
        request.POST or None,
        conversation=conversation,
        given=[one.key for one in grounds_of(found) if one.is_shown],
        initial={
            "what": found.what,
            "why": found.why,
            "decided_on": found.decided_on,
            "decided_by": found.decided_by,
            "settled_without_appeal": found.settled_without_appeal,
            "outcome": found.outcome,
            "passed_to": step.passed_to if step else "",
            "by_when": step.by_when if step else None,
            "note": step.note if step else "",
        },
    )
    if request.method == "POST" and form.is_valid():
        made = tried(
            form,
            lambda: correct_decision(
                decision=found, by=member, rests_on=form.grounds, **_given(form)
            ),
        )
        if made is not None:
            messages.success(request, "Kept. The earlier one can still be read.")
            return redirect("deciding:decision", slug=conversation.slug, ref=made.ref)
    return _form(request, conversation, form, "deciding/decide.html", corrects=found)


@require_http_methods(BOTH)
@for_team(*OWES)
def decision(
    request: HttpRequest, conversation: Conversation, member: TeamMember, ref: str
) -> HttpResponseBase:
    found = _found(member, ref)
    step = found.latest_step
    do = request.POST.get("do", "") if request.method == "POST" else ""
    if do and not member.has_role(*DECIDES):
        raise Http404
    move = MoveDecisionForm(
        request.POST if do == "move" else None, initial={"seen": step.pk if step else None}
    )
    stands = StandsForm(request.POST if do == "stands" else None)
    if do == "move" and move.is_valid():
        said = dict(move.cleaned_data)
        if tried(move, lambda: move_decision(decision=found, by=member, **said)):
            messages.success(request, "Kept. What stood before can still be read.")
            return redirect("deciding:decision", slug=conversation.slug, ref=ref)
    if do == "stands" and stands.is_valid():
        reason = stands.cleaned_data["reason"]
        tried(stands, lambda: still_stands(thing=found, by=member, reason=reason))
        if not stands.errors:
            messages.success(request, "Kept: it still stands.")
            return redirect("deciding:decision", slug=conversation.slug, ref=ref)
    grounds = grounds_of(found)
    return render(
        request,
        "deciding/decision.html",
        {
            "conversation": conversation,
            "tab": "owe",
            "decision": found,
            "grounds": grounds,
            "to_review": found.is_current and any(one.review_since for one in grounds),
            "actions": actions_of(found),
            "today": timezone.localdate(),
            "move": move,
            "stands": stands,
            "decides": found.is_current and _may(member, DECIDES),
            "acts": found.is_current and _may(member, ACTS),
        },
        status=422 if move.errors or stands.errors else 200,
    )


def _may(member: TeamMember, roles: tuple[str, ...]) -> bool:
    return member.conversation.allows(Doing.DECIDE) and member.has_role(*roles)


def _given(form: DecisionForm) -> dict[str, Any]:
    said = dict(form.cleaned_data)
    del said["on"], said["more"]
    return said


def _found(member: TeamMember, ref: str) -> Decision:
    found = access.decision_of(member, ref)
    if found is None:
        raise Http404
    return found


def _form(
    request: HttpRequest,
    conversation: Conversation,
    form: DecisionForm,
    template: str,
    **more: Any,
) -> HttpResponseBase:
    return render(
        request,
        template,
        {
            "conversation": conversation,
            "tab": "owe",
            "form": form,
            "not_now": not conversation.allows(Doing.DECIDE),
            **more,
        },
        status=422 if form.errors else 200,
    )
