"""Queries that are written once give what the same query gives anew."""

import threading

import pytest
from django.db import connection
from django.db.models import Exists, F, OuterRef
from django.test.utils import CaptureQueriesContext

from coproduce.conversations.models import Conversation, PartnerGroup
from coproduce.prepared import Prepared, PreparedModels

pytestmark = pytest.mark.django_db


@pytest.fixture
def school_run():
    conversation = Conversation.objects.create(slug="school-run", name="School run", phases=["x"])
    for bit, label in enumerate(("Parent carers", "Schools")):
        PartnerGroup.objects.create(
            conversation=conversation, key=f"group-{bit}", label=label, bit=bit, position=bit
        )
    return conversation


def test_values_are_taken_anew_each_time(school_run):
    labels = Prepared(
        lambda slug_text, bit: PartnerGroup.objects.filter(
            conversation__slug=slug_text, bit__gte=bit
        ).values_list("label", "is_children"),
        "slug_text",
        "bit",
    )
    assert labels.rows(slug_text="school-run", bit=0) == [
        ("Parent carers", False),
        ("Schools", False),
    ]
    assert labels.rows(slug_text="school-run", bit=1) == [("Schools", False)]
    assert labels.rows(slug_text="other", bit=0) == []


def test_what_is_left_out_of_the_values_is_as_django_reads_it(school_run):
    """Lists kept as JSON, times and records beside it come as from any other query."""
    groups = PreparedModels(
        lambda bit: PartnerGroup.objects.select_related("conversation").filter(bit=bit), "bit"
    )
    with CaptureQueriesContext(connection) as asked:
        found = groups.first(bit=1)
        assert found is not None
        assert found.conversation.phases == ["x"]
        assert found.conversation.made_at == school_run.made_at
    assert len(asked) == 1
    assert found == PartnerGroup.objects.get(bit=1)
    assert groups.first(bit=7) is None


def test_what_is_annotated_comes_with_the_record(school_run):
    """Beside the columns, also after those of a related record."""
    invited = Exists(PartnerGroup.objects.filter(conversation=OuterRef("conversation"), bit=1))
    groups = PreparedModels(
        lambda bit: (
            PartnerGroup.objects.select_related("conversation")
            .filter(bit=bit)
            .annotate(beside_schools=invited, twice=F("bit") * 2)
        ),
        "bit",
    )
    for bit in (0, 1):
        found = groups.first(bit=bit)
        assert bool(found.beside_schools) is True
        assert (found.twice, found.conversation.slug) == (2 * bit, "school-run")
    PartnerGroup.objects.filter(bit=1).delete()
    assert bool(groups.first(bit=0).beside_schools) is False


def test_who_counts_the_questions_counts_these_too(school_run):
    labels = Prepared(
        lambda bit: PartnerGroup.objects.filter(bit=bit, label__contains="%").values_list("label"),
        "bit",
    )
    PartnerGroup.objects.filter(bit=1).update(label="100% of schools")
    assert labels.rows(bit=1) == [("100% of schools",)]
    with CaptureQueriesContext(connection) as asked:
        assert labels.rows(bit=1) == [("100% of schools",)]
        assert labels.rows(bit=0) == []
    assert len(asked) == 2


def test_postgresql_is_asked_to_plan_it_once(school_run):
    labels = Prepared(lambda bit: PartnerGroup.objects.filter(bit=bit).values_list("label"), "bit")
    found = [labels.rows(bit=bit) for bit in (0, 1, 0)]
    assert found == [[("Parent carers",)], [("Schools",)], [("Parent carers",)]]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT generic_plans + custom_plans FROM pg_prepared_statements"
                " WHERE statement LIKE '%label%' AND statement LIKE '%bit%'"
            )
            assert cursor.fetchall() == [(3,)]


def test_a_value_that_the_query_does_not_hold_is_an_error(school_run):
    wrong = Prepared(lambda bit, key: PartnerGroup.objects.filter(bit=bit), "bit", "key")
    with pytest.raises(ValueError, match="not in the query: key"):
        wrong.rows(bit=1, key=2)


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_over_its_own_connection(school_run):
    count = Prepared(lambda bit: PartnerGroup.objects.filter(bit=bit).values_list("label"), "bit")
    count.rows(bit=0)
    used = []

    def ask():
        with CaptureQueriesContext(connection) as asked:
            count.rows(bit=0)
        used.append(len(asked))
        connection.close()

    thread = threading.Thread(target=ask)
    with CaptureQueriesContext(connection) as here:
        thread.start()
        thread.join()
    assert used == [1]
    assert len(here) == 0
