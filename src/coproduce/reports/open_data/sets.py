"""The sets of open data and their fields: the dictionary, and what the formats are made from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coproduce.reports.open_data import rows

if TYPE_CHECKING:
    from coproduce.conversations.models import Conversation

TEXT, WHOLE, YES_OR_NO, DATE, LIST, LIST_OF_GROUPS = (
    "text",
    "whole number",
    "true or false",
    "date",
    "list of texts",
    "list of partner groups",
)


@dataclass(frozen=True)
class Field:
    """`may_be_empty`: null in JSON, nothing in CSV."""

    name: str
    kind: str
    meaning: str
    may_be_empty: bool = False


@dataclass(frozen=True)
class DataSet:
    """`rows(conversation, hide_figures)` gives a dict by field name for each row."""

    name: str
    about: str
    fields: tuple[Field, ...]
    rows: Callable[[Conversation, bool], Iterator[Mapping[str, Any]]]


CONVERSATION_FIELDS = (
    Field("slug", TEXT, "The short name in addresses."),
    Field("name", TEXT, "The name."),
    Field("purpose", TEXT, "What it is for."),
    Field("can_change", TEXT, "What can change."),
    Field("cannot_change", TEXT, "What cannot change."),
    Field("options_fixed", YES_OR_NO, "Were options fixed? The organiser says so.", True),
    Field("promised", TEXT, "The rung of the ladder that the organiser promised.", True),
    Field("who_decides", TEXT, "Who decides."),
    Field("hear_back_by", DATE, "By when people were told that they hear back.", True),
    Field("phases", LIST, "The phases that are open now."),
    Field("opened_on", DATE, "The day on which it opened.", True),
    Field("enough", WHOLE, "How many people of a partner group are enough to tell."),
    Field("partner_groups", LIST, "The keys of the partner groups that are invited."),
    Field("partner_group_labels", LIST, "What they are called, in the same order."),
    Field("version", WHOLE, "The number of the latest published version.", True),
    Field("published_on", DATE, "The day on which it was published.", True),
    Field("is_example", YES_OR_NO, "Made up, to show how it works."),
    Field("address", TEXT, "Where it can be read."),
)

STATEMENTS = DataSet(
    "statements",
    "What people said that stands under a line of the latest version.",
    (
        Field("reference", TEXT, "Its lasting reference, such as K7PM-2XQW."),
        Field("question", TEXT, "The question that it answers.", True),
        Field("words", TEXT, "The words, names hidden; empty where a note stands in their place."),
        Field("note", TEXT, "Why there are no words: taken back, or not shown any more."),
        Field("how_given", TEXT, "own, helper_typed, symbols, observation, speaks_for or paper."),
        Field("source", TEXT, "person, collective (people in a room together) or unknown."),
        Field("lines", LIST, "The references of the lines that rest on it."),
        Field("room_marks", WHOLE, "Marks that were counted in a room."),
        Field("address", TEXT, "Where its way can be read."),
    ),
    rows.statements,
)
LINES = DataSet(
    "lines",
    "The lines of the latest version of the shared understanding.",
    (
        Field("reference", TEXT, "Its lasting reference."),
        Field("version", WHOLE, "The number of the version."),
        Field("position", WHOLE, "Its place in the version, from 0."),
        Field("kind", TEXT, "words, wording (combined by the team) or raised (a question)."),
        Field("question", TEXT, "The question that it stands under.", True),
        Field("idea", WHOLE, "The number of the idea that it stands in.", True),
        Field("heading", TEXT, "The name of the idea."),
        Field("text", TEXT, "The line as it reads today."),
        Field("statements", LIST, "The references of the words that it rests on."),
        Field("room_marks", WHOLE, "Marks that were counted in a room on what it shows."),
        Field("agreed_by", LIST, "The partner groups that agree with all that it rests on.", True),
        Field("agreement", TEXT, "How the partner groups answered, in words.", True),
        Field(
            "groups",
            LIST_OF_GROUPS,
            "For each thing that it rests on and each partner group: the stance, and how many "
            "agree, as a word or rounded to 5; empty where it cannot be told.",
            True,
        ),
        Field("address", TEXT, "Where it can be read, with what it rests on."),
    ),
    rows.lines,
)
DECISIONS = DataSet(
    "decisions",
    "What was decided, why, by whom, and what it rests on. Corrected ones too.",
    (
        Field("reference", TEXT, "Its lasting reference."),
        Field("what", TEXT, "What was decided."),
        Field("why", TEXT, "Why."),
        Field("decided_on", DATE, "The day."),
        Field("decided_by", TEXT, "Who decided: a person's post or a body."),
        Field("outcome", TEXT, "will, doing, try, done, partly, cannot, not_ours or not_yet."),
        Field("outcome_in_words", TEXT, "The same in plain words."),
        Field("passed_to", TEXT, "Whom it was passed on to."),
        Field("by_when", DATE, "By when people hear more.", True),
        Field("settled_without_appeal", YES_OR_NO, "A problem settled without an appeal."),
        Field("is_current", YES_OR_NO, "False: a correction took its place."),
        Field("corrects", TEXT, "The decision whose place it took.", True),
        Field("look_again", YES_OR_NO, "It rested on words that were taken back since."),
        Field("rests_on_lines", LIST, "References of lines."),
        Field("rests_on_ideas", LIST, "Numbers of ideas."),
        Field("rests_on_statements", LIST, "References of statements that are shown."),
        Field("address", TEXT, "Where it can be read."),
    ),
    rows.decisions,
)
ACTIONS = DataSet(
    "actions",
    "Who does what by when. Done counts when people whose words it rests on confirm it.",
    (
        Field("reference", TEXT, "Its lasting reference."),
        Field("decision", TEXT, "The decision that it belongs to.", True),
        Field("what", TEXT, "What is done."),
        Field("owner", TEXT, "Who does it."),
        Field("owner_group", TEXT, "The partner group of the owner.", True),
        Field("due_on", DATE, "By when."),
        Field("standing", TEXT, "open, said_done, done, disputed or stopped."),
        Field("is_overdue", YES_OR_NO, "The day has passed, and nobody says that it is done."),
        Field("latest_note", TEXT, "What its owner said last."),
        Field("evidence", TEXT, "Where evidence can be seen."),
        Field("corrected_on", DATE, "The day on which it was last corrected.", True),
        Field("why_corrected", TEXT, "Why it was corrected. Its page tells what stood before."),
        Field("look_again", YES_OR_NO, "It rested on words that were taken back since."),
        Field("address", TEXT, "Where it can be read."),
    ),
    rows.actions,
)
REPLIES = DataSet(
    "replies",
    "What people are told about ideas, lines and words that can be read.",
    (
        Field("reference", TEXT, "Its lasting reference."),
        Field("text", TEXT, "The reply."),
        Field("replied_on", DATE, "The day."),
        Field("is_current", YES_OR_NO, "False: a correction took its place."),
        Field("look_again", YES_OR_NO, "It rested on words that were taken back since."),
        Field("covers_lines", LIST, "References of lines."),
        Field("covers_ideas", LIST, "Numbers of ideas."),
        Field("covers_statements", LIST, "References of statements that are shown."),
    ),
    rows.replies,
)
QUESTIONS = DataSet(
    "questions",
    "Questions that people asked, and a specialist's answer, once for all.",
    (
        Field("reference", TEXT, "Its reference, where somebody wrote it."),
        Field("text", TEXT, "The question."),
        Field("asked_on", DATE, "The day on which it was asked.", True),
        Field("answer", TEXT, "The answer.", True),
        Field("answered_by", TEXT, "The post of who answered.", True),
        Field("answered_on", DATE, "The day of the answer.", True),
    ),
    rows.questions,
)
GENUINENESS = DataSet(
    "genuineness",
    "Was it genuine? What people felt, the record, and what changed. Never one score.",
    (
        Field("column", TEXT, "experience, record, changed or contradiction: kept apart."),
        Field("measure", TEXT, "What was asked, or what was worked out."),
        Field("partner_group", TEXT, "Whose answers these are.", True),
        Field("value", TEXT, "As it may be told: in words, or rounded to 5."),
    ),
    rows.genuineness,
)
SETS = {
    one.name: one
    for one in (STATEMENTS, LINES, DECISIONS, ACTIONS, REPLIES, QUESTIONS, GENUINENESS)
}
