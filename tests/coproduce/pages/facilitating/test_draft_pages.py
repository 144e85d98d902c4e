import pytest
from django.test import Client

from coproduce.conversations.models import Phase
from coproduce.ideas.models import Wording
from coproduce.people.models import Role
from coproduce.understanding.models import Draft, RaisedQuestion, Version
from tests.coproduce.cast import make_member, make_statement
from tests.coproduce.understanding.arranging import (
    agreeing_conversation,
    make_idea,
    make_team,
    write_draft,
)

pytestmark = pytest.mark.django_db

HERE = "/team/c/getting-to-school/"
TEXT = {
    "title": "What we understand",
    "introduction": "People told us.",
    "how_it_was_done": "",
    "asked": "",
    "order": "arranged",
}


@pytest.fixture
def conversation():
    return agreeing_conversation()


@pytest.fixture
def team(conversation):
    return make_team(conversation)


def signed_in(member):
    client = Client()
    client.force_login(member.account, "django.contrib.auth.backends.ModelBackend")
    return client


def read(client, path):
    response = client.get(f"{HERE}{path}")
    assert response.status_code == 200, path
    return response.content.decode()


def test_the_text_is_saved_and_shown_in_the_preview(conversation, team):
    make_statement(conversation, "The taxi is late.")
    grace = signed_in(team[0])
    sent = grace.post(f"{HERE}draft/text/", {**TEXT, "revision": 0, "asked": "120"})
    assert sent.headers["Location"] == f"{HERE}draft/"
    page = read(grace, "draft/preview/")
    for told in ("What we understand", "People told us.", "120 people were asked.", "taxi is late"):
        assert told in page
    assert not Version.objects.exists()


def test_two_at_once_do_not_overwrite_each_other(conversation, team):
    grace, hal = (signed_in(member) for member in team)
    grace.post(f"{HERE}draft/text/", {**TEXT, "revision": 0})
    sent = hal.post(
        f"{HERE}draft/text/", {**TEXT, "revision": 0, "introduction": "What Hal typed."}
    )
    page = sent.content.decode()
    assert "Grace saved the draft while you were writing." in page
    assert "What Hal typed." in page
    assert "People told us." in page, "what is saved stands beside it"
    assert Draft.objects.get().introduction == "People told us."
    again = hal.post(
        f"{HERE}draft/text/",
        {**TEXT, "revision": sent.context["form"]["revision"].value(), "introduction": "Both."},
    )
    assert again.status_code == 302
    assert Draft.objects.get().introduction == "Both."


def test_what_is_missing_is_said_at_its_field_and_what_was_typed_is_kept(conversation, team):
    page = (
        signed_in(team[0])
        .post(f"{HERE}draft/text/", {**TEXT, "revision": 0, "title": "", "asked": "many"})
        .content.decode()
    )
    assert "Write a title." in page
    assert "People told us." in page
    assert not Draft.objects.exists()


def test_a_summary_and_a_wording_are_written_and_taken_out(conversation, team):
    late = make_statement(conversation, "The taxi is late.")
    often = make_statement(conversation, "It is often late.")
    idea = make_idea(conversation, "The journey", late, often)
    hal = signed_in(team[1])
    hal.post(f"{HERE}draft/ideas/{idea.pk}/", {"revision": 0, "summary": "About the way."})
    refused = hal.post(
        f"{HERE}draft/ideas/{idea.pk}/wording/", {"revision": 1, "text": "Late taxis."}
    )
    assert "Choose the words that the wording rests on." in refused.content.decode()
    hal.post(
        f"{HERE}draft/ideas/{idea.pk}/wording/",
        {"revision": 1, "text": "Late taxis.", "statements": [late.pk, often.pk]},
    )
    page = read(hal, "draft/preview/")
    assert "About the way." in page
    assert "Combined wording, by the team." in page
    first = Wording.objects.get()
    hal.post(
        f"{HERE}draft/ideas/{idea.pk}/wording/{first.pk}/",
        {"revision": 2, "text": "Taxis that are late.", "statements": [late.pk]},
    )
    second = Wording.objects.get(ended_at=None)
    assert second.replaces == first
    assert "Taxis that are late." in read(hal, f"draft/ideas/{idea.pk}/")
    hal.post(f"{HERE}draft/wordings/{second.pk}/end/", {"revision": 3})
    assert not Wording.objects.filter(ended_at=None).exists()
    assert "Combined wording" not in read(hal, "draft/preview/")


