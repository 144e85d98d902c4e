"""Pages of long documents are made by the worker, and handed out only as they would be made now."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from coproduce.getting_ready import get_ready
from coproduce.pages.reporting.views import data
from coproduce.reports.models import ProducedFile, Production
from coproduce.reports.services import make_ready_again
from coproduce.reports.wanted import Wanted
from coproduce.understanding.models import Version
from coproduce.understanding.services import edit_draft
from coproduce.words.models import Masking
from coproduce.words.services import withdraw
from tests.coproduce.cast import make_participant, make_statement
from tests.coproduce.reports.working import work_through
from tests.coproduce.understanding.arranging import (
    agreeing_conversation,
    both_publish,
    make_idea,
    make_long_from_five_lines,
    make_team,
    write_draft,
)

pytestmark = pytest.mark.django_db

WHOLE = "/c/getting-to-school/understanding/1/?whole"
PUBLISH = "/team/c/getting-to-school/publish/"
PREVIEW = "/team/c/getting-to-school/draft/preview/?whole"
WAITS = "All lines are put on one page now."
READS = "The draft is long. It is read from beginning to end before a key can be turned for it."
THINGS = ("The taxi is late.", "Ask Karen.", "I walk.", "Buses.", "Nobody asks.", "Ask us.")


@pytest.fixture(autouse=True)
def worker(monkeypatch, settings):
    """Tasks wait for a worker; documents are long from five lines on."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    make_long_from_five_lines(monkeypatch)


@pytest.fixture
def conversation():
    return agreeing_conversation()


@pytest.fixture
def amina(conversation):
    return make_participant(conversation, "parent_carers")


@pytest.fixture
def said(conversation, amina):
    found = [make_statement(conversation, text, by=amina) for text in THINGS]
    make_idea(conversation, "The journey", *found[:2])
    return found


@pytest.fixture
def team(conversation, said):
    found = make_team(conversation)
    write_draft(found[0])
    return found


def signed_in(member):
    client = Client()
    client.force_login(member.account, "django.contrib.auth.backends.ModelBackend")
    return client


def read(path, client=None):
    response = (client or Client()).get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_a_whole_version_is_made_once_and_not_from_before_words_were_hidden(said, team):
    both_publish(*team)
    first = read(WHOLE)
    assert WAITS in first
    assert "The taxi is late." not in first
    assert WAITS in read(WHOLE)
    assert DBTaskResult.objects.count() == 1
    work_through()
    made = read(WHOLE)
    assert WAITS not in made
    assert all(text in made for text in THINGS)
    Masking.objects.create(words=said[1].words, spans=[[4, 9]])
    hidden = read(WHOLE)
    assert WAITS in hidden
    assert "Karen" not in hidden
    work_through()
    assert "Ask [name]." in read(WHOLE)


def test_words_that_are_taken_back_are_in_no_page_that_is_kept(said, team):
    both_publish(*team)
    read(WHOLE)
    grace = signed_in(team[0])
    read(PREVIEW, grace)
    read(PUBLISH, grace)
    work_through()
    assert ProducedFile.objects.count() == 3
    withdraw(words=said[0].words, participant=said[0].words.participant)
    assert not ProducedFile.objects.exists()
    for path, client in ((WHOLE, None), (PREVIEW, grace)):
        assert "The taxi is late." not in read(path, client)
    work_through()
    assert "The person who wrote them took them back." in read(WHOLE)
    assert "The taxi is late." not in read(PREVIEW, grace)


def test_the_worker_makes_it_again_when_what_it_shows_has_changed(said, team):
    both_publish(*team)
    read(WHOLE)
    work_through()
    assert make_ready_again() == 0
    Masking.objects.create(words=said[1].words, spans=[[4, 9]])
    assert make_ready_again() == 1
    work_through()
    assert "Ask [name]." in read(WHOLE)
    assert Production.objects.count() == 1


