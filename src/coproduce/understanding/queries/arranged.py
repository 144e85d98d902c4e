"""What people said and where it was put, read as rows: the draft is made of it.

Texts and figures are read only for the clusters that are asked for. A page of the draft shows a
few of thousands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from coproduce.ideas.models import Placement
from coproduce.prepared import Prepared
from coproduce.responses.models import Figure
from coproduce.statements.models import RoomMark, Statement
from coproduce.statements.models import Source as CameFrom
from coproduce.understanding.document import Source
from coproduce.understanding.figures import ShownFigure
from coproduce.words.models import Masking, Words, WordsText, masked, masks_of

if TYPE_CHECKING:
    from coproduce.conversations.models import Conversation

# More clusters than this are read with all others: their keys would not fit in one question.
MOST_KEYS = 400


class Said(NamedTuple):
    """A shown statement."""

    pk: int
    words_id: int
    ref: str
    digest: str
    standing: str
    question_id: int
    source: str
    cluster: int
    listed: int | None


@dataclass(slots=True)
class Together:
    """The shown statements of one cluster, the listed one first, and where they stand."""

    statements: list[Said] = field(default_factory=list)
    places: dict[int, tuple[int, int]] = field(default_factory=dict)

    @property
    def listed(self) -> Said:
        return self.statements[0]

    @property
    def from_people(self) -> bool:
        return any(one.source == CameFrom.PERSON for one in self.statements)


# Every page of the draft begins with these.
_marks = Prepared(
    lambda conversation: RoomMark.objects.filter(conversation=conversation).values_list(
        "statement_id", "idea_id", "count"
    ),
    "conversation",
)
_said = Prepared(
    lambda conversation: (
        Statement.objects.filter(conversation=conversation)
        .shown()
        .order_by("pk")
        .values_list(
            *("pk", "words_id", "words__ref", "words__digest", "words__standing"),
            *("question_id", "source", "cluster_id", "cluster__listed_id"),
        )
    ),
    "conversation",
)
_placed = Prepared(
    lambda conversation: (
        Placement.objects.held()
        .filter(idea__conversation=conversation, idea__retired_at=None)
        .values_list("idea_id", "statement__cluster_id", "position", "pk")
    ),
    "conversation",
)


class Arrangement:
    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation
        self.marks: dict[int, int] = defaultdict(int)
        self.idea_marks: dict[int, int] = defaultdict(int)
        for statement, idea, count in _marks.rows(conversation=conversation.pk):
            if statement is not None:
                self.marks[statement] += count
            elif idea is not None:
                self.idea_marks[idea] += count
        self.clusters: dict[int, Together] = defaultdict(Together)
        for one in map(Said._make, _said.rows(conversation=conversation.pk)):
            self.clusters[one.cluster].statements.append(one)
        for together in self.clusters.values():
            if len(together.statements) > 1:
                together.statements.sort(key=lambda one: (one.pk != one.listed, one.pk))
        self.in_idea: dict[int, list[int]] = defaultdict(list)
        self._place()
        self._texts: dict[int, str] = {}
        self._figures: dict[int, ShownFigure | None] = {}
        self._figures_read: set[int] = set()

    def _place(self) -> None:
        """Where each cluster stands: in an idea once, where the first of its statements stands.

        Also where that one is not shown: as on the workbench, the others stand there for it.
        """
        for idea, cluster, position, key in _placed.rows(conversation=self.conversation.pk):
            if together := self.clusters.get(cluster):
                was = together.places.get(idea)
                if was is None or (position, key) < was:
                    together.places[idea] = (position, key)
        for cluster, together in self.clusters.items():
            for idea in together.places:
                self.in_idea[idea].append(cluster)

    def read_figures(self, clusters: Collection[int]) -> None:
        """What may be shown of the answers to these clusters."""
        wanted = set(clusters) - self._figures_read
        if not wanted:
            return
        figures = Figure.objects.filter(cluster__conversation=self.conversation)
        if len(wanted) <= MOST_KEYS:
            figures = figures.filter(cluster__in=wanted)
        for cluster, shown in figures.values_list("cluster_id", "shown"):
            if cluster in wanted:
                self._figures[cluster] = ShownFigure.of(shown)
        self._figures_read |= wanted

    def figure(self, cluster: int) -> ShownFigure | None:
        """Needs `read_figures`."""
        assert cluster in self._figures_read
        return self._figures.get(cluster)

    def read_texts(self, clusters: Collection[int]) -> None:
        """The words of these clusters as others may read them."""
        wanted = {s.words_id for key in clusters for s in self.clusters[key].statements}
        texts = WordsText.objects.filter(
            words__conversation=self.conversation, words__kind=Words.Kind.STATEMENT
        )
        masks = Masking.objects.filter(words__conversation=self.conversation)
        if len(wanted) <= MOST_KEYS:
            texts, masks = texts.filter(words__in=wanted), masks.filter(words__in=wanted)
        hidden = masks_of(masks)
        for words, text in texts.values_list("words_id", "text"):
            if words in wanted:
                self._texts[words] = masked(text, hidden.get(words, ()))

    def source(self, one: Said, *, is_listed: bool) -> Source:
        """Needs `read_texts`. Words that are kept no more have no text."""
        return Source(
            words_id=one.words_id,
            ref=one.ref,
            digest=one.digest,
            text=self._texts.get(one.words_id, ""),
            standing=one.standing,
            is_listed=is_listed,
            room_marks=self.marks.get(one.pk, 0),
        )
