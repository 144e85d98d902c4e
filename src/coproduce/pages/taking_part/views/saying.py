"""Saying something: a statement, or a question of one's own."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from coproduce.conversations.models import Conversation, Doing, Question
from coproduce.pages.taking_part.forms import SayForm
from coproduce.pages.taking_part.page import key_of, participant_page, show, tell, warn
from coproduce.people.models import Participant
from coproduce.refused import Refused
from coproduce.responses.access import statement as reachable
from coproduce.statements.likeness import similar_to
from coproduce.statements.models import LikenessAnswer, Statement
from coproduce.statements.services import (
    link_as_same,
    raise_question,
    say_not_the_same,
    submit_statement,
    take_back_not_the_same,
)
from coproduce.words.queries import told_of


@participant_page("POST")
def say(request: HttpRequest, conversation: Conversation, participant: Participant) -> HttpResponse:
    """The words, after the question where there are several."""
    questions = conversation.open_questions
    chosen = _chosen(request, questions)
    if not conversation.allows(Doing.SAY) and request.method != "POST":
        return show(request, "say_not_now", conversation)
    if chosen is None:
        return show(request, "say_questions", conversation, questions=questions)
    form = SayForm(request.POST or None)
    form.fields["words"].label = chosen.text
    if request.method == "POST" and form.is_valid():
        try:
            statement, _ = submit_statement(
                conversation=conversation,
                participant=participant,
                question=chosen,
                text=form.cleaned_data["words"],
                how_given=participant.whose_words,
                form_key=key_of(form.cleaned_data["form_key"], form.cleaned_data["words"]),
            )
        except Refused as refused:
            form.add_error("words", str(refused))
        else:
            return redirect("taking_part:kept", slug=conversation.slug, ref=statement.ref)
    return show(
        request,
        "say",
        conversation,
        form=form,
        question=chosen,
        several=len(questions) > 1,
        status=422 if form.errors else 200,
    )


def _chosen(request: HttpRequest, questions: list[Question]) -> Question | None:
    if len(questions) == 1:
        return questions[0]
    key = request.POST.get("question") or request.GET.get("question") or ""
    return next((question for question in questions if str(question.pk) == key), None)


@participant_page("POST")
def kept(
    request: HttpRequest, conversation: Conversation, participant: Participant, ref: str
) -> HttpResponse:
    """ "Thank you. We have kept your words." Then, one at a time, what may say the same."""
    mine = _own(participant, ref)
    asked = _asked_before(request)
    if request.method == "POST":
        other = reachable(participant, request.POST.get("other", ""))
        if other is not None:
            said = _say_of(request, mine, other, participant)
            if said == "same":
                tell(request, "The two are put together now. Both stay as they were written.")
                return redirect("taking_part:say_done", slug=conversation.slug, ref=mine.ref)
            asked = [*asked, other.ref]
        else:
            warn(request, "Those other words are not shown any more. Yours are kept.")
        response = redirect("taking_part:kept", slug=conversation.slug, ref=mine.ref)
        response["Location"] += f"?asked={'.'.join(asked)}"
        return response
    again = _asked_again(request, mine, participant)
    likely = [other for other in similar_to(mine) if other.ref not in asked]
    other = again or next(iter(likely), None)
    if other is None or mine.words.is_withdrawn:
        if not asked:
            return _done(request, conversation, mine)
        return redirect("taking_part:say_done", slug=conversation.slug, ref=mine.ref)
    _, not_the_same = told_of(mine.pk)
    return show(
        request,
        "kept",
        conversation,
        statement=mine,
        other=other,
        is_again=again is not None,
        not_the_same=not_the_same,
    )


def _asked_again(
    request: HttpRequest, mine: Statement, participant: Participant
) -> Statement | None:
    """The words that the writer took an answer back about, and wants to be asked about again."""
    other = reachable(participant, request.GET.get("again", ""))
    if other is None or other.pk == mine.pk or other.question_id != mine.question_id:
        return None
    return other if other.is_open else None


@participant_page("POST")
def ask_again(
    request: HttpRequest, conversation: Conversation, participant: Participant, ref: str
) -> HttpResponse:
    """Take back "partly" or "no", and be asked again."""
    mine = _own(participant, ref)
    given = LikenessAnswer.objects.not_the_same([mine.pk])
    answer = next((one for one in given if str(one.pk) == request.POST.get("answer")), None)
    if answer is None:  # taken back already, or an address that somebody typed
        return redirect("taking_part:say_done", slug=conversation.slug, ref=mine.ref)
    take_back_not_the_same(answer=answer, participant=participant)
    other = answer.second
    if not other.is_open:
        tell(request, "Done. Your answer is taken back.")
        return redirect("taking_part:mine", slug=conversation.slug)
    tell(request, "Your answer is taken back. What do you say now?")
    response = redirect("taking_part:kept", slug=conversation.slug, ref=mine.ref)
    response["Location"] += f"?again={other.ref}"
    return response


def _asked_before(request: HttpRequest) -> list[str]:
    given = request.POST.get("asked") or request.GET.get("asked") or ""
    return [ref for ref in given.split(".") if ref][:10]


def _say_of(
    request: HttpRequest, mine: Statement, other: Statement, participant: Participant
) -> str:
    verdict = request.POST.get("verdict", "")
    try:
        if verdict == "same":
            link_as_same(mine=mine, other=other, participant=participant)
        elif verdict in {"partly", "different"}:
            say_not_the_same(
                mine=mine, other=other, participant=participant, partly=verdict == "partly"
            )
    except Refused as refused:
        warn(request, str(refused))
        return "refused"
    return verdict


@participant_page()
def say_done(
    request: HttpRequest, conversation: Conversation, participant: Participant, ref: str
) -> HttpResponse:
    return _done(request, conversation, _own(participant, ref))


def _done(request: HttpRequest, conversation: Conversation, mine: Statement) -> HttpResponse:
    same, not_the_same = told_of(mine.pk)
    return show(
        request,
        "say_done",
        conversation,
        statement=mine,
        same=same,
        not_the_same=not_the_same,
    )


def _own(participant: Participant, ref: str) -> Statement:
    statement = reachable(participant, ref)
    if statement is None or statement.words.participant_id != participant.pk:
        raise Http404
    return statement


@participant_page("POST")
def ask(request: HttpRequest, conversation: Conversation, participant: Participant) -> HttpResponse:
    """A question of one's own. It is published as a question."""
    if not conversation.allows(Doing.SAY) and request.method != "POST":
        return show(request, "say_not_now", conversation)
    form = SayForm(request.POST or None)
    form.fields["words"].label = "What would you like to ask?"
    if request.method == "POST" and form.is_valid():
        try:
            raise_question(
                conversation=conversation,
                participant=participant,
                text=form.cleaned_data["words"],
                form_key=key_of(form.cleaned_data["form_key"], form.cleaned_data["words"]),
            )
        except Refused as refused:
            form.add_error("words", str(refused))
        else:
            tell(request, "Thank you. We have kept your question. It stands under “Mine”.")
            return redirect("taking_part:mine", slug=conversation.slug)
    return show(request, "ask", conversation, form=form, status=422 if form.errors else 200)
