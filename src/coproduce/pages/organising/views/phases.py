"""Opening a conversation with two keys, and moving its phases. What follows is shown first."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render

from coproduce.conversations.models import ALLOWED, Conversation, Doing, KeyTurn, Phase
from coproduce.conversations.phases import MEANING, TOGETHER, check_phases, consequences, in_order
from coproduce.conversations.queries import missing, opening_fingerprint, why_no_key
from coproduce.conversations.services import change_phases, open_conversation
from coproduce.moderation.queries import count_waiting
from coproduce.pages.audience import for_team
from coproduce.pages.organising.stated import rows_of
from coproduce.people.models import Role, TeamMember
from coproduce.refused import Refused

TOGETHER_KEY = "together"


@for_team(Role.ORGANISER)
def phases(
    request: HttpRequest, conversation: Conversation, member: TeamMember
) -> HttpResponseBase:
    if conversation.is_draft:
        return _open(request, conversation, member)
    return _move(request, conversation, member)


def _open(request: HttpRequest, conversation: Conversation, member: TeamMember) -> HttpResponseBase:
    waiting = (
        conversation.key_turns.filter(act=KeyTurn.Act.OPEN, second_at=None, ended_at=None)
        .select_related("first_by__account", "first_by__partner_group")
        .first()
    )
    start = request.POST.get("start") or request.GET.get("start")
    if waiting is not None and start is None:
        wanted = waiting.details["phases"]
    else:
        together = start == TOGETHER_KEY or (start is None and conversation.one_room)
        wanted = in_order(TOGETHER) if together else [Phase.GATHERING.value]
    stands = opening_fingerprint(conversation, wanted)
    problem = ""
    if request.method == "POST":
        try:
            turn = open_conversation(member=member, phases=wanted, saw=request.POST.get("saw", ""))
        except Refused as refused:
            problem = str(refused)
        else:
            if turn.is_turned:
                messages.success(request, "It is open. People can come in now.")
                return redirect("organising:overview", slug=conversation.slug)
            messages.success(
                request,
                "Your key is turned. It opens when somebody of another partner group turns theirs.",
            )
            return redirect("organising:phases", slug=conversation.slug)
    still_waits = waiting is not None and waiting.fingerprint == stands
    return render(
        request,
        "organising/open.html",
        {
            "conversation": conversation,
            "tab": "phases",
            "member": member,
            "problem": problem,
            "lacking": missing(conversation),
            "together": len(wanted) > 1,
            "phase_list": [(Phase(phase).label, MEANING[Phase(phase)]) for phase in wanted],
            "consequences": consequences(conversation, wanted),
            "enough": 3 if conversation.one_room else 5,
            "rows": rows_of(conversation),
            "saw": stands,
            "waiting": waiting,
            "still_waits": still_waits,
            "other_start": [Phase(phase).label for phase in waiting.details["phases"]]
            if waiting is not None and waiting.details["phases"] != wanted
            else [],
            "own_key_waits": still_waits and waiting is not None and waiting.first_by == member,
            "cannot": ""
            if conversation.runs_alone
            else why_no_key(member, waiting if still_waits else None),
        },
    )


def _move(request: HttpRequest, conversation: Conversation, member: TeamMember) -> HttpResponseBase:
    given = request.POST if request.method == "POST" else request.GET
    wanted = in_order(_known(given.getlist("phases")))
    asked = "phases" in given or "look" in given
    context: dict[str, Any] = {
        "conversation": conversation,
        "tab": "phases",
        "choices": [
            (phase, phase.label, meaning, phase in (wanted if asked else conversation.phases))
            for phase, meaning in MEANING.items()
        ],
        "history": conversation.phase_changes.select_related("by"),
        "reason": given.get("reason", ""),
    }
    if asked:
        try:
            check_phases(wanted)
            if request.method == "POST":
                change_phases(
                    member=member,
                    phases=wanted,
                    reason=given.get("reason", ""),
                    seen=_known(given.getlist("seen")) or None,
                )
                messages.success(request, "Done. The phases are changed.")
                return redirect("organising:overview", slug=conversation.slug)
            if wanted == in_order(conversation.phases):
                raise Refused("These phases are open already. Pick others, or leave them so.")
        except Refused as refused:
            context["problem"] = str(refused)
        if "problem" not in context or request.method == "POST":
            context["wanted"] = [(phase, Phase(phase).label) for phase in wanted]
            context["consequences"] = consequences(conversation, wanted) if wanted else []
            context["left_waiting"] = _left_waiting(conversation, wanted)
    return render(request, "organising/phases.html", context)


def _known(phases: list[str]) -> list[str]:
    return [phase for phase in phases if phase in MEANING]


def _left_waiting(conversation: Conversation, wanted: list[str]) -> int:
    """How many words nobody could look at any more, so that nobody would read them."""
    ends = conversation.allows(Doing.ARRANGE) and ALLOWED[Doing.ARRANGE].isdisjoint(wanted)
    return count_waiting(conversation) if wanted and ends else 0
