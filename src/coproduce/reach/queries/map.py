"""The embedding map: one table by stage, gaps first."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from coproduce.conversations.models import Conversation, PartnerGroup, Phase
from coproduce.conversations.starting import SEND_GROUPS
from coproduce.reach.models import Involved, Involvement, MapEntry, Stage


@dataclass(frozen=True)
class Cell:
    """One stage of one decision or service."""

    stage: str
    label: str
    involved: tuple[Involvement, ...]
    not_involved: tuple[Involvement, ...]
    unknown: tuple[str, ...]

    @property
    def gaps(self) -> int:
        """Partner groups that were not involved; nothing known of a stage is no gap yet."""
        return len(self.not_involved)

    @property
    def is_known(self) -> bool:
        return bool(self.involved or self.not_involved)


@dataclass(frozen=True)
class MapLine:
    entry: MapEntry
    cells: tuple[Cell, ...]

    @property
    def gaps(self) -> int:
        return sum(cell.gaps for cell in self.cells)

    @property
    def note_of_all(self) -> str:
        """What is noted alike of several, and of nobody otherwise: said once, beside the name."""
        notes = [one.note for cell in self.cells for one in (*cell.involved, *cell.not_involved)]
        return notes[0] if len(notes) > 1 and len(set(notes)) == 1 else ""

    @property
    def stages_unknown(self) -> int:
        return sum(not cell.is_known for cell in self.cells)


@dataclass(frozen=True)
class Gap:
    """A partner group that was not involved at a stage, and in how many entries."""

    stage: str
    label: str
    entries: int


@dataclass(frozen=True)
class EmbeddingMap:
    lines: tuple[MapLine, ...]
    groups: tuple[tuple[str, str], ...]

    @property
    def gaps(self) -> list[Gap]:
        """Where somebody is left out most often: the answer to "where and who?"."""
        found: dict[tuple[str, str], int] = defaultdict(int)
        labels = dict(self.groups)
        for line in self.lines:
            for cell in line.cells:
                for one in cell.not_involved:
                    found[cell.stage, labels[one.group_key]] += 1
        order = {stage: place for place, stage in enumerate(Stage.values)}
        return [
            Gap(Stage(stage).label, label, entries)
            for (stage, label), entries in sorted(
                found.items(), key=lambda item: (-item[1], order[item[0][0]], item[0][1])
            )
        ]


def groups_of_the_area() -> tuple[tuple[str, str], ...]:
    """Key and label of every partner group that this installation knows, the usual ones first."""
    known = {group.key: group.label for group in SEND_GROUPS}
    for key, label in (
        PartnerGroup.objects.filter(retired_at=None)
        .exclude(conversation__phases=[Phase.DRAFT])
        .order_by("pk")
        .values_list("key", "label")
    ):
        known.setdefault(key, label)
    for key, label in (
        Involvement.objects.filter(ended_at=None, entry__retired_at=None)
        .order_by("pk")
        .values_list("group_key", "group_label")
    ):
        known.setdefault(key, label)
    return tuple(known.items())


def embedding_map() -> EmbeddingMap:
    """Everything on the map, most gaps first, in a number of questions that does not grow."""
    groups = groups_of_the_area()
    by_entry: dict[int, list[Involvement]] = defaultdict(list)
    for one in Involvement.objects.filter(ended_at=None, entry__retired_at=None):
        by_entry[one.entry_id].append(one)
    lines = [
        _line(entry, by_entry[entry.pk], groups)
        for entry in MapEntry.objects.filter(retired_at=None).select_related("conversation")
    ]
    lines.sort(key=lambda line: (-line.gaps, -line.stages_unknown, line.entry.name))
    return EmbeddingMap(tuple(lines), groups)


def _line(
    entry: MapEntry, involvements: list[Involvement], groups: tuple[tuple[str, str], ...]
) -> MapLine:
    """Every partner group by one name, whatever a file or a conversation calls it."""
    labels = dict(groups)
    for one in involvements:
        one.group_label = labels[one.group_key]
    involvements.sort(key=lambda one: (one.group_label, one.pk))
    return MapLine(entry, tuple(_cell(stage, involvements, groups) for stage in Stage))


def _cell(
    stage: Stage, involvements: list[Involvement], groups: tuple[tuple[str, str], ...]
) -> Cell:
    here = [one for one in involvements if one.stage == stage]
    said = {one.group_key for one in here}
    return Cell(
        stage=stage.value,
        label=stage.label,
        involved=tuple(one for one in here if one.how != Involved.NOT),
        not_involved=tuple(one for one in here if one.how == Involved.NOT),
        unknown=tuple(label for key, label in groups if key not in said),
    )


def entry_line(entry: MapEntry) -> MapLine:
    """One entry with its stages, for who changes it."""
    groups = groups_of_the_area()
    return _line(entry, list(entry.involvements.filter(ended_at=None)), groups)


def conversations_to_prefill() -> list[Conversation]:
    """Conversations that have been opened and do not stand on the map yet."""
    return list(
        Conversation.objects.exclude(phases=[Phase.DRAFT])
        .exclude(map_entries__retired_at__isnull=True, map_entries__isnull=False)
        .order_by("-opened_at", "pk")
    )
