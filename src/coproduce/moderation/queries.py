"""New words for the queue, seen without who wrote them, and how looking went by partner group."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from operator import eq

from django.core.paginator import Page
from django.db.models import Case, IntegerField, OuterRef, Prefetch, Subquery, Value, When
from django.utils import timezone

from commonground.rounding import STEP, WORDS_BELOW, rounded_count, share_in_words
from coproduce.conversations.models import Conversation
from coproduce.genuineness.models import PublicCount
from coproduce.moderation import names
from coproduce.moderation.models import Look
from coproduce.paging import page_of
from coproduce.responses.models import Reason
from coproduce.safeguarding.models import WorrySign
from coproduce.safeguarding.signs import PHRASES, phrases_worry
from coproduce.words.models import Masking, Standing, Words

ON_A_PAGE = 10
READ_AT_ONCE = 500

# How public counts of looks are named: this, then the key of the partner group.
LOOKED_AT = "looked at: "
NO_GROUP = "No group given"
TOO_FEW = "too few to tell"


@dataclass(frozen=True)
class NewWords:
    """Words as a facilitator sees them: no participant, no partner group, no time but the day."""

    ref: str
    kind: str
    about: str
    text: str
    day: datetime.date
    is_held: bool
    held_because: str
    may_worry: bool
    hidden: tuple[str, ...]
    suggestions: tuple[names.Suggestion, ...]
    seen: int

    @property
    def suggested(self) -> list[tuple[str, str, str]]:
        """For a form: position, the part itself, what it may be."""
        return [
            (f"{one.start}-{one.end}", self.text[one.start : one.end], one.what)
            for one in self.suggestions
        ]


def count_waiting(conversation: Conversation) -> int:
    return Words.objects.filter(conversation=conversation).awaiting_moderation().count()


def unread_by_phrases(conversation: Conversation) -> list[Words]:
    return list(
        Words.objects.filter(conversation=conversation, worry_sign=None)
        .awaiting_moderation()
        .select_related("kept_text")[:READ_AT_ONCE]
    )


def read_by_phrases(conversation: Conversation) -> None:
    """Give waiting words their first sign, so that what may worry stands first in the queue."""
    unread = unread_by_phrases(conversation)
    if unread:
        WorrySign.objects.bulk_create(
            [WorrySign(words=one, worries=phrases_worry(one.text), by=PHRASES) for one in unread],
            ignore_conflicts=True,
        )


def queue(
    conversation: Conversation, *, kind: str = "", held: bool = False, page: str | int | None = 1
) -> Page[NewWords]:
    """Words that wait, oldest first; before them, those that may tell of harm.

    `held`: those that somebody held, instead. Constant number of questions to the database.
    """
    standing = Standing.HELD if held else Standing.WAITING
    latest = Look.objects.filter(words=OuterRef("pk"), undone_at=None).order_by("-pk")
    found = (
        Words.objects.filter(conversation=conversation, standing=standing)
        .annotate(
            first=Case(
                When(worry_sign__worries=True, then=Value(0)),
                default=Value(1),
                output_field=IntegerField(),
            ),
            seen=Subquery(latest.values("pk")[:1]),
            held_because=Subquery(latest.values("note")[:1]),
        )
        .select_related("kept_text", "statement__question", "line_answer__wording")
        .prefetch_related(
            Prefetch("maskings", queryset=Masking.objects.filter(lifted_at=None)),
            Prefetch(
                "reason",
                queryset=Reason.objects.select_related(
                    "statement__words__kept_text"
                ).prefetch_related("statement__words__maskings"),
            ),
        )
        .order_by("first", "given_at", "pk")
    )
    if kind:
        found = found.filter(kind=kind)
    return page_of(found, page, size=ON_A_PAGE, turned=_all_as_seen)


def _all_as_seen(rows: Sequence[Words]) -> list[NewWords]:
    return [_as_seen(words) for words in rows]


def _as_seen(words: Words) -> NewWords:
    hidden = [span for masking in words.maskings.all() for span in masking.spans]
    return NewWords(
        ref=words.ref,
        kind=words.get_kind_display(),
        about=_about(words),
        text=words.text,
        day=timezone.localdate(words.given_at),
        is_held=words.standing == Standing.HELD,
        held_because=words.held_because or "",  # type: ignore[attr-defined]
        may_worry=words.first == 0,  # type: ignore[attr-defined]
        hidden=tuple(words.text[start:end] for start, end in sorted(hidden)),
        suggestions=tuple(
            one
            for one in names.suggest(words.text)
            if not any(start <= one.start and one.end <= end for start, end in hidden)
        ),
        seen=words.seen or 0,  # type: ignore[attr-defined]
    )


def _about(words: Words) -> str:
    """What the words answer. A reason stands under the words that it is about."""
    if words.kind == Words.Kind.STATEMENT and hasattr(words, "statement"):
        return words.statement.question.text
    if words.kind == Words.Kind.REASON and hasattr(words, "reason"):
        statement = words.reason.statement
        # Words that were hidden or set apart meanwhile are not read here either.
        text = f"“{statement.text}”" if statement.is_open else "a statement that is not shown now"
        return f"{words.reason.get_answer_display()}: {text}"
    if words.kind == Words.Kind.DISPUTE and hasattr(words, "line_answer"):
        return f"Not quite: “{words.line_answer.wording.text}”"
    return ""


@dataclass(frozen=True)
class LookedAt:
    """Of the words of one partner group that were looked at: exact, never shown as it is.

    people: who wrote them. standings: one for each of the words.
    """

    people: int
    standings: tuple[str, ...]

    def in_words(self) -> str:
        """What may be said in public, by the small-number rule: nothing below five people, the
        number of words rounded to 5, the share in a word."""
        if self.people < STEP:
            return TOO_FEW
        kept_back = sum(standing != Standing.SHOWN for standing in self.standings)
        most = WORDS_BELOW - 1
        share = share_in_words(round(most * kept_back / len(self.standings)), most)
        return f"{rounded_count(len(self.standings))} looked at; {share} not shown, or not yet"


def looks_by_partner_group(conversation: Conversation) -> dict[str, LookedAt]:
    """Exact, by the key of each partner group, and of no group ("").

    Somebody in two groups is counted in both. Words set apart or taken back are in none.
    """
    rows = list(
        Words.objects.filter(
            conversation=conversation,
            participant__isnull=False,
            standing__in=[Standing.SHOWN, Standing.HELD, Standing.NOT_SHOWN],
        ).values_list("participant_id", "participant__membership", "standing")
    )

    def of(picked: Callable[[int], bool]) -> LookedAt:
        some = [(who, standing) for who, membership, standing in rows if picked(membership)]
        return LookedAt(len({who for who, _ in some}), tuple(standing for _, standing in some))

    groups = conversation.partner_groups.all()
    return {
        **{group.key: of(partial(_stands_in, group.mask)) for group in groups},
        "": of(partial(eq, 0)),
    }


def _stands_in(mask: int, membership: int) -> bool:
    return bool(mask & membership)


def looks_in_public(conversation: Conversation) -> list[tuple[str, str]]:
    """What is said of each partner group by its label, "no group given" last.

    It moves only when five more people have come or gone (`moderation.rates`), so that no single
    look, and nobody who leaves, can be read from two states of the page.
    """
    said = dict(
        PublicCount.objects.filter(
            conversation=conversation, about__startswith=LOOKED_AT
        ).values_list("about", "shown__said")
    )
    named = [(group.key, group.label) for group in conversation.partner_groups.all()]
    return [(label, said.get(LOOKED_AT + key, TOO_FEW)) for key, label in [*named, ("", NO_GROUP)]]
