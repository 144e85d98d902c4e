import re

import pytest
from django.test import Client

from coproduce.conversations.models import Phase
from coproduce.ideas.models import Wording
from coproduce.statements.models import RoomMark, Source
from coproduce.understanding.models import Draft
from coproduce.understanding.services import raise_question
from coproduce.words.models import Standing, Words
from tests.coproduce.cast import make_conversation, make_statement
from tests.coproduce.understanding.arranging import (
    agreeing_conversation,
    both_publish,
    make_idea,
    make_team,
    put_together,
    show_figure,
    write_draft,
)

pytestmark = pytest.mark.django_db

HERE = "/c/getting-to-school/understanding/"


@pytest.fixture
def conversation():
    return agreeing_conversation()


@pytest.fixture
def team(conversation):
    return make_team(conversation)


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_the_version_says_who_agrees_in_words_and_one_mark_for_each_group(
    client, conversation, team
):
    late = make_statement(conversation, "The taxi is late.")
    make_idea(conversation, "The journey", late)
    show_figure(
        late,
        {"parent_carers": (40, 2, 3), "health": (6, 0, 0), "education": (1, 12, 0)},
    )
    write_draft(team[0], asked=600)
    both_publish(*team)
    page = read(client, f"{HERE}1/")
    assert "“The taxi is late.”" in page
    assert (
        "Agreed by Parent carers, Health. Not agreed by Schools. "
        "Too few to tell: Children and young people." in page
    )
    assert '<span aria-hidden="true">✱✱</span><span class="hidden-text">2 marks</span>' in page
    assert "600 people were asked." in page
    assert "Parent carers: about 40 agree" in page


def test_the_address_without_a_number_leads_to_the_latest(client, conversation, team):
    assert "Nothing is published yet" in read(client, HERE)
    make_statement(conversation, "The taxi is late.")
    write_draft(team[0])
    both_publish(*team)
    assert client.get(HERE).headers["Location"] == f"{HERE}1/"
    write_draft(team[0], introduction="Again.")
    both_publish(*team)
    assert client.get(HERE).headers["Location"] == f"{HERE}2/"
    assert "There is a newer version." in read(client, f"{HERE}1/")
    assert "The introduction changed." in read(client, f"{HERE}2/")


def test_there_is_no_page_of_a_version_that_is_not(client, conversation, team):
    make_conversation("Still a draft", phases=[Phase.DRAFT])
    for path in (f"{HERE}1/", "/c/still-a-draft/understanding/", "/l/BBBB-BBBB/", "/l/x/"):
        assert client.get(path).status_code == 404


def test_room_marks_are_room_marks_and_that_the_split_is_not_known_is_said(
    client, conversation, team
):
    late = make_statement(conversation, "The taxi is late.", source=Source.COLLECTIVE)
    RoomMark.objects.create(conversation=conversation, statement=late, count=11, source="room")
    write_draft(team[0])
    both_publish(*team)
    page = read(client, f"{HERE}1/")
    assert "✱✱✱✱✱✱✱✱✱✱✱</span><span" in page
    assert "11 room marks." in page
    assert "Which partner groups they were from was not written down, so it is not known." in page
    assert "fewer agreed so far" not in page


def test_what_fewer_agree_with_is_said_without_a_count(client, conversation, team):
    walks = make_statement(conversation, "I walk.")
    show_figure(walks, {"parent_carers": (1, 0, 0)})
    write_draft(team[0])
    both_publish(*team)
    page = read(client, f"{HERE}1/")
    assert "“I walk.”" in page
    assert '<span class="line__fewer">fewer agreed so far</span>' in page
    assert "1 mark" not in page.replace("One mark", "")


def test_words_taken_back_are_gone_from_every_page(client, conversation, team):
    late = make_statement(conversation, "The taxi is late.")
    often = make_statement(conversation, "It is often late.")
    put_together(late, often)
    write_draft(team[0])
    version = both_publish(*team)
    ref = version.passages.get().ref
    paths = [f"{HERE}1/", f"/l/{ref}/", f"/s/{late.ref}/"]
    assert all("The taxi is late." in read(client, path) for path in paths)
    Words.objects.filter(pk=late.pk).update(standing=Standing.WITHDRAWN)
    for path in paths:
        page = read(client, path)
        assert "The taxi is late." not in page
        assert "Words stood here. The person who wrote them took them back." in page
    assert "It is often late." in read(client, paths[0])


