"""What is new: for everybody, and for one person since they were here last."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.urls import reverse

from coproduce.conversations.models import Conversation
from coproduce.decisions.models import (
    Action,
    ActionStep,
    Decision,
    DecisionStep,
    QuestionAnswer,
    Reply,
)
from coproduce.decisions.queries.under import Reached, decisions_under
from coproduce.genuineness.models import CheckIn
from coproduce.prepared import Prepared, summed_up
from coproduce.responses.models import Response
from coproduce.statements.models import Statement
from coproduce.understanding.models import PassageSource, Version
from coproduce.words.models import Words

if TYPE_CHECKING:
    from coproduce.people.models import Participant

# Of a person's statements, the latest so many are looked at for what is new.
STATEMENTS = 60

_Thing = Version | Decision | Reply | Action


@dataclass(frozen=True)
class News:
    """Something that everybody may read. `page` and `given`: its address, as `reverse` takes it.

    `key` is its own for good. `about`: whose words of one person it reaches, where asked.
    """

    at: datetime.datetime
    key: str
    title: str
    text: str
    page: str
    given: tuple[object, ...]
    about: tuple[Statement, ...] = ()

    @property
    def address(self) -> str:
        return reverse(self.page, args=self.given)


def news_of(conversation: Conversation, stop: int = 40) -> list[News]:
    """The latest `stop` things that were published, decided, done and answered, latest first."""
    of, slug = {"conversation": conversation}, conversation.slug
    versions = Version.objects.filter(**of).defer("frozen", "counted").order_by("-published_at")
    decisions = Decision.objects.filter(**of, ended_at=None).order_by("-made_at")
    decision_steps = DecisionStep.objects.filter(
        decision__conversation=conversation, decision__ended_at=None
    ).select_related("decision")
    action_steps = ActionStep.objects.filter(action__conversation=conversation).select_related(
        "action"
    )
    answers = QuestionAnswer.objects.filter(**of, ended_at=None).order_by("-made_at")
    replies = Reply.objects.filter(**of, ended_at=None).for_everybody().order_by("-made_at")
    found = [
        *(_version(one, slug) for one in versions[:stop]),
        *(_decision(one) for one in decisions[:stop]),
        *_moves(decision_steps.order_by("-at", "-pk")[:stop]),
        *(_action(one) for one in Action.objects.filter(**of).order_by("-made_at")[:stop]),
        *(_action_step(one) for one in action_steps.order_by("-at", "-pk")[:stop]),
        *(_reply(one, slug) for one in replies[:stop]),
        *(_answer(one, slug) for one in answers[:stop]),
    ]
    return _latest_first(found)[:stop]


def last_here(participant: Participant) -> datetime.datetime | None:
    """When somebody last said, answered or told something here. Visits are not kept."""
    moments = [
        at for asked in _last_of for _, at in asked.rows(key=participant.pk) if at is not None
    ]
    return max(moments, default=None)


_last_of = [
    summed_up(lambda: Words.objects.all(), "participant_id", Max("given_at")),
    summed_up(lambda: Response.objects.all(), "participant_id", Max("answered_at")),
    summed_up(lambda: CheckIn.objects.all(), "participant_id", Max("answered_at")),
]


@dataclass(frozen=True)
class SinceThen:
    """What is new for one person. `last_here` None: they have said nothing so far."""

    last_here: datetime.datetime | None
    news: tuple[News, ...] = ()


def new_for(participant: Participant, known: Mapping[int, Reached] | None = None) -> SinceThen:
    """What has reached somebody's words since they were here last, the latest first.

    Of the latest `STATEMENTS` statements; in a number of questions to the database that does not
    grow with them, and in few where nothing has happened. `known`: what reaches some of them, where
    that was read already (`decisions_under`).
    """
    conversation, since = participant.conversation, last_here(participant)
    if since is None or not _anything_happened(conversation, since):
        return SinceThen(since)
    statements = {
        one.pk: one
        for one in Statement.objects.filter(words__participant=participant)
        .select_related("words__kept_text")
        .prefetch_related("words__maskings")
        .order_by("-pk")[:STATEMENTS]
    }
    for one in statements.values():
        one.conversation = conversation
    reached = _Reached(conversation.slug)
    for source in (
        PassageSource.objects.filter(words__in=statements, passage__version__published_at__gt=since)
        .select_related("passage__version")
        .defer("passage__version__frozen", "passage__version__counted")
        .order_by("pk")
    ):
        reached.add(source.passage.version, statements[source.words_id])
    under = {key: found for key, found in (known or {}).items() if key in statements}
    under |= decisions_under([one for key, one in statements.items() if key not in under])
    for key in statements:
        found = under[key]
        things: list[_Thing] = [*found.decisions, *found.replies, *found.actions]
        for thing in things:
            reached.add(thing, statements[key])
    return SinceThen(since, tuple(reached.since(since)))


def _anything_happened(conversation: Conversation, since: datetime.datetime) -> bool:
    """Whether anything was published, decided, moved or replied here at all, in one question."""
    (moments,) = _last_happened.rows(conversation=conversation.pk)
    return any(at is not None and at > since for at in moments)


def _last_at(rows: QuerySet[Any], conversation: str, moment: str) -> Subquery:
    """The latest moment among rows of the conversation that is asked about."""
    of_it = rows.filter(**{conversation: OuterRef("pk")}).order_by()
    return Subquery(of_it.values(conversation).annotate(last=Max(moment)).values("last"))


_last_happened = Prepared(
    lambda conversation: Conversation.objects.filter(pk=conversation).values_list(
        _last_at(Version.objects.all(), "conversation", "published_at"),
        _last_at(Decision.objects.all(), "conversation", "made_at"),
        _last_at(DecisionStep.objects.all(), "decision__conversation", "at"),
        _last_at(Action.objects.all(), "conversation", "made_at"),
        _last_at(ActionStep.objects.all(), "action__conversation", "at"),
        _last_at(Reply.objects.all(), "conversation", "made_at"),
    ),
    "conversation",
)


class _Reached:
    """What reaches somebody's statements: each thing once, with the statements that it reaches."""

    def __init__(self, slug: str) -> None:
        self.slug = slug
        self.things: dict[tuple[type, int], tuple[_Thing, list[Statement]]] = {}

    def add(self, thing: _Thing, statement: Statement) -> None:
        _, about = self.things.setdefault((type(thing), thing.pk), (thing, []))
        if statement not in about:
            about.append(statement)

    def since(self, since: datetime.datetime) -> list[News]:
        found = [
            replace(self._news(thing), about=tuple(about)) for thing, about in self.things.values()
        ]
        decided = [key for kind, key in self.things if kind is Decision]
        acted = [key for kind, key in self.things if kind is Action]
        for step in DecisionStep.objects.filter(decision__in=decided, at__gt=since).select_related(
            "decision"
        ):
            about = tuple(self.things[Decision, step.decision_id][1])
            found += [replace(one, about=about) for one in _moves([step])]
        for move in ActionStep.objects.filter(action__in=acted, at__gt=since).select_related(
            "action"
        ):
            about = tuple(self.things[Action, move.action_id][1])
            found.append(replace(_action_step(move), about=about))
        return _latest_first([one for one in found if one.at > since])

    def _news(self, thing: _Thing) -> News:
        if isinstance(thing, Version):
            return _version(thing, self.slug)
        if isinstance(thing, Decision):
            return _decision(thing)
        if isinstance(thing, Reply):
            # It may be about words that nobody else reads: their writer reads it on this page.
            return replace(_reply(thing, self.slug), page="taking_part:mine")
        return _action(thing)


