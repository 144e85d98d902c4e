"""What a version says that changed since the one before it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from coproduce.ideas.models import Wording
from coproduce.understanding.document import Change, Changes, Document, Line
from coproduce.understanding.models import Version
from coproduce.understanding.queries.versions import lines_at, published_document

TEXT_PARTS = {
    "title": "The title",
    "introduction": "The introduction",
    "how_it_was_done": "How it was done",
    "order": "The order of the lines",
    "rule": "The rule for agreement",
}


def changes_since_before(version: Version, start: int = 0, stop: int | None = None) -> Changes:
    """What changed since the version before: of the lines only those from `start` up to `stop`.

    It was worked out when the version was published. The words are read as they read today.
    """
    before = (
        Version.objects.filter(conversation_id=version.conversation_id, number__lt=version.number)
        .order_by("-number")
        .first()
    )
    if before is None:
        return Changes()
    kept = version.frozen.get("changes")
    if kept is None:  # it was published before this was kept
        earlier, later = published_document(before), published_document(version)
        kept = frozen_changes(compare(earlier, later), earlier, later)
    some = kept["lines"][start:stop]
    was = lines_at(before, {place for _, place, _ in some if place is not None})
    now = lines_at(version, {place for _, _, place in some if place is not None})
    return Changes(
        note=version.what_changed,
        changes=tuple(Change(kind, was.get(old), now.get(new)) for kind, old, new in some),
        headings_new=tuple(kept["headings_new"]),
        headings_gone=tuple(kept["headings_gone"]),
        text_changed=tuple(kept["text_changed"]),
        all_lines=len(kept["lines"]),
    )


def frozen_changes(changes: Changes, before: Document, after: Document) -> dict[str, Any]:
    """As a version keeps it: lines by their positions, so that no words stand in it."""
    earlier = {id(line): place for place, line in enumerate(before.lines)}
    later = {id(line): place for place, line in enumerate(after.lines)}
    return {
        "lines": [
            [
                one.kind,
                None if one.before is None else earlier[id(one.before)],
                None if one.after is None else later[id(one.after)],
            ]
            for one in changes.changes
        ],
        "headings_new": changes.headings_new,
        "headings_gone": changes.headings_gone,
        "text_changed": changes.text_changed,
    }


def compare(before: Document, after: Document, note: str = "") -> Changes:
    """Lines added, gone and changed, figures that moved, headings, and the text around them."""
    return Changes(
        note=note,
        changes=tuple(_lines(before, after)),
        headings_new=_only_in(_headings(after), _headings(before)),
        headings_gone=_only_in(_headings(before), _headings(after)),
        text_changed=tuple(
            label
            for name, label in TEXT_PARTS.items()
            if getattr(before, name) != getattr(after, name)
        ),
    )


def _lines(before: Document, after: Document) -> list[Change]:
    """Lines are the same where they rest on some of the same words, in the same idea first."""
    earlier = _Earlier(before, _roots(before, after))
    changes = []
    for line in after.lines:
        match = earlier.take(line)
        kind = Change.NEW if match is None else _what_changed(match, line)
        if kind:
            changes.append(Change(kind, match, line))
    stands_in = {
        source.words_id: place for place, line in enumerate(after.lines) for source in line.sources
    }
    for line in earlier.left:
        places = {
            stands_in[source.words_id] for source in line.sources if source.words_id in stands_in
        }
        if len(places) == 1:
            changes.append(Change(Change.JOINED, line, after.lines[places.pop()]))
        else:
            changes.append(Change(Change.GONE, line, None))
    return changes


class _Earlier:
    """The lines of the version before, found by what they rest on, each taken once."""

    def __init__(self, before: Document, roots: dict[int, int]) -> None:
        self.roots = roots
        self.lines = before.lines
        self.taken: set[int] = set()
        self.by_trace: dict[tuple[str, object], list[int]] = defaultdict(list)
        for place, line in enumerate(self.lines):
            for trace in self._traces(line):
                self.by_trace[trace].append(place)

    @property
    def left(self) -> list[Line]:
        return [line for place, line in enumerate(self.lines) if place not in self.taken]

    def take(self, line: Line) -> Line | None:
        traces = self._traces(line)
        near = {
            place
            for trace in traces
            for place in self.by_trace.get(trace, [])
            if place not in self.taken
        }
        if not near:
            return None
        best = max(near, key=lambda place: (self._likeness(line, self.lines[place]), -place))
        self.taken.add(best)
        return self.lines[best]

    def _traces(self, line: Line) -> list[tuple[str, object]]:
        traces: list[tuple[str, object]] = [("words", source.words_id) for source in line.sources]
        if line.wording_id is not None:
            traces.append(("wording", self.roots[line.wording_id]))
        if not traces:
            traces.append(("text", line.text))
        return traces

    def _likeness(self, line: Line, other: Line) -> tuple[bool, bool, bool]:
        wordings = (line.wording_id, other.wording_id)
        same_wording = None not in wordings and len({self.roots[w] for w in wordings if w}) == 1
        return (same_wording, line.idea_id == other.idea_id, line.kind == other.kind)


def _what_changed(before: Line, after: Line) -> str:
    if (before.kind, before.text, _words(before)) != (after.kind, after.text, _words(after)):
        return Change.REWORDED
    if (before.idea_id, before.question_id) != (after.idea_id, after.question_id):
        return Change.MOVED
    if before.disputes != after.disputes:
        return Change.DISPUTED
    if before.agreed != after.agreed:
        return Change.FIGURES
    if before.figures != after.figures or before.room_marks != after.room_marks:
        return Change.FIGURES
    return ""


def _words(line: Line) -> tuple[set[int], set[int]]:
    return (
        {source.words_id for source in line.listed},
        {source.words_id for source in line.sources},
    )


def _roots(*documents: Document) -> dict[int, int]:
    """The first of each chain of wordings that replaced one another."""
    wanted = {
        line.wording_id
        for document in documents
        for line in document.lines
        if line.wording_id is not None
    }
    if not wanted:
        return {}
    of_conversation = Wording.objects.filter(
        conversation__in=Wording.objects.filter(pk__in=wanted).values("conversation")
    )
    replaces = dict(of_conversation.values_list("pk", "replaces_id"))
    roots: dict[int, int] = defaultdict(int)
    for wording in wanted:
        root = wording
        while (earlier := replaces.get(root)) is not None:
            root = earlier
        roots[wording] = root
    return roots


def _headings(document: Document) -> dict[int, str]:
    return {idea.idea_id: idea.name for part in document.questions for idea in part.ideas}


def _only_in(these: dict[int, str], those: dict[int, str]) -> tuple[str, ...]:
    return tuple(name for key, name in these.items() if key not in those)
