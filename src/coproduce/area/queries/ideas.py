"""The ideas of the latest version of every listed conversation, and where groups stand on them."""

from __future__ import annotations

import datetime
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, Min, OuterRef

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


@dataclass(frozen=True)
class _Frozen:
    """What was read of a version: `looked_for` are also the ideas that do not stand there."""

    looked_for: set[int] = field(default_factory=set)
    ideas: dict[int, FrozenIdea] = field(default_factory=dict)


MOST_VERSIONS = 300
# A published version never changes, so neither does this; published_at tells reused keys apart.
_Version = tuple[int, datetime.datetime]
_frozen: OrderedDict[_Version, _Frozen] = OrderedDict()
_ideas: OrderedDict[_Version, tuple[int, tuple[int, ...]]] = OrderedDict()
_freezing = threading.Lock()


def _published(versions: Collection[int]) -> list[_Version]:
    return list(
        Version.objects.filter(pk__in=versions).order_by("pk").values_list("pk", "published_at")
    )


def ideas_in(versions: Collection[int]) -> dict[int, tuple[int, ...]]:
    """The ideas of these versions in their order, by conversation.

    A process reads each version once.
    """
    wanted = _published(versions)
    with _freezing:
        missing = [key for key, at in wanted if (key, at) not in _ideas]
        if missing:
            _read_ideas([place for place in wanted if place[0] in set(missing)])
        found = {}
        for place in wanted:
            _ideas.move_to_end(place)
            conversation, ideas = _ideas[place]
            found[conversation] = ideas
        while len(_ideas) > MOST_VERSIONS:
            _ideas.popitem(last=False)
    return found


def _read_ideas(versions: Collection[_Version]) -> None:
    keys = [key for key, _ in versions]
    of = dict(Version.objects.filter(pk__in=keys).values_list("pk", "conversation_id"))
    read: dict[int, list[int]] = defaultdict(list)
    for version, idea, _ in (
        Passage.objects.filter(version__in=keys, idea__isnull=False)
        .order_by()
        .values_list("version_id", "idea_id")
        .annotate(first=Min("position"))
        .order_by("version_id", "first")
    ):
        read[version].append(int(idea or 0))
    for key, at in versions:
        _ideas[key, at] = (of[key], tuple(read[key]))


def frozen_ideas(versions: Collection[int], ideas: Collection[int]) -> dict[int, FrozenIdea]:
    """Those of these ideas that stand in the versions. A process reads each of them once."""
    wanted = _published(versions)
    asked = set(ideas)
    with _freezing:
        missing: set[int] = set()
        for place in wanted:
            missing |= asked - _frozen[place].looked_for if place in _frozen else asked
        if missing:
            _read_frozen(wanted, missing)
        found = {}
        for place in wanted if asked else ():
            kept = _frozen[place].ideas
            found.update({idea: kept[idea] for idea in kept.keys() & asked})
        while len(_frozen) > MOST_VERSIONS:
            _frozen.popitem(last=False)
    return found


def _read_frozen(versions: Collection[_Version], ideas: set[int]) -> None:
    read: dict[tuple[int, int], list[tuple[str, str, Mapping[str, Any]]]] = defaultdict(list)
    for version, idea, *line in (
        Passage.objects.filter(version__in=[key for key, _ in versions])
        .filter(idea__in=ideas)
        .order_by("version_id", "position")
        .values_list("version_id", "idea_id", "idea_name", "ref", "figure")
    ):
        read[version, int(idea or 0)].append((line[0], line[1], line[2]))
    for place in versions:
        kept = _frozen.setdefault(place, _Frozen())
        _frozen.move_to_end(place)
        kept.looked_for.update(ideas)
    by_key = {place[0]: _frozen[place] for place in versions}
    for (key, idea), lines in read.items():
        name, ref, _ = lines[0]
        of_lines = stands([figure for *_, figure in lines])
        by_key[key].ideas[idea] = FrozenIdea(name, ref, of_lines)


def together(parts: Collection[IdeaStands]) -> IdeaStands:
    """Several ideas of one conversation under one theme: where a group stands alike on all."""
    agree: frozenset[str] = frozenset().union(*(one.agrees for one in parts))
    against: frozenset[str] = frozenset().union(*(one.does_not_agree for one in parts))
    divided = frozenset().union(*(one.divided for one in parts), agree & against)
    return IdeaStands(agree - divided, against - divided, divided)
