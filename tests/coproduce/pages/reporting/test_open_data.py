import csv
import io
import json
from copy import deepcopy

import pytest
from django.http import HttpResponse
from django.urls import reverse
from openapi_spec_validator import validate

from coproduce.pages.device import COOKIE, remember
from coproduce.pages.reporting.views import data
from coproduce.reports.open_data.sets import CONVERSATION_FIELDS, SETS
from coproduce.words.models import Masking
from coproduce.words.services import withdraw
from tests.coproduce.cast import make_conversation, make_participant, make_statement
from tests.coproduce.made_once import until_the_module_ends
from tests.coproduce.reports.asked import queries_of
from tests.coproduce.reports.published import published
from tests.coproduce.reports.saying import replied

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    """Each test has conversations of its own, under keys that an earlier test has used."""
    data._kept.clear()


@pytest.fixture(scope="module")
def once(django_db_setup, django_db_blocker):
    with until_the_module_ends(django_db_blocker):
        yield published()


@pytest.fixture
def made(once, db):
    return deepcopy(once)


def address(made, name, ending="json"):
    return reverse("reporting:data_set", args=[made.conversation.slug, name, ending])


def rows(client, made, name):
    return json.loads(client.get(address(made, name)).content)["rows"]


def table(client, made, name):
    content = client.get(address(made, name, "csv")).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content)))


def test_the_addresses_stay():
    assert reverse("reporting:data_set", args=["one", "lines", "csv"]) == "/data/c/one/lines.csv"
    assert reverse("reporting:data_conversations", args=["json"]) == "/data/conversations.json"
    assert reverse("reporting:openapi") == "/data/openapi.json"


@pytest.mark.parametrize("name", SETS)
def test_every_row_has_the_fields_of_the_dictionary_in_both_formats(client, made, name):
    fields = [field.name for field in SETS[name].fields]
    found = rows(client, made, name)
    assert [list(row) for row in found] == [fields] * len(found)
    as_table = table(client, made, name)
    assert len(as_table) == len(found)
    assert all(list(row) == fields for row in as_table)


def test_lines_statements_and_decisions_lead_to_each_other(client, made):
    by_text = {row["text"]: row for row in rows(client, made, "lines")}
    line = by_text["The bus is late."]
    assert line["agreed_by"] == ["parent_carers"]
    assert line["agreement"].startswith("Agreed by Parent carers. Divided: Schools.")
    assert {(g["partner_group"], g["stance"]) for g in line["groups"]} >= {
        ("parent_carers", "agrees"),
        ("education", "divided"),
    }
    assert line["statements"] == [made.bus.ref, made.same.ref]
    statements = {row["reference"]: row for row in rows(client, made, "statements")}
    assert statements[made.bus.ref]["lines"] == [line["reference"]]
    (decision,) = rows(client, made, "decisions")
    assert decision["rests_on_statements"] == [made.bus.ref]
    (action,) = rows(client, made, "actions")
    assert (action["decision"], action["standing"]) == (decision["reference"], "open")
    (reply,) = rows(client, made, "replies")
    assert reply["covers_ideas"] == [str(line["idea"])]
    measures = {row["measure"]: row["value"] for row in rows(client, made, "genuineness")}
    assert measures["Ideas with a decision or a reply"] == "1"


def test_words_that_are_hidden_or_taken_back_are_gone_at_once(client, made):
    Masking.objects.create(words=made.driver.words, spans=[[8, 14]])
    withdraw(words=made.bus.words, participant=made.bus.words.participant)
    statements = {row["reference"]: row for row in rows(client, made, "statements")}
    assert statements[made.driver.ref]["words"] == "Ask the [name]."
    assert statements[made.bus.ref]["words"] == ""
    assert statements[made.bus.ref]["note"] == "taken back"
    for name in SETS:
        for ending in ("json", "csv"):
            assert b"The bus is late." not in client.get(address(made, name, ending)).content
    assert rows(client, made, "decisions")[0]["rests_on_statements"] == []


def test_a_reply_to_words_that_are_not_shown_is_not_public(client, made):
    hidden = make_statement(made.conversation, "Karen did it.", standing="not_shown")
    replied(made.dora, hidden, text="We cannot print this, because it names somebody.")
    assert [row["text"] for row in rows(client, made, "replies")] == ["Thank you."]


def test_before_anything_is_published_there_are_no_rows(client):
    conversation = make_conversation("Getting home")
    make_statement(conversation, "The bus is late.")
    for name in ("statements", "lines", "genuineness"):
        answer = client.get(reverse("reporting:data_set", args=[conversation.slug, name, "json"]))
        assert json.loads(answer.content)["rows"] == []


