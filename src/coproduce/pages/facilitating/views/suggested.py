"""Ideas that the machine suggests. All stand in one form: making one keeps what is typed in others.

What was typed and ticked in the others waits in the session of who typed it, with references and
no words of statements.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_http_methods

from commonground.ideas import Detail
from coproduce.conversations.models import Conversation, Question
from coproduce.ideas.queries import in_none
from coproduce.ideas.services import make_idea
from coproduce.ideas.suggesting import SuggestedIdea, suggestions
from coproduce.pages.audience import for_team
from coproduce.pages.facilitating.views.connect import asked_question
from coproduce.people.models import TeamMember
from coproduce.refused import Refused
from coproduce.statements.access import ARRANGERS
from coproduce.statements.models import Statement

LEFT = "suggested ideas as they were left"
MOST_CARDS = 100
TICKED = mark_safe(" checked")
NOT_IN_IT = (
    "Not in it, of those that you ticked: {}. Somebody has put them in another idea meanwhile, or "
    "hidden them."
)


@dataclass
class Card:
    """One suggestion as it stands in the form. `suggested`: the machine's name for it.

    `is_named` false: its name is the machine's, which is not known yet. `gone`: how many that were
    ticked stand in an idea, or are not shown, since.
    """

    name: str
    statements: list[Statement]
    ticked: list[Statement]
    suggested: str
    number: str = ""
    problem: str = ""
    is_named: bool = True
    gone: int = 0

    @property
    def of(self) -> SafeString:
        """Which statements it is made of, as hidden fields."""
        return format_html_join(
            "",
            '<input type="hidden" name="of-{}" value="{}">',
            ((self.number, one.ref) for one in self.statements),
        )

    @property
    def choices(self) -> SafeString:
        """A box to tick for each statement."""
        ticked = {one.pk for one in self.ticked}
        return format_html_join(
            "",
            '<label class="choice-line"><input type="checkbox" name="statement-{}" value="{}"{}>'
            " “{}”</label>",
            (
                (self.number, one.ref, TICKED if one.pk in ticked else "", one.text)
                for one in self.statements
            ),
        )

    @property
    def is_touched(self) -> bool:
        return self.name != self.suggested or self.ticked != self.statements

    @property
    def left(self) -> dict[str, Any]:
        """For the session. The machine's name is made of people's words, and is not kept."""
        return {
            "name": self.name if self.name != self.suggested else None,
            "of": [one.ref for one in self.statements],
            "ticked": [one.ref for one in self.ticked],
        }


@dataclass
class _InNone:
    """The statements of a question that stand in no idea, by reference."""

    question: Question
    found: dict[str, Statement] = field(default_factory=dict)

    def read(self, refs: Iterable[str]) -> None:
        self.found |= {
            one.ref: one
            for one in Statement.objects.filter(
                words__ref__in=[*refs],
                pk__in=in_none(self.question.conversation, self.question).values("listed_id"),
            ).with_words()
        }

    def of(self, refs: Iterable[str]) -> list[Statement]:
        return [self.found[ref] for ref in refs if ref in self.found]


@require_http_methods(["GET", "HEAD", "POST"])
@for_team(*ARRANGERS)
def suggested(
    request: HttpRequest, conversation: Conversation, member: TeamMember
) -> HttpResponseBase:
    """Ideas for statements that stand in none. Each is only made when a person says so."""
    question = asked_question(request, conversation)
    asked = request.POST.get("detail") or request.GET.get("detail") or ""
    detail = Detail(asked) if asked in set(Detail) else Detail.MIDDLE
    if request.method != "POST":
        return _page(request, question, detail, _left_there(request, question, detail))
    cards = _sent(request, question)
    pressed = next((one for one in cards if one.number == request.POST.get("make")), None)
    if pressed is None:
        messages.warning(request, "Nothing was made. Press the button under the idea you want.")
        return _page(request, question, detail, cards)
    try:
        idea = make_idea(
            question=question,
            name=pressed.name,
            by=member,
            statements=pressed.ticked,
            suggested=True,
        )
    except Refused as refused:
        pressed.problem = str(refused)
        if not pressed.statements:  # then it stands there no more
            messages.error(request, pressed.problem)
        return _page(request, question, detail, cards)
    request.session[LEFT] = {
        "question": question.pk,
        "detail": detail.value,
        "cards": [one.left for one in cards if one is not pressed and one.is_touched],
    }
    messages.success(request, f"Made the idea “{idea.name}”.")
    if pressed.gone:
        messages.warning(request, NOT_IN_IT.format(pressed.gone))
    return redirect(_here(question, detail))


def _here(question: Question, detail: Detail) -> str:
    at = reverse("facilitating:suggested", args=[question.conversation.slug])
    return f"{at}?question={question.pk}&detail={detail.value}"


def _sent(request: HttpRequest, question: Question) -> list[Card]:
    """The suggestions of the form, as their sender left them, in order."""
    form = request.POST
    numbers = form.getlist("card")[:MOST_CARDS]
    waiting = _InNone(question)
    waiting.read(ref for number in numbers for ref in form.getlist(f"of-{number}"))
    return [
        Card(
            name=form.get(f"name-{number}", ""),
            statements=waiting.of(form.getlist(f"of-{number}")),
            ticked=waiting.of(form.getlist(f"statement-{number}")),
            suggested=form.get(f"suggested-{number}", ""),
            number=number,
            gone=len({*form.getlist(f"statement-{number}")} - {*waiting.found}),
        )
        for number in numbers
    ]


def _left_there(request: HttpRequest, question: Question, detail: Detail) -> list[Card]:
    """What was typed in the others when one was made. Who asks for more or fewer starts anew."""
    kept = request.session.get(LEFT)
    if kept is None:
        return []
    if (kept["question"], kept["detail"]) != (question.pk, detail.value):
        del request.session[LEFT]
        return []
    waiting = _InNone(question)
    waiting.read(ref for one in kept["cards"] for ref in one["of"])
    cards, gone = [], []
    for one in kept["cards"]:
        statements = waiting.of(one["of"])
        if statements:
            card = Card(one["name"] or "", statements, waiting.of(one["ticked"]), suggested="")
            card.is_named = one["name"] is not None
            cards.append(card)
        else:
            gone.append(one)
    for one in gone:
        if one["name"]:
            messages.warning(
                request,
                f"“{one['name']}” was not made: its statements stand in other ideas now.",
            )
    if gone:
        kept["cards"] = [one for one in kept["cards"] if one not in gone]
        request.session.modified = True
    return cards


def _machines_name(card: Card, fresh: list[SuggestedIdea]) -> str:
    """What the machine calls the suggestion that has most of the card's statements."""
    common = {one.name: len({*one.statements} & {*card.statements}) for one in fresh}
    nearest = max(common, key=lambda name: common[name], default="")
    return nearest if common.get(nearest) else ""


def _page(
    request: HttpRequest, question: Question, detail: Detail, first: list[Card]
) -> HttpResponseBase:
    """First the suggestions that somebody has changed, then the others."""
    conversation = question.conversation
    fresh = suggestions(conversation, question, detail)
    for card in first:
        card.suggested = card.suggested or _machines_name(card, fresh)
        if not card.is_named:
            card.name = card.suggested
    taken = {one for card in first for one in card.statements}
    cards = [card for card in first if card.statements]
    for one in fresh:
        left = [each for each in one.statements if each not in taken]
        if left:
            cards.append(Card(one.name, left, left, one.name))
    for number, card in enumerate(cards, start=1):
        card.number = str(number)
    problem = any(card.problem for card in cards)
    return render(
        request,
        "facilitating/suggested.html",
        {
            "conversation": conversation,
            "tab": "connect",
            "question": question,
            "detail": detail.value,
            "details": [("fewer", "Fewer ideas"), ("middle", "Between"), ("more", "More ideas")],
            "problem": problem,
            "suggestions": cards,
        },
        status=422 if problem else 200,
    )