def test_keys_turn_for_a_long_draft_exactly_as_it_stands(said, team, conversation):
    grace, hal = map(signed_in, team)
    page = read(PUBLISH, grace)
    assert READS in page
    assert 'name="saw"' not in page
    work_through()
    page = grace.get(PUBLISH)
    saw = page.context["fingerprint"]
    said = "The document has 6 lines, with the questions that people raised, from 6 things that"
    assert said in page.content.decode()
    grace.post(PUBLISH, {"saw": saw})
    # Turning a key changes nothing of the draft: what was made of it still stands.
    assert "turned the first key for exactly this draft" in read(PUBLISH, hal)
    assert hal.post(PUBLISH, {"saw": saw}).status_code == 302
    assert Version.objects.get().number == 1
    # Publishing has its page made, before anybody asks for it.
    work_through()
    assert WAITS not in read(WHOLE)


def test_no_key_turns_for_a_draft_that_the_worker_read_before_it_changed(said, team):
    grace, hal = map(signed_in, team)
    read(PUBLISH, grace)
    work_through()
    old = grace.get(PUBLISH).context["fingerprint"]
    edit_draft(
        member=team[0],
        revision=1,
        title="Getting there",
        introduction="Otherwise.",
        how_it_was_done="",
        asked=None,
        order="arranged",
        what_changed="",
    )
    assert READS in read(PUBLISH, hal)
    refused = hal.post(PUBLISH, {"saw": old})
    assert refused.status_code == 200
    new = refused.context["fingerprint"]
    assert new not in ("", old)
    assert not Version.objects.exists()
    # The page that refuses reads the draft anew, so that the key can be turned from there.
    assert hal.post(PUBLISH, {"saw": new}).status_code == 302


def test_without_a_worker_people_read_and_publish_all_the_same(said, team):
    both_publish(*team)
    make_statement(said[0].conversation, "One thing more.")
    grace = signed_in(team[0])
    assert WAITS in read(WHOLE)
    assert READS in read(PUBLISH, grace)
    long_ago = timezone.now() - timedelta(minutes=2)
    Production.objects.update(asked_at=long_ago)
    assert "The taxi is late." in read(WHOLE)
    assert grace.get(PUBLISH).context["fingerprint"]
    Production.objects.update(asked_at=timezone.now(), state=Production.State.FAILED)
    assert "The taxi is late." in read(WHOLE)
    assert "The document has 7 lines" in read(PUBLISH, grace)


def test_a_large_set_of_open_data_is_kept_for_every_process(said, team, monkeypatch):
    monkeypatch.setattr(data, "LARGE", 100)
    both_publish(*team)
    address = "/data/c/getting-to-school/lines.json"
    first = read(address)
    work_through()
    data._kept.clear()
    assert Production.objects.get().is_ready
    assert read(address) == first
    kept = ProducedFile.objects.get()
    assert bytes(kept.content).decode() == first
    monkeypatch.setattr(data, "made_set", None)
    data._kept.clear()
    assert read(address) == first


def test_a_process_reads_the_area_before_somebody_asks(said, team):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from coproduce.area.queries import answered, ideas

    both_publish(*team)
    for kept in (answered._kept, ideas._ideas, ideas._frozen):
        kept.clear()
    with CaptureQueriesContext(connection) as cold:
        read("/area/")
    for kept in (answered._kept, ideas._ideas, ideas._frozen):
        kept.clear()
    get_ready()
    with CaptureQueriesContext(connection) as warm:
        read("/area/")
    assert len(warm) < len(cold)


def test_what_a_page_that_is_there_is_made_from_is_looked_at_once(team, monkeypatch):
    both_publish(*team)
    assert WAITS in read(WHOLE)
    work_through()
    looked = []
    fingerprint = Wanted.fingerprint
    monkeypatch.setattr(
        Wanted, "fingerprint", lambda wanted: (looked.append(wanted.kind), fingerprint(wanted))[1]
    )
    assert WAITS not in read(WHOLE)
    assert looked == [Production.Kind.VERSION_WHOLE]
