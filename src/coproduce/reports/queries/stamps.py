"""What a file is made from, as a few numbers that change when it would come out differently."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max
from django.utils import timezone

from coproduce.audit.models import Entry
from coproduce.audit.sentences import LOOKING, SAFETY, TAKING_PART, acts_of
from coproduce.genuineness.models import PublicCount
from coproduce.reports.queries.writers import ABOUT as WHOSE_WORDS
from coproduce.responses.models import Figure

if TYPE_CHECKING:
    from coproduce.reports.models import AnnualReport
    from coproduce.understanding.models import Version

# Acts that change which words are shown, and how.
OF_WORDS = (*acts_of(LOOKING), *acts_of(TAKING_PART), *acts_of(SAFETY))


def stamp_of_version(version: Version) -> list[Any]:
    """A version is frozen: only words that were taken back, hidden or masked change it."""
    last = Entry.objects.filter(
        conversation_id=version.conversation_id, act__in=OF_WORDS
    ).aggregate(last=Max("pk"))
    return [version.pk, last["last"]]


def stamp_of_report(report: AnnualReport) -> list[Any]:
    """A draft changes with every act in its conversations, a final report with words alone."""
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
