import csv
import io
import json

import pytest

from coproduce.exchange.statement_export import as_csv, as_json, safe_cell
from coproduce.ideas.models import Idea, Placement
from coproduce.words.models import Masking, Standing
from tests.coproduce.cast import make_conversation, make_participant, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def conversation():
    return make_conversation()


def rows(conversation):
    return json.loads(as_json(conversation))["statements"]


def test_only_shown_words_leave_and_names_stay_masked(conversation):
    amina = make_participant(conversation, "parent_carers")
    shown = make_statement(conversation, "Ring Karen about the bus.", by=amina)
    Masking.objects.create(words=shown.words, spans=[[5, 10]])
    make_statement(conversation, "Not yet looked at.", by=amina, standing=Standing.WAITING)
    make_statement(conversation, "He grabs my arm.", by=amina, standing=Standing.SET_APART)
    exported = rows(conversation)
    assert [row["text"] for row in exported] == ["Ring [name] about the bus."]
    for secret in ("Karen", "Not yet", "grabs"):
        assert secret not in as_json(conversation)
        assert secret not in as_csv(conversation)


def test_a_row_names_those_that_say_the_same_and_its_ideas(conversation):
    first = make_statement(conversation, "The bus is late.")
    second = make_statement(conversation, "My bus comes late.", cluster_of=first)
    idea = Idea.objects.create(conversation=conversation, question=first.question, name="On time")
    Placement.objects.create(idea=idea, statement=first)
    by_ref = {row["ref"]: row for row in rows(conversation)}
    assert by_ref[first.ref]["put_together_with"] == [second.ref]
    assert by_ref[first.ref]["listed"] is True
    assert by_ref[second.ref]["listed"] is False
    assert by_ref[first.ref]["ideas"] == ["On time"]


def test_nothing_in_a_row_leads_to_who_wrote_it(conversation):
    amina = make_participant(conversation, "parent_carers")
    for number in range(6):
        make_statement(conversation, f"Words {number}", by=amina)
    exported = rows(conversation)
    assert set(exported[0]) == {
        "ref", "question", "text", "standing", "how_given", "source", "put_together_with",
        "listed", "ideas", "room_marks", "reasons", "figure",
    }  # fmt: skip
    assert [row["ref"] for row in exported] == sorted(row["ref"] for row in exported)


@pytest.mark.parametrize("text", ["=1+1", "+44", "-1", "@SUM(A1)", "\t=1"])
def test_a_formula_stays_text(conversation, text):
    make_statement(conversation, text)
    (row,) = list(csv.DictReader(io.StringIO(as_csv(conversation))))
    assert row["statement"] == f"'{text}"


def test_ordinary_words_have_no_apostrophe():
    assert safe_cell("Listen to me.") == "Listen to me."


def test_the_same_queries_for_1_and_30(conversation, django_assert_num_queries):
    make_statement(conversation, "One")
    with django_assert_num_queries(7):
        rows(conversation)
    for number in range(29):
        make_statement(conversation, f"Words {number}")
    with django_assert_num_queries(7):
        rows(conversation)
