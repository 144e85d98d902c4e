"""What became of somebody's own words, for the person who wrote them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Count

from coproduce.agreeing.models import LineAnswer
from coproduce.moderation.models import Look
from coproduce.people.models import Participant
from coproduce.prepared import Prepared
from coproduce.responses.models import Reason
from coproduce.statements.models import LikenessAnswer, MergeLink
from coproduce.understanding.models import PassageSource
from coproduce.words.models import Standing, Words

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from coproduce.decisions.queries.journey import Journey

LOOKED_AT_WITH_CARE = "We are looking at these words with care. Others do not see them."

# Held and set apart read the same: whoever looks over a shoulder learns nothing.
IN_WORDS = {
    Standing.WAITING: "Nobody has looked at these words yet. Others do not see them yet.",
    Standing.SHOWN: "Others can read these words.",
    Standing.HELD: LOOKED_AT_WITH_CARE,
    Standing.SET_APART: LOOKED_AT_WITH_CARE,
    Standing.NOT_SHOWN: "Others do not see these words.",
    Standing.WITHDRAWN: "You took these words back. The text is erased.",
}


@dataclass
class Became:
    """Words of one's own and what has become of them.

    `why`: the team's reason where they are not shown. `link`, `not_the_same`: what the writer
    said of others' words.
    `journey`: of a statement, where the page tells the whole way.
    `of_wording`, `team_answer`: of a dispute, the line and what the team did about it.
    """

    words: Words
    standing: str
    why: str = ""
    reasons: int = 0
    lines: list[str] = field(default_factory=list)
    link: MergeLink | None = None
    not_the_same: list[LikenessAnswer] = field(default_factory=list)
    of_wording: str = ""
    team_answer: str = ""
    journey: Journey | None = None

    @property
    def can_be_taken_back(self) -> bool:
        return not self.words.is_withdrawn


def own_words(participant: Participant) -> QuerySet[Words]:
    return (
        Words.objects.filter(participant=participant)
        .select_related("kept_text", "statement__question", "reason__statement__words__kept_text")
        .prefetch_related("maskings", "reason__statement__words__maskings")
        .order_by("-given_at", "-pk")
    )


def what_became_of(words: Sequence[Words]) -> list[Became]:
    """The same number of questions to the database, however many words; none without words."""
    if not words:
        return []
    keys = [one.pk for one in words]
    became = {one.pk: Became(one, str(IN_WORDS[Standing(one.standing)])) for one in words}
    for look in Look.objects.filter(words__in=keys, undone_at=None).order_by("at", "pk"):
        became[look.words_id].why = _why(look) if look.outcome == Look.Outcome.NOT_SHOWN else ""
    reasons = dict(
        Reason.objects.filter(statement__in=keys, words__standing=Standing.SHOWN)
        .values_list("statement_id")
        .annotate(Count("pk"))
    )
    for words_key, ref in (
        PassageSource.objects.filter(words__in=keys)
        .order_by("-passage__version__number")
        .values_list("words_id", "passage__ref")
    ):
        if not became[words_key].lines:
            became[words_key].lines.append(ref)
    for link in said_to_be_the_same(keys):
        became[link.first_id].link = link
    for answer in LikenessAnswer.objects.not_the_same(keys):
        became[answer.first_id].not_the_same.append(answer)
    if any(one.kind == Words.Kind.DISPUTE for one in words):
        _disputes(became)
    for key, number in reasons.items():
        became[key].reasons = number
    return [became[key] for key in keys]


def said_to_be_the_same(keys: Iterable[int]) -> QuerySet[MergeLink]:
    """What the writers of these words say to be the same as theirs, with its words."""
    return (
        MergeLink.objects.filter(first__in=keys, by_writer=True, cut_at=None)
        .select_related("second__words__kept_text")
        .prefetch_related("second__words__maskings")
        .order_by("pk")
    )


_links = Prepared(lambda words: said_to_be_the_same([words]).order_by().values_list("pk"), "words")
_not_the_same = Prepared(
    lambda words: LikenessAnswer.objects.not_the_same([words]).order_by().values_list("pk"),
    "words",
)


def told_of(words: int) -> tuple[MergeLink | None, list[LikenessAnswer]]:
    """What their writer says to be the same as these words, and what partly or not.

    Asked on the page after words are sent, when there mostly is nothing yet.
    """
    link = said_to_be_the_same([words]).first() if _links.rows(words=words) else None
    told = _not_the_same.rows(words=words)
    return link, list(LikenessAnswer.objects.not_the_same([words])) if told else []


def _disputes(became: dict[int, Became]) -> None:
    for answer in (
        LineAnswer.objects.filter(words__in=became)
        .select_related("wording")
        .prefetch_related("steps")
    ):
        if answer.words_id is None:
            continue
        one = became[answer.words_id]
        one.of_wording = answer.wording.text
        for step in answer.steps.all():  # the last one stands
            reason = f" {step.reason}" if step.reason else ""
            one.team_answer = f"{step.get_outcome_display()}.{reason}"


def _why(look: Look) -> str:
    ground = look.get_ground_display() if look.ground else ""
    if look.ground == Look.Ground.OTHER:
        ground = ""
    return " ".join(_as_sentence(part) for part in (ground, look.note.strip()) if part)


def _as_sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
