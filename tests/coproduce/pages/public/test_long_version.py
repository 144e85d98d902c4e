"""A long version is read in parts. Nothing of it is kept: words taken back are gone at once."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coproduce.conversations.models import Phase
from coproduce.understanding.models import Draft
from coproduce.understanding.queries.draft import DraftNow, draft_document
from coproduce.understanding.queries.versions import (
    contents_of,
    front_of,
    part_of,
    published_document,
)
from coproduce.understanding.services import raise_question
from coproduce.words.models import Masking, Standing, Words
from tests.coproduce.cast import make_participant, make_statement
from tests.coproduce.understanding.arranging import (
    agreeing_conversation,
    both_publish,
    make_idea,
    make_long_from_five_lines,
    make_team,
    put_together,
    show_figure,
    write_draft,
)

pytestmark = pytest.mark.django_db

HERE = "/c/getting-to-school/understanding/"
TEAM = "/team/c/getting-to-school/draft/preview/"


@pytest.fixture(autouse=True)
def short_parts(monkeypatch):
    make_long_from_five_lines(monkeypatch)


@pytest.fixture
def conversation():
    return agreeing_conversation()


@pytest.fixture
def team(conversation):
    return make_team(conversation)


@pytest.fixture
def said(conversation, team):
    """Seven lines: two ideas of two, two under no heading and a raised question."""
    texts = (
        "The taxi is late.",
        "It came at nine.",
        "Nobody asks.",
        "Ask us.",
        "I walk.",
        "Buses.",
    )
    found = [make_statement(conversation, text) for text in texts]
    make_idea(conversation, "The journey", *found[:2])
    make_idea(conversation, "Being asked", *found[2:4])
    show_figure(found[0], {"parent_carers": (40, 2, 3), "education": (1, 12, 0)})
    write_draft(team[0])
    raise_question(member=team[0], revision=Draft.objects.get().revision, text="Who decides?")
    return found


def read(path, client=None):
    response = (client or Client()).get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def lines_on(page):
    return re.findall(r'class="line__words">“?(.*?)”?</p>', page)


def test_it_opens_on_its_contents_and_each_line_stands_in_one_part(said, team):
    version = both_publish(*team)
    front = read(f"{HERE}1/")
    assert "It has 7 lines. So it is read in 3 parts." in front
    assert "People told us about getting to school." in front
    assert lines_on(front) == []
    for name in ("The journey", "Being asked", "Said too", "Questions that people raised"):
        assert name in front
    parts = [lines_on(read(f"{HERE}1/?part={number}")) for number in (1, 2, 3)]
    whole = lines_on(read(f"{HERE}1/?whole"))
    assert len(whole) == 7
    assert [line for part in parts for line in part] == whole
    assert max(len(part) for part in parts) == 3
    for number in ("0", "4", "x", "-1", "1e9"):
        assert Client().get(f"{HERE}1/?part={number}").status_code == 404
    line = version.passages.first()
    assert f"/l/{line.ref}/" in read(f"{HERE}1/?part=1")


def test_a_short_one_is_one_page(conversation, team):
    make_statement(conversation, "The taxi is late.")
    write_draft(team[0])
    both_publish(*team)
    page = read(f"{HERE}1/")
    assert lines_on(page) == ["The taxi is late."]
    assert "What is in it" not in page


def test_words_that_are_taken_back_or_masked_are_gone_from_parts_and_changes(said, team):
    both_publish(*team)
    late, nine = said[0], said[1]
    put_together(late, make_statement(late.conversation, "The cab is late."))
    both_publish(*team)
    pages = (f"{HERE}2/?part=1", f"{HERE}2/?whole", f"{HERE}2/", f"{HERE}2/changed/")
    for path in (*pages, f"{HERE}1/?part=1"):
        assert "The taxi is late." in read(path), path
    Words.objects.filter(pk=late.words_id).update(standing=Standing.WITHDRAWN)
    Masking.objects.create(words=nine.words, spans=[[11, 15]])
    for path in (*pages, f"{HERE}1/?part=1", f"{HERE}1/?whole"):
        page = read(path)
        assert "The taxi is late." not in page, path
        assert "The person who wrote them took them back." in page, path
        assert "at nine" not in page, path
    assert "It came at [name]." in read(f"{HERE}2/?part=1")
    assert "A name was hidden after this was published." in read(f"{HERE}2/?part=1")


def test_who_has_not_finished_their_answers_sees_no_figures_on_any_part(said, team, conversation):
    from coproduce.pages.device import COOKIE, SALT

    both_publish(*team)
    told = "Agreed by Parent carers."
    assert told in read(f"{HERE}1/?part=1")
    # Answering goes on beside what is published, for a child who has not finished.
    conversation.phases = [Phase.LISTENING, Phase.PUBLISHED]
    conversation.save()
    dev = make_participant(conversation, "children")
    from django.core import signing

    client = Client()
    client.cookies[COOKIE] = signing.dumps({str(conversation.pk): dev.pk}, salt=SALT, compress=True)
    for path in (f"{HERE}1/?part=1", f"{HERE}1/?whole", f"{HERE}1/"):
        page = read(path, client)
        assert told not in page
        assert "40 agree" not in page
        assert "You have not finished your own answers yet." in page


def test_a_part_of_the_draft_reads_as_it_is_published(said, team, conversation):
    draft = DraftNow(conversation)
    whole = draft_document(conversation)
    parts = [draft.part(draft.contents.part(n)) for n in (1, 2, 3)]
    assert [line for part in parts for line in part.lines] == list(whole.lines)
    assert draft.front().lines == ()
    assert (draft.front().has_answers, draft.front().has_wordings) == (True, False)
    assert draft.front().took_part == whole.took_part
    version = both_publish(*team)
    published = published_document(version)
    assert [line.text or line.listed[0].text for line in published.lines] == [
        line.text or line.listed[0].text for line in whole.lines
    ]
    found = contents_of(version)
    assert [one.lines for one in found.headings] == [one.lines for one in draft.contents.headings]
    assert [one for n in (1, 2, 3) for one in part_of(version, found.part(n)).lines] == list(
        published.lines
    )
    for name in ("has_answers", "has_wordings", "has_room_marks"):
        assert getattr(front_of(version), name) == getattr(published, name)


def test_the_preview_is_read_in_parts_too(said, team):
    client = Client()
    client.force_login(team[0].account, "django.contrib.auth.backends.ModelBackend")
    assert lines_on(read(TEAM, client)) == []
    parts = [lines_on(read(f"{TEAM}?part={number}", client)) for number in (1, 2, 3)]
    assert [line for part in parts for line in part] == lines_on(read(f"{TEAM}?whole", client))
    assert client.get(f"{TEAM}?part=4").status_code == 404


@pytest.mark.parametrize("path", ["", "?part=1", "changed/"])
def test_30_more_lines_take_no_more_queries(said, team, conversation, path):
    both_publish(*team)
    put_together(said[0], make_statement(conversation, "The cab is late."))
    both_publish(*team)
    with CaptureQueriesContext(connection) as few:
        read(f"{HERE}2/{path}")
    for number in range(30):
        make_idea(conversation, f"Idea {number}", make_statement(conversation, f"Thing {number}."))
    put_together(said[0], make_statement(conversation, "The minibus is late."))
    both_publish(*team)
    with CaptureQueriesContext(connection) as many:
        read(f"{HERE}3/{path}")
    assert len(many) == len(few)


@pytest.mark.parametrize("path", ["", "preview/", "preview/?part=1"])
def test_30_more_lines_take_no_more_queries_of_the_draft(said, team, conversation, path):
    client = Client()
    client.force_login(team[0].account, "django.contrib.auth.backends.ModelBackend")
    here = f"/team/c/getting-to-school/draft/{path}"
    read(here, client)
    with CaptureQueriesContext(connection) as few:
        read(here, client)
    for number in range(30):
        make_idea(conversation, f"Idea {number}", make_statement(conversation, f"Thing {number}."))
    with CaptureQueriesContext(connection) as many:
        read(here, client)
    assert len(many) == len(few)
