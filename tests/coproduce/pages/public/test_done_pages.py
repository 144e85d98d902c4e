import datetime
import re
from copy import deepcopy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coproduce.conversations.models import Phase
from coproduce.decisions.grounds import Ground
from coproduce.decisions.services import reply
from coproduce.moderation.models import Look
from coproduce.moderation.services import look_at
from coproduce.pages.public import done
from coproduce.people.models import Participant
from coproduce.words.models import Standing, Words
from coproduce.words.services import withdraw
from tests.coproduce.cast import make_statement
from tests.coproduce.decisions.published import a_decision, an_action, published
from tests.coproduce.devices import signed_in
from tests.coproduce.made_once import until_the_module_ends
from tests.coproduce.pages.public.test_public_pages import on_the_device_of, read
from tests.coproduce.understanding.arranging import make_idea

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    with until_the_module_ends(django_db_blocker):
        yield published()


@pytest.fixture
def world(made, db):
    return deepcopy(made)


def test_a_statement_s_page_tells_the_decision_and_what_is_done(world, client):
    decision = a_decision(world)
    an_action(world, decision=decision)
    page = read(client, f"/s/{world.late.ref}/")
    order = [
        page.index(part)
        for part in (
            "Somebody said it",
            "Put together with 1 other that says the same",
            "In the idea",
            "Published in version 1",
            "Decided: We will",
            "Children wait in the rain.",
            "Order two buses.",
        )
    ]
    assert order == sorted(order)


def test_the_writer_s_own_page_tells_the_same_way(world):
    a_decision(world)
    page = read(on_the_device_of(world.ben), "/c/getting-to-school/mine/")
    assert page.count("What happened to what I said") == 2
    assert page.count("Decided: We will") == 1
    assert page.count("Nothing is decided about it so far.") == 1


def test_words_that_are_not_shown_have_their_reply_on_the_page_and_not_the_words(world, client):
    hidden = make_statement(
        world.conversation, "Mr Smith is late.", standing=Standing.NOT_SHOWN, by=world.amina
    )
    reply(by=world.dee, text="We spoke to them.", rests_on=[Ground.of(hidden)], form_key="r-1")
    page = read(client, f"/s/{hidden.ref}/")
    assert "We spoke to them." in page
    assert "Mr Smith" not in page


def test_the_writer_reads_why_words_are_not_shown_with_the_note_as_it_was_written(world):
    world.conversation.phases = [Phase.GATHERING, Phase.ACTING]
    world.conversation.save(update_fields=["phases"])
    hidden = make_statement(
        world.conversation, "Mr Smith is late.", standing=Standing.WAITING, by=world.ben
    )
    world.hal.conversation.refresh_from_db()
    for note, told in (
        ("Can you leave out the name?", "It says who somebody is. Can you leave out the name?"),
        ("Without the name it can be shown", "is. Without the name it can be shown."),
        ("", "It says who somebody is."),
    ):
        look_at(
            words=hidden.words,
            by=world.hal,
            outcome=Look.Outcome.NOT_SHOWN,
            ground=Look.Ground.NAMES_SOMEONE,
            note=note,
        )
        page = read(on_the_device_of(world.ben), "/c/getting-to-school/mine/")
        assert f"{told}</p>" in page


def test_the_team_is_told_who_reads_a_reply_to_words_that_are_not_shown(world):
    """The number of the words opens a page with the reply: the team must not repeat the words."""
    make_statement(
        world.conversation, "Mr Smith is late.", standing=Standing.NOT_SHOWN, by=world.amina
    )
    page = read(signed_in(world.hal), "/team/c/getting-to-school/what-we-owe/")
    assert "Who wrote them reads the reply, and whoever has this number." in page
    assert "Only who wrote them" not in page


def test_withdrawn_words_leave_a_note_and_what_was_decided(world, client):
    a_decision(world, world.gate)
    withdraw(words=world.gate.words, participant=world.ben)
    page = read(client, f"/s/{world.gate.ref}/")
    assert "Somebody at the gate" not in page
    assert "A note stands in its place." in page


def test_a_sheet_for_several_references_at_once(world, client):
    a_decision(world)
    page = read(client, f"/s/{world.bus.ref}/sheet/?also={world.gate.ref.lower()}")
    assert "The bus is late." in page
    assert "Somebody at the gate, please." in page
    assert page.count("Decided: We will") == 1
    wrong = client.get(f"/s/{world.bus.ref}/sheet/?also=XXXX-XXXX")
    assert wrong.status_code == 422
    assert "We find no words with the reference XXXX-XXXX" in wrong.content.decode()
    assert client.get("/s/XXXX-XXXX/sheet/").status_code == 404
    many = ",".join(f"XXXX-XX{n:02}" for n in range(20))
    page = client.get(f"/s/{world.bus.ref}/sheet/?also={many}")
    assert "At most 20 fit on a sheet." in page.content.decode()


def test_a_sheet_takes_as_many_queries_for_15_as_for_2(world, client):
    def asked(*statements):
        also = ",".join(one.ref for one in statements)
        with CaptureQueriesContext(connection) as queries:
            read(client, f"/s/{world.bus.ref}/sheet/?also={also}")
        return len(queries)

    one = asked(world.gate)
    more = [make_statement(world.conversation, f"Thing {n}") for n in range(13)]
    assert asked(world.gate, *more) == one


