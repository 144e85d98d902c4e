"""What a file is made from, as a few numbers that change when it would come out differently."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Sum
from django.utils import timezone

from coproduce.agreeing.models import LineAnswer
from coproduce.audit.models import Entry
from coproduce.audit.sentences import LOOKING, SAFETY, TAKING_PART, acts_of
from coproduce.decisions.models import RestsOn
from coproduce.decisions.queries.beside import shows_outcomes
from coproduce.genuineness.models import PublicCount
from coproduce.reports.queries.writers import ABOUT as WHOSE_WORDS
from coproduce.responses.models import Figure
from coproduce.understanding.models import Draft
from coproduce.words.models import Masking, Words, WordsText

if TYPE_CHECKING:
    from coproduce.conversations.models import Conversation
    from coproduce.reports.models import AnnualReport
    from coproduce.understanding.models import Version

# Acts that change which words are shown, and how.
OF_WORDS = (*acts_of(LOOKING), *acts_of(TAKING_PART), *acts_of(SAFETY))


# Turning a key changes nothing of the draft that it is for.
OF_KEYS = ("turn_first_key", "turn_only_key", "turn_second_key", "take_back_key")
FIGURES_LOOKED_AT = 600  # seconds


def stamp_of_version(version: Version) -> list[Any]:
    """A version is frozen: only words that were taken back, hidden or masked change it."""
    last = Entry.objects.filter(
        conversation_id=version.conversation_id, act__in=OF_WORDS
    ).aggregate(last=Max("pk"))
    return [version.pk, last["last"]]


def stamp_of_whole(version: Version) -> list[Any]:
    """Words as they may be read, and, where it tells what became of ideas, every act and the day.

    It is a page, and anybody reads it at once: the words themselves are looked at, not the log.
    """
    conversation = version.conversation
    told = [version.pk, conversation.name, _words(conversation.pk)]
    if shows_outcomes(version):
        told += [_last_act(conversation.pk), timezone.localdate()]
    return told


def stamp_of_draft(conversation: Conversation) -> list[Any]:
    """What people decided and wrote. Of figures only whether they moved since some minutes ago.

    In a lively conversation they move all the time, and a page that is made anew each time would
    never be ready. They stand as they are when the last key turns; nothing is published by this.
    """
    pk = conversation.pk
    moved = Figure.objects.filter(cluster__conversation=pk).aggregate(last=Max("moved_at"))["last"]
    answers = LineAnswer.objects.filter(wording__conversation=pk)
    revision = Draft.objects.filter(conversation=pk).values_list("revision", flat=True).first()
    return [
        [pk, conversation.name, conversation.enough, conversation.one_room],
        list(conversation.partner_groups.order_by("pk").values_list("key", "label", "retired_at")),
        [conversation.arrangement_revision, revision, _last_act(pk)],
        _words(pk),
        sorted(answers.aggregate(all=Count("pk"), last=Max("pk")).items()),
        moved and int(moved.timestamp()) // FIGURES_LOOKED_AT,
        conversation.versions.aggregate(last=Max("pk"))["last"],
    ]


def _last_act(conversation: int) -> int | None:
    acts = Entry.objects.filter(conversation=conversation).exclude(act__in=OF_KEYS)
    last: int | None = acts.aggregate(last=Max("pk"))["last"]
    return last


def _words(conversation: int) -> list[Any]:
    """Which words may be read, and what is hidden in them."""
    masks = Masking.objects.filter(words__conversation=conversation)
    return [
        sorted(
            Words.objects.filter(conversation=conversation)
            .order_by()
            .values_list("standing")
            .annotate(Count("pk"), Sum("pk"))
        ),
        WordsText.objects.filter(words__conversation=conversation).count(),
        sorted(masks.aggregate(all=Count("pk"), last=Max("pk"), lifted=Count("lifted_at")).items()),
    ]


def stamp_of_report(report: AnnualReport) -> list[Any]:
    """A draft changes with every act in its conversations, a final report with words alone, and
    with what has to be looked at again since some were taken back."""
    entries = Entry.objects.filter(conversation__in=report.conversations.all())
    if report.is_final:
        entries = entries.filter(act__in=OF_WORDS)
    left_out = report.left_out.aggregate(all=Count("pk"), lifted=Count("lifted_at"))
    return [
        report.final_at,
        [report.title, report.introduction, report.first_day, report.last_day],
        list(report.conversations.order_by("pk").values_list("pk", flat=True)),
        entries.aggregate(last=Max("pk"))["last"],
        left_out["all"],
        left_out["lifted"],
        None if report.is_final else timezone.localdate(),
        RestsOn.objects.held()
        .filter(conversation__in=report.conversations.all())
        .exclude(review_since=None)
        .count(),
    ]


def stamp_of_pack(conversations: Collection[int | None]) -> list[Any]:
    """Every act, every public figure that moved, and the day: dates are overdue by the day."""
    return [
        sorted(key for key in conversations if key is not None),
        Entry.objects.filter(conversation__in=conversations).aggregate(last=Max("pk"))["last"],
        Figure.objects.filter(cluster__conversation__in=conversations).aggregate(
            last=Max("moved_at")
        )["last"],
        # Whose words may be told is decided while a file is made: it is no reason to make it again.
        PublicCount.objects.filter(conversation__in=conversations)
        .exclude(about=WHOSE_WORDS)
        .aggregate(last=Max("moved_at"))["last"],
        timezone.localdate(),
    ]
