from copy import deepcopy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coproduce.agreeing.counts import move_due
from coproduce.agreeing.models import LineAnswer
from coproduce.agreeing.services import answer_wording
from coproduce.conversations.models import Phase
from coproduce.moderation.services import look_at
from coproduce.responses.models import Response
from coproduce.words.models import Words
from tests.coproduce.agreeing.test_walk import Scene
from tests.coproduce.agreeing.wordings import TEXT, word
from tests.coproduce.cast import make_participant, make_statement
from tests.coproduce.made_once import until_the_module_ends
from tests.coproduce.pages.public.test_public_pages import on_the_device_of, read
from tests.coproduce.understanding.arranging import make_idea

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def once(django_db_setup, django_db_blocker):
    with until_the_module_ends(django_db_blocker):
        yield Scene()


@pytest.fixture
def scene(once, db):
    return deepcopy(once)


def address(scene):
    return f"/c/getting-to-school/agree/wording/{scene.wording.pk}/"


def test_somebody_goes_through_every_line(scene):
    client = on_the_device_of(scene.ben)
    page = read(client, "/c/getting-to-school/agree/")
    assert "You have answered 0 of 3 lines." in page
    first = f"/c/getting-to-school/agree/line/{scene.walk.ref}/"
    assert f'href="{first}"' in page
    page = read(client, first)
    assert "Line 1 of 3, under “The journey”" in page
    response = client.post(first, {"answer": "1"})
    assert response.url == address(scene)
    assert Response.objects.get(participant=scene.ben).answer == 1
    page = read(client, address(scene))
    assert "Do you agree with this line?" in page
    assert "It is often late." in page
    response = client.post(address(scene), {"choice": "yes"})
    assert response.url == f"/c/getting-to-school/agree/line/{scene.bus.ref}/"
    assert LineAnswer.objects.get().choice == "yes"
    response = client.post(response.url, {"answer": "-1"})
    assert response.url == "/c/getting-to-school/agree/?done=1"
    assert "You have gone through every line." in read(client, response.url)


def test_a_writer_is_asked_on_their_own_page_and_says_why_not(scene):
    client = on_the_device_of(scene.late.words.participant)
    assert "A question for you" in read(client, "/c/getting-to-school/")
    page = read(client, "/c/getting-to-school/mine/")
    assert "Is that still what you meant?" in page
    assert TEXT in page
    page = read(client, address(scene) + "?from=mine")
    assert "Is that still what you meant?" in page
    assert "I’m not sure" not in page
    page = client.post(address(scene), {"choice": "not_quite", "from": "mine"})
    assert page.status_code == 200
    assert "What is not quite right?" in page.content.decode()
    page = client.post(address(scene), {"choice": "not_quite", "words": " ", "form_key": "k"})
    assert page.status_code == 422
    assert not LineAnswer.objects.exists()
    page = client.post(
        address(scene),
        {"choice": "not_quite", "words": "Mine is.", "form_key": "k", "from": "mine"},
    )
    assert page.url == "/c/getting-to-school/mine/"
    assert LineAnswer.objects.get().words.text == "Mine is."
    page = read(client, "/c/getting-to-school/mine/")
    assert "You said that a line is not quite what you meant" in page
    assert "A question for you" not in read(client, "/c/getting-to-school/")


def test_who_wrote_nothing_under_it_is_not_asked_there(scene):
    page = read(on_the_device_of(scene.ben), "/c/getting-to-school/mine/")
    assert "Is that still what you meant?" not in page


def test_others_need_no_reason(scene):
    client = on_the_device_of(scene.ben)
    client.post(address(scene), {"choice": "not_quite", "words": "", "form_key": "k"})
    answer = LineAnswer.objects.get()
    assert (answer.choice, answer.words) == ("not_quite", None)


def test_totals_come_after_the_own_answer_and_for_a_child_after_finishing(scene):
    for _ in range(20):
        person = make_participant(scene.conversation, "parent_carers")
        answer_wording(participant=person, wording=scene.wording, choice="yes")
    move_due(scene.conversation)
    told = "Agreed by Parent carers."
    adult = on_the_device_of(scene.ben)
    assert told not in read(adult, address(scene))
    answer_wording(participant=scene.ben, wording=scene.wording, choice="yes")
    assert told in read(adult, address(scene))
    dev = make_participant(scene.conversation, "children")
    child = on_the_device_of(dev)
    answer_wording(participant=dev, wording=scene.wording, choice="yes")
    page = read(child, address(scene))
    assert told not in page
    assert "You will see how others answered when you finish." in page
    dev.finished_at = dev.conversation.made_at
    dev.save()
    assert told in read(child, address(scene))


