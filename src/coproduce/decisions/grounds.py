"""What something rests on, as a service is given it: a published line, an idea, or words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coproduce.decisions.models import RestsOn
from coproduce.ideas.models import Idea, Placement
from coproduce.refused import Refused
from coproduce.statements.models import Statement
from coproduce.understanding.models import Passage, PassageSource
from coproduce.words.models import Standing, Words

if TYPE_CHECKING:
    from coproduce.conversations.models import Conversation

FIELD = "rests_on"
# Words that nobody may read get a reply of their own. Those set apart are for one person alone.
NOT_FOR_THE_TEAM = Standing.SET_APART


@dataclass(frozen=True)
class Ground:
    """Exactly one of the three."""

    passage: Passage | None = None
    idea: Idea | None = None
    words: Words | None = None

    def __post_init__(self) -> None:
        if sum(one is not None for one in (self.passage, self.idea, self.words)) != 1:
            raise ValueError("A ground is one line, one idea, or the words of one person.")

    @classmethod
    def of(cls, thing: Passage | Idea | Words | Statement | RestsOn) -> Ground:
        if isinstance(thing, RestsOn):
            return cls(thing.passage, thing.idea, thing.words)
        if isinstance(thing, Passage):
            return cls(passage=thing)
        if isinstance(thing, Idea):
            return cls(idea=thing)
        return cls(words=thing.words if isinstance(thing, Statement) else thing)

    @property
    def conversation_id(self) -> int:
        if self.passage is not None:
            return self.passage.version.conversation_id
        thing = self.idea or self.words
        assert thing is not None
        return thing.conversation_id

    @property
    def key(self) -> tuple[str, int]:
        """The kind and the key of the record: two grounds with the same key are one."""
        for kind in ("passage", "idea", "words"):
            thing = getattr(self, kind)
            if thing is not None:
                return kind, thing.pk
        raise AssertionError("A ground is one thing.")


def for_acts(grounds: Iterable[Ground], conversation: Conversation) -> list[Ground]:
    """What a decision or an action may rest on, each once. Raises Refused.

    Each of them needs words that can still be read. Nothing rests on words that were taken back.
    """
    kept = _ours(grounds, conversation)
    if not kept:
        raise Refused(
            "Choose what this rests on: a line, an idea, or something that somebody said.",
            field=FIELD,
        )
    readable = _readable(kept)
    for ground in kept:
        if ground.key not in readable:
            raise Refused(_no_words_left(ground), field=FIELD)
    return kept


def for_replies(grounds: Iterable[Ground], conversation: Conversation) -> list[Ground]:
    """What a reply may cover. Words that are not shown, or were taken back, get their own."""
    kept = _ours(grounds, conversation)
    if not kept:
        raise Refused(
            "Choose what you reply to: lines, ideas, or something that somebody said.", field=FIELD
        )
    apart = [ground for ground in kept if ground.words and not ground.words.is_shown]
    if any(ground.words and ground.words.standing == NOT_FOR_THE_TEAM for ground in kept):
        raise PermissionError("These words are with the safeguarding lead alone.")
    if apart and len(apart) < len(kept):
        raise Refused(
            "Words that are not shown, or were taken back, get a reply of their own: this one "
            "would tell everybody about them. Take them out, or reply to them alone.",
            field=FIELD,
        )
    return kept


def _ours(grounds: Iterable[Ground], conversation: Conversation) -> list[Ground]:
    kept = list({ground.key: ground for ground in grounds}.values())
    for ground in kept:
        if ground.conversation_id != conversation.pk:
            raise PermissionError("This is of another conversation.")
        if ground.idea is not None and ground.idea.retired_at is not None:
            raise Refused(
                f"The idea “{ground.idea.name}” was taken away. Choose something else.",
                field=FIELD,
            )
    return kept


def _readable(grounds: list[Ground]) -> set[tuple[str, int]]:
    passages = [ground.passage for ground in grounds if ground.passage]
    ideas = [ground.idea for ground in grounds if ground.idea]
    with_words = set(
        PassageSource.objects.filter(passage__in=passages, words__standing=Standing.SHOWN)
        .order_by()
        .values_list("passage_id", flat=True)
        .distinct()
    )
    # A question that was raised in a room has no words of one person under it.
    with_words |= {one.pk for one in passages if one.kind == Passage.Kind.RAISED and one.text}
    with_statements = set(
        Placement.objects.held()
        .filter(idea__in=ideas, statement__words__standing=Standing.SHOWN)
        .order_by()
        .values_list("idea_id", flat=True)
        .distinct()
    )
    return (
        {("passage", key) for key in with_words}
        | {("idea", key) for key in with_statements}
        | {("words", g.words.pk) for g in grounds if g.words and g.words.is_shown}
    )


def _no_words_left(ground: Ground) -> str:
    if ground.words is not None:
        why = "were taken back" if ground.words.is_withdrawn else "are not shown"
        return f"The words {ground.words.ref} {why}. Nothing can rest on them. Take them out."
    if ground.idea is not None:
        return (
            f"No words that can be read are left in the idea “{ground.idea.name}”. "
            "Nothing can rest on it. Take it out."
        )
    assert ground.passage is not None
    return (
        f"All the words under the line {ground.passage.ref} were taken back, or are not shown. "
        "Nothing can rest on it. Take it out."
    )
