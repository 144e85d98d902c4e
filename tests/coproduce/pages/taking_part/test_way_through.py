"""The participant's way, page by page, without a browser."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coproduce.conversations.models import Phase, Question
from coproduce.people.models import JoinSlip, Participant
from coproduce.people.slips import slip_digest
from coproduce.responses.models import Answer, Reason, Response
from coproduce.responses.services import answer, recount
from coproduce.statements.models import MergeLink, Statement
from coproduce.words.models import Standing, Words
from tests.coproduce.cast import make_conversation, make_participant, make_statement
from tests.coproduce.pages.taking_part.steps import address, join, say

pytestmark = pytest.mark.django_db


def test_joining_keeps_what_was_picked_and_gives_a_code_that_brings_back():
    conversation = make_conversation()
    phone = Client()
    participant, code = join(phone, conversation, "parent_carers", "education", area="exeter")
    assert participant.membership == 0b110
    assert participant.area.label == "Exeter"
    assert participant.came_by == "link"
    tablet = Client()
    tablet.post(reverse("taking_part:come_back"), {"code": code.upper()})
    assert b"You are taking part" in tablet.get(address("welcome", conversation)).content


def test_the_last_step_sent_twice_is_one_participant():
    conversation = make_conversation()
    client = Client()
    client.get(address("join", conversation))
    client.post(address("join", conversation), {"whose": "own"})
    client.post(address("who", conversation), {"groups": []})
    for _ in range(2):
        client.post(address("area", conversation), {"area": ""})
    assert Participant.objects.count() == 1


def test_an_adult_who_speaks_for_a_child_is_not_offered_the_childrens_group():
    conversation = make_conversation()
    client = Client()
    client.get(address("join", conversation))
    client.post(address("join", conversation), {"whose": "speaks_for"})
    page = client.get(address("who", conversation)).content.decode()
    assert "Parent carers" in page
    assert "Children and young people" not in page
    client.post(address("who", conversation), {"groups": ["children"]})
    assert Participant.objects.count() == 0


def test_a_slip_is_used_by_joining_and_not_by_looking():
    conversation = make_conversation()
    JoinSlip.objects.create(conversation=conversation, number=1, digest=slip_digest("printed"))
    where = reverse("taking_part:slip", args=["printed"])
    client = Client()
    client.get(where)
    assert JoinSlip.objects.get().used_on is None
    participant, _ = join(client, conversation)
    assert participant.came_by == "slip"
    assert JoinSlip.objects.get().used_on is not None
    page = Client().get(where, follow=True)
    assert b"This slip was used before" in page.content


def test_a_join_code_and_a_short_link_lead_to_the_conversation():
    conversation = make_conversation()
    client = Client()
    typed = f" {conversation.join_code[:3].lower()} {conversation.join_code[3:].lower()}"
    page = client.post(reverse("taking_part:enter_code"), {"code": typed})
    assert page["Location"] == address("welcome", conversation)
    participant, _ = join(client, conversation)
    assert participant.came_by == "join_code"
    wrong = client.post(reverse("taking_part:enter_code"), {"code": "BBBBBB"})
    assert b"We do not know this code" in wrong.content
    assert Client().get("/j/BBBBBB/").status_code == 404
    # On the page of the team they stand apart: “By open link” is the link that it gives out.
    scanned = Client()
    page = scanned.get(reverse("taking_part:short_link", args=[conversation.join_code]))
    assert page["Location"] == address("welcome", conversation)
    participant, _ = join(scanned, conversation)
    assert participant.came_by == "link"


def test_words_are_kept_first_and_then_asked_about():
    conversation = make_conversation()
    bus = make_statement(conversation, "The school bus is always late in the morning.")
    client = Client()
    amina, _ = join(client, conversation, "parent_carers")
    page = say(client, conversation, "The school bus is always late in the mornings.")
    text = page.content.decode()
    assert "Thank you. We have kept your words." in text
    assert "Is this the same as yours?" in text
    mine = Statement.objects.get(words__participant=amina)
    done = client.post(
        address("kept", conversation, mine.ref), {"other": bus.ref, "verdict": "same"}, follow=True
    )
    assert "put together" in done.content.decode()
    told = f"You said that it is the same as “{bus.text}”"
    # Where a thumb slipped, the way back is on this page, and under “Mine” for good.
    for page in (done, client.get(address("mine", conversation))):
        text = page.content.decode()
        assert text.count(told) == 1
        assert "More about this" not in text
        assert f'action="{address("not_the_same", conversation, mine.ref)}"' in text
    mine.refresh_from_db()
    assert MergeLink.objects.get().by_writer
    assert mine.cluster_id == Statement.objects.get(pk=bus.pk).cluster_id
    client.post(address("not_the_same", conversation, mine.ref))
    mine.refresh_from_db()
    assert mine.cluster_id != Statement.objects.get(pk=bus.pk).cluster_id


def test_sent_twice_is_one_statement_and_changed_words_are_another():
    conversation = make_conversation()
    client = Client()
    join(client, conversation)
    say(client, conversation, "A ramp.", form_key="abc")
    say(client, conversation, "A ramp.", form_key="abc")
    assert Statement.objects.count() == 1
    say(client, conversation, "A ramp and a lift.", form_key="abc")
    assert {s.words.text for s in Statement.objects.all()} == {"A ramp.", "A ramp and a lift."}


@pytest.mark.parametrize("words", ["", " \n", "x" * 10_000])
def test_what_cannot_be_kept_is_still_in_the_form(words):
    conversation = make_conversation()
    client = Client()
    join(client, conversation)
    page = say(client, conversation, words)
    assert page.status_code == 422
    told = "What you typed is still here" in page.content.decode()
    assert told == bool(words.strip()), "said only where something was typed"
    assert words.strip() in page.content.decode()
    assert "maxlength" not in page.content.decode()
    assert not Words.objects.exists()


@pytest.mark.parametrize(
    ("typed", "kept", "on_the_page"),
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>", "&lt;script&gt;alert(1)"),
        ("\U0001f9d1\u200d\U0001f9bd ramp", "\U0001f9d1\u200d\U0001f9bd ramp", "\U0001f9bd ramp"),
        ("مدرسة", "مدرسة", "مدرسة"),
        ("a\x00b\x07c\u202ed", "abcd", "abcd"),
        ("=1+1", "=1+1", "=1+1"),
    ],
)
def test_any_words_are_safe(typed, kept, on_the_page):
    conversation = make_conversation()
    client = Client()
    join(client, conversation)
    page = say(client, conversation, typed)
    assert Words.objects.get().text == kept
    assert on_the_page in page.content.decode()
    assert "<script>alert" not in page.content.decode()


def test_with_several_questions_one_is_chosen_first():
    conversation = make_conversation()
    second = Question.objects.create(conversation=conversation, text="And at home?", position=1)
    client = Client()
    join(client, conversation)
    page = client.get(address("say", conversation))
    assert b"Which question" in page.content
    client.post(
        address("say", conversation),
        {"words": "A quiet room.", "form_key": "k", "question": second.pk},
    )
    assert Statement.objects.get().question == second


def test_when_the_phase_ends_while_somebody_types_the_words_are_still_there():
    conversation = make_conversation()
    client = Client()
    join(client, conversation)
    conversation.phases = [Phase.LISTENING]
    conversation.save()
    page = client.post(
        address("say", conversation),
        {"words": "A ramp.", "form_key": "k", "question": conversation.questions.get().pk},
    )
    assert "were not sent" in page.content.decode()
    assert "A ramp." in page.content.decode()


def test_a_question_of_ones_own_is_kept():
    conversation = make_conversation()
    client = Client()
    amina, _ = join(client, conversation)
    page = client.post(
        address("ask", conversation), {"words": "Who pays?", "form_key": "k"}, follow=True
    )
    assert b"We have kept your question" in page.content
    words = Words.objects.get()
    assert (words.kind, words.participant, words.standing) == ("question", amina, "waiting")
    answers = f'href="/c/{conversation.slug}/questions/"'
    assert answers not in page.content.decode()
    assert answers in client.get(address("ask", conversation)).content.decode()
    assert answers in client.get(address("welcome", conversation)).content.decode()
    Words.objects.update(standing=Standing.SHOWN)
    assert answers in client.get(address("mine", conversation)).content.decode()


def test_listening_asks_what_is_not_answered_until_nothing_is_left():
    conversation = make_conversation()
    for number in range(3):
        make_statement(conversation, f"Statement number {number}.")
    make_statement(conversation, "Not looked at.", standing=Standing.WAITING)
    client = Client()
    amina, _ = join(client, conversation, "parent_carers")
    make_statement(conversation, "Amina's own.", by=amina)
    Response.objects.create(
        participant=amina,
        statement=Statement.objects.get(words__participant=amina),
        first_answer=1,
        answer=1,
        by_writing=True,
    )
    asked = set()
    for place in range(1, 4):
        page = client.get(address("listen", conversation)).content.decode()
        assert f"{place} of 3. You can stop." in page
        text = re.search(r"Statement number \d", page).group(0)
        asked.add(text)
        ref = re.search(r"listen/([0-9A-Z-]+)/why", page).group(1)
        client.post(address("listen_to", conversation, ref), {"answer": "1"})
    assert asked == {f"Statement number {n}" for n in range(3)}
    assert (
        b"You have answered everything here" in client.get(address("listen", conversation)).content
    )


def test_skipped_ones_come_again_when_asked_for():
    conversation = make_conversation()
    bus = make_statement(conversation, "The bus is late.")
    client = Client()
    join(client, conversation)
    client.post(address("listen_to", conversation, bus.ref), {"skip": "1"})
    page = client.get(address("listen", conversation)).content.decode()
    assert "Look at the 1 you skipped" in page
    again = client.get(address("listen", conversation) + "?skipped=1").content.decode()
    assert "The bus is late." in again
    assert not Response.objects.exists()


def test_what_conflicts_is_asked_again_and_settled():
    conversation = make_conversation()
    bus = make_statement(conversation, "The bus is late.")
    late = make_statement(conversation, "Our bus comes late.")
    client = Client()
    amina, _ = join(client, conversation, "parent_carers")
    client.post(address("listen_to", conversation, bus.ref), {"answer": "1"})
    client.post(address("listen_to", conversation, late.ref), {"answer": "-1"})
    Statement.objects.filter(pk=late.pk).update(cluster=bus.cluster)
    recount([bus.cluster, late.cluster])
    page = client.get(address("listen", conversation)).content.decode()
    assert "You gave different answers" in page
    client.post(address("listen_to", conversation, bus.ref), {"answer": "1"})
    assert Response.objects.get(participant=amina, statement=bus).settles
    page = client.get(address("listen", conversation)).content.decode()
    assert "You have answered everything here" in page


def five_agree(conversation, statement, capture):
    with capture(execute=True):
        for _ in range(6):
            answer(
                participant=make_participant(conversation, "education"),
                statement=statement,
                answer=Answer.AGREE,
            )


def test_totals_come_after_ones_own_answer(django_capture_on_commit_callbacks):
    conversation = make_conversation()
    bus = make_statement(conversation, "The bus is late.")
    five_agree(conversation, bus, django_capture_on_commit_callbacks)
    client = Client()
    join(client, conversation, "parent_carers")
    pages = [
        address("listen_to", conversation, bus.ref),
        address("see", conversation),
        address("listen", conversation),
    ]
    for page in pages:
        assert "Agreed by" not in client.get(page).content.decode(), page
    client.post(address("listen_to", conversation, bus.ref), {"answer": "0"})
    for page in pages[:2]:
        assert "Agreed by Schools." in client.get(page).content.decode(), page


def test_who_likes_guesses_first_and_the_guess_is_kept_nowhere(django_capture_on_commit_callbacks):
    conversation = make_conversation()
    bus = make_statement(conversation, "The bus is late.")
    five_agree(conversation, bus, django_capture_on_commit_callbacks)
    phone = Client()
    join(phone, conversation, "parent_carers")
    where = address("listen_to", conversation, bus.ref)
    asked = phone.get(address("listen", conversation) + "?guess=1").content.decode()
    assert "After you answer, you guess what others think." in asked
    answered = phone.post(where, {"answer": "1", "guess": "1"}, follow=True).content.decode()
    assert "Guess first: who agrees with this?" in answered
    assert "Agreed by" not in answered
    rows = Response.objects.values()
    before = list(rows)
    shown = phone.get(where + "?guess=1&guessed=1&agree=health&agree=no-such").content.decode()
    assert "Your guess, who agrees: <strong>Health</strong>." in shown
    assert "Agreed by Schools." in shown
    assert "pause=1&amp;guess=1" in shown
    assert list(rows.all()) == before
    nobody = phone.get(where + "?guess=1&guessed=1").content.decode()
    assert "Your guess, who agrees: <strong>none</strong>." in nobody


def test_a_child_sees_totals_only_when_finished(django_capture_on_commit_callbacks):
    conversation = make_conversation()
    bus = make_statement(conversation, "The bus is late.")
    five_agree(conversation, bus, django_capture_on_commit_callbacks)
    client = Client()
    _, code = join(client, conversation, "children")
    client.post(address("listen_to", conversation, bus.ref), {"answer": "1"})
    for name in ("listen_to", "see"):
        args = [bus.ref] if name == "listen_to" else []
        page = client.get(address(name, conversation, *args)).content.decode()
        assert "Agreed by" not in page
        assert "when you finish" in page
    gone = client.post(address("finish", conversation))
    assert "cache" in gone["Clear-Site-Data"]
    assert client.get(address("mine", conversation)).status_code == 302
    client.post(reverse("taking_part:come_back"), {"code": code})
    page = client.get(address("listen_to", conversation, bus.ref)).content.decode()
    assert "Agreed by Schools." in page


def test_a_reason_stands_beside_the_statement_when_it_has_been_looked_at():
    conversation = make_conversation()
    amina_phone, ben_phone = Client(), Client()
    join(amina_phone, conversation, "parent_carers")
    say(amina_phone, conversation, "The bus is late.")
    bus = Statement.objects.get()
    Words.objects.update(standing=Standing.SHOWN)
    join(ben_phone, conversation, "education")
    ben_phone.post(
        address("why", conversation, bus.ref),
        {"answer": "-1", "words": "It was on time all week.", "form_key": "k"},
    )
    reason = Reason.objects.get()
    assert reason.is_challenge
    where = address("listen_to", conversation, bus.ref)
    assert "on time all week" not in amina_phone.get(where).content.decode()
    assert "on time all week" in ben_phone.get(where).content.decode()
    Words.objects.filter(pk=reason.pk).update(standing=Standing.SHOWN)
    assert "on time all week" in amina_phone.get(where).content.decode()
    assert "1 reason from others" in amina_phone.get(address("mine", conversation)).content.decode()


def test_words_are_taken_back_after_it_was_explained():
    conversation = make_conversation()
    client = Client()
    join(client, conversation)
    say(client, conversation, "The bus is late.")
    ref = Words.objects.get().ref
    page = client.get(address("withdraw", conversation, ref)).content.decode()
    assert "This cannot be undone" in page
    assert "The bus is late." in page
    client.post(address("withdraw", conversation, ref))
    page = client.get(address("mine", conversation)).content.decode()
    assert "The bus is late." not in page
    assert "You took these words back" in page


def test_everything_is_taken_back_only_with_the_box_ticked():
    conversation = make_conversation()
    client = Client()
    _, code = join(client, conversation, "parent_carers")
    say(client, conversation, "The bus is late.")
    client.post(address("leave", conversation))
    assert Words.objects.get().text == "The bus is late."
    page = client.post(address("leave", conversation), {"sure": "yes"})
    assert b"Everything of yours is erased" in page.content
    assert Words.objects.get().is_erased
    wrong = Client().post(reverse("taking_part:come_back"), {"code": code})
    assert b"open nothing" in wrong.content


def test_nobody_reaches_anothers_words_or_another_conversation():
    school, parks = make_conversation(), make_conversation("Parks")
    amina_phone, ben_phone = Client(), Client()
    join(amina_phone, school)
    say(amina_phone, school, "The bus is late.")
    ref = Words.objects.get().ref
    join(ben_phone, school)
    join(ben_phone, parks)
    wrong = ben_phone.get(address("withdraw", school, "ZZZZ-ZZZZ"))
    for name in ("withdraw", "kept", "listen_to", "why", "say_done"):
        page = ben_phone.get(address(name, school, ref))
        assert page.status_code == 404, name
        if name == "withdraw":
            assert page.content.replace(ref.encode(), b"ZZZZ-ZZZZ") == wrong.content
    Words.objects.update(standing=Standing.SHOWN)
    assert ben_phone.get(address("listen_to", school, ref)).status_code == 200
    assert ben_phone.get(address("listen_to", parks, ref)).status_code == 404


@pytest.mark.parametrize("name", ["see", "mine", "answers"])
def test_lists_ask_the_database_as_often_for_30_as_for_1(name):
    conversation = make_conversation()
    client = Client()
    amina, _ = join(client, conversation, "parent_carers")

    def add(count):
        for number in range(count):
            own = make_statement(conversation, f"Own {number}.", by=amina)
            other = make_statement(conversation, f"Other {number}.")
            for statement in (own, other):
                answer(participant=amina, statement=statement, answer=Answer.AGREE)

    def asked():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address(name, conversation)).status_code == 200
        return len(queries)

    add(1)
    once = asked()
    add(29)
    assert asked() <= once + 1, "a count for the second page"