def test_formulas_stay_text(client, made):
    made.decision.what = "=1+1"
    made.decision.save()
    assert table(client, made, "decisions")[0]["what"] == "'=1+1"


def test_the_same_again_is_304_and_a_change_is_not(client, made):
    first = client.get(address(made, "decisions"))
    tag = first["ETag"]
    again = client.get(address(made, "decisions"), headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"
    replied(made.dora, made.driver, text="We asked.")
    changed = client.get(address(made, "decisions"), headers={"If-None-Match": tag})
    assert changed.status_code == 200
    whole = reverse("reporting:data_conversations", args=["csv"])
    tag = client.get(whole)["ETag"]
    assert client.get(whole, headers={"If-None-Match": tag}).status_code == 304
    made.conversation.purpose = "Another purpose."
    made.conversation.save()
    assert client.get(whole, headers={"If-None-Match": tag}).status_code == 200


def test_other_websites_may_read_it_and_no_other_page(client, made):
    asked = client.options(address(made, "lines"), headers={"Origin": "https://example.org"})
    assert (asked.status_code, asked["Access-Control-Allow-Origin"]) == (204, "*")
    assert "ETag" in asked["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in asked
    other = client.get(reverse("public:version", args=[made.conversation.slug, 1]))
    assert "Access-Control-Allow-Origin" not in other


def test_unlisted_conversations_and_drafts_are_not_in_the_list(client, made):
    make_conversation("Hidden", listed=False)
    make_conversation("Being made", phases=["draft"])
    answer = client.get(reverse("reporting:data_conversations", args=["json"]))
    found = json.loads(answer.content)["rows"]
    assert [row["slug"] for row in found] == [made.conversation.slug]
    assert list(found[0]) == [field.name for field in CONVERSATION_FIELDS]
    assert (found[0]["version"], found[0]["phases"]) == (1, ["acting"])


def test_a_child_who_has_not_finished_gets_no_figures(client, made, rf):
    tag = client.get(address(made, "lines"))["ETag"]
    answer = HttpResponse()
    made.conversation.phases = ["listening"]
    made.conversation.save()
    remember(rf.get("/"), answer, make_participant(made.conversation, "children"))
    client.cookies[COOKIE] = answer.cookies[COOKIE].value
    again = client.get(address(made, "lines"), headers={"If-None-Match": tag})
    assert again.status_code == 200
    whole = json.loads(again.content)
    assert whole["figures_left_out"] == "You have not finished your own answers yet."
    assert {(row["agreed_by"], row["agreement"], row["groups"]) for row in whole["rows"]} == {
        (None, None, None)
    }
    assert "experience" not in {row["column"] for row in rows(client, made, "genuineness")}


def test_the_description_is_openapi_and_every_address_in_it_answers(client, made):
    description = json.loads(client.get(reverse("reporting:openapi")).content)
    validate(description)
    for path, does in description["paths"].items():
        answer = client.get(path.replace("{slug}", made.conversation.slug))
        assert answer.status_code == 200, path
        (kind,) = does["get"]["responses"]["200"]["content"]
        assert answer["Content-Type"].startswith(kind)
    for name in (*SETS, "conversations"):
        assert f"/data/{'c/{slug}/' if name in SETS else ''}{name}.json" in description["paths"]
    page = client.get(reverse("reporting:data")).content.decode()
    assert all(f'id="set-{name}"' in page for name in SETS)


def test_what_answers_fits_its_description(client, made):
    import jsonschema

    description = json.loads(client.get(reverse("reporting:openapi")).content)
    for name in SETS:
        whole = json.loads(client.get(address(made, name)).content)
        path = description["paths"][f"/data/c/{{slug}}/{name}.json"]["get"]
        schema = path["responses"]["200"]["content"]["application/json"]["schema"]
        jsonschema.validate(whole, {**schema, "components": description["components"]})


def test_the_same_queries_for_1_statement_and_30(client, made):
    asked = {name: queries_of(lambda n=name: client.get(address(made, n))) for name in SETS}
    again = {name: queries_of(lambda n=name: client.get(address(made, n))) for name in SETS}
    assert all(again[name] <= asked[name] for name in SETS), "what was made is kept"
    from tests.coproduce.reports.saying import acted, decided

    for number in range(29):
        one = make_statement(made.conversation, f"Words {number}")
        acted(made.dora, decided(made.dora, one))
    for name in SETS:
        assert queries_of(lambda n=name: client.get(address(made, n))) == asked[name], name
