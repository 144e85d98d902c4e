"""Agreeing: the draft line by line, and "Is that still what you meant?"."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from coproduce.agreeing import access
from coproduce.agreeing.counts import shown_for
from coproduce.agreeing.models import LineAnswer
from coproduce.agreeing.queries.asking import own_words_under
from coproduce.agreeing.queries.disputes import steps_for
from coproduce.agreeing.queries.walk import LineHere, Walk, walk_through
from coproduce.agreeing.services import answer_wording
from coproduce.conversations.models import Conversation, Doing
from coproduce.ideas.models import Wording
from coproduce.pages.taking_part.forms import WordsField
from coproduce.pages.taking_part.page import (
    key_of,
    new_form_key,
    participant_page,
    show,
    tell,
    warn,
)
from coproduce.people.models import Participant
from coproduce.refused import Refused
from coproduce.responses.access import statement as reachable
from coproduce.responses.queries.standing import labels, may_be_seen, own_answers
from coproduce.responses.services import answer
from coproduce.statements.models import Statement
from coproduce.understanding.figures import ShownFigure
from coproduce.understanding.queries.draft import draft_row

ANSWERS = {"1": 1, "-1": -1, "0": 0}
GIVEN = {"agree": 1, "disagree": -1, "not_sure": 0}


class WhyForm(forms.Form):
    """Why a wording is not quite what somebody meant."""

    words = WordsField(label="What is not quite right?")
    form_key = forms.CharField(widget=forms.HiddenInput, initial=new_form_key, required=False)


@participant_page()
def agree(
    request: HttpRequest, conversation: Conversation, participant: Participant
) -> HttpResponse:
    """The headings of the draft, and how far somebody has gone through it."""
    if not conversation.allows(Doing.CONFIRM_WORDING):
        return show(request, "agree_not_now", conversation)
    walk = walk_through(participant)
    row = draft_row(conversation)
    return show(
        request,
        "agree",
        conversation,
        walk=walk,
        headings=[(heading, _address(conversation, heading.next)) for heading in walk.headings],
        begin=_address(conversation, walk.begin),
        draft=row,
        done="done" in request.GET,
    )


def _address(conversation: Conversation, line: LineHere | None) -> str:
    if line is None:
        return ""
    if line.wording is None:
        answer = redirect("taking_part:agree_line", slug=conversation.slug, ref=line.ref)
    else:
        answer = redirect("taking_part:agree_wording", slug=conversation.slug, key=line.wording)
    return answer.url


def _onward(conversation: Conversation, walk: Walk, name: str) -> HttpResponse:
    """To the next line that is not answered yet; at the end, back to the headings."""
    onward = walk.after(name)
    if onward is not None:
        return redirect(_address(conversation, onward))
    response = redirect("taking_part:agree", slug=conversation.slug)
    response["Location"] += "?done=1"
    return response


@participant_page("POST")
def agree_line(
    request: HttpRequest, conversation: Conversation, participant: Participant, ref: str
) -> HttpResponse:
    """A line in people's own words: an ordinary answer to that statement."""
    if not conversation.allows(Doing.CONFIRM_WORDING):
        return redirect("taking_part:agree", slug=conversation.slug)
    statement = reachable(participant, ref)
    if statement is None:
        raise Http404
    if request.method == "POST":
        given = ANSWERS.get(request.POST.get("answer", ""))
        if given is None:
            warn(request, "Choose one of the answers, or go on to the next line.")
            return redirect("taking_part:agree_line", slug=conversation.slug, ref=statement.ref)
        try:
            answer(participant=participant, statement=statement, answer=given, settles=True)
        except Refused as refused:
            warn(request, str(refused))
            return redirect("taking_part:agree", slug=conversation.slug)
        return _onward(conversation, walk_through(participant), statement.ref)
    cluster = statement.cluster_id
    mine = own_answers(participant, [cluster]).get(cluster)
    walk = walk_through(participant)
    figure = may_be_seen(participant, [cluster], [cluster] if mine else []).get(cluster)
    return _line_page(
        request,
        conversation,
        participant,
        walk,
        statement.ref,
        figure,
        mine is not None,
        statement=statement,
        given=GIVEN.get(mine.answer) if mine else None,
        mine=mine,
        is_own=statement.words.participant_id == participant.pk,
    )


