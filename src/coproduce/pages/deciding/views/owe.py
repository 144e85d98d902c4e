"""What we owe: everything that people wait for, the oldest first, and done here."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from coproduce.conversations.models import Conversation, Doing
from coproduce.decisions import access
from coproduce.decisions.access import ACTS, ANSWERS, DECIDES, NOT_NOW, OWES, REPLIES
from coproduce.decisions.models import Action, Decision, Reply
from coproduce.decisions.queries.naming import find_grounds
from coproduce.decisions.queries.owing import KINDS, Owed, on_the_page, what_we_owe
from coproduce.decisions.queries.questions import questions_by_key
from coproduce.decisions.services import (
    answer_questions,
    move_action,
    move_decision,
    reply,
    still_stands,
)
from coproduce.moderation.access import LOOKERS
from coproduce.pages.audience import for_team
from coproduce.pages.deciding.acting import tried
from coproduce.pages.deciding.forms import (
    AnswerForm,
    MoveActionForm,
    MoveDecisionForm,
    OnceForm,
    StandsForm,
)
from coproduce.paging import page_of
from coproduce.people.models import TeamMember
from coproduce.refused import Refused

ON_A_PAGE = 10
MAY = {"reply": REPLIES, "answer": ANSWERS, "action": ACTS, "decision": DECIDES}


class HereForm(OnceForm):
    """One reply for all that is ticked."""

    text = forms.CharField(
        label="One reply for all that you ticked", required=False, widget=forms.Textarea
    )


@dataclass
class Row:
    """Something owed, with the form that does it here, for who may."""

    owed: Owed
    shown: Any
    late: int
    waited: int
    form: forms.Form | None = None
    do: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@for_team(*OWES)
def owe(request: HttpRequest, conversation: Conversation, member: TeamMember) -> HttpResponseBase:
    sent: dict[str, forms.Form] = {}
    if request.method == "POST":
        done = _do(request, member, sent)
        if done is not None:
            return done
    today = timezone.localdate()
    everything = what_we_owe(conversation, today)
    kind = request.GET.get("kind", "")
    counts = Counter(one.kind for one in everything)
    some = [one for one in everything if one.kind == kind] if kind in KINDS else everything
    reads = member.has_role(*LOOKERS)
    # What cannot be ticked here needs no form; one that was sent keeps what was typed.
    here = {one.kind for one in some}
    to_reply = bool(here & {"idea", "line", "words"})
    to_answer = "question" in here or "answer" in sent

    def turned(rows: list[Owed]) -> list[Row]:
        shown = on_the_page(conversation, rows, reads_all=reads)
        return [
            _row(
                member, one, shown.get(one.key, one.title), sent, one.late(today), one.waited(today)
            )
            for one in rows
        ]

    return render(
        request,
        "deciding/owe.html",
        {
            "conversation": conversation,
            "tab": "owe",
            "page": page_of(some, request.GET.get("page"), size=ON_A_PAGE, turned=turned),
            "kinds": [(key, label, counts[key]) for key, label in KINDS.items() if counts[key]],
            "kind": kind if kind in KINDS else "",
            "how_many": len(everything),
            "not_now": "" if conversation.allows(Doing.DECIDE) else NOT_NOW,
            "replies": (to_reply or "reply" in sent) and _may(member, "reply"),
            "decides": to_reply and _may(member, "decision"),
            "acts": _may(member, "action"),
            "answers": to_answer and member.has_role(*ANSWERS),
            "writes": member.has_role(*LOOKERS),
            "reply_form": sent.get("reply") or HereForm(),
            "answer_form": sent.get("answer") or AnswerForm(prefix="answer"),
            "sent": list(sent.values()),
            "ticked": request.POST.getlist("on") if sent else [],
            "today": today,
        },
        status=422 if sent else 200,
    )


def _may(member: TeamMember, what: str) -> bool:
    return member.conversation.allows(Doing.DECIDE) and member.has_role(*MAY[what])


def _row(
    member: TeamMember, owed: Owed, shown: Any, sent: dict[str, forms.Form], late: int, waited: int
) -> Row:
    row = Row(owed, shown, late, waited)
    thing = owed.thing
    if owed.kind == "review":
        roles = {Decision: DECIDES, Action: ACTS, Reply: REPLIES}[type(thing)]
        if member.conversation.allows(Doing.DECIDE) and member.has_role(*roles):
            row.do = "stands"
            row.form = StandsForm(prefix=thing.ref)
    elif isinstance(thing, Action) and _may(member, "action"):
        step = thing.latest_step
        row.do = "move_action"
        row.form = MoveActionForm(prefix=thing.ref, initial={"seen": step.pk if step else 0})
    elif isinstance(thing, Decision) and _may(member, "decision"):
        step_now = thing.latest_step
        row.do = "move_decision"
        row.form = MoveDecisionForm(
            prefix=thing.ref, initial={"seen": step_now.pk if step_now else None}
        )
    if row.form is not None:
        row.form = sent.get(f"{row.do}-{thing.ref}", row.form)
    return row


def _do(
    request: HttpRequest, member: TeamMember, sent: dict[str, forms.Form]
) -> HttpResponseBase | None:
    """Do what a form of the page asks. None where it was refused: `sent` holds what was typed."""
    data = request.POST
    do = data.get("do", "")
    acts = {
        "reply": _reply,
        "answer": _answer,
        "decide": _decide,
        "move_action": _move_action,
        "move_decision": _move_decision,
        "stands": _stands,
    }
    if do not in acts:
        raise Http404
    to, done, form = acts[do](member, data)
    if form is not None and form.errors:
        sent[do if do in {"reply", "answer"} else f"{do}-{data.get('ref', '')}"] = form
        return None
    if done:
        messages.success(request, done)
    return redirect(to or request.get_full_path())


Outcome = tuple[str, str, forms.Form | None]


def _need(member: TeamMember, roles: tuple[str, ...]) -> None:
    if not member.has_role(*roles):
        raise Http404


def _reply(member: TeamMember, data: QueryDict) -> Outcome:
    _need(member, REPLIES)
    form = HereForm(data)
    if form.is_valid():
        grounds = find_grounds(member.conversation, data.getlist("on")).values()

        def act() -> object:
            if not grounds:
                raise Refused("Tick what you reply to, in the list.")
            said = form.cleaned_data
            return reply(by=member, text=said["text"], rests_on=grounds, form_key=said["form_key"])

        tried(form, act)
    return "", "Kept. It reaches everybody whose words it covers.", form


def _answer(member: TeamMember, data: QueryDict) -> Outcome:
    _need(member, ANSWERS)
    form = AnswerForm(data, prefix="answer")
    if form.is_valid():
        keys = [key.removeprefix("question-") for key in data.getlist("on")]
        asked = questions_by_key(member.conversation, keys)

        def act() -> object:
            if not asked:
                raise Refused("Tick the questions that you answer, in the list.")
            return answer_questions(by=member, questions=asked, **form.cleaned_data)

        tried(form, act)
    return "", "Kept. Everybody can read the answer now.", form


def _decide(member: TeamMember, data: QueryDict) -> Outcome:
    """On to the page of a new decision, with what was ticked."""
    _need(member, DECIDES)
    chosen = QueryDict(mutable=True)
    chosen.setlist("on", list(find_grounds(member.conversation, data.getlist("on"))))
    address = reverse("deciding:decide", args=[member.conversation.slug])
    return f"{address}?{chosen.urlencode()}", "", None


def _move_action(member: TeamMember, data: QueryDict) -> Outcome:
    _need(member, ACTS)
    found = access.action_of(member, data.get("ref", ""))
    if found is None:
        raise Http404
    form = MoveActionForm(data, prefix=found.ref)
    if form.is_valid():
        tried(form, lambda: move_action(action=found, by=member, **form.cleaned_data))
    return "", "Kept.", form


def _move_decision(member: TeamMember, data: QueryDict) -> Outcome:
    _need(member, DECIDES)
    found = access.decision_of(member, data.get("ref", ""))
    if found is None:
        raise Http404
    form = MoveDecisionForm(data, prefix=found.ref)
    if form.is_valid():
        tried(form, lambda: move_decision(decision=found, by=member, **form.cleaned_data))
    return "", "Kept.", form


def _stands(member: TeamMember, data: QueryDict) -> Outcome:
    ref = data.get("ref", "")
    thing = (
        access.decision_of(member, ref)
        or access.action_of(member, ref)
        or access.reply_of(member, ref)
    )
    if thing is None:
        raise Http404
    _need(member, {Decision: DECIDES, Action: ACTS, Reply: REPLIES}[type(thing)])
    form = StandsForm(data, prefix=ref)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        tried(form, lambda: still_stands(thing=thing, by=member, reason=reason))
    return "", "Kept: it still stands.", form
