"""The team of a conversation: who is in it, invite, change, leave."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from coproduce.conversations.models import Conversation
from coproduce.pages.audience import for_team
from coproduce.pages.organising.forms.team import InviteForm, LeaveForm, MemberForm
from coproduce.people import access
from coproduce.people.models import Role, TeamMember
from coproduce.people.queries import team_of
from coproduce.people.services import (
    change_member,
    invite_again,
    invite_member,
    leave_team,
    write_to_invited,
)
from coproduce.refused import Refused


@for_team()
def team(request: HttpRequest, conversation: Conversation, member: TeamMember) -> HttpResponse:
    return render(
        request,
        "organising/team.html",
        {
            "conversation": conversation,
            "tab": "team",
            "member": member,
            "team": team_of(conversation.pk),
            "organises": member.has_role(Role.ORGANISER),
        },
    )


def _handed_over(
    request: HttpRequest, by: TeamMember, invited: TeamMember, token: str | None
) -> HttpResponse:
    """The page that shows a one-time link, once: it is kept nowhere."""
    path = reverse("team:way_in", args=[token]) if token else ""
    return render(
        request,
        "organising/invited.html",
        {
            "conversation": by.conversation,
            "tab": "team",
            "invited": invited,
            "address": request.build_absolute_uri(path) if path else "",
            "by_mail": write_to_invited(by=by, member=invited, token=token),
        },
    )


@for_team(Role.ORGANISER)
@never_cache
def invite(
    request: HttpRequest, conversation: Conversation, member: TeamMember
) -> HttpResponseBase:
    form = InviteForm(request.POST or None, conversation=conversation)
    if request.method == "POST" and form.is_valid():
        try:
            invited, token = invite_member(
                by=member,
                name=form.cleaned_data["name"],
                email=form.cleaned_data["email"],
                roles=form.cleaned_data["roles"],
                partner_group=form.chosen_group(),
            )
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            return _handed_over(request, member, invited, token)
    return render(
        request,
        "organising/invite.html",
        {"conversation": conversation, "tab": "team", "form": form},
    )


def _colleague(member: TeamMember, key: int) -> TeamMember:
    found = access.colleague(member, key)
    if found is None:
        raise Http404
    return found


@for_team(Role.ORGANISER)
def change(
    request: HttpRequest, conversation: Conversation, member: TeamMember, key: int
) -> HttpResponseBase:
    colleague = _colleague(member, key)
    held = [grant.role for grant in colleague.grants.all() if grant.is_held]
    group = colleague.partner_group
    form = MemberForm(
        request.POST or None,
        conversation=conversation,
        initial={"roles": held, "partner_group": group.key if group else ""},
    )
    if request.method == "POST" and form.is_valid():
        try:
            change_member(
                by=member,
                member=colleague,
                roles=form.cleaned_data["roles"],
                partner_group=form.chosen_group(),
            )
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, "Saved.")
            return redirect("organising:team", slug=conversation.slug)
    return render(
        request,
        "organising/member.html",
        {"conversation": conversation, "tab": "team", "form": form, "colleague": colleague},
    )


@for_team(Role.ORGANISER)
@require_POST
@never_cache
def link(
    request: HttpRequest, conversation: Conversation, member: TeamMember, key: int
) -> HttpResponseBase:
    """A new one-time link for somebody who has no password yet."""
    colleague = _colleague(member, key)
    try:
        token = invite_again(by=member, member=colleague)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("organising:team", slug=conversation.slug)
    return _handed_over(request, member, colleague, token)


@for_team()
def leave(
    request: HttpRequest, conversation: Conversation, member: TeamMember, key: int
) -> HttpResponseBase:
    """Leave the team; an organiser may take others out."""
    colleague = _colleague(member, key)
    if colleague.pk != member.pk and not member.has_role(Role.ORGANISER):
        raise Http404
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            leave_team(by=member, member=colleague, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{colleague.account.name} is not in the team any more.")
            if colleague.pk == member.pk:
                return redirect("team:home")
            return redirect("organising:team", slug=conversation.slug)
    return render(
        request,
        "organising/leave.html",
        {
            "conversation": conversation,
            "tab": "team",
            "form": form,
            "colleague": colleague,
            "own": colleague.pk == member.pk,
        },
    )
