"""A file that somebody wants: what it is, and the digest of what it would be made from now."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from coproduce.conversations.models import Conversation
from coproduce.reports.models import AnnualReport, Production
from coproduce.reports.queries.stamps import (
    stamp_of_draft,
    stamp_of_pack,
    stamp_of_report,
    stamp_of_version,
    stamp_of_whole,
)
from coproduce.understanding.models import Version

# Rises when files come to look or to say something else, so that kept ones are made again.
EDITION = 2
# Every fingerprint begins with it, so that files of another edition are known.
THIS_EDITION = f"{EDITION:02}-"
DRAFTS = (Production.Kind.DRAFT_WHOLE, Production.Kind.DRAFT_PUBLISH)


@dataclass(frozen=True)
class Wanted:
    """One of version, report and conversation (for a pack) says what it is about."""

    kind: str
    version: Version | None = None
    report: AnnualReport | None = None
    conversation: Conversation | None = None
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def label(self) -> str:
        return str(Production.Kind(self.kind).label)

    @property
    def changes_with_every_act(self) -> bool:
        """A pack: while people are at work, it reads otherwise again as soon as it is made.

        Not with a yearly report that is a draft: comments may be left out of it at any time.
        """
        is_draft = self.report is not None and not self.report.is_final
        return self.kind == Production.Kind.PACK and not is_draft

    @property
    def conversations(self) -> list[int]:
        """Keys of those whose words may stand in it."""
        if self.report is not None:
            return list(self.report.conversations.values_list("pk", flat=True))
        return [] if self.conversation_id is None else [self.conversation_id]

    def fingerprint(self, of_report: list[Any] | None = None) -> str:
        """Asked in a few queries, however large the file. The same again is the same file.

        `of_report`: the stamp of its yearly report, where that was asked for a moment ago.
        """
        if self.kind in DRAFTS and self.conversation is not None:
            stamp = stamp_of_draft(self.conversation)
        elif self.kind == Production.Kind.VERSION_WHOLE and self.version is not None:
            stamp = stamp_of_whole(self.version)
        elif self.version is not None:
            stamp = stamp_of_version(self.version)
        elif self.report is None:
            stamp = stamp_of_pack([self.conversation_id])
        else:
            stamp = [*(of_report or stamp_of_report(self.report))]
            if self.kind == Production.Kind.PACK:
                of = self.report.conversations.values_list("pk", flat=True)
                stamp += stamp_of_pack(list(of))
        told = [EDITION, self.kind, self.about, sorted(self.details.items()), stamp]
        digest = hashlib.sha256(json.dumps(told, default=str).encode()).hexdigest()
        return (THIS_EDITION + digest)[:64]

    @property
    def conversation_id(self) -> int | None:
        if self.conversation is not None:
            return self.conversation.pk
        return self.version.conversation_id if self.version is not None else None

    @property
    def about(self) -> dict[str, int | None]:
        """The columns of a production that say what it is about."""
        return {
            "conversation_id": self.conversation_id,
            "version_id": self.version.pk if self.version else None,
            "report_id": self.report.pk if self.report else None,
        }


def fingerprints_of(wanted: Collection[Wanted]) -> dict[str, str]:
    """By kind. The files of one yearly report share most of what they are made from."""
    stamps: dict[int, list[Any]] = {}
    for one in wanted:
        if one.report is not None and one.report.pk not in stamps:
            stamps[one.report.pk] = stamp_of_report(one.report)
    return {
        one.kind: one.fingerprint(None if one.report is None else stamps[one.report.pk])
        for one in wanted
    }
