from html import unescape

import pytest
from django.urls import reverse

from coproduce.moderation.models import Look
from coproduce.moderation.services import look_at
from coproduce.people.models import Role
from coproduce.responses.models import Answer, Reason
from coproduce.safeguarding.models import Concern
from coproduce.words.models import Standing, Words
from coproduce.words.services import keep_words, withdraw
from tests.coproduce.cast import make_member, make_participant, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(school):
    return reverse("facilitating:queue", args=[school.slug])


def waiting(school, text, by=None):
    return make_statement(school, text, by=by, standing=Standing.WAITING).words


def test_words_of_every_kind_are_seen_without_who_wrote_them(client, school, hal, address):
    dev = make_participant(school, "children")
    about = make_statement(school, "Train the drivers.")
    waiting(school, "The bus is late.", by=dev)
    for kind, text in [("reason", "Mine is kind."), ("description", "A wheelchair racer")]:
        words, _ = keep_words(
            conversation=school, participant=dev, kind=kind, text=text, how_given="own"
        )
        if kind == "reason":
            Reason.objects.create(words=words, statement=about, answer=Answer.DISAGREE)
    page = client.get(address).content.decode()
    for text in ["The bus is late.", "Mine is kind.", "A wheelchair racer", "Train the drivers."]:
        assert text in page
    assert "Children and young people" not in page
    assert f"participant {dev.pk}" not in page
    assert ":" not in page[page.index("Statement, ") : page.index("Statement, ") + 25]


def test_bulk_does_what_can_be_done_and_keeps_what_was_typed_for_the_rest(
    client, school, hal, address
):
    show, hold, refuse = (waiting(school, text) for text in ["One.", "Two.", "Three."])
    answer = client.post(
        address,
        {
            f"seen-{show.ref}": "0",
            f"outcome-{show.ref}": "shown",
            f"seen-{hold.ref}": "0",
            f"outcome-{hold.ref}": "held",
            f"seen-{refuse.ref}": "0",
            f"outcome-{refuse.ref}": "not_shown",
            f"note-{refuse.ref}": "Please write it again.",
        },
    )
    page = answer.content.decode()
    assert "Done: 2 rows." in page
    assert "Say why these words are not shown" in page
    assert "Please write it again." in page
    standings = dict(Words.objects.values_list("ref", "standing"))
    assert standings == {show.ref: "shown", hold.ref: "held", refuse.ref: "waiting"}


def test_what_somebody_looked_at_meanwhile_is_said_and_not_done_again(client, school, hal, address):
    words = waiting(school, "Jamie goes to Exeter.")
    grace = make_member(school, "Grace", Role.FACILITATOR)
    Look.objects.create(words=words, outcome="held", by=grace.account)
    Words.objects.update(standing="held")
    sent = {
        f"seen-{words.ref}": "0",
        f"outcome-{words.ref}": "not_shown",
        f"ground-{words.ref}": "hurtful",
        f"note-{words.ref}": "Please say it kindly.",
        f"hide-{words.ref}": "Jamie\r\nExeter\r\n",
    }
    page = unescape(client.post(address, sent, follow=True).content.decode())
    assert (
        f"{words.ref}: Grace has looked at these words meanwhile: Hold. To look again, undo that "
        "in the log. Nothing was done twice. You had written: “Please say it kindly.”. "
        "You wanted to hide: “Jamie / Exeter”."
    ) in page
    assert Look.objects.count() == 1


def test_a_problem_with_words_that_wait_here_no_more_is_said_with_what_was_typed(
    client, school, hal, address
):
    words = waiting(school, "The bus is late.")
    grace = make_member(school, "Grace", Role.FACILITATOR)
    look_at(words=words, by=grace, outcome="shown")
    sent = {f"seen-{words.ref}": "0", f"hide-{words.ref}": "Jamie", f"note-{words.ref}": "A note."}
    page = unescape(client.post(address, sent).content.decode())
    assert (
        f"{words.ref}: “Jamie” does not stand in these words. Copy it as it is there. "
        "You had written: “A note.”. You wanted to hide: “Jamie”."
    ) in page
    assert f'href="#row-{words.ref}"' not in page


def test_a_name_is_hidden_by_typing_it_or_by_ticking_a_suggestion(client, school, hal, address):
    words = waiting(school, "Jamie's driver is on 01392 496 011. jamie waits.")
    page = client.get(address).content.decode()
    assert "(a phone number)" in page
    client.post(
        address,
        {
            f"seen-{words.ref}": "0",
            f"outcome-{words.ref}": "shown",
            f"hide-{words.ref}": "jamie",
            f"part-{words.ref}": "21-34",
        },
    )
    words = Words.objects.get()
    assert words.shown_text == "[name]'s driver is on [name]. [name] waits."
    assert words.is_shown


