"""Questions that people asked, and their answers: once, for all."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from coproduce.conversations.models import Conversation, Doing
from coproduce.decisions import access
from coproduce.decisions.access import ANSWERS, OWES
from coproduce.decisions.queries.questions import questions_by_key, questions_of
from coproduce.decisions.services import answer_questions, correct_answer
from coproduce.pages.audience import for_team
from coproduce.pages.deciding.acting import tried
from coproduce.pages.deciding.forms import AnswerForm, CorrectAnswerForm
from coproduce.paging import page_of
from coproduce.people.models import TeamMember
from coproduce.refused import Refused

BOTH = ["GET", "HEAD", "POST"]
ON_A_PAGE = 30


@require_http_methods(BOTH)
@for_team(*OWES)
def questions(
    request: HttpRequest, conversation: Conversation, member: TeamMember
) -> HttpResponseBase:
    if request.method == "POST" and not member.has_role(*ANSWERS):
        raise Http404
    form = AnswerForm(request.POST or None)
    ticked = request.POST.getlist("question")
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def act() -> object:
            asked = questions_by_key(conversation, ticked)
            if len(asked) < len(ticked):
                raise Refused("One of these questions is not there any more. Tick them again.")
            return answer_questions(by=member, questions=asked, **said)

        if tried(form, act):
            messages.success(request, "Kept. Everybody can read the answer now.")
            return redirect("deciding:questions", slug=conversation.slug)
    rows = questions_of(conversation)
    return render(
        request,
        "deciding/questions.html",
        {
            "conversation": conversation,
            "tab": "owe",
            "page": page_of(rows, request.GET.get("page"), size=ON_A_PAGE, turned=list),
            "form": form,
            "ticked": ticked,
            "answers": conversation.allows(Doing.ANSWER_QUESTIONS) and member.has_role(*ANSWERS),
            "today": timezone.localdate(),
        },
        status=422 if form.errors else 200,
    )


@require_http_methods(BOTH)
@for_team(*ANSWERS)
def correct(
    request: HttpRequest, conversation: Conversation, member: TeamMember, ref: str
) -> HttpResponseBase:
    found = access.question_answer_of(member, ref)
    if found is None:
        raise Http404
    form = CorrectAnswerForm(
        request.POST or None, initial={"text": found.text, "answered_by": found.answered_by}
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if tried(form, lambda: correct_answer(answer=found, by=member, **said)):
            messages.success(request, "Kept. The earlier answer can still be read.")
            return redirect("deciding:questions", slug=conversation.slug)
    return render(
        request,
        "deciding/correct_answer.html",
        {"conversation": conversation, "tab": "owe", "form": form, "answer": found},
        status=422 if form.errors else 200,
    )
