"""What may be shown of the answers to a combined wording: by the same rule as all figures."""

from __future__ import annotations

import hashlib
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q

from commonground.agreement import Counts
from commonground.rounding import STEP
from commonground.small_numbers import PublicFigures, public_figures
from coproduce.agreeing.models import LineAnswer
from coproduce.aside import aside
from coproduce.conversations.models import Conversation
from coproduce.genuineness.models import PublicCount
from coproduce.genuineness.moving import keep_moved
from coproduce.ideas.models import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable

ABOUT = "wording "
TENTH = 10


def about(wording: Wording) -> str:
    """The name of the count: of the text and the moment, which stay the same in a restore."""
    told = f"{wording.at.isoformat()}\n{wording.text}"
    return ABOUT + hashlib.sha256(told.encode()).hexdigest()[:32]


def _is_due(shown: int | None, people: int, enough: int, *, widely: bool) -> bool:
    if shown is None:
        return people >= enough
    return abs(people - shown) >= (max(STEP, shown // TENTH) if widely else STEP)


def due_in(conversation: Conversation, *, widely: bool = True) -> list[Wording]:
    """Wordings of the draft for which enough people came or went since they were counted."""
    shown = dict(
        PublicCount.objects.filter(conversation=conversation, about__startswith=ABOUT).values_list(
            "about", "people"
        )
    )
    people = Count("line_answers", filter=Q(line_answers__ended_at=None))
    return [
        wording
        for wording in conversation.wordings.filter(ended_at=None)
        .annotate(people=people)
        .order_by("pk")
        if _is_due(
            shown.get(about(wording)),
            wording.people,
            conversation.enough,
            widely=widely,
        )
    ]


def move_due(conversation: Conversation, *, widely: bool = True) -> None:
    """Work out again what may be shown of these wordings. For the worker, and before publishing."""
    groups = [g for g in conversation.partner_groups.all() if g.retired_at is None]
    for wording in due_in(conversation, widely=widely):
        before = PublicCount.objects.filter(conversation=conversation, about=about(wording)).first()
        counts: dict[frozenset[str], Counts] = {}
        people = 0
        for membership, answers in _by_membership(wording).items():
            who = frozenset(group.key for group in groups if membership & group.mask)
            counts[who] = counts.get(who, Counts()) + answers
            people += answers.people
        figures = aside(
            partial(
                public_figures,
                counts,
                invited=[group.key for group in groups],
                enough=conversation.enough,
                previous=None if before is None else _kept(before),
            )
        )
        whole = figures.to_dict()
        memory = whole.pop("memory")
        keep_moved(
            before,
            conversation=conversation,
            about=about(wording),
            people=people,
            shown=whole,
            memory=memory,
        )


def _by_membership(wording: Wording) -> dict[int, Counts]:
    given: Counter[tuple[int, str]] = Counter(
        LineAnswer.objects.latest()
        .filter(wording=wording)
        .values_list("participant__membership", "choice")
    )
    choice = LineAnswer.Choice
    return {
        membership: Counts(
            given[membership, choice.YES],
            given[membership, choice.NOT_QUITE],
            given[membership, choice.NOT_SURE],
            0,
        )
        for membership in {membership for membership, _ in given}
    }


def _kept(count: PublicCount) -> PublicFigures:
    return PublicFigures.from_dict({**count.shown, "memory": count.memory})


def shown_for(conversation: Conversation, wordings: Iterable[Wording]) -> dict[int, dict[str, Any]]:
    """What may be shown of each of these wordings, by key, where anything may. One question."""
    names = {about(wording): wording.pk for wording in wordings}
    return {
        names[name]: shown
        for name, shown in PublicCount.objects.filter(
            conversation=conversation, about__startswith=ABOUT
        ).values_list("about", "shown")
        if name in names
    }