def test_said_and_done_tells_every_idea_and_what_waits(world, client):
    decision = a_decision(world)
    an_action(world, decision=decision)
    page = read(client, "/c/getting-to-school/done/")
    assert "With a decision: 1. With an answer, and no decision: 0. Waiting: 1." in page
    assert "Two more buses in the morning." in page
    assert "Waiting, 0 days." in page
    area = read(client, "/done/")
    assert "Two more buses in the morning." in area
    assert "/c/getting-to-school/done/" in area


def test_everybody_reads_what_is_past_its_day_and_what_comes_from_no_decision(world, client):
    alone = an_action(world, world.gate, what="Ask for volunteers.")
    late = an_action(world, decision=a_decision(world))
    assert "Past the promised day" not in read(client, "/c/getting-to-school/done/")
    for one, day in ((alone, datetime.date(2099, 5, 31)), (late, datetime.date(2020, 5, 31))):
        one.due_on = day
        one.save()
    page = read(client, "/c/getting-to-school/done/")
    parts = page.split('<section class="card" aria-labelledby=')
    (overdue,) = [part for part in parts if part.startswith('"late"')]
    assert "Order two buses." in overdue
    assert "It was due on 31 May 2020." in overdue
    assert "Ask for volunteers." not in overdue
    (by_itself,) = [part for part in parts if part.startswith('"alone"')]
    assert "Ask for volunteers." in by_itself
    assert "Under way. By 31 May 2099." in by_itself
    assert "Overdue" not in by_itself
    area = read(client, "/done/")
    assert "It was due on 31 May 2020." in area


@pytest.mark.parametrize("path", ["/c/getting-to-school/done/", "/done/"])
def test_everything_past_its_day_can_be_read_a_page_at_a_time(world, client, path):
    decision = a_decision(world)
    for n in range(23):
        late = an_action(world, decision=decision, what=f"Promise {n:02}.")
        late.due_on = datetime.date(2020, 1, 1) + datetime.timedelta(days=n)
        late.save()
    pages = [read(client, f"{path}?late={number}") for number in (1, 2, 3)]
    lists = [page.split('id="late"')[1].split("</section>")[0] for page in pages]
    found = [re.findall(r"Promise \d\d", one) for one in lists]
    assert [len(one) for one in found] == [10, 10, 3]
    assert [one for page in found for one in page] == [f"Promise {n:02}" for n in range(23)]
    assert 'href="?late=2#late"' in lists[0]
    assert 'aria-label="More pages of: Past the promised day"' in lists[0]


def test_what_stands_beside_the_ideas_stands_on_their_first_page_only(world, client, monkeypatch):
    monkeypatch.setattr(done, "IDEAS_ON_A_PAGE", 1)
    late = an_action(world, decision=a_decision(world))
    late.due_on = datetime.date(2020, 5, 31)
    late.save()
    pages = [read(client, f"/c/getting-to-school/done/?page={number}") for number in (1, 2)]
    assert ["Past the promised day" in page for page in pages] == [True, False]


def test_what_rested_on_words_that_were_taken_back_says_so_to_everybody(world, client):
    decision = a_decision(world, world.bus)
    action = an_action(world, decision=decision)
    told = reply(
        by=world.grace, text="We heard.", rests_on=[Ground.of(world.school)], form_key="told"
    )
    paths = ("/c/getting-to-school/done/", f"/d/{decision.ref}/", f"/a/{action.ref}/", "/done/")
    flag = "Words were taken back"
    assert [flag in read(client, path) for path in paths] == [False] * 4
    withdraw(participant=world.amina, words=world.bus.words)
    assert [flag in read(client, path) for path in paths] == [True] * 4
    withdraw(participant=world.ben, words=world.gate.words)
    page = read(client, "/c/getting-to-school/done/")
    assert page.count(flag) == 2
    assert page.index(flag, page.index(told.text)) > page.index(told.text)


def test_what_is_not_listed_is_not_among_all_conversations(world, client):
    a_decision(world)
    world.conversation.listed = False
    world.conversation.save()
    assert "Two more buses" not in read(client, "/done/")
    assert "Two more buses" in read(client, "/c/getting-to-school/done/")


def test_before_anything_is_published_the_page_says_so(client):
    from tests.coproduce.cast import make_conversation

    make_conversation("Getting home")
    assert "Nothing is published yet." in read(client, "/c/getting-home/done/")


@pytest.mark.parametrize("path", ["/c/getting-to-school/done/", "/done/"])
def test_done_takes_as_many_queries_for_30_decisions_as_for_1(world, client, path):
    an_action(world, decision=a_decision(world))
    with CaptureQueriesContext(connection) as one:
        read(client, path)
    for n in range(28):
        some = make_statement(world.conversation, f"Thing {n}")
        make_idea(world.conversation, f"Idea {n}", some)
        an_action(world, decision=a_decision(world, some, what=f"Do {n}"))
    with CaptureQueriesContext(connection) as many:
        read(client, path)
    assert len(many) == len(one)


def test_own_page_takes_as_many_queries_for_20_statements_as_for_2(world):
    a_decision(world)
    a_decision(world, world.gate)
    ben = Participant.objects.get(pk=world.ben.pk)
    client = on_the_device_of(ben)
    with CaptureQueriesContext(connection) as one:
        read(client, "/c/getting-to-school/mine/")
    for n in range(17):
        some = make_statement(world.conversation, f"Thing {n}", by=ben)
        make_idea(world.conversation, f"Idea {n}", some)
        a_decision(world, some)
    with CaptureQueriesContext(connection) as many:
        read(client, "/c/getting-to-school/mine/")
    assert Words.objects.filter(participant=ben).count() == 19
    assert len(many) == len(one)
