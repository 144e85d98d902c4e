"""The draft, made from the arrangement: what people said, where it stands, and its figures."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from coproduce.agreeing.counts import shown_for
from coproduce.agreeing.queries.disputes import standing_disputes
from coproduce.agreeing.queries.people import as_told
from coproduce.ideas.models import Placement, Wording
from coproduce.responses.models import Figure
from coproduce.statements.models import RoomMark, Statement
from coproduce.statements.models import Source as CameFrom
from coproduce.understanding.document import (
    Dispute,
    Document,
    IdeaPart,
    Line,
    QuestionPart,
    Rule,
    Source,
)
from coproduce.understanding.figures import ShownFigure
from coproduce.understanding.models import Draft, Passage
from coproduce.understanding.queries.people import took_part, were_asked_of_wordings
from coproduce.words.models import Words

if TYPE_CHECKING:
    from coproduce.agreeing.models import LineAnswer
    from coproduce.conversations.models import Conversation
    from coproduce.ideas.models import Idea

# Where figures cannot tell two lines apart, and for words that nobody's hand arranged.
LAST = (-1, 0.0, 0)


def draft_row(conversation: Conversation) -> Draft:
    """What the organisers wrote so far; not saved while they wrote nothing."""
    found = Draft.objects.filter(conversation=conversation).first()
    return found or Draft(conversation=conversation)


def draft_document(conversation: Conversation) -> Document:
    """The draft as it would be published now, in a number of queries that does not grow."""
    return _Draft(conversation).document()


def wordings_to_look_at_again(conversation: Conversation) -> list[Wording]:
    """Current wordings that rest on words which were taken back or are not shown any more."""
    return list(
        conversation.wordings.filter(ended_at=None, idea__retired_at=None)
        .filter(rests_on__in=conversation.statements.exclude(words__standing="shown"))
        .select_related("idea")
        .distinct()
        .order_by("pk")
    )


@dataclass
class _Together:
    """The shown statements of one cluster, the listed one first."""

    statements: list[Statement]
    figure: ShownFigure | None = None
    places: dict[int, tuple[int, int]] = field(default_factory=dict)

    @property
    def listed(self) -> Statement:
        return self.statements[0]

    @property
    def from_people(self) -> bool:
        return any(s.source == CameFrom.PERSON for s in self.statements)

    @property
    def by_rule(self) -> tuple[int, float, int]:
        return LAST if self.figure is None else self.figure.order


class _Draft:
    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation
        self.row = draft_row(conversation)
        self.by_agreement = self.row.order == Draft.Order.AGREEMENT
        self.marks: dict[int, int] = defaultdict(int)
        self.idea_marks: dict[int, int] = defaultdict(int)
        for statement, idea, count in RoomMark.objects.filter(
            conversation=conversation
        ).values_list("statement_id", "idea_id", "count"):
            if statement is not None:
                self.marks[statement] += count
            elif idea is not None:
                self.idea_marks[idea] += count
        self.clusters = self._clusters()
        self.ideas = list(conversation.ideas.kept())
        self.has_wordings = False
        self.disputes: dict[int, list[LineAnswer]] = {}
        self.agreed: dict[int, dict[str, Any]] = {}
        self._place()

    def document(self) -> Document:
        groups = tuple(
            (group.key, group.label)
            for group in self.conversation.partner_groups.all()
            if group.retired_at is None
        )
        questions = self._questions()
        return Document(
            title=self.row.title,
            introduction=self.row.introduction,
            how_it_was_done=self.row.how_it_was_done,
            order=self.row.order,
            rule=Rule(self.conversation.enough, self.conversation.one_room, groups),
            asked=self.row.asked,
            took_part=took_part(self.conversation).told,
            said=sum(len(together.statements) for together in self.clusters.values()),
            questions=questions,
            raised=self._raised(),
            what_changed=self.row.what_changed,
            wordings_asked=as_told(were_asked_of_wordings(self.conversation))
            if self.has_wordings
            else None,
        )

    def _clusters(self) -> dict[int, _Together]:
        clusters: dict[int, _Together] = {}
        for statement in (
            self.conversation.statements.shown()
            .with_words()
            .select_related("cluster")
            .order_by("pk")
        ):
            clusters.setdefault(statement.cluster_id, _Together([])).statements.append(statement)
        for together in clusters.values():
            listed = together.statements[0].cluster.listed_id
            together.statements.sort(key=lambda s: (s.pk != listed, s.pk))
        for cluster, shown in Figure.objects.filter(
            cluster__conversation=self.conversation
        ).values_list("cluster_id", "shown"):
            if cluster in clusters:
                clusters[cluster].figure = ShownFigure.of(shown)
        return clusters

    def _place(self) -> None:
        """Where each cluster stands: in an idea once, where the first of its statements stands.

        Also where that one is not shown: as on the workbench, the others stand there for it.
        """
        for idea, cluster, position, key in (
            Placement.objects.held()
            .filter(idea__conversation=self.conversation, idea__retired_at=None)
            .values_list("idea_id", "statement__cluster_id", "position", "pk")
        ):
            if cluster in self.clusters:
                places = self.clusters[cluster].places
                places[idea] = min(places.get(idea, (position, key)), (position, key))

    def _questions(self) -> tuple[QuestionPart, ...]:
        wordings = self._wordings()
        self.has_wordings = bool(wordings)
        self.disputes = standing_disputes(self.conversation) if wordings else {}
        self.agreed = (
            shown_for(self.conversation, [w for some in wordings.values() for w, _ in some])
            if wordings
            else {}
        )
        parts = []
        for question in self.conversation.questions.all():
            ideas = tuple(
                IdeaPart(
                    idea_id=idea.pk,
                    name=idea.name,
                    summary=idea.summary,
                    room_marks=self.idea_marks[idea.pk],
                    lines=lines,
                )
                for idea in self.ideas
                if idea.question_id == question.pk
                and (lines := self._idea_lines(idea, wordings.get(idea.pk, [])))
            )
            others = self._others(question.pk)
            if ideas or others:
                parts.append(QuestionPart(question.pk, question.text, ideas, others))
        return tuple(parts)

    def _wordings(self) -> dict[int, list[tuple[Wording, list[int]]]]:
        """Current wordings by idea, with the clusters that they rest on."""
        found: dict[int, list[tuple[Wording, list[int]]]] = defaultdict(list)
        cluster_of = {s.pk: cluster for cluster, t in self.clusters.items() for s in t.statements}
        for wording in (
            self.conversation.wordings.filter(ended_at=None)
            .prefetch_related("rests_on")
            .order_by("position", "pk")
        ):
            rests_on = [cluster_of[s.pk] for s in wording.rests_on.all() if s.pk in cluster_of]
            if rests_on:
                found[wording.idea_id].append((wording, list(dict.fromkeys(rests_on))))
        return found

    def _idea_lines(
        self, idea: Idea, wordings: list[tuple[Wording, list[int]]]
    ) -> tuple[Line, ...]:
        placed: list[tuple[tuple[int, int], tuple[int, float, int], Line]] = []
        worded: set[int] = set()
        for wording, rests_on in wordings:
            worded.update(rests_on)
            placed.append(self._wording_line(idea, wording, rests_on))
        for cluster, together in self.clusters.items():
            if idea.pk in together.places and cluster not in worded:
                line = self._words_line(together, idea)
                placed.append((together.places[idea.pk], together.by_rule, line))
        return self._in_order(placed)

    def _others(self, question: int) -> tuple[Line, ...]:
        """What stands in no idea. People's words stand by reference, which chance drew: in the
        order in which they came, what one person wrote would stand together."""
        placed = []
        for together in self.clusters.values():
            listed = together.listed
            if together.places or listed.question_id != question:
                continue
            by_chance = f"1{listed.ref}" if together.from_people else f"0{listed.pk:012}"
            placed.append((by_chance, together.by_rule, self._words_line(together, None)))
        placed.sort(key=lambda entry: entry[0])
        return self._in_order(
            [((place, 0), rule, line) for place, (_, rule, line) in enumerate(placed)]
        )

    def _in_order(
        self, placed: list[tuple[tuple[int, int], tuple[int, float, int], Line]]
    ) -> tuple[Line, ...]:
        placed.sort(key=lambda entry: entry[0])
        if self.by_agreement:
            placed.sort(key=lambda entry: entry[1], reverse=True)
        return tuple(line for _, _, line in placed)

    def _words_line(self, together: _Together, idea: Idea | None) -> Line:
        return Line(
            kind=Passage.Kind.WORDS,
            text="",
            sources=tuple(
                self._source(statement, is_listed=place == 0)
                for place, statement in enumerate(together.statements)
            ),
            figures=(together.figure,) if together.figure else (),
            from_people=together.from_people,
            question_id=together.listed.question_id if idea is None else idea.question_id,
            idea_id=None if idea is None else idea.pk,
        )

    def _wording_line(
        self, idea: Idea, wording: Wording, rests_on: list[int]
    ) -> tuple[tuple[int, int], tuple[int, float, int], Line]:
        """A wording stands where the first of its words stood, with everybody's words under it.

        Its figures are shown only where every cluster that it rests on has some: otherwise the
        agreement with one part would read as agreement with the whole.
        """
        together = [self.clusters[cluster] for cluster in rests_on]
        figures = [part.figure for part in together if part.figure is not None]
        line = Line(
            kind=Passage.Kind.WORDING,
            text=wording.text,
            sources=tuple(
                self._source(statement, is_listed=False)
                for part in together
                for statement in part.statements
            ),
            figures=tuple(figures) if len(figures) == len(together) else (),
            from_people=any(part.from_people for part in together),
            question_id=idea.question_id,
            idea_id=idea.pk,
            wording_id=wording.pk,
            agreed=ShownFigure.of(self.agreed.get(wording.pk, {})),
            disputes=tuple(
                Dispute(answer.words_id, answer.words.shown_text)
                if answer.words is not None and answer.words.is_shown
                else Dispute()
                for answer in self.disputes.get(wording.pk, [])
            ),
        )
        last = (1 << 31, wording.pk)
        place = min(
            (part.places[idea.pk] for part in together if idea.pk in part.places), default=last
        )
        return place, min(part.by_rule for part in together), line

    def _source(self, statement: Statement, *, is_listed: bool) -> Source:
        return Source(
            words_id=statement.words_id,
            ref=statement.ref,
            digest=statement.words.digest,
            text=statement.text,
            standing=statement.words.standing,
            is_listed=is_listed,
            room_marks=self.marks.get(statement.pk, 0),
        )

    def _raised(self) -> tuple[Line, ...]:
        """Questions that people raised: typed in by the team, and asked in words that are shown."""
        lines = []
        named = set()
        for raised in (
            self.conversation.raised_questions.filter(retired_at=None)
            .select_related("words__kept_text")
            .prefetch_related("words__maskings")
        ):
            if raised.words is None:
                lines.append(_raised_line(raised.text, None))
                continue
            named.add(raised.words_id)
            if raised.words.is_shown:
                lines.append(_raised_line("", raised.words))
        retired = self.conversation.raised_questions.exclude(retired_at=None)
        asked = (
            Words.objects.filter(conversation=self.conversation, kind=Words.Kind.QUESTION)
            .shown()
            .with_text()
            .exclude(pk__in=retired.exclude(words=None).values("words"))
            .order_by("ref")
        )
        lines += [_raised_line("", words) for words in asked if words.pk not in named]
        return tuple(lines)


def _raised_line(text: str, words: Words | None) -> Line:
    sources = (
        ()
        if words is None
        else (
            Source(
                words_id=words.pk,
                ref=words.ref,
                digest=words.digest,
                text=words.shown_text,
                standing=words.standing,
                is_listed=True,
            ),
        )
    )
    return Line(kind=Passage.Kind.RAISED, text=text, sources=sources, from_people=False)
