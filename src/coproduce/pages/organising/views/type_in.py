"""Typing in slips: one POST a slip, and the next one is ready at once."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from coproduce.conversations.models import Conversation, Doing
from coproduce.pages.audience import for_team
from coproduce.pages.organising.forms.slips import TypeInForm
from coproduce.people.models import TeamMember
from coproduce.refused import Refused
from coproduce.statements.services.typing_in import TYPISTS, type_in_slip


@for_team(*TYPISTS)
def type_in(
    request: HttpRequest, conversation: Conversation, member: TeamMember
) -> HttpResponseBase:
    if request.method == "POST":
        form = TypeInForm(request.POST, conversation=conversation)
        if form.is_valid():
            try:
                statement, _ = type_in_slip(
                    member=member,
                    question=form.chosen_question(),
                    text=form.cleaned_data["words"],
                    how_given=form.cleaned_data["how_given"],
                    groups=form.chosen_groups(),
                    number=form.cleaned_data["number"],
                    dots=form.cleaned_data["dots"] or 0,
                    form_key=form.cleaned_data["form_key"],
                )
            except Refused as refused:
                form.add_error(
                    refused.field if refused.field in form.fields else None, str(refused)
                )
            else:
                number = form.cleaned_data["number"]
                slip = f"Slip {number} is kept" if number else "The slip is kept"
                messages.success(request, f"{slip}, as {statement.ref}. Next one.")
                return redirect(f"{request.path}?{urlencode(_kept(form), doseq=True)}")
    else:
        form = TypeInForm(conversation=conversation, initial=_picked_before(request))
    return render(
        request,
        "organising/type_in.html",
        {
            "conversation": conversation,
            "tab": "type_in",
            "form": form,
            "may_type": conversation.allows(Doing.SAY) or conversation.allows(Doing.ARRANGE),
            "slips_page": reverse("organising:paper_slips", args=[conversation.slug]),
        },
    )


def _kept(form: TypeInForm) -> dict[str, Any]:
    """The choices that the next slip starts with. Never the words."""
    number = form.cleaned_data["number"]
    return {
        "question": form.cleaned_data["question"],
        "how_given": form.cleaned_data["how_given"],
        "groups": form.cleaned_data["groups"],
        **({"number": number + 1} if number else {}),
    }


def _picked_before(request: HttpRequest) -> dict[str, object]:
    picked: dict[str, object] = {
        name: request.GET[name]
        for name in ("question", "how_given", "number")
        if name in request.GET
    }
    return {**picked, "groups": request.GET.getlist("groups"), "form_key": secrets.token_hex(16)}
