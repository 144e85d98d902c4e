"""Letters to people who left an address: written, looked at, sent, and how far they are."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coproduce.conversations.models import Conversation
from coproduce.pages.audience import for_team
from coproduce.pages.deciding.acting import tried
from coproduce.pages.telling.forms import LetterForm
from coproduce.paging import page_of
from coproduce.people.models import TeamMember
from coproduce.refused import Refused
from coproduce.telling.access import WRITES, letter_of
from coproduce.telling.mail import OWN_LINK, body
from coproduce.telling.models import Letter
from coproduce.telling.queries import (
    beginning_of_a_letter,
    how_many_get_one,
    how_they_go,
    letters_of,
)
from coproduce.telling.services import confirm_letter, try_again, what_is_confirmed, write

BOTH = ["GET", "HEAD", "POST"]
ON_A_PAGE = 20
ON_ITS_WAY = "The letter is on its way."
ONLY_WRITTEN = "The letter is written to files, and reaches nobody."


@require_safe
@for_team(*WRITES)
def letters(
    request: HttpRequest, conversation: Conversation, member: TeamMember
) -> HttpResponseBase:
    found = letters_of(conversation)
    return render(
        request,
        "telling/letters.html",
        {
            "conversation": conversation,
            "tab": "letters",
            "page": page_of(found, request.GET.get("page"), size=ON_A_PAGE, turned=how_they_go),
            "how_many": how_many_get_one(conversation),
            "mail_is_set_up": bool(settings.EMAIL_HOST),
        },
    )


@require_http_methods(BOTH)
@for_team(*WRITES)
def new(request: HttpRequest, conversation: Conversation, member: TeamMember) -> HttpResponseBase:
    subject, text = beginning_of_a_letter(conversation)
    return _write(request, conversation, member, None, {"subject": subject, "text": text})


@require_http_methods(BOTH)
@for_team(*WRITES)
def change(
    request: HttpRequest, conversation: Conversation, member: TeamMember, key: int
) -> HttpResponseBase:
    letter = _found(member, key)
    if letter.is_confirmed:
        return redirect("telling:preview", slug=conversation.slug, key=key)
    return _write(
        request, conversation, member, letter, {"subject": letter.subject, "text": letter.text}
    )


@require_http_methods(BOTH)
@for_team(*WRITES)
def preview(
    request: HttpRequest, conversation: Conversation, member: TeamMember, key: int
) -> HttpResponseBase:
    """The letter as people get it, how many get it, and the button that sends it."""
    letter, problem = _found(member, key), ""
    if request.method == "POST":
        try:
            confirm_letter(letter=letter, by=member, saw=request.POST.get("saw", ""))
        except Refused as refused:
            problem = str(refused)
        else:
            messages.success(request, ON_ITS_WAY if settings.EMAIL_HOST else ONLY_WRITTEN)
            return redirect("telling:letters", slug=conversation.slug)
    letter.conversation = conversation
    return render(
        request,
        "telling/preview.html",
        {
            "conversation": conversation,
            "tab": "letters",
            "letter": letter,
            "body": body(letter, stop=OWN_LINK, until=None),
            "how_many": how_many_get_one(conversation),
            "mail_is_set_up": bool(settings.EMAIL_HOST),
            "saw": what_is_confirmed(letter),
            "problem": problem,
        },
        status=409 if problem else 200,
    )


@require_POST
@for_team(*WRITES)
def again(
    request: HttpRequest, conversation: Conversation, member: TeamMember, key: int
) -> HttpResponseBase:
    try_again(letter=_found(member, key), by=member)
    messages.success(request, "It is tried again now.")
    return redirect("telling:letters", slug=conversation.slug)


def _found(member: TeamMember, key: int) -> Letter:
    letter = letter_of(member, key)
    if letter is None:
        raise Http404
    return letter


def _write(
    request: HttpRequest,
    conversation: Conversation,
    member: TeamMember,
    letter: Letter | None,
    initial: dict[str, str],
) -> HttpResponseBase:
    form = LetterForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        kept = tried(form, lambda: write(by=member, letter=letter, **form.cleaned_data))
        if kept is not None:
            return redirect("telling:preview", slug=conversation.slug, key=kept.pk)
    return render(
        request,
        "telling/write.html",
        {"conversation": conversation, "tab": "letters", "form": form, "letter": letter},
        status=422 if form.errors else 200,
    )
