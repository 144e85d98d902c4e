import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from coproduce.conversations.models import Phase
from coproduce.pages.device import remember
from coproduce.people.models import WhoseWords
from coproduce.responses.models import Reason, Response
from coproduce.words.models import Standing, Words
from coproduce.words.services import keep_words
from tests.coproduce.cast import make_conversation, make_participant, make_statement
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


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def on_the_device_of(participant):
    """A browser that takes part as this participant."""
    client = Client()
    request = RequestFactory().get("/")
    response = HttpResponse()
    remember(request, response, participant)
    client.cookies = response.cookies
    return client


def published(conversation):
    """The conversation with one published line that parent carers agree with."""
    late = make_statement(conversation, "The taxi is late.")
    make_idea(conversation, "The journey", late)
    show_figure(late, {"parent_carers": (40, 2, 3)})
    team = make_team(conversation)
    write_draft(team[0])
    return late, both_publish(*team)


def test_home_lists_what_is_open_and_what_is_published(client):
    make_conversation("Being heard", phases=[Phase.GATHERING], purpose="Better meetings.")
    published(agreeing_conversation("Getting to school", purpose="Better journeys."))
    make_conversation("Not listed", listed=False)
    make_conversation("A draft", phases=[Phase.DRAFT])
    make_conversation("Over", phases=[Phase.CLOSED])
    page = read(client, "/")
    assert "Better meetings." in page
    assert "/c/getting-to-school/understanding/1/" in page
    for hidden in ("Not listed", "A draft", "Over"):
        assert hidden not in page


def test_home_offers_nobody_to_take_part_where_nobody_new_can_say_or_answer(client):
    conversation = agreeing_conversation("Getting to school", purpose="Better journeys.")
    published(conversation)
    for phase in (Phase.PUBLISHED, Phase.ACTING):
        conversation.phases = [phase]
        conversation.save(update_fields=["phases"])
        page = read(client, "/")
        assert "Better journeys." not in page
        assert "/c/getting-to-school/understanding/1/" in page


def test_home_takes_as_many_queries_for_30_conversations_as_for_1(client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    published(agreeing_conversation("First"))
    with CaptureQueriesContext(connection) as one:
        read(client, "/")
    for n in range(29):
        published(agreeing_conversation(f"Conversation {n}"))
    with CaptureQueriesContext(connection) as many:
        read(client, "/")
    assert len(many) == len(one)


@pytest.mark.parametrize("path", ["/how-it-works/", "/privacy/", "/find/"])
def test_pages_for_anyone(client, path):
    assert "<h1>" in read(client, path)


def test_a_reference_typed_in_any_way_finds_the_words(client):
    late = make_statement(agreeing_conversation(), "The taxi is late.")
    for typed in (
        late.ref,
        late.ref.lower(),
        late.ref.replace("-", " "),
        late.ref.replace("-", ""),
    ):
        response = client.get("/find/", {"ref": typed})
        assert response.headers["Location"] == f"/s/{late.ref}/"
    page = client.get("/find/", {"ref": "K7PM-2XQ"}).content.decode()
    assert "We find no words with this reference." in page
    assert "K7PM-2XQ" in page


def test_a_statement_says_what_became_of_it(client):
    conversation = agreeing_conversation()
    late, version = published(conversation)
    same = make_statement(conversation, "Taxis are always late.")
    put_together(late, same)
    page = read(client, f"/s/{late.ref}/")
    assert "“The taxi is late.”" in page
    assert "“Taxis are always late.”" in page
    assert "<strong>The journey</strong>" in page
    assert "Published in version 1" in page
    assert f"/l/{version.passages.get().ref}/" in page
    assert "Agreed by Parent carers." in page


def test_before_a_version_no_statement_shows_how_others_answered(client):
    late = make_statement(agreeing_conversation(), "The taxi is late.")
    show_figure(late, {"parent_carers": (40, 2, 3)})
    page = read(client, f"/s/{late.ref}/")
    assert "Agreed by" not in page
    assert "about 40" not in page
    assert "It is not in a published version so far." in page


@pytest.mark.parametrize(
    "standing", [Standing.WAITING, Standing.HELD, Standing.NOT_SHOWN, Standing.SET_APART]
)
def test_words_that_are_not_shown_all_read_the_same(client, standing):
    conversation = agreeing_conversation()
    hidden = make_statement(conversation, "Something secret.", standing=standing)
    beside = make_statement(conversation, "The taxi is late.")
    put_together(beside, hidden)
    page = read(client, f"/s/{hidden.ref}/")
    assert "These words are kept. They are not shown to others now." in page
    assert "secret" not in page
    assert "The taxi is late." not in page
    assert "secret" not in read(client, f"/s/{beside.ref}/")


def test_reasons_and_challenges_that_were_shown_stand_with_it(client):
    conversation = agreeing_conversation()
    late = make_statement(conversation, "The taxi is late.")
    for text, standing, answer in (
        ("Ours is on time.", Standing.SHOWN, -1),
        ("Every Monday.", Standing.SHOWN, 1),
        ("Not looked at yet.", Standing.WAITING, -1),
    ):
        words, _ = keep_words(
            conversation=conversation,
            participant=None,
            kind=Words.Kind.REASON,
            text=text,
            how_given="own",
            standing=standing,
        )
        Reason.objects.create(words=words, statement=late, answer=answer)
    page = read(client, f"/s/{late.ref}/")
    assert "“Ours is on time.”" in page
    assert "Somebody who does not agree" in page
    assert "“Every Monday.”" in page
    assert "Not looked at yet." not in page


def test_statements_of_a_draft_conversation_are_not_found(client):
    hidden = make_statement(make_conversation("Draft", phases=[Phase.DRAFT]), "Too early.")
    assert client.get(f"/s/{hidden.ref}/").status_code == 404
    assert client.get("/s/BBBB-BBBB/").status_code == 404


def test_who_takes_part_sees_no_totals_of_a_statement_before_their_own_answer():
    conversation = agreeing_conversation()
    late, version = published(conversation)
    amina = make_participant(conversation, "parent_carers")
    device = on_the_device_of(amina)
    paths = (f"/s/{late.ref}/", f"/l/{version.passages.get().ref}/")
    for path in paths:
        page = read(device, path)
        assert "Agreed by" not in page
        assert "You have not given your own answer yet." in page
    Response.objects.create(participant=amina, statement=late, first_answer=-1, answer=-1)
    for path in paths:
        assert "Agreed by Parent carers." in read(device, path)


def test_a_child_sees_no_totals_anywhere_until_they_finish():
    conversation = agreeing_conversation()
    late, version = published(conversation)
    dev = make_participant(conversation, "children", whose_words=WhoseWords.OWN)
    Response.objects.create(participant=dev, statement=late, first_answer=1, answer=1)
    device = on_the_device_of(dev)
    paths = (
        "/c/getting-to-school/understanding/1/",
        f"/s/{late.ref}/",
        f"/l/{version.passages.get().ref}/",
    )
    for path in paths:
        page = read(device, path)
        assert "The taxi is late." in page
        for total in ("Agreed by", "✱", "about 40", "fewer agreed"):
            assert total not in page, (path, total)
    dev.finished_at = version.published_at
    dev.save()
    for path in paths:
        assert "Agreed by Parent carers." in read(device, path)


def test_when_nobody_can_answer_any_more_everybody_may_see():
    conversation = agreeing_conversation()
    late, _ = published(conversation)
    conversation.phases = [Phase.PUBLISHED]
    conversation.save()
    dev = make_participant(conversation, "children")
    assert "Agreed by Parent carers." in read(on_the_device_of(dev), f"/s/{late.ref}/")
