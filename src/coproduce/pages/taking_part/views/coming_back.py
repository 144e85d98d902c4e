"""The private code: shown once, used on another device, two of one person put together."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods

from coproduce.conversations.models import Conversation
from coproduce.decisions.queries.news import new_for
from coproduce.pages.audience import for_anyone
from coproduce.pages.device import participant_of, remember
from coproduce.pages.taking_part import draft
from coproduce.pages.taking_part.forms import CodeForm
from coproduce.pages.taking_part.page import address_of, participant_page, show, tell
from coproduce.people.codes import make_code
from coproduce.people.models import Participant
from coproduce.people.services import come_back, make_another_code, put_together
from coproduce.refused import Refused

TOGETHER = "Done. Both codes open the same place now, on every phone and computer. You count once."


@participant_page("POST")
def code(
    request: HttpRequest, conversation: Conversation, participant: Participant
) -> HttpResponse:
    """The code just made. Later it cannot be shown, only a further one be made."""
    if request.method == "POST":
        if "kept" in request.POST:
            response: HttpResponse = redirect("taking_part:welcome", slug=conversation.slug)
            draft.let_go_of_code(response)
            draft.drop(response)
            return response
        new = make_code()
        make_another_code(participant=participant, code=new)
        response = redirect("taking_part:code", slug=conversation.slug)
        draft.hold_code(response, participant.pk, new)
        return response
    response = show(request, "code", conversation, code=draft.held_code(request, participant.pk))
    patch_cache_control(response, no_store=True)
    return response


@participant_page("POST")
def together(
    request: HttpRequest, conversation: Conversation, participant: Participant
) -> HttpResponse:
    """Two codes of one person, on the device that knows one of them."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            other = come_back(code=form.cleaned_data["code"], address=address_of(request))
            if other.pk == participant.pk:
                raise Refused("This code opens this place already. Type your other code.")
            put_together(kept=participant, other=other)
        except Refused as refused:
            form.add_error("code", str(refused))
        else:
            tell(request, TOGETHER)
            return redirect("taking_part:mine", slug=conversation.slug)
    return show(request, "together", conversation, form=form)


@for_anyone
@require_http_methods(["GET", "HEAD", "POST"])
def back(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            found = come_back(code=form.cleaned_data["code"], address=address_of(request))
            here = participant_of(request, found.conversation)
            if here is not None and here.pk != found.pk and "choice" not in request.POST:
                return _somebody_is_here(request, found, form)
            if here is not None and request.POST.get("choice") == "me":
                found = put_together(kept=here, other=found)
                tell(request, TOGETHER)
        except Refused as refused:
            form.add_error("code", str(refused))
        else:
            # Who has news about their words reads it first.
            room = "taking_part:mine" if new_for(found).news else "taking_part:welcome"
            response = redirect(room, slug=found.conversation.slug)
            remember(request, response, found)
            return response
    return render(request, "taking_part/back.html", {"form": form})


def _somebody_is_here(request: HttpRequest, found: Participant, form: CodeForm) -> HttpResponse:
    response = render(
        request,
        "taking_part/somebody_is_here.html",
        {"conversation": found.conversation, "code": form.cleaned_data["code"]},
    )
    patch_cache_control(response, no_store=True)
    return response