def _line_page(
    request: HttpRequest,
    conversation: Conversation,
    participant: Participant,
    walk: Walk,
    name: str,
    figure: object,
    is_answered: bool,
    **context: Any,
) -> HttpResponse:
    seen = ShownFigure.of(figure) if isinstance(figure, dict) else None
    names = labels(conversation)
    return show(
        request,
        "agree_line",
        conversation,
        place=walk.place(name),
        of=len(walk.lines),
        heading=walk.heading_of(name),
        following=_address(conversation, walk.following(name)),
        is_answered=is_answered,
        may_see=participant.may_see_totals,
        in_words=seen.in_words(names) if seen else "",
        shares=seen.shares(names) if seen else (),
        people=seen.public["people"] if seen else 0,
        **context,
    )


@participant_page("POST")
def agree_wording(
    request: HttpRequest, conversation: Conversation, participant: Participant, key: int
) -> HttpResponse:
    """A combined wording. Whose words rest under it is asked if it is still what they meant."""
    wording = access.wording(participant, key)
    if wording is None:
        if request.method == "POST":
            warn(
                request,
                access.CHANGED if conversation.allows(Doing.CONFIRM_WORDING) else access.NOT_NOW,
            )
        return redirect("taking_part:agree", slug=conversation.slug)
    choice = request.POST.get("choice", "")
    form = WhyForm(request.POST or None)
    own = _own(participant, wording)
    if (
        request.method == "POST"
        and choice == LineAnswer.Choice.NOT_QUITE
        and "words" in request.POST
    ):
        if form.is_valid() or (not own and not request.POST["words"].strip()):
            return _said(request, conversation, participant, wording, choice, form)
        return _why_page(request, conversation, wording, own, form)
    if request.method == "POST" and choice == LineAnswer.Choice.NOT_QUITE:
        return _why_page(request, conversation, wording, own, WhyForm())
    if request.method == "POST":
        return _said(request, conversation, participant, wording, choice, form)
    mine = LineAnswer.objects.held_by(participant).filter(wording=wording).first()
    answered = mine is not None
    figure = (
        shown_for(conversation, [wording]).get(wording.pk)
        if answered and participant.may_see_totals
        else None
    )
    return _line_page(
        request,
        conversation,
        participant,
        walk_through(participant),
        f"wording {wording.pk}",
        figure,
        answered,
        wording=wording,
        own=own,
        mine=mine,
        step=steps_for([mine]).get(mine.pk) if mine is not None and mine.disputes else None,
        under=[] if own else list(wording.rests_on.shown().with_words().order_by("words__ref")),
    )


def _own(participant: Participant, wording: Wording) -> list[Statement]:
    keys = own_words_under(participant, [wording.pk]).get(wording.pk, set())
    return list(Statement.objects.filter(pk__in=keys).with_words().order_by("pk"))


def _why_page(
    request: HttpRequest,
    conversation: Conversation,
    wording: Wording,
    own: list[Statement],
    form: WhyForm,
) -> HttpResponse:
    return show(
        request,
        "agree_why",
        conversation,
        wording=wording,
        own=own,
        form=form,
        status=422 if form.errors else 200,
    )


def _said(
    request: HttpRequest,
    conversation: Conversation,
    participant: Participant,
    wording: Wording,
    choice: str,
    form: WhyForm,
) -> HttpResponse:
    text = form.cleaned_data.get("words", "") if form.is_valid() else ""
    try:
        said = answer_wording(
            participant=participant,
            wording=wording,
            choice=choice,
            why=text,
            form_key=key_of(form.cleaned_data.get("form_key", ""), text) if text else None,
        )
    except Refused as refused:
        warn(request, str(refused))
        return redirect("taking_part:agree_wording", slug=conversation.slug, key=wording.pk)
    if said.words_id is not None:
        tell(request, "Thank you. We have kept your reason. The team reads it and answers you.")
    else:
        tell(request, "We have kept your answer.")
    if request.POST.get("from") == "mine":
        return redirect("taking_part:mine", slug=conversation.slug)
    return _onward(conversation, walk_through(participant), f"wording {wording.pk}")
