"""What a file of statements would bring, and everything that must be mended first."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coproduce.exchange.statement_import.columns import Field, guess_columns, has_headings
from coproduce.exchange.statement_import.tables import Row, Table
from coproduce.people.models import WhoseWords
from coproduce.words.services import LONGEST, tidy

if TYPE_CHECKING:
    from coproduce.conversations.models import Conversation, Question

MOST_MARKS = 10_000
LONGEST_IDEA = 200
BEYOND_ANY_KEYBOARD = "\ufffd"


@dataclass(frozen=True)
class Choices:
    """How a file is read: which column holds what (by number from 0), and what holds for all."""

    headings: bool
    columns: dict[Field, int]
    question_id: int | None = None


def guess_choices(table: Table, conversation: Conversation) -> Choices:
    """How the file is most likely meant: by its headings; the first question is the default."""
    first = conversation.questions.filter(retired_at=None).first()
    question = None if first is None else first.pk
    row = table.rows[0].cells
    if has_headings(row):
        return Choices(True, guess_columns(row), question)
    return Choices(False, {Field.TEXT: 0} if table.width == 1 else {}, question)


@dataclass(frozen=True)
class Problem:
    """Something about one cell. `stops`: it must be mended before anything is imported."""

    line: int
    column: str
    message: str
    stops: bool = True

    def __str__(self) -> str:
        column = f", column {self.column}" if self.column else ""
        return f"Line {self.line}{column}: {self.message}" if self.line else self.message


@dataclass(frozen=True)
class PlannedStatement:
    line: int
    text: str
    question: Question
    idea: str
    room_marks: int
    how_given: str
    person: str
    membership: int


@dataclass
class Plan:
    """What would come in. Nothing does while there are `stopping` problems."""

    statements: list[PlannedStatement] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def stopping(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.stops]

    @property
    def remarks(self) -> list[Problem]:
        return [problem for problem in self.problems if not problem.stops]

    @property
    def may_come_in(self) -> bool:
        return bool(self.statements) and not self.stopping

    @property
    def ideas(self) -> list[tuple[Question, str]]:
        """The ideas in the order of the file; the same name under a question is one idea."""
        seen: dict[tuple[int, str], tuple[Question, str]] = {}
        for planned in self.statements:
            if planned.idea:
                key = (planned.question.pk, planned.idea.casefold())
                seen.setdefault(key, (planned.question, planned.idea))
        return list(seen.values())

    @property
    def people(self) -> dict[str, int]:
        """Each person of the file, with every partner group that their rows name."""
        people: dict[str, int] = {}
        for planned in self.statements:
            if planned.person:
                people[planned.person] = people.get(planned.person, 0) | planned.membership
        return people

    @property
    def room_marks(self) -> int:
        return sum(planned.room_marks for planned in self.statements)


def plan_import(table: Table, choices: Choices, conversation: Conversation) -> Plan:
    """Read every row. Problems name the line and the column as the person sees them."""
    return _Reader(table, choices, conversation).read()


class _Reader:
    def __init__(self, table: Table, choices: Choices, conversation: Conversation) -> None:
        self.table = table
        self.columns = choices.columns
        self.headings = choices.headings
        self.questions = list(conversation.questions.filter(retired_at=None))
        self.default = next((q for q in self.questions if q.pk == choices.question_id), None) or (
            self.questions[0] if self.questions else None
        )
        self.groups = {
            name.casefold(): group.mask
            for group in conversation.partner_groups.all()
            for name in (group.key, group.label)
        }
        self.group_labels = [group.label for group in conversation.partner_groups.all()]
        self.plan = Plan()

    def read(self) -> Plan:
        if Field.TEXT not in self.columns:
            line = self.table.rows[0].line
            self._problem(line, "", "Say which column holds the words.")
            return self.plan
        if self.default is None:
            self._problem(0, "", "The conversation asks no question yet. Add one first.")
            return self.plan
        if Field.GROUP in self.columns and Field.PERSON not in self.columns:
            self._remark(
                self.table.rows[0].line,
                Field.GROUP,
                "Partner groups belong to people. Without a column that says which rows are one "
                "person, this column is not used.",
            )
        rows = self.table.rows[1:] if self.headings else self.table.rows
        if not rows:
            self._problem(self.table.rows[0].line, "", "There are headings, but no rows below.")
        for row in rows:
            self._row(row)
        return self.plan

    def _row(self, row: Row) -> None:
        before = len(self.plan.stopping)
        planned = PlannedStatement(
            line=row.line,
            text=self._text(row),
            question=self._question(row),
            idea=self._idea(row),
            room_marks=self._marks(row),
            how_given=self._how_given(row),
            person=self._value(row, Field.PERSON),
            membership=self._membership(row),
        )
        if len(self.plan.stopping) == before:
            self.plan.statements.append(planned)

    def _text(self, row: Row) -> str:
        text = tidy(self._raw(row, Field.TEXT))
        if not text:
            self._problem(
                row.line, Field.TEXT, "There are no words here. Write them, or take the row out."
            )
        elif len(text) > LONGEST:
            self._problem(
                row.line,
                Field.TEXT,
                f"{len(text):,} letters. The most is {LONGEST:,}. Split it into several rows.",
            )
        elif BEYOND_ANY_KEYBOARD in text:
            self._problem(
                row.line,
                Field.TEXT,
                "A letter was lost before the file came here: it reads �. Write it again.",
            )
        if (row.line, self.columns[Field.TEXT]) in self.table.formulas:
            self._remark(
                row.line, Field.TEXT, "This is a formula. It is kept as text, as it is written."
            )
        return text

    def _question(self, row: Row) -> Question:
        assert self.default is not None
        value = self._value(row, Field.QUESTION)
        if not value:
            return self.default
        for number, question in enumerate(self.questions, start=1):
            if value.casefold() == question.text.casefold() or value == str(number):
                return question
        self._problem(
            row.line,
            Field.QUESTION,
            f"The conversation does not ask “{_short(value)}”. It asks: "
            + "; ".join(f"{number} {q.text}" for number, q in enumerate(self.questions, start=1)),
        )
        return self.default

    def _idea(self, row: Row) -> str:
        idea = self._value(row, Field.IDEA)
        if len(idea) > LONGEST_IDEA:
            self._problem(
                row.line,
                Field.IDEA,
                f"{len(idea)} letters. A heading has at most {LONGEST_IDEA}. Write a shorter one.",
            )
        return idea

    def _marks(self, row: Row) -> int:
        value = self._value(row, Field.MARKS)
        if not value:
            return 0
        if re.fullmatch(r"[*✱＊∗]+", value):
            return len(value)
        if re.fullmatch(r"[0-9]{1,6}(\.0+)?", value) and int(float(value)) <= MOST_MARKS:
            return int(float(value))
        self._problem(
            row.line,
            Field.MARKS,
            f"“{_short(value)}” is not a number of marks. Write a whole number from 0 to "
            f"{MOST_MARKS:,}, or the marks themselves (***).",
        )
        return 0

    def _how_given(self, row: Row) -> str:
        value = self._value(row, Field.HOW_GIVEN).casefold().rstrip(".")
        if not value:
            return WhoseWords.OWN if self._value(row, Field.PERSON) else WhoseWords.PAPER
        for choice in WhoseWords:
            if value in {choice.value, choice.value.replace("_", " "), choice.label.casefold()}:
                return choice.value
        self._problem(
            row.line,
            Field.HOW_GIVEN,
            f"“{_short(value)}” is not one of: "
            + "; ".join(choice.value.replace("_", " ") for choice in WhoseWords)
            + ".",
        )
        return WhoseWords.PAPER

    def _membership(self, row: Row) -> int:
        if Field.PERSON not in self.columns:
            return 0
        value = self._value(row, Field.GROUP)
        whole = self.groups.get(value.casefold())
        if whole is not None:
            return whole
        mask = 0
        for part in filter(None, (part.strip() for part in value.split(";"))):
            found = self.groups.get(part.casefold())
            if found is None:
                self._problem(
                    row.line,
                    Field.GROUP,
                    f"“{_short(part)}” is not a partner group here. The partner groups are: "
                    + "; ".join(self.group_labels)
                    + ".",
                )
            mask |= found or 0
        if value and not self._value(row, Field.PERSON):
            self._remark(
                row.line, Field.GROUP, "No person is given in this row: the group is not used."
            )
        return mask

    def _raw(self, row: Row, which: Field) -> str:
        return row.cell(self.columns.get(which))

    def _value(self, row: Row, which: Field) -> str:
        return " ".join(tidy(self._raw(row, which)).split())

    def _column_name(self, which: Field | str) -> str:
        if not isinstance(which, Field) or which not in self.columns:
            return ""
        column = self.columns[which]
        heading = self.table.rows[0].cell(column).strip() if self.headings else ""
        return heading or column_letter(column)

    def _problem(self, line: int, which: Field | str, message: str) -> None:
        self.plan.problems.append(Problem(line, self._column_name(which), message))

    def _remark(self, line: int, which: Field, message: str) -> None:
        self.plan.problems.append(Problem(line, self._column_name(which), message, stops=False))


def column_letter(column: int) -> str:
    """A for 0, as spreadsheet programs name columns."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _short(value: str) -> str:
    return value if len(value) <= 60 else value[:59] + "…"