def test_a_line_keeps_its_address_and_leads_to_where_it_stands_now(client, conversation, team):
    late = make_statement(conversation, "The taxi is late.")
    write_draft(team[0])
    raise_question(member=team[0], revision=Draft.objects.get().revision, text="Who decides?")
    first = both_publish(*team)
    write_draft(team[0], introduction="Again.")
    Words.objects.filter(pk=late.pk).update(standing=Standing.NOT_SHOWN)
    make_statement(conversation, "Another.")
    second = both_publish(*team)
    gone, raised = first.passages.all()
    page = read(client, f"/l/{gone.ref}/")
    assert "This line is not in" in page
    page = read(client, f"/l/{raised.ref}/")
    assert "Who decides?" in page
    assert f"/l/{second.passages.get(kind='raised').ref}/" in page
    typed = raised.ref.lower().replace("-", " ")
    assert client.get(f"/l/{typed}/").headers["Location"] == f"/l/{raised.ref}/"


def test_a_wording_says_what_it_is_and_shows_what_it_rests_on(client, conversation, team):
    late = make_statement(conversation, "The taxi is late.")
    often = make_statement(conversation, "It is often late.")
    idea = make_idea(conversation, "The journey", late, often)
    wording = Wording.objects.create(
        conversation=conversation, idea=idea, text="Late taxis cost the first lesson."
    )
    wording.rests_on.set([late, often])
    for statement in (late, often):
        show_figure(statement, {"parent_carers": (40, 2, 3), "education": (1, 12, 0)})
    write_draft(team[0])
    version = both_publish(*team)
    for path in (f"{HERE}1/", f"/l/{version.passages.get().ref}/"):
        page = read(client, path)
        assert "Late taxis cost the first lesson." in page
        assert "Combined wording, by the team." in page
        assert "“The taxi is late.”" in page
        assert "“It is often late.”" in page
        assert "Everything that this rests on is agreed by Parent carers." in page


def test_peoples_words_are_text_and_never_markup(client, conversation, team):
    make_statement(conversation, "<b>Bold</b> & <script>alert(1)</script>")
    write_draft(team[0], introduction="<i>We</i> asked.")
    version = both_publish(*team)
    for path in (f"{HERE}1/", f"/l/{version.passages.get().ref}/"):
        page = read(client, path)
        assert "&lt;b&gt;Bold&lt;/b&gt; &amp; &lt;script&gt;" in page
        assert "<script>alert" not in page
        assert "<i>We</i>" not in page


def test_no_page_tells_who_published_or_shows_exact_sizes(client, conversation, team):
    late = make_statement(conversation, "The taxi is late.")
    show_figure(late, {"parent_carers": (41, 2, 3)})
    write_draft(team[0])
    both_publish(*team)
    page = read(client, f"{HERE}1/")
    assert "about 40 agree" in page
    for kept_back in ("Grace", "Hal", "memory"):
        assert kept_back not in page
    # A reference that is drawn by lot may hold these two digits: look for the numbers themselves.
    assert not re.search(r"(?<![\w-])4[16](?![\w-])", page)


@pytest.mark.parametrize("path", [f"{HERE}2/", "line", "statement"])
def test_30_lines_take_as_many_queries_as_one(
    client, conversation, team, path, django_assert_max_num_queries
):
    def publish_again(note):
        write_draft(team[0], introduction=note)
        return both_publish(*team)

    statement = make_statement(conversation, "One.")
    publish_again("First.")
    put_together(statement, make_statement(conversation, "One again."))  # a line that changes
    version = publish_again("Second.")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def address(version):
        ref = version.passages.first().ref
        return {"line": f"/l/{ref}/", "statement": f"/s/{statement.ref}/"}.get(path, path)

    with CaptureQueriesContext(connection) as one:
        read(Client(), address(version))
    for n in range(30):
        other = make_statement(conversation, f"Thing {n}.")
        make_idea(conversation, f"Idea {n}", other)
        put_together(statement, make_statement(conversation, f"The same {n}."))
    version = publish_again("Third.")
    with CaptureQueriesContext(connection) as many:
        read(
            Client(),
            address(version).replace("2/", "3/") if path == f"{HERE}2/" else address(version),
        )
    assert len(many) <= len(one) + 1
