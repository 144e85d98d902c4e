"""Was it asked before? Earlier conversations that resemble a new one, with their answers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from coproduce.area.queries.ideas import latest_version_keys, stands
from coproduce.area.resemblance import most_alike
from coproduce.conversations.models import Conversation, Question
from coproduce.understanding.models import Passage, Version

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
    figures: dict[int, dict[int, list[dict[str, object]]]] = defaultdict(lambda: defaultdict(list))
    names: dict[int, tuple[str, str]] = {}
    for key, idea, name, ref, figure in (
        Passage.objects.filter(version__in=[versions[key] for key in near], idea__isnull=False)
        .order_by("version_id", "position")
        .values_list("version__conversation_id", "idea_id", "idea_name", "ref", "figure")
    ):
        if idea is not None:
            figures[key][idea].append(figure)
            names.setdefault(idea, (name, ref))
    found = []
    for key in near:
        order = sorted(figures[key], key=lambda idea: -len(stands(figures[key][idea]).agrees))
        found.append(
            AskedBefore(
                conversation=versions[key].conversation,
                version=versions[key],
                questions=tuple(questions[key]),
                answers=tuple(names[idea] for idea in order[:ANSWERS_SHOWN]),
                more=max(0, len(order) - ANSWERS_SHOWN),
            )
        )
    return found
