"""Decisions, actions and replies as pages show them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from coproduce.decisions.models import Action, ActionCheck, Decision, Reply
from coproduce.decisions.queries.earlier import with_earlier
from coproduce.decisions.queries.naming import Named, grounds_of_all
from coproduce.decisions.standing import confirmed_by
from coproduce.paging import page_of
from coproduce.words.models import Words

if TYPE_CHECKING:
    from django.core.paginator import Page

    from coproduce.conversations.models import Conversation

ON_A_PAGE = 20


def decisions_of(conversation: Conversation, page: str | int | None = 1) -> Page[Decision]:
    """Decisions that stand, the latest first."""
    found = (
        Decision.objects.filter(conversation=conversation, ended_at=None)
        .prefetch_related("steps")
        .order_by("-decided_on", "-pk")
    )
    return page_of(found, page, size=ON_A_PAGE, turned=list)


@dataclass(frozen=True)
class ReplyRow:
    reply: Reply
    grounds: list[Named]


def replies_of(conversation: Conversation, page: str | int | None = 1) -> Page[ReplyRow]:
    """Replies that stand, the latest first, with what they cover."""
    found = Reply.objects.filter(conversation=conversation, ended_at=None).order_by(
        "-made_at", "-pk"
    )
    return page_of(found, page, size=ON_A_PAGE, turned=_rows)


def _rows(replies: Sequence[Reply]) -> list[ReplyRow]:
    grounds = grounds_of_all(replies)
    with_earlier(replies)
    return [ReplyRow(one, grounds[one.pk]) for one in replies]


@dataclass(frozen=True)
class Stand:
    """How an action stands, as anybody may know.

    `confirmed_by`: partner groups that may be named (decisions/standing.py). `disputes`: reasons
    that are shown, of those who say now that it is not done; `earlier`: of those who said so
    before it was said to be done again. In the order of their references, which chance drew.
    """

    action: Action
    today: datetime.date
    confirmed: bool
    confirmed_by: tuple[str, ...]
    disputes: tuple[Words, ...]
    earlier: tuple[Words, ...]

    @property
    def is_overdue(self) -> bool:
        return self.action.is_overdue(self.today)

    @property
    def days_late(self) -> int:
        return (self.today - self.action.due_on).days if self.is_overdue else 0

    @property
    def is_disputed(self) -> bool:
        return self.action.standing == Action.Standing.DISPUTED

    @property
    def in_words(self) -> str:
        """Sentences for everybody. No number of people is among them."""
        by = " and ".join(
            part for part in (", ".join(self.confirmed_by[:-1]), *self.confirmed_by[-1:]) if part
        )
        who = f"people of {by}" if by else "people whose words it rests on"
        standing = self.action.standing
        if standing == Action.Standing.DONE:
            return f"Done. Confirmed by {who}."
        if standing == Action.Standing.SAID_DONE:
            return "Said to be done. People whose words it rests on have not confirmed it yet."
        if standing == Action.Standing.DISPUTED:
            said = "Said to be done. People whose words it rests on say that it is not."
            return f"{said} Others say that it is: {who}." if self.confirmed else said
        if standing == Action.Standing.STOPPED:
            return "Stopped."
        return "Under way."


def how_it_stands(action: Action, today: datetime.date) -> Stand:
    return how_they_stand([action], today)[0]


def how_they_stand(actions: Sequence[Action], today: datetime.date) -> list[Stand]:
    """How actions of one conversation stand, in a number of questions that does not grow."""
    if not actions:
        return []
    named = confirmed_by(actions[0].conversation, actions)
    disputes: dict[tuple[int, bool], list[Words]] = {}
    for check in (
        ActionCheck.objects.filter(action__in=actions, confirms=False, words__standing="shown")
        .select_related("words__kept_text")
        .prefetch_related("words__maskings")
        .order_by("words__ref")
    ):
        assert check.words is not None
        disputes.setdefault((check.action_id, check.ended_at is None), []).append(check.words)
    return [
        Stand(
            action=one,
            today=today,
            confirmed=one.pk in named,
            confirmed_by=tuple(named.get(one.pk, ())),
            disputes=tuple(disputes.get((one.pk, True), ())),
            earlier=tuple(disputes.get((one.pk, False), ())),
        )
        for one in actions
    ]


def actions_of(decision: Decision) -> list[Stand]:
    """The actions of a decision and how they stand, the first due first."""
    found = (
        decision.actions.select_related("owner_group", "conversation")
        .prefetch_related("steps")
        .order_by("due_on", "pk")
    )
    return how_they_stand(list(found), timezone.localdate())
