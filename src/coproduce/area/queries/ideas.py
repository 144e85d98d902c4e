"""The ideas of the latest version of every listed conversation, and where groups stand on them."""

from __future__ import annotations

import datetime
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from commonground.agreement import Stance
from coproduce.ideas.models import Idea
from coproduce.understanding.models import Passage, PassageSource, Version
from coproduce.words.models import Standing

# An idea's first words are enough to tell what it is about.
WORDS_READ = 8


@dataclass(frozen=True)
class PublishedIdea:
    key: int
    conversation: int
    name: str
    text: str


def latest_version_keys(*, examples: bool = True) -> list[int]:
    """The latest version of each listed conversation."""
    later = Version.objects.filter(
        conversation=OuterRef("conversation"), number__gt=OuterRef("number")
    )
    versions = Version.objects.filter(conversation__listed=True).exclude(Exists(later))
    if not examples:
        versions = versions.filter(conversation__is_example=False)
    return list(versions.order_by("pk").values_list("pk", flat=True))


def published_ideas() -> list[PublishedIdea]:
    """With a text to compare them by: the name, the summary and some of the words under it."""
    versions = latest_version_keys()
    passages = list(
        Passage.objects.filter(version__in=versions, idea__isnull=False)
        .order_by("version_id", "position")
        .values_list("pk", "idea_id", "idea_name", "version__conversation_id", "text")
    )
    first: dict[int, list[int]] = defaultdict(list)
    texts: dict[int, list[str]] = defaultdict(list)
    for key, idea, _, _, text in passages:
        if idea is not None and len(first[idea]) < WORDS_READ:
            first[idea].append(key)
            texts[idea].append(text)
    wanted = {key for keys in first.values() for key in keys}
    words: dict[int, str] = dict(
        PassageSource.objects.filter(
            passage__version__in=versions, is_listed=True, words__standing=Standing.SHOWN
        ).values_list("passage_id", "words__kept_text__text")
    )
    summaries = dict(
        Idea.objects.filter(pk__in=list(first)).values_list("pk", "summary")
        if len(first) < 900
        else Idea.objects.values_list("pk", "summary")
    )
    found = {}
    for _, idea, name, conversation, _ in passages:
        if idea is None or idea in found:
            continue
        said = [words[key] for key in first[idea] if key in words and key in wanted]
        # The name stands for the idea: it counts as much as some of its words together.
        text = "\n".join([name, name, name, summaries.get(idea, ""), *texts[idea], *said])
        found[idea] = PublishedIdea(idea, conversation, name, text)
    return list(found.values())


@dataclass(frozen=True)
class IdeaStands:
    """Where partner groups stand on an idea, by the figures that its version froze.

    A group agrees with an idea when it agrees with more than half of the lines on which it can be
    told; does not agree likewise; otherwise it is divided. Groups of which nothing can be told are
    in none.
    """

    agrees: frozenset[str]
    does_not_agree: frozenset[str]
    divided: frozenset[str]

    @property
    def is_told(self) -> bool:
        return bool(self.agrees or self.does_not_agree or self.divided)

    @property
    def agreed_by_several(self) -> bool:
        return len(self.agrees) >= 2 and not self.does_not_agree and not self.divided

    @property
    def groups_differ(self) -> bool:
        return bool(self.agrees) and bool(self.does_not_agree or self.divided)

    def of(self, group: str) -> str:
        if group in self.agrees:
            return "agrees"
        if group in self.does_not_agree:
            return "does not agree"
        return "is divided" if group in self.divided else ""


def stands(figures: Collection[Mapping[str, Any]]) -> IdeaStands:
    """`figures`: the frozen figures of the lines of one idea (`Passage.figure`)."""
    told: dict[str, list[Stance]] = defaultdict(list)
    for figure in figures:
        for part in figure.get("figures", []):
            for group, shown in part["public"]["groups"].items():
                if shown["stance"] not in {None, Stance.TOO_FEW_TO_TELL}:
                    told[group].append(Stance(shown["stance"]))

    def mostly(stance: Stance) -> frozenset[str]:
        return frozenset(g for g, said in told.items() if 2 * said.count(stance) > len(said))

    agrees, against = mostly(Stance.AGREES), mostly(Stance.DOES_NOT_AGREE)
    return IdeaStands(agrees, against, frozenset(told) - agrees - against)


@dataclass(frozen=True)
class FrozenIdea:
    """An idea as a version froze it: its name, the address of its first line, and the stands."""

    name: str
    ref: str
    stands: IdeaStands


MOST_VERSIONS = 300
# A published version never changes, so neither does this; published_at tells reused keys apart.
_frozen: OrderedDict[tuple[int, datetime.datetime], dict[int, FrozenIdea]] = OrderedDict()
_freezing = threading.Lock()


def frozen_ideas(versions: Collection[int]) -> dict[int, FrozenIdea]:
    """The ideas of these versions, by their keys. A process reads each version once."""
    wanted = [
        (key, at)
        for key, at in Version.objects.filter(pk__in=versions)
        .order_by("pk")
        .values_list("pk", "published_at")
    ]
    with _freezing:
        missing = [key for key, at in wanted if (key, at) not in _frozen]
        read: dict[int, dict[int, list[tuple[str, str, Mapping[str, Any]]]]] = {
            key: defaultdict(list) for key in missing
        }
        if missing:
            for version, idea, *line in (
                Passage.objects.filter(version__in=missing, idea__isnull=False)
                .order_by("version_id", "position")
                .values_list("version_id", "idea_id", "idea_name", "ref", "figure")
            ):
                read[version][int(idea or 0)].append((line[0], line[1], line[2]))
        for key, at in wanted:
            if key in read:
                _frozen[key, at] = {
                    idea: FrozenIdea(
                        lines[0][0], lines[0][1], stands([figure for *_, figure in lines])
                    )
                    for idea, lines in read[key].items()
                }
            _frozen.move_to_end((key, at))
        found = {idea: frozen for place in wanted for idea, frozen in _frozen[place].items()}
        while len(_frozen) > MOST_VERSIONS:
            _frozen.popitem(last=False)
    return found


def together(parts: Collection[IdeaStands]) -> IdeaStands:
    """Several ideas of one conversation under one theme: where a group stands alike on all."""
    groups = {g for one in parts for g in (one.agrees | one.does_not_agree | one.divided)}
    agrees = frozenset(g for g in groups if {one.of(g) for one in parts} <= {"agrees", ""})
    against = frozenset(g for g in groups if {one.of(g) for one in parts} <= {"does not agree", ""})
    return IdeaStands(agrees, against, frozenset(groups) - agrees - against)
