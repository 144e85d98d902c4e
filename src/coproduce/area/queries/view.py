"""The local area view: agreed everywhere, where it differs, asked before, promises, districts."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count
from django.utils import timezone

from coproduce.area.models import Theme, ThemeIdea
from coproduce.area.queries.answered import answered_ideas
from coproduce.area.queries.asked_before import AskedAgain, asked_again
from coproduce.area.queries.ideas import (
    IdeaStands,
    frozen_ideas,
    ideas_in,
    latest_version_keys,
    together,
)
from coproduce.conversations.models import Area, Conversation, PartnerGroup, Phase
from coproduce.decisions.models import Action, Decision
from coproduce.genuineness.counts import AREAS
from coproduce.genuineness.models import PublicCount
from coproduce.reach.models import Benchmark
from coproduce.reach.queries.who import benchmarks_now


@dataclass(frozen=True)
class InConversation:
    """A theme in one conversation: its ideas there, and where partner groups stand on them."""

    conversation: Conversation
    ideas: tuple[tuple[str, str], ...]
    stands: IdeaStands
    labels: dict[str, str]

    @property
    def in_words(self) -> str:
        """ "Agreed by parent carers. Divided: schools."; says where nothing can be told."""
        told = [
            sentence.format(", ".join(sorted(self.labels.get(key, key) for key in groups)))
            for sentence, groups in (
                ("Agreed by {}.", self.stands.agrees),
                ("Not agreed by {}.", self.stands.does_not_agree),
                ("Divided: {}.", self.stands.divided),
            )
            if groups
        ]
        return " ".join(told) or "Too few answered to tell."


@dataclass(frozen=True)
class ThemeView:
    theme: Theme
    places: tuple[InConversation, ...]

    @cached_property
    def agreed_everywhere(self) -> bool:
        """In two conversations or more, and in each agreed by several groups and by none not."""
        return len(self.places) > 1 and all(p.stands.agreed_by_several for p in self.places)

    @cached_property
    def places_differ(self) -> tuple[str, ...]:
        """Partner groups that stand otherwise in one conversation than in another."""
        agree, against, divided = self._said
        if not (agree & against or agree & divided or against & divided):
            return ()
        said: dict[str, set[str]] = defaultdict(set)
        labels: dict[str, str] = {}
        for place in self.places:
            for key in place.labels:
                if word := place.stands.of(key):
                    said[key].add(word)
                    labels.setdefault(key, place.labels[key])
        return tuple(labels[key] for key, words in said.items() if len(words) > 1)

    @property
    def _said(self) -> tuple[set[str], set[str], set[str]]:
        """Groups that agree somewhere, do not agree somewhere, and are divided somewhere."""
        agree, against, divided = set[str](), set[str](), set[str]()
        for place in self.places:
            agree |= place.stands.agrees
            against |= place.stands.does_not_agree
            divided |= place.stands.divided
        return agree, against, divided

    @property
    def groups_differ(self) -> bool:
        return any(place.stands.groups_differ for place in self.places)

    @cached_property
    def differs(self) -> bool:
        return bool(self.places_differ) or self.groups_differ


@dataclass(frozen=True)
class Promises:
    """What was promised in one conversation, and how much of it is kept."""

    conversation: Conversation
    ideas: int
    answered: int
    decisions: int
    actions: int
    done: int
    overdue: int
    today: datetime.date

    @property
    def waiting(self) -> int:
        return self.ideas - self.answered

    @property
    def is_late(self) -> bool:
        """People should have heard back by now, and ideas wait, or an action is overdue."""
        promised = self.conversation.hear_back_by
        return self.overdue > 0 or bool(self.waiting and promised and promised < self.today)

    @property
    def in_words(self) -> str:
        promised = self.conversation.hear_back_by
        if not self.waiting:
            return "kept" if self.ideas else "nothing to answer"
        if promised is None:
            return "no date was promised"
        return "overdue" if promised < self.today else "not due yet"


@dataclass(frozen=True)
class District:
    """An area of the installation. People are never added up across conversations.

    `asked`: conversations that list it. `reached`: those in which five people or more say that
    they are from there. `counted`: those in which that has been counted at all.
    """

    key: str
    label: str
    asked: int
    counted: int
    reached: int
    benchmark: Benchmark | None

    @property
    def in_words(self) -> str:
        return f"{self.reached} of {self.counted}" if self.counted else "not counted yet"


@dataclass(frozen=True)
class AreaView:
    """`more_asked_again`: conversations like those of `asked_again` that are not listed."""

    themes: tuple[ThemeView, ...]
    asked_again: tuple[AskedAgain, ...]
    more_asked_again: int
    promises: tuple[Promises, ...]
    districts: tuple[District, ...]
    conversations: int

    @cached_property
    def agreed_everywhere(self) -> tuple[ThemeView, ...]:
        return tuple(one for one in self.themes if one.agreed_everywhere)

    @cached_property
    def differ(self) -> tuple[ThemeView, ...]:
        return tuple(one for one in self.themes if one.differs and not one.agreed_everywhere)

    @cached_property
    def others(self) -> tuple[ThemeView, ...]:
        return tuple(one for one in self.themes if not one.differs and not one.agreed_everywhere)

    @cached_property
    def in_order(self) -> list[tuple[str, ThemeView]]:
        """Every theme with the part of the page that it stands in."""
        return [
            *(("everywhere", one) for one in self.agreed_everywhere),
            *(("differs", one) for one in self.differ),
            *(("others", one) for one in self.others),
        ]


def area_view(today: datetime.date | None = None) -> AreaView:
    """Over all listed conversations, in a number of questions that does not grow with them."""
    today = today or timezone.localdate()
    versions = latest_version_keys()
    conversations = {
        one.pk: one
        for one in Conversation.objects.filter(listed=True)
        .exclude(phases=[Phase.DRAFT])
        .order_by("-opened_at", "pk")
        .only("slug", "name", "opened_at", "hear_back_by", "is_example")
    }
    again, more = asked_again(versions, conversations)
    return AreaView(
        themes=_themes(versions, conversations),
        asked_again=again,
        more_asked_again=more,
        promises=_promises(versions, conversations, today),
        districts=_districts(conversations),
        conversations=len(conversations),
    )


def _themes(versions: list[int], conversations: dict[int, Conversation]) -> tuple[ThemeView, ...]:
    # Rows, not records: there are hundreds, and of each only these keys are asked for.
    placed = list(
        ThemeIdea.objects.filter(ended_at=None, theme__retired_at=None)
        .order_by("theme__name", "theme_id", "idea__name", "pk")
        .values_list("theme_id", "idea_id", "idea__conversation_id")
    )
    themes = Theme.objects.in_bulk({theme for theme, _, _ in placed})
    lines = frozen_ideas(versions, {idea for _, idea, _ in placed})
    labels: dict[int, dict[str, str]] = defaultdict(dict)
    for conversation, key, label in PartnerGroup.objects.filter(
        conversation__in={conversation for _, _, conversation in placed}, retired_at=None
    ).values_list("conversation_id", "key", "label"):
        labels[conversation][key] = label
    by_theme: dict[int, dict[int, list[int]]] = {}
    for theme, idea, conversation in placed:
        if conversation in conversations and idea in lines:
            by_theme.setdefault(theme, {}).setdefault(conversation, []).append(idea)
    return tuple(
        ThemeView(
            themes[theme],
            tuple(
                InConversation(
                    conversation=conversations[key],
                    ideas=tuple((lines[idea].name, lines[idea].ref) for idea in ideas),
                    stands=together([lines[idea].stands for idea in ideas]),
                    labels=labels[key],
                )
                for key, ideas in places.items()
            ),
        )
        for theme, places in by_theme.items()
    )


def _promises(
    versions: list[int], conversations: dict[int, Conversation], today: datetime.date
) -> tuple[Promises, ...]:
    ideas = ideas_in(versions)
    answered = answered_ideas(versions)
    actions: dict[int, Counter[str]] = defaultdict(Counter)
    overdue: Counter[int] = Counter()
    for conversation, standing, all_of_them, late in (
        Action.objects.filter(conversation__in=conversations)
        .order_by()
        .values_list("conversation_id", "standing")
        .annotate(all_of_them=Count("pk"), late=Count("pk", filter=Action.overdue_on(today)))
    ):
        actions[conversation][standing] += all_of_them
        overdue[conversation] += late
    decisions: dict[int, int] = dict(
        Decision.objects.filter(ended_at=None, conversation__in=conversations)
        .order_by()
        .values_list("conversation_id")
        .annotate(Count("pk"))
    )
    found = [
        Promises(
            conversation=one,
            ideas=len(ideas.get(key, ())),
            answered=len(answered.intersection(ideas.get(key, ()))),
            decisions=decisions.get(key, 0),
            actions=sum(actions[key].values()),
            done=actions[key][Action.Standing.DONE],
            overdue=overdue[key],
            today=today,
        )
        for key, one in conversations.items()
        if ideas.get(key)
    ]
    found.sort(key=lambda one: (not one.is_late, one.conversation.name))
    return tuple(found)


def _districts(conversations: Iterable[int]) -> tuple[District, ...]:
    asked: dict[str, set[int]] = defaultdict(set)
    labels: dict[str, str] = {}
    keys = list(conversations)
    for conversation, key, label in (
        Area.objects.filter(conversation__in=keys)
        .order_by("position", "pk")
        .values_list("conversation_id", "key", "label")
    ):
        asked[key].add(conversation)
        labels.setdefault(key, label)
    counted: Counter[str] = Counter()
    reached: Counter[str] = Counter()
    for shown in PublicCount.objects.filter(conversation__in=keys, about=AREAS).values_list(
        "shown", flat=True
    ):
        for key, people in shown["cells"]:
            counted[key] += 1
            reached[key] += people > 0
    benchmarks = benchmarks_now()
    return tuple(
        District(
            key,
            label,
            len(asked[key]),
            counted[key],
            reached[key],
            benchmarks.get((Benchmark.Kind.AREA, key)),
        )
        for key, label in sorted(labels.items(), key=lambda item: item[1])
    )
