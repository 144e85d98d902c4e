"""Who a page is for. Every view wears one of these; a test goes through all addresses and asks.

A stranger's link and a wrong link give the same page: what may not be seen is not found.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import NoReverseMatch, resolve, reverse

from coproduce.conversations import access as conversations
from coproduce.pages.device import forget, has_left, keep_up, participant_of
from coproduce.pages.unsent import (
    gone_meanwhile,
    taken_back,
    typed_words,
    unsent_of_participant,
    unsent_of_team,
)
from coproduce.people import access as people
from coproduce.people.models import TeamMember

View = Callable[..., HttpResponseBase]


def _declare(view: View, audience: str, roles: tuple[str, ...] = ()) -> View:
    view.audience = audience  # type: ignore[attr-defined]
    view.roles = roles  # type: ignore[attr-defined]
    return view


def for_anyone(view: View) -> View:
    """Public: nothing on it belongs to one person."""
    return _declare(view, "anyone")


def for_visitors(view: View) -> View:
    """Anyone, in one conversation that has been opened: `view(request, conversation, ...)`."""

    @wraps(view)
    def inner(request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        conversation = conversations.opened(slug)
        if conversation is None:
            raise Http404
        response = view(request, conversation, *args, **kwargs)
        keep_up(request, response)
        return response

    return _declare(inner, "visitors")


def for_participants(view: View) -> View:
    """Who has joined, on this device: `view(request, conversation, participant, ...)`.

    Others are sent to the conversation's first page, where they can join; what they typed is shown
    to them first. Who has taken back everything, perhaps on another device, is told that it is so.
    """

    @wraps(view)
    def inner(request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        conversation = conversations.opened(slug)
        if conversation is None:
            raise Http404
        participant = participant_of(request, conversation)
        if participant is None:
            words = typed_words(request)
            if words:
                return unsent_of_participant(request, conversation, words)
            if has_left(request, conversation):
                gone = taken_back(request, conversation)
                forget(request, gone, conversation)
                return gone
            return redirect("taking_part:welcome", slug=slug)
        response = view(request, conversation, participant, *args, **kwargs)
        keep_up(request, response)
        return response

    return _declare(inner, "participants")


def _sign_in_first(request: HttpRequest) -> HttpResponseBase:
    words = typed_words(request)
    if words:
        return unsent_of_team(request, words)
    return redirect_to_login(request.get_full_path())


def for_team(*roles: str) -> Callable[[View], View]:
    """Team members of the conversation who hold one of the roles (none named: any role).

    `view(request, conversation, member, ...)`.
    """

    def wear(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _sign_in_first(request)
            member = people.team_member(request.user, slug, *roles)
            if member is None:
                raise Http404
            # For the links that stand on every page of the team.
            request.team_member = member  # type: ignore[attr-defined]
            try:
                return view(request, member.conversation, member, *args, **kwargs)
            except Http404:
                if request.method != "POST":
                    raise
                return gone_meanwhile(request, member.conversation)

        return _declare(inner, "team", roles)

    return wear


def address_for(member: TeamMember | None, name: str, slug: str) -> str:
    """The address of a team's page, where the member's roles open it; else nothing."""
    try:
        address = reverse(name, kwargs={"slug": slug})
    except NoReverseMatch:
        return ""
    roles = _roles_of(name, address)
    open_to_them = not roles or (member is not None and member.has_role(*roles))
    return address if open_to_them else ""


_ROLES: dict[str, tuple[str, ...]] = {}


def _roles_of(name: str, address: str) -> tuple[str, ...]:
    """The roles that a view asks for. Found once: finding a view by its address takes long."""
    if name not in _ROLES:
        _ROLES[name] = getattr(resolve(address).func, "roles", ())
    return _ROLES[name]


def for_signed_in(view: View) -> View:
    """Anybody with an account: `view(request, ...)`."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _sign_in_first(request)
        return view(request, *args, **kwargs)

    return _declare(inner, "signed in")


def for_installation(view: View) -> View:
    """Accounts that run the installation: they make conversations."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _sign_in_first(request)
        if not request.user.runs_installation:
            raise Http404
        return view(request, *args, **kwargs)

    return _declare(inner, "installation")
