"""Was it asked before? Earlier conversations that resemble a new one, with their answers."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from coproduce.area.queries.ideas import FrozenIdea, frozen_ideas, ideas_in, latest_version_keys
from coproduce.area.resemblance import alike_pairs, most_alike
from coproduce.conversations.models import Conversation, Question
from coproduce.understanding.models import Version

# Fewer shared words are enough than for two ideas: the texts are short, and looking costs nothing.
RESEMBLES = 0.15
ANSWERS_SHOWN = 6
EARLIER_SHOWN = 3
ASKED_AGAIN_SHOWN = 10


@dataclass(frozen=True)
class AskedBefore:
    """An earlier conversation and what people answered there: the first of its ideas."""

    conversation: Conversation
    version: Version
    questions: tuple[str, ...]
    answers: tuple[tuple[str, str], ...]
    more: int


@dataclass(frozen=True)
class AskedAgain:
    """A conversation that asks much the same as earlier ones, the most alike first."""

    conversation: Conversation
    earlier: tuple[AskedBefore, ...]


def asked_before(conversation: Conversation) -> list[AskedBefore]:
    """At most three, the most alike first; what was published, so that everybody may read it.

    The ideas that most partner groups agree with stand first. For one that is open: those that
    opened before it.
    """
    versions = _latest_versions(latest_version_keys())
    versions.pop(conversation.pk, None)
    if conversation.opened_at is not None:
        opened = conversation.opened_at
        versions = {
            key: version
            for key, version in versions.items()
            if version.conversation.opened_at is not None
            and version.conversation.opened_at < opened
        }
    if not versions:
        return []
    questions = _questions([*versions, conversation.pk])
    asks = _asks(conversation, questions)
    earlier = {key: _asks(version.conversation, questions) for key, version in versions.items()}
    near = most_alike(asks, earlier, at_least=RESEMBLES, limit=EARLIER_SHOWN)
    return _told([key for key, _ in near], versions, questions, most_agreed_first=True)


def asked_again(
    versions: list[int], conversations: Mapping[int, Conversation]
) -> tuple[tuple[AskedAgain, ...], int]:
    """Of these, those that ask much the same as one that opened before them, the latest first.

    And how many more there are. In a number of questions to the database that does not grow, and
    without reading where groups stand on every idea: ideas are in the order of the document.
    """
    published = {
        version.conversation_id: version
        for version in Version.objects.filter(pk__in=versions, conversation__in=conversations).only(
            "conversation_id", "number", "published_at"
        )
    }
    for key, version in published.items():
        version.conversation = conversations[key]
    questions = _questions(conversations)
    near = _near(
        tuple(
            (key, one.opened_at, key in published, _asks(one, questions))
            for key, one in conversations.items()
            if one.opened_at is not None
        )
    )
    order = [key for key in conversations if near.get(key)]
    shown = order[:ASKED_AGAIN_SHOWN]
    told = {
        one.conversation.pk: one
        for one in _told({key for then in shown for key in near[then]}, published, questions)
    }
    found = tuple(
        AskedAgain(conversations[then], tuple(told[key] for key in near[then])) for then in shown
    )
    return found, len(order) - len(shown)


@lru_cache(maxsize=2)
def _near(
    opened: tuple[tuple[int, datetime.datetime, bool, str], ...],
) -> dict[int, list[int]]:
    """Of conversations (key, when it opened, whether it is published, what it asks): by key, those
    that opened before it, are published and ask much the same. A process works it out once, until
    a conversation opens, is published or asks something else.
    """
    at = {key: (when, key) for key, when, _, _ in opened}
    published = {key for key, _, is_published, _ in opened if is_published}
    near: dict[int, list[int]] = {}
    for one, other, _ in alike_pairs(
        {key: asks for key, _, _, asks in opened}, {key: key for key in at}, at_least=RESEMBLES
    ):
        first, then = (one, other) if at[one] < at[other] else (other, one)
        if first in published and len(found := near.setdefault(then, [])) < EARLIER_SHOWN:
            found.append(first)
    return near


def _latest_versions(keys: list[int]) -> dict[int, Version]:
    return {
        version.conversation_id: version
        for version in Version.objects.filter(pk__in=keys)
        .select_related("conversation")
        .defer("frozen", "counted")
    }


def _questions(conversations: Iterable[int]) -> dict[int, list[str]]:
    questions: dict[int, list[str]] = defaultdict(list)
    for key, text in (
        Question.objects.filter(conversation__in=list(conversations), retired_at=None)
        .order_by("position", "pk")
        .values_list("conversation_id", "text")
    ):
        questions[key].append(text)
    return questions


def _asks(conversation: Conversation, questions: Mapping[int, list[str]]) -> str:
    return "\n".join([conversation.name, *questions.get(conversation.pk, ())])


def _told(
    near: Iterable[int],
    versions: Mapping[int, Version],
    questions: Mapping[int, list[str]],
    *,
    most_agreed_first: bool = False,
) -> list[AskedBefore]:
    """With the answers of each, in the order of `near`."""
    keys = list(near)
    ideas = ideas_in([versions[key].pk for key in keys])
    wanted = {key: ideas[key] if most_agreed_first else ideas[key][:ANSWERS_SHOWN] for key in keys}
    frozen = frozen_ideas(
        [versions[key].pk for key in keys], {idea for found in wanted.values() for idea in found}
    )
    told = []
    for key in keys:
        order: list[FrozenIdea] = [frozen[idea] for idea in wanted[key]]
        if most_agreed_first:
            order.sort(key=lambda idea: -len(idea.stands.agrees))
        told.append(
            AskedBefore(
                conversation=versions[key].conversation,
                version=versions[key],
                questions=tuple(questions.get(key, ())),
                answers=tuple((idea.name, idea.ref) for idea in order[:ANSWERS_SHOWN]),
                more=max(0, len(ideas[key]) - ANSWERS_SHOWN),
            )
        )
    return told