def test_set_apart_words_leave_the_page_and_words_that_may_worry_come_first(
    client, school, hal, address
):
    waiting(school, "Train the drivers.")
    worry = waiting(school, "My dad hits me.")
    page = client.get(address).content.decode()
    assert page.index("My dad hits me.") < page.index("Train the drivers.")
    assert "A machine thinks so, and it may be wrong." in page
    client.post(address, {f"seen-{worry.ref}": "0", f"outcome-{worry.ref}": "set_apart"})
    assert Concern.objects.get().kept_text == "My dad hits me."
    for query in ["", "?held=yes", "?kind=statement"]:
        page = client.get(address + query).content.decode()
        assert "My dad hits me." not in page
    page = client.get(address).content.decode()
    assert page.count("1 wait to be looked at") == 1


def test_a_worry_is_kept_whatever_else_was_typed_or_said_meanwhile(client, school, hal, address):
    grace = make_member(school, "Grace", Role.FACILITATOR)
    worry = waiting(school, "My dad hits me.")
    look_at(words=worry, by=grace, outcome="shown")  # while Hal reads them
    form = {
        f"seen-{worry.ref}": "0",
        f"outcome-{worry.ref}": "set_apart",
        f"note-{worry.ref}": "It may be about home.",
        f"hide-{worry.ref}": "Somebody who is not named",
    }
    page = client.post(address, form, follow=True).content.decode()
    assert "Set apart. Only Farah can read the words now." in page
    worry.refresh_from_db()
    assert worry.standing == "set_apart"
    concern = Concern.objects.get()
    assert (concern.kept_text, concern.note) == ("My dad hits me.", "It may be about home.")
    form[f"note-{worry.ref}"] = "I read it too."
    page = client.post(address, form, follow=True).content.decode()
    assert "Set apart. Only Farah can read the words now." in page
    assert "Raised again. I read it too." in concern.steps.values_list("note", flat=True)


def test_a_worry_about_words_that_were_taken_back_says_whom_to_tell(client, school, hal, address):
    amina = make_participant(school, "parent_carers")
    worry = waiting(school, "My dad hits me.", by=amina)
    withdraw(words=worry, participant=amina)
    form = {f"seen-{worry.ref}": "0", f"outcome-{worry.ref}": "set_apart"}
    page = client.post(address, form, follow=True).content.decode()
    assert "Nothing could be set apart. Please tell Farah yourself now: farah@example.org." in page


def test_concern_pages_are_found_by_the_safeguarding_lead_alone(client, school, hal, address):
    worry = waiting(school, "My dad hits me.")
    client.post(address, {f"seen-{worry.ref}": "0", f"outcome-{worry.ref}": "set_apart"})
    concern = Concern.objects.get()
    pages = [
        reverse("facilitating:concerns", args=[school.slug]),
        reverse("facilitating:concern", args=[school.slug, concern.pk]),
    ]
    assert [client.get(page).status_code for page in pages] == [404, 404]
    farah = make_member(school, "Farah", Role.SAFEGUARDING)
    client.force_login(farah.account, backend="django.contrib.auth.backends.ModelBackend")
    assert "My dad hits me." not in client.get(pages[1]).content.decode()
    client.post(reverse("facilitating:open_concern", args=[school.slug, concern.pk]))
    assert "My dad hits me." in client.get(pages[1]).content.decode()
    assert client.get(address).status_code == 404


def test_the_queue_asks_as_much_for_ten_words_as_for_one(
    client, school, hal, address, django_assert_max_num_queries
):
    waiting(school, "Words 0")
    client.get(address)
    with django_assert_max_num_queries(30) as one:
        client.get(address)
    for number in range(30):
        waiting(school, f"Words {number}")
    client.get(address)
    with django_assert_max_num_queries(30) as many:
        client.get(address)
    assert len(many) == len(one)


def test_how_to_reach_the_lead_ends_its_sentence_once(client, school, hal, address):
    school.safeguarding_contact = "Ring 01234 567890. "
    school.save(update_fields=["safeguarding_contact"])
    worry = waiting(school, "My dad hits me.")
    form = {f"seen-{worry.ref}": "0", f"outcome-{worry.ref}": "set_apart"}
    page = client.post(address, form, follow=True).content.decode()
    assert (
        "Set apart. Only Farah can read the words now. No e-mail could be sent. "
        "Please tell Farah now: Ring 01234 567890. If somebody may be in danger now, call 999."
    ) in page


def test_what_is_not_done_yet_has_the_focus_and_is_in_the_title(client, school, hal, address):
    words = waiting(school, "The bus is silly.")
    form = {f"seen-{words.ref}": "0", f"outcome-{words.ref}": "not_shown"}
    page = client.post(address, form).content.decode()
    assert "<title>Look again: New words" in page
    assert 'role="alert" tabindex="-1" data-error-summary>' in page
    assert f'<a href="#row-{words.ref}">{words.ref}: Say why these words are not shown.' in page
