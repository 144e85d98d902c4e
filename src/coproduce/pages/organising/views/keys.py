"""Keys that wait for their second: what would be done, turned or taken back."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_POST

from coproduce.conversations.access import key_turn
from coproduce.conversations.models import Conversation, KeyTurn
from coproduce.conversations.queries import changes_since_opening, waiting_keys, why_no_key
from coproduce.conversations.services import confirm_change, take_back_key
from coproduce.conversations.stated import LABELS
from coproduce.pages.audience import for_team
from coproduce.pages.organising.stated import lines_of
from coproduce.people.models import Role, TeamMember
from coproduce.refused import Refused

_PAGES = {KeyTurn.Act.OPEN: "organising:phases", KeyTurn.Act.PUBLISH: "facilitating:publish"}


@dataclass(frozen=True)
class Waiting:
    """A first key. `cannot`: why whoever looks cannot turn the second."""

    turn: KeyTurn
    page: str
    cannot: str
    changes: list[tuple[str, list[str], list[str]]]


def page_for(turn: KeyTurn, conversation: Conversation) -> str:
    """Where a key is looked at and turned, when that is a page of its own."""
    try:
        return reverse(_PAGES[KeyTurn.Act(turn.act)], kwargs={"slug": conversation.slug})
    except (KeyError, NoReverseMatch):
        return ""


@for_team()
def keys(request: HttpRequest, conversation: Conversation, member: TeamMember) -> HttpResponse:
    waiting = [
        Waiting(
            turn,
            page_for(turn, conversation),
            why_no_key(member, turn),
            [
                (LABELS[f], lines_of(f, turn.details["before"][f]), lines_of(f, after))
                for f, after in turn.details.get("after", {}).items()
            ],
        )
        for turn in waiting_keys(conversation)
    ]
    changes = [
        (change, lines_of(change.field, change.before), lines_of(change.field, change.after))
        for change in changes_since_opening(conversation)
    ]
    return render(
        request,
        "organising/keys.html",
        {
            "conversation": conversation,
            "member": member,
            "tab": "keys",
            "waiting": waiting,
            "changes": changes,
            "organises": member.has_role(Role.ORGANISER),
        },
    )


def _found(member: TeamMember, key: int) -> KeyTurn:
    turn = key_turn(member.conversation, key)
    if turn is None:
        raise Http404
    return turn


@for_team(Role.ORGANISER)
@require_POST
def turn(
    request: HttpRequest, conversation: Conversation, member: TeamMember, key: int
) -> HttpResponseBase:
    """The second key for a change of what is stated."""
    waiting = _found(member, key)
    if waiting.act != KeyTurn.Act.CHANGE_SCOPE:
        raise Http404
    try:
        confirm_change(member=member, turn=waiting, saw=request.POST.get("saw", ""))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request, "Both keys are turned. The change is made, and people can see it."
        )
    return redirect("organising:keys", slug=conversation.slug)


@for_team(Role.ORGANISER)
@require_POST
def take_back(
    request: HttpRequest, conversation: Conversation, member: TeamMember, key: int
) -> HttpResponseBase:
    try:
        take_back_key(member=member, turn=_found(member, key))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "The key is taken back. Nothing was changed.")
    return redirect("organising:keys", slug=conversation.slug)
