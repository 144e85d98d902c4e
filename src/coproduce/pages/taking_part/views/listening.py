"""Listening: one statement at a time, an answer, a reason; then how others answered."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from coproduce.conversations.models import Conversation, Doing
from coproduce.pages.taking_part.forms import ReasonForm
from coproduce.pages.taking_part.page import key_of, participant_page, show, tell, warn
from coproduce.people.models import Participant
from coproduce.refused import Refused
from coproduce.responses.access import statement as reachable
from coproduce.responses.models import Answer
from coproduce.responses.queries.asking import IN_A_SITTING, Asked, next_to_ask
from coproduce.responses.queries.standing import (
    labels,
    may_be_seen,
    own_answer,
    own_reasons,
    shown_reasons,
)
from coproduce.responses.services import answer, give_reason, skip
from coproduce.statements.models import Statement
from coproduce.understanding.figures import ShownFigure

ANSWERS = {str(given.value): given for given in Answer}
ON_THE_PAGE = {"agree": 1, "disagree": -1, "not_sure": 0, "mixed": None}


@participant_page()
def listen(
    request: HttpRequest, conversation: Conversation, participant: Participant
) -> HttpResponse:
    """The next statement, drawn so that late and rarely heard ones are heard too."""
    if not conversation.allows(Doing.ANSWER):
        return show(request, "listen_not_now", conversation)
    skipped_too = "skipped" in request.GET
    found = next_to_ask(participant, skipped_too=skipped_too)
    if not isinstance(found, Asked):
        return show(request, "listen_done", conversation, done=found, child=participant.is_child)
    if found.place == 1 and request.GET.get("pause"):
        return show(
            request,
            "listen_pause",
            conversation,
            sitting=IN_A_SITTING,
            guess="guess" in request.GET,
        )
    return show(
        request,
        "listen",
        conversation,
        asked=found,
        statement=found.statement,
        child=participant.is_child,
        guess="guess" in request.GET,
        skipped_too=skipped_too,
    )


@participant_page("POST")
def listen_to(
    request: HttpRequest, conversation: Conversation, participant: Participant, ref: str
) -> HttpResponse:
    """One statement: answer it, see how partner groups answered, change the answer."""
    statement = _reached(participant, ref, to_read=request.method != "POST")
    if request.method == "POST":
        return _answered(request, conversation, participant, statement)
    cluster = statement.cluster_id
    mine = own_answer(participant, cluster)
    seen = may_be_seen(participant, [cluster], [cluster] if mine else []).get(cluster)
    figure = ShownFigure.of(seen) if seen else None
    names = labels(conversation)
    return show(
        request,
        "listen_to",
        conversation,
        statement=statement,
        mine=mine,
        given=ON_THE_PAGE[mine.answer] if mine else None,
        is_own=statement.words.participant_id == participant.pk,
        guess="guess" in request.GET,
        guessed=_guessed(request, names),
        groups=[(key, names.get(key, key)) for key in figure.public["invited"]] if figure else (),
        may_see=participant.may_see_totals,
        in_words=figure.in_words(names) if figure else "",
        shares=figure.shares(names) if figure else (),
        people=figure.public["people"] if figure else 0,
        reasons=shown_reasons(cluster) if mine else [],
        own_reasons=own_reasons(participant, statement),
        just="just" in request.GET,
    )


def _guessed(request: HttpRequest, names: dict[str, str]) -> str | None:
    """The partner groups that somebody thinks agree; None before a guess. It is kept nowhere."""
    if "guessed" not in request.GET:
        return None
    return ", ".join(names[key] for key in request.GET.getlist("agree") if key in names) or "none"


def _reached(participant: Participant, ref: str, *, to_read: bool = True) -> Statement:
    statement = reachable(participant, ref, to_read=to_read)
    if statement is None:
        raise Http404
    return statement


def _settles(participant: Participant, statement: Statement) -> bool:
    """Whether this is asked of several statements, put together, that they answered apart."""
    mine = own_answer(participant, statement.cluster_id)
    return mine is not None and (mine.of > 1 or mine.answer == "mixed")


def _answered(
    request: HttpRequest, conversation: Conversation, participant: Participant, statement: Statement
) -> HttpResponse:
    onward = redirect("taking_part:listen", slug=conversation.slug)
    onward["Location"] += "?skipped=1" if "skipped" in request.POST else "?pause=1"
    try:
        if "skip" in request.POST:
            skip(participant=participant, statement=statement)
            return onward
        given = ANSWERS.get(request.POST.get("answer", ""))
        if given is None:
            warn(request, "Choose one of the answers, or skip this one.")
            return redirect("taking_part:listen_to", slug=conversation.slug, ref=statement.ref)
        answer(
            participant=participant,
            statement=statement,
            answer=given,
            settles=_settles(participant, statement),
        )
    except Refused as refused:
        warn(request, str(refused))
        return redirect("taking_part:welcome", slug=conversation.slug)
    if participant.is_child and not participant.may_see_totals and "change" not in request.POST:
        return onward
    response = redirect("taking_part:listen_to", slug=conversation.slug, ref=statement.ref)
    response["Location"] += "?just=1&guess=1" if "guess" in request.POST else "?just=1"
    return response


@participant_page("POST")
def why(
    request: HttpRequest, conversation: Conversation, participant: Participant, ref: str
) -> HttpResponse:
    """A reason to an answer. Others read it once it has been looked at."""
    statement = _reached(participant, ref)
    if not conversation.allows(Doing.ANSWER):
        return show(request, "listen_not_now", conversation)
    mine = own_answer(participant, statement.cluster_id)
    initial: dict[str, Any] = {"answer": ON_THE_PAGE[mine.answer]} if mine else {}
    form = ReasonForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["words"]
        try:
            give_reason(
                participant=participant,
                statement=statement,
                answer=ANSWERS[form.cleaned_data["answer"]],
                text=text,
                form_key=key_of(form.cleaned_data["form_key"], text),
                settles=_settles(participant, statement),
            )
        except Refused as refused:
            form.add_error("words", str(refused))
        else:
            tell(request, "Thank you. We have kept your reason. Somebody looks at it first.")
            if participant.is_child and not participant.may_see_totals:
                return redirect("taking_part:listen", slug=conversation.slug)
            return redirect("taking_part:listen_to", slug=conversation.slug, ref=statement.ref)
    return show(
        request,
        "why",
        conversation,
        statement=statement,
        form=form,
        status=422 if form.errors else 200,
    )
