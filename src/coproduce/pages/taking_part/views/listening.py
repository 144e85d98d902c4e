"""Listening: one statement at a time, an answer, a reason; then how others answered."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from coproduce.conversations.models import Conversation, Doing
from coproduce.pages.taking_part.forms import ReasonForm
from coproduce.pages.taking_part.page import (
    Part,
    asks_for_a_part,
    in_place,
    key_of,
    lead,
    participant_page,
    show,
    show_with,
    tell,
    warn,
)
from coproduce.pages.templatetags import addresses
from coproduce.people.models import Participant
from coproduce.refused import Refused
from coproduce.responses.access import statement as reachable
from coproduce.responses.models import Answer
from coproduce.responses.queries.asking import IN_A_SITTING, Asked, next_to_ask
from coproduce.responses.queries.standing import (
    labels,
    may_be_seen,
    own_answer,
    reasons_to_read,
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
    return _to_ask(
        request,
        conversation,
        participant,
        skipped_too="skipped" in request.GET,
        may_pause=bool(request.GET.get("pause")),
        guess="guess" in request.GET,
        last=_last(request, participant),
    )


def _last(request: HttpRequest, participant: Participant) -> str:
    """What a child answered a moment ago. Others see their answer and change it there."""
    last = request.GET.get("last", "")
    return last if last and reachable(participant, last) is not None else ""


def _to_ask(
    request: HttpRequest,
    conversation: Conversation,
    participant: Participant,
    *,
    skipped_too: bool = False,
    may_pause: bool = False,
    guess: bool = False,
    last: str = "",
) -> HttpResponse:
    """What is asked next; a pause after each sitting; or that nothing is left."""
    found = next_to_ask(participant, skipped_too=skipped_too)
    if not isinstance(found, Asked):
        return show(request, "listen_done", conversation, done=found, child=participant.is_child)
    if found.place == 1 and may_pause:
        return show(request, "listen_pause", conversation, sitting=IN_A_SITTING, guess=guess)
    return show_with(
        request,
        "listen",
        conversation,
        {
            "ref": found.statement.ref,
            "said": found.statement.text,
            "last": last,
            "place": found.place,
            "among": found.among,
        },
        {
            "settles": found.settles,
            "child": participant.is_child,
            "guess": guess,
            "skipped_too": skipped_too,
            "has_last": bool(last),
        },
    )


@participant_page("POST")
def listen_to(
    request: HttpRequest, conversation: Conversation, participant: Participant, ref: str
) -> HttpResponse:
    """One statement: answer it, see how partner groups answered, change the answer."""
    statement = _reached(participant, ref)
    if request.method == "POST":
        return _answered(request, conversation, participant, statement)
    return _one(
        request,
        conversation,
        participant,
        statement,
        just="just" in request.GET,
        guess="guess" in request.GET,
        guesses=request.GET,
    )


def _one(
    request: HttpRequest,
    conversation: Conversation,
    participant: Participant,
    statement: Statement,
    *,
    just: bool,
    guess: bool,
    guesses: QueryDict,
) -> HttpResponse:
    """A statement with their answer to it. `just`: they gave it a moment ago. `guess`: they guess
    before they see how others answered, and `guesses` is what they guessed, if they did."""
    cluster = statement.cluster_id
    mine = own_answer(participant, cluster)
    seen = may_be_seen(participant, [cluster], [cluster] if mine else []).get(cluster)
    figure = ShownFigure.of(seen) if seen else None
    names = labels(conversation)
    is_own = statement.words.participant_id == participant.pk
    around: dict[str, Any] = {
        "answered": mine is not None,
        "given": ON_THE_PAGE[mine.answer] if mine else None,
        "by_writing": mine is not None and mine.by_writing,
        "is_own": is_own,
        "guess": guess,
        "guessed": _guessed(guesses, names),
        "groups": tuple((key, names.get(key, key)) for key in figure.public["invited"])
        if figure
        else (),
        "may_see": participant.may_see_totals,
        "in_words": figure.in_words(names) if figure else "",
        "shares": figure.shares(names) if figure else (),
        "people": figure.public["people"] if figure else 0,
        "just": just,
    }
    words = {"ref": statement.ref, "said": statement.words.text if is_own else statement.text}
    reasons, own = reasons_to_read(participant, statement)
    if mine is None:
        reasons = []
    if reasons or own:
        around |= {"reasons": reasons, "own_reasons": own}
        return show(request, "listen_to", conversation, **{**words, **around})
    return show_with(request, "listen_to", conversation, words, around)


def _guessed(guesses: QueryDict, names: dict[str, str]) -> str | None:
    """The partner groups that somebody thinks agree; None before a guess. It is kept nowhere."""
    if "guessed" not in guesses:
        return None
    return ", ".join(names[key] for key in guesses.getlist("agree") if key in names) or "none"


def _reached(participant: Participant, ref: str) -> Statement:
    statement = reachable(participant, ref)
    if statement is None:
        raise Http404
    return statement


def _answered(
    request: HttpRequest, conversation: Conversation, participant: Participant, statement: Statement
) -> HttpResponse:
    try:
        if "skip" in request.POST:
            skip(participant=participant, statement=statement)
            return _onward(request, conversation, participant)
        given = ANSWERS.get(request.POST.get("answer", ""))
        if given is None:
            warn(request, "Choose one of the answers, or skip this one.")
            return lead(request, _address("listen_to", conversation, statement.ref))
        answer(
            participant=participant,
            statement=statement,
            answer=given,
            settles=True,
        )
    except Refused as refused:
        warn(request, str(refused))
        return lead(request, _address("welcome", conversation))
    if participant.is_child and not participant.may_see_totals and "change" not in request.POST:
        return _onward(request, conversation, participant, last=statement.ref)
    return _kept(request, conversation, participant, statement)


def _kept(
    request: HttpRequest, conversation: Conversation, participant: Participant, statement: Statement
) -> HttpResponse:
    """How others answered it; for a script also what is asked next, so that it is there at once."""
    guess = "guess" in request.POST
    rest = "&guess=1" if guess else ""
    address = _address("listen_to", conversation, statement.ref) + f"?just=1{rest}"
    if not asks_for_a_part(request):
        return redirect(address)
    one = _one(
        request,
        conversation,
        participant,
        statement,
        just=True,
        guess=guess,
        guesses=QueryDict(),
    )
    onward = _address("listen", conversation) + f"?pause=1{rest}"
    asked = _to_ask(request, conversation, participant, may_pause=True, guess=guess)
    return in_place(Part(address, one), Part(onward, asked))


def _address(view: str, conversation: Conversation, *more: str) -> str:
    return addresses.address(f"taking_part:{view}", (conversation.slug, *more), ())


def _onward(
    request: HttpRequest, conversation: Conversation, participant: Participant, *, last: str = ""
) -> HttpResponse:
    """The next statement, without a look at how others answered this one. `last`: its reference,
    where it was answered."""
    skipped_too = "skipped" in request.POST
    address = _address("listen", conversation) + ("?skipped=1" if skipped_too else "?pause=1")
    if last:
        address += f"&last={last}"
    if not asks_for_a_part(request):
        return redirect(address)
    asked = _to_ask(
        request,
        conversation,
        participant,
        skipped_too=skipped_too,
        may_pause=not skipped_too,
        last=last,
    )
    return in_place(Part(address, asked), None)


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
                settles=True,
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
