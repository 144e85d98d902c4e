"""The door, and what a team member sees first."""

from __future__ import annotations

from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from coproduce.conversations.models import Doing
from coproduce.conversations.queries import keys_for
from coproduce.conversations.services import make_conversation
from coproduce.decisions.access import OWES
from coproduce.decisions.queries import what_we_owe
from coproduce.pages.audience import for_anyone, for_installation, for_signed_in
from coproduce.pages.team.forms import (
    ChangePasswordForm,
    NewConversationForm,
    NewPasswordForm,
    SignInForm,
)
from coproduce.people import access
from coproduce.people.models import Account
from coproduce.people.queries import teams_of
from coproduce.people.services import change_password, use_sign_in_link
from coproduce.refused import Refused


def _come_in(request: HttpRequest, account: Account) -> None:
    """The one place where a session becomes an account's."""
    auth.login(request, account, backend="django.contrib.auth.backends.ModelBackend")


def _wanted_page(request: HttpRequest) -> str:
    """The page that somebody was on the way to, when it is one of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else ""


def _first_page(account: Account) -> str:
    """What we owe, for somebody who runs one conversation that owes something; or all of theirs."""
    teams = teams_of(account)
    if len(teams) == 1 and not account.runs_installation:
        member, conversation = teams[0], teams[0].conversation
        owes = conversation.allows(Doing.DECIDE) and member.has_role(*OWES)
        if owes and what_we_owe(conversation):
            return reverse("deciding:owe", args=[conversation.slug])
    return resolve_url(settings.LOGIN_REDIRECT_URL)


@for_anyone
@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponseBase:
    if request.user.is_authenticated:
        return redirect(_wanted_page(request) or settings.LOGIN_REDIRECT_URL)
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        # Guesses are counted for the name tried (django-axes), whoever tries it from wherever.
        account = auth.authenticate(
            request,
            username=Account.objects.normalise(form.cleaned_data["email"]),
            password=form.cleaned_data["password"],
        )
        if isinstance(account, Account):
            _come_in(request, account)
            return redirect(_wanted_page(request) or _first_page(account))
        form.add_error(
            None, "This email address and password do not go together. Look at both again."
        )
    return render(request, "team/sign_in.html", {"form": form, "next": _wanted_page(request)})


@for_anyone
@require_POST
def sign_out(request: HttpRequest) -> HttpResponseBase:
    auth.logout(request)
    messages.success(request, "You are signed out.")
    return redirect("team:sign_in")


@for_anyone
@never_cache
@sensitive_post_parameters("password", "again")
def way_in(request: HttpRequest, token: str) -> HttpResponseBase:
    """A one-time link: a password is chosen, and the link is used up."""
    link = access.open_sign_in_link(token)
    if link is None:
        return render(request, "team/link_ended.html", status=404)
    form = NewPasswordForm(request.POST or None, account=link.account)
    if request.method == "POST" and form.is_valid():
        try:
            account = use_sign_in_link(token=token, password=form.cleaned_data["password"])
        except Refused:
            return render(request, "team/link_ended.html", status=404)
        except ValidationError as error:
            form.add_error("password", error)
        else:
            _come_in(request, account)
            messages.success(request, "Your password is set. Next time, sign in with it.")
            return redirect(_first_page(account))
    return render(request, "team/way_in.html", {"form": form, "account": link.account})


@for_signed_in
@never_cache
@sensitive_post_parameters("now", "password", "again")
def password(request: HttpRequest) -> HttpResponseBase:
    account = access.account_of(request.user)
    form = ChangePasswordForm(request.POST or None, account=account)
    if request.method == "POST" and form.is_valid():
        change_password(account=account, password=form.cleaned_data["password"])
        update_session_auth_hash(request, account)
        messages.success(request, "Your password is changed.")
        return redirect("team:home")
    return render(request, "team/password.html", {"form": form})


@for_signed_in
def home(request: HttpRequest) -> HttpResponse:
    account = access.account_of(request.user)
    teams = teams_of(account)
    keys = keys_for(teams)
    return render(
        request,
        "team/home.html",
        {"teams": [(one, keys[one.pk]) for one in teams], "account": account},
    )


@for_installation
def new(request: HttpRequest) -> HttpResponseBase:
    form = NewConversationForm(request.POST or None, initial={"template": "over_weeks"})
    if request.method == "POST" and form.is_valid():
        member = make_conversation(
            by=access.account_of(request.user),
            name=form.cleaned_data["name"],
            template_key=form.cleaned_data["template"],
            stands_for=form.cleaned_data["stands_for"] or None,
        )
        messages.success(
            request, "It is made, as a draft. Nobody else sees it yet. Now fill it in."
        )
        return redirect("organising:overview", slug=member.conversation.slug)
    return render(request, "team/new.html", {"form": form})
