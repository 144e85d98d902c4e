"""What something rests on, by the keys that forms and links carry, and in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from coproduce.decisions.grounds import NOT_FOR_THE_TEAM, Ground
from coproduce.decisions.models import Action, Decision, Reply, RestsOn
from coproduce.ideas.models import Idea
from coproduce.understanding.access import tidy_ref
from coproduce.understanding.models import Passage, Version
from coproduce.understanding.queries.versions import with_sources
from coproduce.words.models import Standing, Words

if TYPE_CHECKING:
    import datetime

    from coproduce.conversations.models import Conversation

GONE = {
    Standing.WITHDRAWN: "Words that the person who wrote them took back",
}
NOT_SHOWN = "Words that are not shown"
SHORT = 160


@dataclass(frozen=True)
class Named:
    """A ground as a page says it. `kind`: idea, line or words; `ref`: of its own page, or ""."""

    kind: str
    key: str
    text: str
    ref: str
    is_shown: bool
    review_since: datetime.datetime | None = None


def key_of(ground: Ground) -> str:
    """idea-12, line-K7PM-2XQW or words-K7PM-2XQW."""
    if ground.idea is not None:
        return f"idea-{ground.idea.pk}"
    if ground.passage is not None:
        return f"line-{ground.passage.ref}"
    assert ground.words is not None
    return f"words-{ground.words.ref}"


def find_grounds(conversation: Conversation, keys: Iterable[str]) -> dict[str, Ground]:
    """The grounds of these keys, or of references as somebody typed them; unknown ones are out.

    A number of questions to the database that does not grow with the keys.
    """
    wanted = list(dict.fromkeys(key.strip() for key in keys if key.strip()))
    ideas = [key[5:] for key in wanted if re.fullmatch(r"idea-\d{1,15}", key)]
    refs = {key: tidy_ref(re.sub(r"^(line|words)-", "", key)) for key in wanted}
    by_idea = {
        str(one.pk): Ground(idea=one)
        for one in Idea.objects.kept().filter(conversation=conversation, pk__in=ideas)
    }
    lines = {
        one.ref: Ground(passage=one)
        for one in with_sources(
            Passage.objects.filter(
                version__conversation=conversation, ref__in=refs.values()
            ).select_related("version")
        )
    }
    words = {
        one.ref: Ground(words=one)
        for one in Words.objects.filter(conversation=conversation, ref__in=refs.values())
        .exclude(standing=NOT_FOR_THE_TEAM)
        .with_text()
    }
    found: dict[str, Ground] = {}
    for key in wanted:
        ground = by_idea.get(key[5:]) if key.startswith("idea-") else None
        if not key.startswith("words-"):
            ground = ground or lines.get(refs[key])
        if not key.startswith("line-"):
            ground = ground or words.get(refs[key])
        if ground is not None:
            found[key] = ground
    return found


def named(ground: Ground, *, whole: bool = False) -> Named:
    """The ground in words, as anybody may read them."""
    key = key_of(ground)
    if ground.idea is not None:
        return Named("idea", key, ground.idea.name, "", True)
    if ground.words is not None:
        words = ground.words
        text = words.shown_text if words.is_shown else GONE.get(_standing(words), NOT_SHOWN)
        return Named("words", key, _short(text, whole), words.ref, words.is_shown)
    passage = ground.passage
    assert passage is not None
    text, is_shown = line_text(passage)
    return Named("line", key, _short(text, whole), passage.ref, is_shown)


def line_text(passage: Passage) -> tuple[str, bool]:
    """A line as it reads today, and whether it can be read. Needs `with_sources`."""
    if passage.text:
        return passage.text, True
    listed = [source.words for source in passage.sources.all() if source.is_listed]
    shown = [words.shown_text for words in listed if words.is_shown]
    if shown:
        return " ".join(shown), True
    return (GONE.get(_standing(listed[0]), NOT_SHOWN) if listed else NOT_SHOWN), False


def _standing(words: Words) -> Standing:
    return Standing(words.standing)


def _short(text: str, whole: bool) -> str:
    return text if whole or len(text) <= SHORT else f"{text[: SHORT - 1]}…"


def grounds_of(thing: Decision | Action | Reply) -> list[Named]:
    """What it rests on, in the order it was written down.

    A decision or a reply that was corrected: what it rested on until then. An action stays the
    same action when it is corrected: what it rests on now.
    """
    rests = thing.rests_on.held() if isinstance(thing, Action) else thing.rests_on.all()
    return [_row(one) for one in _with_texts(rests.order_by("pk"))]


def earlier_grounds_of(action: Action) -> list[Named]:
    """What it rested on before it was corrected, and rests on no more; each once.

    Without the flag of words that were taken back: nobody looks at these again.
    """
    now = {one.key for one in grounds_of(action)}
    ended = action.rests_on.exclude(ended_at=None).order_by("pk")
    before = {one.key: one for one in map(_row, _with_texts(ended))}
    return [replace(one, review_since=None) for key, one in before.items() if key not in now]


def grounds_of_all(things: Sequence[Reply]) -> dict[int, list[Named]]:
    """The same for many replies, in as many questions to the database."""
    found: dict[int, list[Named]] = {one.pk: [] for one in things}
    for one in _with_texts(RestsOn.objects.filter(reply__in=found).order_by("pk")):
        assert one.reply_id is not None
        found[one.reply_id].append(_row(one))
    return found


def _with_texts(rests: object) -> list[RestsOn]:
    assert hasattr(rests, "select_related")
    lines = with_sources(Passage.objects.all())
    found: list[RestsOn] = list(
        rests.select_related("idea", "words__kept_text").prefetch_related(
            "words__maskings", Prefetch("passage", queryset=lines)
        )
    )
    return found


def _row(one: RestsOn) -> Named:
    said = named(Ground.of(one), whole=True)
    return Named(said.kind, said.key, said.text, said.ref, said.is_shown, one.review_since)


def ideas_to_choose(conversation: Conversation) -> list[tuple[str, str]]:
    """The ideas of the latest version, for a form."""
    latest = Version.objects.filter(conversation=conversation).order_by("-number").values("pk")[:1]
    rows = (
        Passage.objects.filter(version__in=list(latest.values_list("pk", flat=True)))
        .exclude(idea=None)
        .filter(idea__retired_at=None)
        .order_by("position")
        .values_list("idea_id", "idea_name")
    )
    return [(f"idea-{idea}", name) for idea, name in dict(rows).items()]
