"""The embedding map: gaps first, in the ladder's words, prefilled and written by hand."""

import pytest
from django.urls import reverse

from coproduce.conversations.models import Rung
from coproduce.genuineness.counts import move_public_counts
from coproduce.people.models import Account, Role
from coproduce.reach.models import Involvement, MapEntry
from coproduce.reach.queries.map import conversations_to_prefill, embedding_map
from coproduce.reach.services import add_entry, prefill, retire_entry, say_involved
from coproduce.refused import Refused
from tests.coproduce.cast import (
    make_conversation,
    make_member,
    make_participant,
    make_statement,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def grace():
    account = Account.objects.create_account(
        email="grace@example.org", name="Grace", password="four round stones"
    )
    account.runs_installation = True
    account.save()
    return account


def said(entry, stage, **groups):
    for label, how in groups.items():
        say_involved(by=None, entry=entry, stage=stage, group_label=label, how=how)


def test_what_has_most_gaps_stands_first_and_every_gap_is_named():
    calm = add_entry(by=None, name="Calm rooms", kind="service")
    bus = add_entry(by=None, name="Transport", kind="decision")
    said(calm, "designing", Parents="co_design", Children="not")
    said(bus, "designing", Parents="not", Children="not")
    found = embedding_map()
    assert [line.entry.name for line in found.lines] == ["Transport", "Calm rooms"]
    assert [(gap.stage, gap.label, gap.entries) for gap in found.gaps] == [
        ("Designing", "Children and young people", 2),
        ("Designing", "Parents", 1),
    ]
    designing = found.lines[1].cells[1]
    assert [one.get_how_display() for one in designing.involved] == ["Co-design"]
    assert [one.group_label for one in designing.not_involved] == ["Children and young people"]
    assert not found.lines[1].cells[0].is_known


def test_a_partner_group_is_one_by_whatever_name_a_file_or_a_conversation_calls_it():
    bus = add_entry(by=None, name="Transport", kind="decision")
    school = add_entry(by=None, name="Schools", kind="service")
    said(bus, "deciding", Children="not")
    say_involved(
        by=None,
        entry=school,
        stage="deciding",
        group_key="children",
        group_label="Pupils",
        how="not",
    )
    found = embedding_map()
    assert [(gap.stage, gap.label, gap.entries) for gap in found.gaps] == [
        ("Deciding", "Children and young people", 2)
    ]
    named = {one.group_label for line in found.lines for one in line.cells[2].not_involved}
    assert named == {"Children and young people"}


def test_the_page_of_benchmarks_says_which_keys_there_are(client, grace):
    make_conversation()
    client.force_login(grace, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("reach:benchmarks")).content.decode()
    assert "<code>parent_carers</code>: Parent carers" in page
    assert "<code>exeter</code>: Exeter" in page


def test_a_change_ends_the_row_before_it_and_not_known_ends_it_without_another():
    entry = add_entry(by=None, name="Transport", kind="decision")
    for how in ("informing", "informing", "consultation", ""):
        say_involved(by=None, entry=entry, stage="deciding", group_label="Parents", how=how)
    rows = [(row.how, row.ended_at is None) for row in Involvement.objects.order_by("pk")]
    assert rows == [("informing", False), ("consultation", False)]


def test_the_same_name_is_not_added_twice_until_it_is_taken_off():
    entry = add_entry(by=None, name="Transport", kind="decision")
    with pytest.raises(Refused, match="already"):
        add_entry(by=None, name=" Transport ", kind="decision")
    retire_entry(by=None, entry=entry)
    add_entry(by=None, name="Transport", kind="decision")
    assert MapEntry.objects.filter(retired_at=None).count() == 1


def test_a_conversation_is_put_on_the_map_as_far_as_public_numbers_say():
    conversation = make_conversation(rung=Rung.ENGAGEMENT)
    for _ in range(5):
        make_statement(conversation, "Mine.", by=make_participant(conversation, "parent_carers"))
    make_statement(conversation, "Mine.", by=make_participant(conversation, "health"))
    make_member(conversation, "Ben", Role.DECISION_MAKER, group="education")
    move_public_counts(conversation)
    assert conversations_to_prefill() == [conversation]
    entry = prefill(by=None, conversation=conversation)
    found = {
        (one.stage, one.group_key): one.how for one in entry.involvements.filter(ended_at=None)
    }
    assert found == {
        ("what_matters", "children"): "not",
        ("what_matters", "parent_carers"): "engagement",
        ("what_matters", "education"): "not",
        ("what_matters", "health"): "not",
        ("deciding", "children"): "not",
        ("deciding", "parent_carers"): "not",
        ("deciding", "health"): "not",
    }
    assert conversations_to_prefill() == []
    with pytest.raises(Refused, match="already"):
        prefill(by=None, conversation=conversation)


def test_somebody_who_runs_the_installation_writes_the_map_on_its_pages(client, grace):
    client.force_login(grace)
    made = client.post(reverse("reach:map"), {"name": "Transport", "kind": "decision"})
    entry = MapEntry.objects.get()
    assert made.url == reverse("reach:map_entry", args=[entry.pk])
    stage = reverse("reach:map_stage", args=[entry.pk, "designing"])
    assert client.get(stage).status_code == 200
    client.post(
        stage,
        {
            "how_parent_carers": "co_design",
            "how_children": "not",
            "other": "Taxi drivers",
            "how_other": "informing",
        },
    )
    found = {one.group_key: (one.group_label, one.how) for one in Involvement.objects.all()}
    assert found == {
        "parent_carers": ("Parent carers", "co_design"),
        "children": ("Children and young people", "not"),
        "taxi_drivers": ("Taxi drivers", "informing"),
    }
    page = client.get(reverse("public:map")).content.decode()
    assert "Taxi drivers: informing" in page
    assert "Think Local Act Personal" in page


def test_a_file_with_problems_is_told_on_the_page_and_nothing_is_loaded(client, grace):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client.force_login(grace)
    for name, text, said_there in (
        ("reach:benchmarks", "kind,key\na,b\n", "Missing: people, source, as_of."),
        (
            "reach:load_map",
            "name,kind,stage,group,how\nBus,plan,designing,Parents,not\n",
            "Line 2, column kind: “plan” is not one of decision, service.",
        ),
    ):
        file = SimpleUploadedFile("wrong.csv", text.encode(), content_type="text/csv")
        page = client.post(reverse(name), {"file": file})
        assert page.status_code == 422
        assert said_there in page.content.decode()
    assert not MapEntry.objects.exists()


def test_the_same_number_of_questions_with_one_entry_and_with_thirty(
    client, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    said(add_entry(by=None, name="One", kind="decision"), "deciding", Parents="not")
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("public:map"))
    for number in range(30):
        said(add_entry(by=None, name=f"N{number}", kind="service"), "designing", Parents="not")
    with django_assert_num_queries(len(asked)):
        assert client.get(reverse("public:map")).status_code == 200


def test_what_is_noted_of_everybody_is_said_once_beside_the_name(client):
    entry = add_entry(by=None, name="Transport", kind="decision")
    for label, how in (("Parents", "consultation"), ("Children", "not")):
        say_involved(
            by=None, entry=entry, stage="deciding", group_label=label, how=how, note="Look at it."
        )
    assert embedding_map().lines[0].note_of_all == "Look at it."
    page = client.get(reverse("public:map")).content.decode()
    assert page.count("Look at it.") == 1
    say_involved(
        by=None,
        entry=entry,
        stage="designing",
        group_label="Parents",
        how="co_design",
        note="Three meetings.",
    )
    assert embedding_map().lines[0].note_of_all == ""
    page = client.get(reverse("public:map")).content.decode()
    assert (page.count("(Look at it.)"), page.count("(Three meetings.)")) == (1, 1)


def test_a_note_about_one_stays_with_them():
    entry = add_entry(by=None, name="Transport", kind="decision")
    say_involved(
        by=None, entry=entry, stage="deciding", group_label="Parents", how="informing", note="Once."
    )
    assert embedding_map().lines[0].note_of_all == ""