def test_outside_the_phase_nothing_is_asked_and_nothing_kept(scene):
    scene.conversation.phases = [Phase.PUBLISHED]
    scene.conversation.save()
    client = on_the_device_of(scene.late.words.participant)
    assert "do not go through the draft now" in read(client, "/c/getting-to-school/agree/")
    assert "Is that still what you meant?" not in read(client, "/c/getting-to-school/mine/")
    assert client.get(address(scene)).url == "/c/getting-to-school/agree/"
    assert client.post(address(scene), {"choice": "yes"}).url == "/c/getting-to-school/agree/"
    assert not LineAnswer.objects.exists()


def sign_in(client, member):
    client.force_login(member.account)


def test_the_team_words_again_with_what_was_typed_kept_on_a_mistake(scene, client):
    dispute = answer_wording(
        participant=scene.late.words.participant,
        wording=scene.wording,
        choice="not_quite",
        why="Mine is.",
    )
    sign_in(client, scene.grace)
    page = read(client, "/team/c/getting-to-school/draft/")
    assert "Not quite what they meant" in page
    assert "Mine is." not in read(client, "/team/c/getting-to-school/draft/disputes/")
    look_at(words=dispute.words, by=scene.grace, outcome="shown")
    assert "Mine is." in read(client, "/team/c/getting-to-school/draft/disputes/")
    one = f"/team/c/getting-to-school/draft/disputes/{scene.wording.pk}/"
    page = client.post(
        one,
        {
            "do": "reword",
            "reword-revision": "0",
            "reword-text": "Some taxis are late.",
            "reword-reason": "You said so.",
        },
    )
    assert page.status_code == 422
    body = page.content.decode()
    assert "Some taxis are late." in body
    import re

    revision = re.search(r'name="reword-revision" value="(\d+)"', body).group(1)
    page = client.post(
        one,
        {
            "do": "reword",
            "reword-revision": revision,
            "reword-text": "Some taxis are late.",
            "reword-reason": "You said so.",
        },
    )
    assert page.status_code == 302
    writer = on_the_device_of(scene.late.words.participant)
    page = read(writer, "/c/getting-to-school/mine/")
    assert "The team answered: Worded again. You said so." in page
    assert "Some taxis are late." in page
    assert client.get(one).url == "/team/c/getting-to-school/draft/disputes/"


def test_the_team_splits_or_lets_it_stand(scene, client):
    def dispute():
        answer = answer_wording(
            participant=scene.late.words.participant,
            wording=scene.wording,
            choice="not_quite",
            why="Mine is.",
        )
        look_at(words=answer.words, by=scene.grace, outcome="shown")
        return answer

    found = dispute()
    sign_in(client, scene.grace)
    one = f"/team/c/getting-to-school/draft/disputes/{scene.wording.pk}/"
    page = client.post(one, {"do": "split", "split-revision": "1", "split-reason": "x"})
    assert "Choose the words that shall stand on their own." in page.content.decode()
    page = client.post(
        one,
        {
            "do": "stand",
            "stand-revision": "1",
            "stand-reason": "Most meant this.",
            "stand-seen": str(found.pk),
        },
    )
    assert page.status_code == 302
    assert "Somebody whose words this rests on says" in read(
        client, "/team/c/getting-to-school/draft/preview/"
    )


def test_no_page_of_the_team_names_who_disputes(scene, client):
    dispute = answer_wording(
        participant=scene.late.words.participant,
        wording=scene.wording,
        choice="not_quite",
        why="Mine is.",
    )
    look_at(words=dispute.words, by=scene.grace, outcome="shown")
    sign_in(client, scene.grace)
    one = f"/team/c/getting-to-school/draft/disputes/{scene.wording.pk}/"
    page = read(client, one)
    other = make_participant(scene.conversation, "health")
    writer = scene.often.words
    writer.participant, dispute.participant = other, writer.participant
    dispute.save()
    Words.objects.filter(pk=dispute.words_id).update(participant=dispute.participant)
    writer.save()

    def body(page):
        import re

        return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)

    assert body(read(client, one)) == body(page), "whoever says it, the page is the same"


def test_own_page_takes_as_many_queries_for_30_wordings_as_for_1(scene):
    amina = scene.late.words.participant
    client = on_the_device_of(amina)
    with CaptureQueriesContext(connection) as one:
        read(client, "/c/getting-to-school/mine/")
    for n in range(29):
        statement = make_statement(scene.conversation, f"Thing {n}", by=amina)
        word(scene.grace, make_idea(scene.conversation, f"Idea {n}", statement), statement)
    with CaptureQueriesContext(connection) as many:
        read(client, "/c/getting-to-school/mine/")
    assert len(many) <= len(one) + 1  # how many pages there are