def _latest_first(found: list[News]) -> list[News]:
    return sorted(found, key=lambda one: (one.at, one.key), reverse=True)


def _version(one: Version, slug: str) -> News:
    title = f"Version {one.number} of the shared understanding is published"
    given = (slug, one.number)
    return News(one.published_at, f"version-{one.number}", title, "", "public:version", given)


def _decision(one: Decision) -> News:
    title, text = f"Decided: {one.what}", f"Why: {one.why}"
    return News(one.made_at, f"decision-{one.ref}", title, text, "public:decision", (one.ref,))


def _moves(steps: Iterable[DecisionStep]) -> Iterator[News]:
    """Where decisions stand now. The first step is the decision itself, said in one moment."""
    for one in steps:
        if one.at - one.decision.made_at > datetime.timedelta(seconds=1):
            yield News(
                one.at,
                f"decision-{one.decision.ref}-{one.pk}",
                f"{one.in_words} It is about: {one.decision.what}",
                one.note,
                "public:decision",
                (one.decision.ref,),
            )


def _action(one: Action) -> News:
    title, text = f"To be done by {one.due_on:%-d %B %Y}: {one.what}", f"Who does it: {one.owner}"
    return News(one.made_at, f"action-{one.ref}", title, text, "public:action", (one.ref,))


def _action_step(one: ActionStep) -> News:
    day = f" {one.due_on:%-d %B %Y}" if one.due_on else ""
    title = f"{one.get_kind_display()}{day}: {one.action.what}"
    key = f"action-{one.action.ref}-{one.pk}"
    return News(one.at, key, title, one.note, "public:action", (one.action.ref,))


def _reply(one: Reply, slug: str) -> News:
    title = "The team replied to what people said"
    return News(one.made_at, f"reply-{one.ref}", title, one.text, "public:said_and_done", (slug,))


def _answer(one: QuestionAnswer, slug: str) -> News:
    title = "A question that people asked is answered"
    return News(one.made_at, f"answer-{one.ref}", title, one.text, "public:questions", (slug,))
