import pytest

from coproduce.conversations.models import Question
from coproduce.exchange.statement_import.columns import Field
from coproduce.exchange.statement_import.plan import (
    Choices,
    column_letter,
    guess_choices,
    plan_import,
)
from coproduce.exchange.statement_import.tables import read_table
from tests.coproduce.cast import make_conversation
from tests.coproduce.exchange.statement_import.files import xlsx

pytestmark = pytest.mark.django_db


def plan_of(text, conversation=None, **choices):
    table = read_table("room.csv", text.encode() if isinstance(text, str) else text)
    conversation = conversation or make_conversation()
    guessed = guess_choices(table, conversation)
    chosen = Choices(guessed.headings, choices.pop("columns", guessed.columns), **choices)
    return plan_import(table, chosen, conversation)


def told(plan):
    return [(p.line, p.column, p.message) for p in plan.problems]


def test_every_problem_is_told_with_its_line_and_column():
    plan = plan_of(
        "Statement,Question,Marks,How given,Person,Partner group\n"
        "Let us in,,3,,P1,Schools\n"
        ",,2,,P2,\n"
        "Wait for us,Where do you live?,,,P2,Martians; Health\n"
        "Hear us,,many,shouted,P3,\n"
    )
    assert [(p.line, p.column) for p in plan.problems] == [
        (3, "Statement"),
        (4, "Question"),
        (4, "Partner group"),
        (5, "Marks"),
        (5, "How given"),
    ]
    messages = [p.message for p in plan.problems]
    assert messages[0] == "There are no words here. Write them, or take the row out."
    assert messages[1] == (
        "The conversation does not ask “Where do you live?”. It asks: "
        "1 What is important to you in getting to school?"
    )
    assert messages[2] == (
        "“Martians” is not a partner group here. The partner groups are: "
        "Children and young people; Parent carers; Schools; Health."
    )
    assert messages[3].startswith("“many” is not a number of marks.")
    assert messages[4].startswith("“shouted” is not one of: own; helper typed;")
    assert not plan.may_come_in
    assert [planned.text for planned in plan.statements] == ["Let us in"]


def test_10_000_letters_are_a_problem_of_their_line():
    plan = plan_of("Statement\nshort\n" + "a" * 10_000 + "\n")
    assert told(plan) == [
        (3, "Statement", "10,000 letters. The most is 2,000. Split it into several rows.")
    ]


def test_a_formula_stays_text_and_is_remarked_on():
    plan = plan_of(xlsx(["Statement"], ["=1+1"]))
    assert [p.text for p in plan.statements] == ["=1+1"]
    assert plan.may_come_in
    assert told(plan) == [
        (2, "Statement", "This is a formula. It is kept as text, as it is written.")
    ]


def test_people_only_where_the_file_says_who_is_one_person():
    with_people = plan_of(
        "Statement,Person,Partner group\nLet us in,7,Schools\nWait,7,health\nHear us,8,\n"
    )
    assert with_people.people == {"7": 0b1100, "8": 0}
    without = plan_of(
        "Statement,Partner group\nLet us in,Schools\n", make_conversation("Without people")
    )
    assert without.people == {}
    assert without.may_come_in
    assert [p.stops for p in without.problems] == [False]
    assert "this column is not used" in without.problems[0].message


def test_question_by_its_text_or_its_number():
    conversation = make_conversation()
    second = Question.objects.create(conversation=conversation, text="What helps?", position=1)
    plan = plan_of("Statement,Question\nA,what helps?\nB,2\nC,\n", conversation)
    assert [planned.question.pk for planned in plan.statements] == [
        second.pk,
        second.pk,
        conversation.questions.first().pk,
    ]


def test_marks_as_a_number_or_as_they_were_drawn():
    plan = plan_of("Statement,Marks\nA,***********\nB,7\nC,\nD,2.0\n")
    assert [planned.room_marks for planned in plan.statements] == [11, 7, 0, 2]
    assert plan.room_marks == 20


def test_how_given_and_what_is_meant_without_it():
    plan = plan_of("Statement,How given,Person\nA,symbols,1\nB,speaks for,1\nC,,1\nD,,\n")
    assert [planned.how_given for planned in plan.statements] == [
        "symbols",
        "speaks_for",
        "own",
        "paper",
    ]


def test_ideas_in_the_order_of_the_file_each_once():
    plan = plan_of("Statement,Idea\nA,Time\nB,Trust\nC,time\nD,\n")
    assert [name for _, name in plan.ideas] == ["Time", "Trust"]
    assert len(plan.statements) == 4


def test_a_file_of_words_alone_needs_no_headings():
    plan = plan_of("Let us in.\nHear us.\n")
    assert [(planned.line, planned.text) for planned in plan.statements] == [
        (1, "Let us in."),
        (2, "Hear us."),
    ]


def test_which_column_holds_the_words_is_asked():
    plan = plan_of("Wat,Wie\nLaat ons binnen,ik\n", columns={})
    assert [p.message for p in plan.problems] == ["Say which column holds the words."]
    plan = plan_of("Wat,Wie\n,ik\n", make_conversation("Other"), columns={Field.TEXT: 0})
    assert [(p.line, p.column) for p in plan.problems] == [(2, "A")]


def test_columns_are_named_as_spreadsheets_do():
    assert [column_letter(n) for n in (0, 25, 26, 59)] == ["A", "Z", "AA", "BH"]
