"""The first page of a conversation, and joining it: one question a page."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from coproduce.agreeing.queries.asking import waiting_for
from coproduce.conversations.models import Conversation, Doing
from coproduce.conversations.queries import deletion_near
from coproduce.pages.audience import for_anyone
from coproduce.pages.device import participant_of, remember
from coproduce.pages.taking_part import draft
from coproduce.pages.taking_part.forms import AreaForm, JoinCodeForm, WhoForm, WhoseForm
from coproduce.pages.taking_part.page import show, visitor_page, warn
from coproduce.people import slips
from coproduce.people.models import CameBy, WhoseWords
from coproduce.people.services import join
from coproduce.refused import Refused
from coproduce.understanding.models import Version


@visitor_page()
def welcome(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    participant = participant_of(request, conversation)
    published = Version.objects.filter(conversation=conversation).exists()
    if participant is not None:
        confirms = conversation.allows(Doing.CONFIRM_WORDING)
        return show(
            request,
            "hub",
            conversation,
            participant=participant,
            has_published=published,
            still_meant=waiting_for(participant) if confirms else 0,
        )
    return show(
        request,
        "welcome",
        conversation,
        has_published=published,
        deletion=deletion_near(conversation, timezone.localdate()),
        questions=conversation.open_questions,
    )


@visitor_page()
def privacy(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    near = deletion_near(conversation, timezone.localdate())
    return show(request, "privacy", conversation, deletion=near)


def _may_join(conversation: Conversation) -> bool:
    return conversation.allows(Doing.SAY) or conversation.allows(Doing.ANSWER)


@visitor_page("POST")
def whose(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    if participant_of(request, conversation) or not _may_join(conversation):
        return redirect("taking_part:welcome", slug=conversation.slug)
    kept = draft.read(request, conversation)
    form = WhoseForm(request.POST or None, initial={"whose": kept.get("whose")})
    if request.method == "POST" and form.is_valid():
        response: HttpResponse = redirect("taking_part:who", slug=conversation.slug)
        draft.write(response, {**kept, "whose": form.cleaned_data["whose"]})
        return response
    response = show(request, "join_whose", conversation, form=form)
    draft.write(response, kept)
    return response


@visitor_page("POST")
def who(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    kept = draft.read(request, conversation)
    if "whose" not in kept:
        return redirect("taking_part:join", slug=conversation.slug)
    form = WhoForm(
        request.POST or None,
        conversation=conversation,
        whose_words=kept["whose"],
        initial={"groups": kept.get("groups"), "description": kept.get("description")},
    )
    if request.method == "POST" and form.is_valid():
        kept = {
            **kept,
            "groups": form.cleaned_data["groups"],
            "description": form.cleaned_data["description"],
        }
        if conversation.areas.exists():
            response = redirect("taking_part:area", slug=conversation.slug)
            draft.write(response, kept)
            return response
        return _join(request, conversation, kept)
    return show(
        request,
        "join_who",
        conversation,
        form=form,
        adult=kept["whose"] in WhoseWords.never_a_childs(),
        last=not conversation.areas.exists(),
    )


@visitor_page("POST")
def area(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    kept = draft.read(request, conversation)
    if "whose" not in kept:
        return redirect("taking_part:join", slug=conversation.slug)
    form = AreaForm(request.POST or None, conversation=conversation, initial={"area": ""})
    if request.method == "POST" and form.is_valid():
        return _join(request, conversation, {**kept, "area": form.cleaned_data["area"]})
    return show(request, "join_area", conversation, form=form)


def _join(request: HttpRequest, conversation: Conversation, kept: dict[str, Any]) -> HttpResponse:
    chosen: dict[str, Any] = {
        "conversation": conversation,
        "code": kept["code"],
        "whose_words": kept["whose"],
        "groups": list(conversation.partner_groups.filter(key__in=kept.get("groups", []))),
        "description": kept.get("description", ""),
        "area": conversation.areas.filter(key=kept.get("area", "")).first(),
        "came_by": kept.get("came_by", CameBy.LINK),
    }
    try:
        participant, _ = join(**chosen, slip_digest=kept.get("slip"))
    except Refused as refused:
        warn(request, str(refused))
        response = redirect("taking_part:welcome", slug=conversation.slug)
        draft.drop(response)
        return response
    response = redirect("taking_part:code", slug=conversation.slug)
    remember(request, response, participant)
    draft.hold_code(response, participant.pk, kept["code"])
    return response


@for_anyone
@require_http_methods(["GET", "HEAD", "POST"])
def enter_code(request: HttpRequest) -> HttpResponse:
    form = JoinCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["code"]
        conversation = slips.opened_by_join_code(typed)
        if conversation is not None:
            return _arrive(request, conversation, came_by=CameBy.JOIN_CODE)
        # Who holds a printed slip may type its letters here.
        token = "".join(letter for letter in typed if letter.isalnum())
        if token and slips.slip(token) is not None:
            return redirect("taking_part:slip", token=token)
        form.add_error("code", slips.what_is_wrong(typed))
    return render(request, "taking_part/enter_code.html", {"form": form})


@for_anyone
@require_safe
def short_link(request: HttpRequest, join_code: str) -> HttpResponse:
    """The link that is passed on, and printed as a QR code."""
    conversation = slips.opened_by_join_code(join_code)
    if conversation is None:
        raise Http404
    return _arrive(request, conversation, came_by=CameBy.LINK)


@for_anyone
@require_safe
def slip(request: HttpRequest, token: str) -> HttpResponse:
    """A printed slip. It is used up at the last step of joining, not by looking at it."""
    found = slips.slip(token)
    if found is None:
        # An address typed from paper, with a letter that was misread.
        form = JoinCodeForm({"code": token})
        form.add_error("code", slips.what_is_wrong(token))
        return render(request, "taking_part/enter_code.html", {"form": form}, status=404)
    if found.used_on is not None and participant_of(request, found.conversation) is None:
        warn(
            request,
            "This slip was used before. Each slip lets one person in. "
            "If it was you, come back with your private code.",
        )
        return redirect("taking_part:welcome", slug=found.conversation.slug)
    return _arrive(request, found.conversation, came_by=CameBy.SLIP, slip=found.digest)


def _arrive(request: HttpRequest, conversation: Conversation, **kept: str) -> HttpResponse:
    response = redirect("taking_part:welcome", slug=conversation.slug)
    if participant_of(request, conversation) is None:
        draft.write(response, {**draft.read(request, conversation), **kept})
    return response
