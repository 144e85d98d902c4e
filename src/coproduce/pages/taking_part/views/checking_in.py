"""How was it? One question on a page; everything can be skipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from coproduce.conversations.models import Rung
from coproduce.genuineness import services
from coproduce.genuineness.access import own_check_in
from coproduce.genuineness.models import CheckInAnswer
from coproduce.genuineness.queries.offers import answers_so_far, something_is_decided
from coproduce.genuineness.questions import HOW_FAR, NOTE, QUESTIONS, steps_of
from coproduce.pages.taking_part.forms import HowFarForm, WordsForm
from coproduce.pages.taking_part.page import key_of, participant_page, show, tell, warn
from coproduce.refused import Refused

if TYPE_CHECKING:
    from coproduce.conversations.models import Conversation
    from coproduce.genuineness.models import CheckIn
    from coproduce.people.models import Participant


@participant_page("POST")
def check_in(
    request: HttpRequest, conversation: Conversation, participant: Participant
) -> HttpResponse:
    """What it is, and the way to its first question."""
    if request.method == "POST":
        try:
            found = services.ask_for(participant=participant)
        except Refused as refused:
            warn(request, str(refused))
            return redirect("taking_part:welcome", slug=conversation.slug)
        first = _steps(found)[0]
        return redirect(
            "taking_part:check_in_step", slug=conversation.slug, key=found.pk, step=first
        )
    return show(request, "check_in", conversation, child=participant.is_child)


@participant_page("POST")
def check_in_step(
    request: HttpRequest,
    conversation: Conversation,
    participant: Participant,
    key: int,
    step: str,
) -> HttpResponse:
    """One question: answered, or skipped."""
    found = own_check_in(participant, key)
    if found is None or found.conversation_id != conversation.pk:
        raise Http404
    found.conversation = conversation
    steps = _steps(found)
    if step not in steps:
        raise Http404
    place = steps.index(step)
    form = _form(step, request, found)
    if request.method == "POST":
        done = "skip" in request.POST
        if not done:
            try:
                done = _keep(step, request, found, participant, form)
            except Refused as refused:
                if form is None:
                    warn(request, str(refused))
                else:
                    form.add_error(
                        refused.field if refused.field in form.fields else None, str(refused)
                    )
        if done:
            if place + 1 < len(steps):
                return redirect(
                    "taking_part:check_in_step",
                    slug=conversation.slug,
                    key=found.pk,
                    step=steps[place + 1],
                )
            tell(request, "Thank you. That is kept.")
            return redirect("taking_part:finish", slug=conversation.slug)
    return show(
        request,
        f"check_in_{'note' if step == NOTE else 'how_far' if step == HOW_FAR else 'question'}",
        conversation,
        form=form,
        place=place + 1,
        steps=len(steps),
        question="" if step in {HOW_FAR, NOTE} else _wording(found, step),
        choices=CheckInAnswer.Choice.choices,
        given=answers_so_far(found).get(step, ""),
        promised=Rung(found.promised_rung).label if found.promised_rung else "",
        previous=steps[place - 1] if place else "",
        check_in=found,
    )


def _steps(found: CheckIn) -> tuple[str, ...]:
    return steps_of(
        found.occasion,
        child=found.child_wording,
        decided=something_is_decided(found.conversation),
    )


def _wording(found: CheckIn, step: str) -> str:
    return QUESTIONS[step].wording(child=found.child_wording)


def _form(step: str, request: HttpRequest, found: CheckIn) -> HowFarForm | WordsForm | None:
    sent = request.POST if request.method == "POST" and "skip" not in request.POST else None
    if step == HOW_FAR:
        return HowFarForm(sent, initial={"rung": found.felt_rung})
    return WordsForm(sent, label="Do you want to say more?") if step == NOTE else None


def _keep(
    step: str,
    request: HttpRequest,
    found: CheckIn,
    participant: Participant,
    form: HowFarForm | WordsForm | None,
) -> bool:
    """Whether something was kept."""
    if form is None:
        services.answer(
            check_in=found,
            participant=participant,
            asked=step,
            choice=request.POST.get("choice", ""),
        )
        return True
    if not form.is_valid():
        return False
    said = form.cleaned_data
    if isinstance(form, HowFarForm):
        services.say_how_far(check_in=found, participant=participant, rung=said["rung"])
        return True
    services.leave_note(
        check_in=found,
        participant=participant,
        text=said["words"],
        form_key=key_of(said["form_key"], said["words"]),
    )
    return True
