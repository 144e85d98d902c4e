"""Was it asked before? Earlier conversations that resemble a new one, with their answers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from coproduce.area.queries.ideas import FrozenIdea, frozen_ideas, ideas_in, latest_version_keys
from coproduce.area.resemblance import most_alike
from coproduce.conversations.models import Conversation, Question
from coproduce.understanding.models import Version

# Fewer shared words are enough than for two ideas: the texts are short, and looking costs nothing.
RESEMBLES = 0.15
ANSWERS_SHOWN = 6


@dataclass(frozen=True)
class AskedBefore:
    """An earlier conversation and what people answered there: its ideas, most agreed first."""

    conversation: Conversation
    version: Version
    questions: tuple[str, ...]
    answers: tuple[tuple[str, str], ...]
    more: int


def asked_before(conversation: Conversation) -> list[AskedBefore]:
    """At most three, the most alike first; what was published, so that everybody may read it."""
    versions = {
        version.conversation_id: version
        for version in Version.objects.filter(pk__in=latest_version_keys())
        .exclude(conversation=conversation)
        .select_related("conversation")
        .defer("frozen", "counted")
    }
    if not versions:
        return []
    questions: dict[int, list[str]] = defaultdict(list)
    for key, text in (
        Question.objects.filter(conversation__in=[*versions, conversation.pk], retired_at=None)
        .order_by("position", "pk")
        .values_list("conversation_id", "text")
    ):
        questions[key].append(text)
    earlier = {
        key: "\n".join([version.conversation.name, *questions[key]])
        for key, version in versions.items()
    }
    asks = "\n".join([conversation.name, *questions[conversation.pk]])
    near = [key for key, _ in most_alike(asks, earlier, at_least=RESEMBLES)]
    ideas: dict[int, list[FrozenIdea]] = {
        key: list(frozen_ideas([versions[key].pk], of_version).values())
        for key, of_version in ideas_in([versions[key].pk for key in near]).items()
    }
    found = []
    for key in near:
        order = sorted(ideas[key], key=lambda idea: -len(idea.stands.agrees))
        found.append(
            AskedBefore(
                conversation=versions[key].conversation,
                version=versions[key],
                questions=tuple(questions[key]),
                answers=tuple((idea.name, idea.ref) for idea in order[:ANSWERS_SHOWN]),
                more=max(0, len(order) - ANSWERS_SHOWN),
            )
        )
    return found
