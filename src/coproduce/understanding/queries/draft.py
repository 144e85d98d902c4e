"""The draft, made from the arrangement: what people said, where it stands, and its figures."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from coproduce.agreeing.counts import shown_for
from coproduce.agreeing.queries.disputes import standing_disputes
from coproduce.agreeing.queries.people import as_told
from coproduce.ideas.models import Wording
from coproduce.understanding.contents import Contents, Heading, Part
from coproduce.understanding.document import (
    RAISED,
    SAID_TOO,
    WHAT_PEOPLE_SAID,
    Dispute,
    Document,
    Facts,
    IdeaPart,
    Line,
    QuestionPart,
    Rule,
    Source,
    TookPart,
)
from coproduce.understanding.figures import ShownFigure
from coproduce.understanding.models import Draft, Passage
from coproduce.understanding.queries.arranged import Arrangement
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
    return DraftNow(conversation).document()


def wordings_to_look_at_again(conversation: Conversation) -> list[Wording]:
    """Current wordings that rest on words which were taken back or are not shown any more."""
    return list(
        conversation.wordings.filter(ended_at=None, idea__retired_at=None)
        .filter(rests_on__in=conversation.statements.exclude(words__standing="shown"))
        .select_related("idea")
        .distinct()
        .order_by("pk")
    )


class _Entry(NamedTuple):
    """A line to be: words of one cluster, or a wording with the clusters that it rests on."""

    place: tuple[int, int]
    clusters: list[int]
    wording: Wording | None = None


@dataclass(frozen=True)
class _Under:
    """What stands under one heading, in order."""

    heading: Heading
    idea: Idea | None
    entries: list[_Entry]


class DraftNow:
    """The draft as it stands. Its contents are cheap; lines are made when they are asked for."""

    def __init__(self, conversation: Conversation, row: Draft | None = None) -> None:
        self.conversation = conversation
        self.row = row or draft_row(conversation)
        self.by_agreement = self.row.order == Draft.Order.AGREEMENT
        self.arranged = Arrangement(conversation)
        self.clusters = self.arranged.clusters
        if self.by_agreement:
            self.arranged.read_figures(self.clusters)
        self.wordings = self._wordings()
        self.raised = self._raised()
        self.under = self._all_under()
        self.disputes: dict[int, list[LineAnswer]] = {}
        self.agreed: dict[int, dict[str, Any]] = {}

    @property
    def contents(self) -> Contents:
        """What stands in the draft, without its lines."""
        shown = {one.heading.question_id for one in self.under}
        headings = [one.heading for one in self.under]
        if self.raised:
            headings.append(Heading(None, None, RAISED, len(self.raised)))
        return Contents(
            tuple((one.pk, one.text) for one in self.questions if one.pk in shown),
            tuple(headings),
        )

    def document(self) -> Document:
        """Every line."""
        return self._document([(one, one.entries) for one in self.under], self.raised)

    def front(self) -> Document:
        """What stands before the lines."""
        return self._document([], (), self._facts())

    def part(self, part: Part) -> Document:
        """Only the lines of one part, and their headings."""
        chosen = [
            (self.under[one.place], self.under[one.place].entries[one.start : one.stop])
            for one in part.pieces
            if one.place < len(self.under)
        ]
        raised = [one for one in part.pieces if one.place == len(self.under)]
        lines = self.raised[raised[0].start : raised[0].stop] if raised else ()
        return self._document(chosen, lines, TookPart(0))

    def _document(
        self,
        chosen: list[tuple[_Under, list[_Entry]]],
        raised: tuple[Line, ...],
        whole: Facts | TookPart | None = None,
    ) -> Document:
        is_part = isinstance(whole, TookPart)
        groups = tuple(
            (group.key, group.label)
            for group in self.conversation.partner_groups.all()
            if group.retired_at is None
        )
        return Document(
            title=self.row.title,
            introduction=self.row.introduction,
            how_it_was_done=self.row.how_it_was_done,
            order=self.row.order,
            rule=Rule(self.conversation.enough, self.conversation.one_room, groups),
            asked=self.row.asked,
            # A part of the lines does not say how many took part: that stands before them all.
            took_part=TookPart(0) if is_part else took_part(self.conversation).told,
            said=sum(len(together.statements) for together in self.clusters.values()),
            questions=self._question_parts(chosen),
            raised=raised,
            what_changed=self.row.what_changed,
            wordings_asked=as_told(were_asked_of_wordings(self.conversation))
            if self.wordings and not is_part
            else None,
            whole=whole if isinstance(whole, Facts) else None,
        )

    def _facts(self) -> Facts:
        ideas = {one.idea.pk for one in self.under if one.idea is not None}
        statements = (s.pk for together in self.clusters.values() for s in together.statements)
        return Facts(
            has_room_marks=any(self.arranged.idea_marks.get(key) for key in ideas)
            or any(self.arranged.marks.get(key) for key in statements),
            has_answers=any(together.from_people for together in self.clusters.values()),
            has_wordings=any(entry.wording for one in self.under for entry in one.entries),
        )

    def _wordings(self) -> dict[int, list[tuple[Wording, list[int]]]]:
        """Current wordings by idea, with the clusters that they rest on."""
        found: dict[int, list[tuple[Wording, list[int]]]] = defaultdict(list)
        current = list(
            self.conversation.wordings.filter(ended_at=None)
            .select_related("idea")
            .order_by("position", "pk")
        )
        if not current:
            return {}
        cluster_of = {s.pk: cluster for cluster, t in self.clusters.items() for s in t.statements}
        rests_on: dict[int, list[int]] = defaultdict(list)
        for wording, statement in (
            Wording.rests_on.through.objects.filter(
                wording__conversation=self.conversation, wording__ended_at=None
            )
            .order_by("statement_id")
            .values_list("wording_id", "statement_id")
        ):
            if statement in cluster_of:
                rests_on[wording].append(cluster_of[statement])
        for one in current:
            if one.pk in rests_on:
                found[one.idea_id].append((one, list(dict.fromkeys(rests_on[one.pk]))))
        return found

    def _all_under(self) -> list[_Under]:
        self.questions = list(self.conversation.questions.all())
        ideas: dict[int, list[Idea]] = defaultdict(list)
        for idea in self.conversation.ideas.kept().only(
            "conversation_id", "question_id", "name", "summary"
        ):
            ideas[idea.question_id].append(idea)
        others = self._others()
        under = []
        for question in self.questions:
            entries = [(idea, self._in_idea(idea.pk)) for idea in ideas[question.pk]]
            shown = [
                _Under(Heading(question.pk, i.pk, i.name, len(found), i.summary), i, found)
                for i, found in entries
                if found
            ]
            under += shown
            if rest := others.get(question.pk):
                name = SAID_TOO if shown else WHAT_PEOPLE_SAID
                under.append(_Under(Heading(question.pk, None, name, len(rest)), None, rest))
        return under

    def _in_idea(self, idea: int) -> list[_Entry]:
        entries = []
        worded: set[int] = set()
        for wording, rests_on in self.wordings.get(idea, []):
            worded.update(rests_on)
            # A wording stands where the first of its words stood.
            places = (self.clusters[key].places.get(idea) for key in rests_on)
            last = (1 << 31, wording.pk)
            place = min((one for one in places if one is not None), default=last)
            entries.append(_Entry(place, rests_on, wording))
        entries += [
            _Entry(self.clusters[key].places[idea], [key])
            for key in self.arranged.in_idea.get(idea, [])
            if key not in worded
        ]
        return self._in_order(entries)

    def _others(self) -> dict[int, list[_Entry]]:
        """By question, what stands in no idea. People's words stand by reference, which chance
        drew: in the order in which they came, what one person wrote would stand together."""
        by_question: dict[int, list[tuple[str, int]]] = defaultdict(list)
        for key, together in self.clusters.items():
            if together.places:
                continue
            listed = together.listed
            by_chance = f"1{listed.ref}" if together.from_people else f"0{listed.pk:012}"
            by_question[listed.question_id].append((by_chance, key))
        return {
            question: self._in_order(
                [_Entry((place, 0), [key]) for place, (_, key) in enumerate(sorted(found))]
            )
            for question, found in by_question.items()
        }

    def _in_order(self, entries: list[_Entry]) -> list[_Entry]:
        entries.sort(key=lambda entry: entry.place)
        if self.by_agreement:
            entries.sort(key=self._by_rule, reverse=True)
        return entries

    def _by_rule(self, entry: _Entry) -> tuple[int, float, int]:
        figures = [self.arranged.figure(key) for key in entry.clusters]
        return min(LAST if one is None else one.order for one in figures)

    def _question_parts(
        self, chosen: list[tuple[_Under, list[_Entry]]]
    ) -> tuple[QuestionPart, ...]:
        keys = {key for _, entries in chosen for one in entries for key in one.clusters}
        self.arranged.read_figures(keys)
        self.arranged.read_texts(keys)
        worded = [one.wording for _, entries in chosen for one in entries if one.wording]
        if worded:
            self.disputes = standing_disputes(self.conversation)
            self.agreed = shown_for(self.conversation, worded)
        parts = []
        for question in self.questions:
            ideas: list[IdeaPart] = []
            others: tuple[Line, ...] = ()
            for under, entries in chosen:
                if under.heading.question_id != question.pk:
                    continue
                lines = tuple(self._line(entry, under) for entry in entries)
                if under.idea is None:
                    others = lines
                else:
                    marks = self.arranged.idea_marks.get(under.idea.pk, 0)
                    about = under.heading
                    ideas.append(IdeaPart(under.idea.pk, about.name, about.summary, marks, lines))
            if ideas or others:
                parts.append(QuestionPart(question.pk, question.text, tuple(ideas), others))
        return tuple(parts)

    def _line(self, entry: _Entry, under: _Under) -> Line:
        if entry.wording is not None:
            return self._wording_line(entry.wording, entry.clusters, under)
        (key,) = entry.clusters
        together, figure = self.clusters[key], self.arranged.figure(key)
        return Line(
            kind=Passage.Kind.WORDS,
            text="",
            sources=tuple(
                self.arranged.source(statement, is_listed=place == 0)
                for place, statement in enumerate(together.statements)
            ),
            figures=(figure,) if figure else (),
            from_people=together.from_people,
            question_id=under.heading.question_id,
            idea_id=under.heading.idea_id,
        )

    def _wording_line(self, wording: Wording, clusters: list[int], under: _Under) -> Line:
        """A wording with everybody's words under it.

        Its figures are shown only where every cluster that it rests on has some: otherwise the
        agreement with one part would read as agreement with the whole.
        """
        together = [self.clusters[key] for key in clusters]
        figures = [one for key in clusters if (one := self.arranged.figure(key)) is not None]
        return Line(
            kind=Passage.Kind.WORDING,
            text=wording.text,
            sources=tuple(
                self.arranged.source(statement, is_listed=False)
                for part in together
                for statement in part.statements
            ),
            figures=tuple(figures) if len(figures) == len(together) else (),
            from_people=any(part.from_people for part in together),
            question_id=under.heading.question_id,
            idea_id=under.heading.idea_id,
            wording_id=wording.pk,
            agreed=ShownFigure.of(self.agreed.get(wording.pk, {})),
            disputes=tuple(
                Dispute(answer.words_id, answer.words.shown_text)
                if answer.words is not None and answer.words.is_shown
                else Dispute()
                for answer in self.disputes.get(wording.pk, [])
            ),
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