def test_words_stand_under_one_wording_in_an_idea(conversation, team):
    late = make_statement(conversation, "The taxi is late.")
    idea = make_idea(conversation, "The journey", late)
    hal = signed_in(team[1])
    path = f"{HERE}draft/ideas/{idea.pk}/wording/"
    hal.post(path, {"revision": 0, "text": "One.", "statements": [late.pk]})
    page = hal.post(path, {"revision": 1, "text": "Two.", "statements": [late.pk]}).content.decode()
    assert "stand under another wording of this idea: “One.”" in page
    assert Wording.objects.count() == 1


def test_raised_questions_are_added_moved_and_taken_out(conversation, team):
    grace = signed_in(team[0])
    for number, text in enumerate(("Who decides?", "Is it genuine?")):
        grace.post(f"{HERE}draft/questions/", {"revision": number, "text": text})
    second = RaisedQuestion.objects.get(text="Is it genuine?")
    grace.post(f"{HERE}draft/questions/{second.pk}/", {"revision": 2, "do": "up"})
    kept = RaisedQuestion.objects.filter(retired_at=None)
    assert [one.text for one in kept] == ["Is it genuine?", "Who decides?"]
    grace.post(f"{HERE}draft/questions/{second.pk}/", {"revision": 3, "do": "take_out"})
    assert [one.text for one in kept.all()] == ["Who decides?"]
    stale = grace.post(
        f"{HERE}draft/questions/{kept.all().get().pk}/",
        {"revision": 3, "do": "take_out"},
        follow=True,
    )
    assert "saved the draft while you were writing" in stale.content.decode()
    assert kept.all().count() == 1


def test_two_keys_publish_through_the_pages(conversation, team):
    make_statement(conversation, "The taxi is late.")
    write_draft(team[0])
    grace, hal = (signed_in(member) for member in team)
    saw = grace.get(f"{HERE}publish/").context["fingerprint"]
    page = grace.post(f"{HERE}publish/", {"saw": saw}, follow=True).content.decode()
    assert "You turned the first key." in page
    assert "Somebody else in the team, of another partner group" in page
    assert "Grace, for Parent carers, turned the first key" in read(hal, "publish/")
    write_draft(team[0], asked=7)
    page = read(hal, "publish/")
    assert "The draft has changed since. So both keys start again." in page
    assert "Turn the first key" in page
    write_draft(team[0], asked=None)
    assert "The draft has changed since" not in read(hal, "publish/")
    done = hal.post(f"{HERE}publish/", {"saw": saw})
    assert done.headers["Location"] == "/c/getting-to-school/understanding/1/"
    assert "Nothing changed since version 1." in read(hal, "publish/")


def test_who_cannot_turn_the_second_key_for_a_version_reads_why(conversation, team):
    make_statement(conversation, "The taxi is late.")
    write_draft(team[0])
    grace = signed_in(team[0])
    saw = grace.get(f"{HERE}publish/").context["fingerprint"]
    grace.post(f"{HERE}publish/", {"saw": saw})
    for name, group, why in (
        ("Amina", "parent_carers", "Grace turned the first key, and stands for the same partner"),
        ("Ben", None, "The team page does not say which partner group you stand for."),
    ):
        member = make_member(conversation, name, Role.ORGANISER, group=group)
        page = read(signed_in(member), "publish/")
        assert why in page
        assert "Turn the second key" not in page


