"""Moving the counts of people that may be shown. The worker's business, never a request's.

What people answered goes through `commonground.small_numbers`, numbers of people alone through
`commonground.public_counts`; a row of `PublicCount` keeps what is shown of each, and what the next
is checked against.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from commonground.agreement import Counts, Stance
from commonground.public_counts import PublicCounts, public_counts
from commonground.rounding import STEP
from commonground.small_numbers import PublicFigures, public_figures
from coproduce.aside import aside
from coproduce.conversations.models import Conversation, PartnerGroup
from coproduce.genuineness import counting
from coproduce.genuineness.models import CheckIn, PublicCount
from coproduce.genuineness.moving import keep_moved
from coproduce.genuineness.questions import CORNERSTONES, FIVE
from coproduce.responses.models import Figure
from coproduce.statements.models import Cluster
from coproduce.words.models import Standing

TOOK_PART, AREAS, WAYS = "people by partner group", "people by area", "people by way"
ASKED, ANSWERED = "asked to check in", "answered a check-in"
HOW_FAR, WORDINGS = "check-in how far", "wordings"
HEARD = "statements heard"


def felt_about(asked: str) -> str:
    return f"check-in {asked}"


def cornerstone_about(asked: str, year: int) -> str:
    return f"cornerstone {year} {asked}"


def move_public_counts(conversation: Conversation) -> None:
    """Work out everything again, and move what may move. Twice is the same as once.

    It takes long, so it asks for no lock while it works.
    """
    groups = [g for g in conversation.partner_groups.all() if g.retired_at is None]
    moving = _Moving(conversation, groups)
    people = counting.took_part(conversation)
    memberships = [membership for membership, _ in people]
    moving.cells(TOOK_PART, counting.by_group(memberships, groups))
    areas = list(conversation.areas.all())
    moving.cells(AREAS, counting.by_area([area for _, area in people], areas))
    moving.cells(WAYS, counting.by_way(conversation))
    asked, answered = counting.asked_and_answered(conversation)
    moving.cells(ASKED, {"people": len(asked)})
    moving.cells(ANSWERED, {"people": len(answered)})
    for question in (*FIVE, "already_decided"):
        moving.figures(felt_about(question), counting.felt(conversation, question))
    moving.figures(HOW_FAR, counting.how_far(conversation))
    for year in (
        CheckIn.objects.filter(
            conversation=conversation, occasion=CheckIn.Occasion.YEARLY, year__isnull=False
        )
        .values_list("year", flat=True)
        .distinct()
        .order_by("year")
    ):
        for question in CORNERSTONES:
            moving.figures(
                cornerstone_about(question, int(year or 0)),
                counting.cornerstones(conversation, question, int(year or 0)),
                sides=(counting.FAMILIES, counting.PROFESSIONALS),
            )
    for name, became in counting.what_became_of_writers(conversation).items():
        moving.figures(name, became, fresh=True)
    moving.figures(WORDINGS, counting.wordings(conversation), fresh=True)
    moving.heard()


class _Moving:
    def __init__(self, conversation: Conversation, groups: Sequence[PartnerGroup]) -> None:
        self.conversation = conversation
        self.groups = groups
        self.rows = {
            row.about: row for row in PublicCount.objects.filter(conversation=conversation)
        }

    def cells(self, about: str, cells: Mapping[str, int]) -> None:
        """Numbers of people alone, each cell by itself."""
        row = self.rows.get(about)
        before = None if row is None else PublicCounts.of(row.memory["counted"])
        now = public_counts(cells, previous=before)
        if before is None or now != before:
            people = sum(now.counted.values())
            self._keep(about, people, {"cells": now.public_list()}, {"counted": dict(now.counted)})

    def figures(
        self,
        about: str,
        counts: counting.ByMembership,
        *,
        sides: Sequence[str] = (),
        fresh: bool = False,
    ) -> None:
        """What people answered, or what became of their words, by partner group.

        `sides`: two sides instead of the partner groups; the counts are then by those two bits.
        `fresh`: something that happens to the same people as time goes on. The figures then stand
        alone each time, and move when it has happened to five more; otherwise they would stay as
        they were when they were first shown.
        """
        row = self.rows.get(about)
        people = sum(one.people for one in counts.values())
        if row is None and people < self.conversation.enough:
            return
        if row is not None and not self._is_due(row, counts, people, fresh=fresh):
            return
        named = _named(counts, sides) if sides else self._by_group(counts)
        previous = None
        if row is not None and not fresh:
            previous = PublicFigures.from_dict({**row.shown, "memory": row.memory["figures"]})
        figures = aside(
            partial(
                public_figures,
                named,
                invited=list(sides) or [group.key for group in self.groups],
                enough=self.conversation.enough,
                previous=previous,
            )
        )
        whole = figures.to_dict()
        memory = {"figures": whole.pop("memory")}
        if fresh:
            memory["counts"] = _plain(counts)
        self._keep(about, people, whole, memory)

    def heard(self) -> None:
        """Of the statements listed: answered by enough people of each partner group.

        Worked out from figures that are public already, so nothing more is told by it.
        """
        taking_part = [key for key, people in self._told(TOOK_PART) if people]
        clusters = (
            Cluster.objects.filter(
                conversation=self.conversation, statements__words__standing=Standing.SHOWN
            )
            .distinct()
            .count()
        )
        heard = 0
        by_group = dict.fromkeys(taking_part, 0)
        for shown in Figure.objects.filter(
            cluster__in=Cluster.objects.filter(
                conversation=self.conversation, statements__words__standing=Standing.SHOWN
            )
        ).values_list("shown", flat=True):
            enough = [
                key
                for key in taking_part
                if key in shown.get("groups", {})
                and shown["groups"][key]["stance"] != Stance.TOO_FEW_TO_TELL
            ]
            for key in enough:
                by_group[key] += 1
            heard += bool(taking_part) and len(enough) == len(taking_part)
        now = {
            "statements": clusters,
            "heard": heard,
            "by_group": [[*one] for one in by_group.items()],
        }
        row = self.rows.get(HEARD)
        if row is None or row.shown != now:
            self._keep(HEARD, 0, now, {})

    def _told(self, about: str) -> list[tuple[str, int]]:
        row = self.rows.get(about)
        return [] if row is None else [(key, people) for key, people in row.shown["cells"]]

    def _by_group(self, counts: counting.ByMembership) -> dict[frozenset[str], Counts]:
        found: dict[frozenset[str], Counts] = {}
        for membership, one in counts.items():
            who = frozenset(group.key for group in self.groups if membership & group.mask)
            found[who] = found.get(who, Counts()) + one
        return found

    def _is_due(
        self, row: PublicCount, counts: counting.ByMembership, people: int, *, fresh: bool
    ) -> bool:
        if not fresh:
            return bool(abs(people - row.people) >= STEP)
        before = {(int(mask), name): n for mask, name, n in row.memory["counts"]}
        now = {(int(mask), name): n for mask, name, n in _plain(counts)}
        moved = [now.get(place, 0) - before.get(place, 0) for place in now.keys() | before.keys()]
        came, went = sum(n for n in moved if n > 0), -sum(n for n in moved if n < 0)
        return bool(max(came, went) >= STEP)

    def _keep(self, about: str, people: int, shown: dict[str, Any], memory: dict[str, Any]) -> None:
        self.rows[about] = keep_moved(
            self.rows.get(about),
            conversation=self.conversation,
            about=about,
            people=people,
            shown=shown,
            memory=memory,
        )


def _named(counts: counting.ByMembership, sides: Sequence[str]) -> dict[frozenset[str], Counts]:
    return {
        frozenset(side for bit, side in enumerate(sides) if membership & (1 << bit)): one
        for membership, one in counts.items()
    }


def _plain(counts: counting.ByMembership) -> list[list[int | str]]:
    return [
        [membership, name, number]
        for membership, one in sorted(counts.items())
        for name in ("agree", "disagree", "not_sure", "mixed")
        if (number := getattr(one, name))
    ]
