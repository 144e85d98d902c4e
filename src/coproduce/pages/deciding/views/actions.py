"""Actions: a new one, and how one goes."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from coproduce.conversations.models import Conversation, Doing
from coproduce.decisions import access
from coproduce.decisions.access import ACTS, OWES
from coproduce.decisions.queries.naming import earlier_grounds_of, grounds_of
from coproduce.decisions.queries.reading import how_it_stands
from coproduce.decisions.services import add_action, correct_action, move_action, still_stands
from coproduce.pages.audience import for_team
from coproduce.pages.deciding.acting import tried
from coproduce.pages.deciding.forms import ActionForm, CorrectActionForm, MoveActionForm, StandsForm
from coproduce.people.models import TeamMember

BOTH = ["GET", "HEAD", "POST"]


@require_http_methods(BOTH)
@for_team(*ACTS)
def add(request: HttpRequest, conversation: Conversation, member: TeamMember) -> HttpResponseBase:
    ref = request.GET.get("decision", "")
    decision = access.decision_of(member, ref) if ref else None
    if ref and decision is None:
        raise Http404
    form = ActionForm(
        request.POST or None,
        conversation=conversation,
        given=request.GET.getlist("on"),
        of_decision=decision is not None,
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        made = tried(
            form,
            lambda: add_action(
                by=member,
                what=said["what"],
                owner=said["owner"],
                owner_group=form.group,
                due_on=said["due_on"],
                form_key=said["form_key"],
                decision=decision,
                rests_on=form.grounds,
            ),
        )
        if made is not None:
            messages.success(request, "Kept. Everybody can read it now.")
            return redirect("deciding:action", slug=conversation.slug, ref=made.ref)
    return render(
        request,
        "deciding/add_action.html",
        {
            "conversation": conversation,
            "tab": "owe",
            "form": form,
            "decision": decision,
            "not_now": not conversation.allows(Doing.DECIDE),
        },
        status=422 if form.errors else 200,
    )


@require_http_methods(BOTH)
@for_team(*ACTS)
def correct(
    request: HttpRequest, conversation: Conversation, member: TeamMember, ref: str
) -> HttpResponseBase:
    """What the action says is put right at its own address. What it said before can be read."""
    found = access.action_of(member, ref)
    if found is None:
        raise Http404
    step = found.latest_step
    form = CorrectActionForm(
        request.POST or None,
        conversation=conversation,
        given=[one.key for one in grounds_of(found) if one.is_shown],
        of_decision=found.decision is not None,
        now=found.owner_group,
        initial={
            "what": found.what,
            "owner": found.owner,
            "owner_group": found.owner_group.key if found.owner_group else "none",
            "seen": step.pk if step else 0,
        },
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        made = tried(
            form,
            lambda: correct_action(
                action=found,
                by=member,
                what=said["what"],
                owner=said["owner"],
                owner_group=form.group,
                why_corrected=said["why_corrected"],
                rests_on=form.grounds,
                seen=said["seen"],
            ),
        )
        if made is not None:
            messages.success(request, "Kept. What it said before can still be read.")
            return redirect("deciding:action", slug=conversation.slug, ref=ref)
    return render(
        request,
        "deciding/correct_action.html",
        {
            "conversation": conversation,
            "tab": "owe",
            "form": form,
            "action": found,
            "not_now": not conversation.allows(Doing.DECIDE),
        },
        status=422 if form.errors else 200,
    )


@require_http_methods(BOTH)
@for_team(*OWES)
def action(
    request: HttpRequest, conversation: Conversation, member: TeamMember, ref: str
) -> HttpResponseBase:
    found = access.action_of(member, ref)
    if found is None:
        raise Http404
    step = found.latest_step
    do = request.POST.get("do", "") if request.method == "POST" else ""
    if do and not member.has_role(*ACTS):
        raise Http404
    move = MoveActionForm(
        request.POST if do == "move" else None, initial={"seen": step.pk if step else 0}
    )
    stands = StandsForm(request.POST if do == "stands" else None)
    if do == "move" and move.is_valid():
        said = dict(move.cleaned_data)
        if tried(move, lambda: move_action(action=found, by=member, **said)):
            messages.success(request, "Kept. What stood before can still be read.")
            return redirect("deciding:action", slug=conversation.slug, ref=ref)
    if do == "stands" and stands.is_valid():
        reason = stands.cleaned_data["reason"]
        tried(stands, lambda: still_stands(thing=found, by=member, reason=reason))
        if not stands.errors:
            messages.success(request, "Kept: it still stands.")
            return redirect("deciding:action", slug=conversation.slug, ref=ref)
    grounds = grounds_of(found)
    return render(
        request,
        "deciding/action.html",
        {
            "conversation": conversation,
            "tab": "owe",
            "action": found,
            "stand": how_it_stands(found, timezone.localdate()),
            "grounds": grounds,
            "earlier_grounds": earlier_grounds_of(found),
            "to_review": any(one.review_since for one in grounds),
            "move": move,
            "stands": stands,
            "acts": conversation.allows(Doing.DECIDE) and member.has_role(*ACTS),
        },
        status=422 if move.errors or stands.errors else 200,
    )