def test_a_draft_that_moved_on_is_read_again_before_a_key_turns(conversation, team):
    make_statement(conversation, "The taxi is late.")
    write_draft(team[0])
    grace = signed_in(team[0])
    saw = grace.get(f"{HERE}publish/").context["fingerprint"]
    write_draft(team[1], introduction="Otherwise.")
    page = grace.post(f"{HERE}publish/", {"saw": saw}).content.decode()
    assert "It has changed since you opened the page." in page
    assert not conversation.key_turns.exists()


def test_before_its_time_and_with_something_missing_there_is_no_key(conversation, team):
    grace = signed_in(team[0])
    page = read(grace, "publish/")
    assert "Write a title first." in page
    assert 'name="saw"' not in page
    conversation.phases = [Phase.LISTENING]
    conversation.save()
    assert "from the agreeing phase on" in read(grace, "publish/")


PATHS = ("draft/", "draft/text/", "draft/preview/", "publish/", "bring-in/")


@pytest.mark.parametrize("path", PATHS)
def test_who_has_another_role_or_another_team_finds_nothing(conversation, team, path):
    ben = make_member(conversation, "Ben", Role.DECISION_MAKER)
    olu = make_member(agreeing_conversation("Elsewhere"), "Olu", Role.ORGANISER)
    for member in (ben, olu):
        assert signed_in(member).get(f"{HERE}{path}").status_code == 404
    assert Client().get(f"{HERE}{path}").status_code == 302


def test_the_pieces_of_another_conversation_are_not_found(conversation, team):
    elsewhere = agreeing_conversation("Elsewhere")
    said = make_statement(elsewhere, "Theirs.")
    idea = make_idea(elsewhere, "Their idea", said)
    wording = Wording.objects.create(conversation=elsewhere, idea=idea, text="Their wording")
    raised = RaisedQuestion.objects.create(conversation=elsewhere, text="Their question")
    grace = signed_in(team[0])
    for path in (f"draft/ideas/{idea.pk}/", f"draft/ideas/{idea.pk}/wording/"):
        assert grace.get(f"{HERE}{path}").status_code == 404
    for path in (f"draft/wordings/{wording.pk}/end/", f"draft/questions/{raised.pk}/"):
        assert grace.post(f"{HERE}{path}", {"revision": 0}).status_code == 404


@pytest.mark.parametrize("path", ["draft/", "draft/preview/", "publish/"])
def test_30_ideas_take_as_many_queries_as_one(conversation, team, path):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    make_idea(conversation, "First", make_statement(conversation, "One."))
    write_draft(team[0])
    grace = signed_in(team[0])
    with CaptureQueriesContext(connection) as one:
        read(grace, path)
    for n in range(30):
        make_idea(conversation, f"Idea {n}", make_statement(conversation, f"Thing {n}."))
    with CaptureQueriesContext(connection) as many:
        read(grace, path)
    assert len(many) == len(one)


def test_a_wording_that_was_overtaken_keeps_its_text_and_its_choices(conversation, team):
    late = make_statement(conversation, "The taxi is late.")
    often = make_statement(conversation, "It is often late.")
    idea = make_idea(conversation, "The journey", late, often)
    write_draft(team[0])
    sent = signed_in(team[1]).post(
        f"{HERE}draft/ideas/{idea.pk}/wording/",
        {"revision": 0, "text": "Late taxis.", "statements": [late.pk, often.pk]},
    )
    page = sent.content.decode()
    assert "Grace saved the draft while you were writing." in page
    assert "Late taxis." in page
    assert page.count(" checked") == 2
    assert sent.context["form"]["revision"].value() == "1"
    assert not Wording.objects.exists()


def test_what_stands_under_no_heading_is_named_with_its_question(client, school, hal):
    first = school.questions.get()
    second = school.questions.create(text="What else?", position=2)
    for question in (first, second):
        make_statement(school, "The bus is late.", question=question)
    page = client.get(f"/team/c/{school.slug}/draft/preview/").content.decode()
    for question in (first, second):
        named = f'aria-labelledby="question-{question.pk} others-{question.pk}"'
        assert page.count(named) == 1
        assert page.count(f'id="question-{question.pk}"') == 1
        assert page.count(f'id="others-{question.pk}"') == 1
