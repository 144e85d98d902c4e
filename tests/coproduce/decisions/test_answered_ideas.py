"""When an idea has its answer: not by what is said of one of its lines, or to one person."""

import datetime
from copy import deepcopy
from itertools import count

import pytest
from django.urls import reverse
from django.utils import timezone

from coproduce.area.queries.answered import answered_ideas
from coproduce.conversations.models import Phase
from coproduce.decisions.grounds import Ground
from coproduce.decisions.models import Reply
from coproduce.decisions.queries import decisions_under, what_became_of_ideas, what_we_owe
from coproduce.decisions.queries.done import said_and_done
from coproduce.decisions.services import decide, reply
from coproduce.genuineness.queries.page import genuineness_of
from coproduce.people.models import Role
from coproduce.understanding.queries.draft import draft_row
from coproduce.understanding.services.wording import word_together
from coproduce.words.models import Standing, Words
from coproduce.words.services import withdraw
from tests.coproduce.cast import make_conversation, make_member, make_participant, make_statement
from tests.coproduce.made_once import until_the_module_ends
from tests.coproduce.understanding.arranging import (
    both_publish,
    make_idea,
    make_team,
    put_together,
    write_draft,
)

pytestmark = pytest.mark.django_db
_forms = count()


@pytest.fixture(autouse=True)
def ledger(settings, tmp_path):
    settings.ERASURES = tmp_path / "erasures.jsonl"


class World:
    """An idea with three lines, published: two that say the same, one alone, and a wording."""

    def __init__(self):
        self.conversation = make_conversation(phases=[Phase.AGREEING])
        self.amina = make_participant(self.conversation, "parent_carers")
        self.ben = make_participant(self.conversation, "education")
        self.bus, self.late = self.said("The bus is late."), self.said("Buses come too late.", "b")
        self.stop = self.said("A stop near us.")
        self.fare, self.card = self.said("It costs too much."), self.said("A card for all.", "b")
        put_together(self.bus, self.late)
        self.buses = make_idea(
            self.conversation, "Buses", self.bus, self.stop, self.fare, self.card
        )
        grace, hal = make_team(self.conversation)
        write_draft(grace)
        word_together(
            member=hal,
            revision=draft_row(self.conversation).revision,
            idea=self.buses,
            text="Cheaper, with one card.",
            statements=[self.fare.pk, self.card.pk],
        )
        self.version = both_publish(grace, hal)
        self.conversation.phases = [Phase.PUBLISHED]
        self.conversation.save()
        self.hal = hal
        self.hal.refresh_from_db()
        self.dee = make_member(self.conversation, "Dee", Role.DECISION_MAKER, group="health")

    def said(self, text, who="a"):
        by = self.amina if who == "a" else self.ben
        return make_statement(self.conversation, text, by=by)

    def lines(self):
        return {
            tuple(sorted(line.sources.values_list("words_id", flat=True))): line
            for line in self.version.passages.all()
        }

    def line_of(self, *statements):
        return self.lines()[tuple(sorted(one.pk for one in statements))]

    def tell(self, *on):
        grounds = [Ground.of(one) for one in on]
        return reply(by=self.hal, text="Heard.", rests_on=grounds, form_key=f"r{next(_forms)}")

    def decide(self, *on):
        return decide(
            by=self.dee,
            what="Two more buses.",
            why="Children wait in the rain.",
            decided_on=datetime.date(2026, 1, 5),
            decided_by="The board",
            outcome="will",
            rests_on=[Ground.of(one) for one in on],
            form_key=f"d{next(_forms)}",
        )

    def became(self):
        (idea,) = what_became_of_ideas(self.conversation)
        return idea

    def in_the_area(self):
        return answered_ideas([self.version.pk])


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    with until_the_module_ends(django_db_blocker):
        yield World()


@pytest.fixture
def world(made, db):
    return deepcopy(made)


def waiting_lines(world):
    return {line.passage.ref for line in world.became().lines if line.is_waiting}


def test_three_lines_wait_until_something_rests_on_the_whole_idea(world):
    assert len(waiting_lines(world)) == 3
    assert world.buses.pk not in world.in_the_area()
    world.tell(world.buses)
    assert waiting_lines(world) == set()
    assert not world.became().is_waiting
    assert world.buses.pk in world.in_the_area()


def test_a_reply_to_one_persons_words_does_not_answer_the_idea_for_everybody(world):
    told = world.tell(world.stop)
    idea = world.became()
    assert (idea.is_waiting, idea.is_partly_answered, idea.replies) == (True, True, (told,))
    assert waiting_lines(world) == {
        world.line_of(world.bus, world.late).ref,
        world.line_of(world.fare, world.card).ref,
    }
    assert world.buses.pk not in world.in_the_area()
    assert [one.kind for one in what_we_owe(world.conversation)] == ["idea"]
    done = said_and_done(world.conversation)
    assert (done.decided, done.replied, done.waiting, done.in_part) == (0, 0, 1, 1)
    facts = genuineness_of(world.conversation).facts
    assert (facts.ideas, facts.ideas_answered, facts.ideas_waiting) == (1, 0, 1)


def test_it_reaches_what_was_put_together_with_them(world):
    world.tell(world.late)
    assert world.line_of(world.bus, world.late).ref not in waiting_lines(world)


def test_a_wording_waits_until_all_whose_words_it_stands_for_are_reached(world):
    wording = world.line_of(world.fare, world.card).ref
    world.tell(world.fare)
    assert wording in waiting_lines(world)
    world.tell(world.card)
    assert wording not in waiting_lines(world)


def test_a_decision_on_each_line_answers_the_idea_and_on_one_of_them_a_part(world):
    lines = [
        world.line_of(world.bus, world.late),
        world.line_of(world.stop),
        world.line_of(world.fare, world.card),
    ]
    for number, line in enumerate(lines, start=1):
        assert world.became().is_waiting
        assert world.buses.pk not in world.in_the_area()
        world.decide(line)
        assert len(waiting_lines(world)) == 3 - number
    assert world.buses.pk in world.in_the_area()
    facts = genuineness_of(world.conversation).facts
    assert (facts.ideas_answered, facts.ideas_in_part) == (1, 0)


def test_days_run_until_the_last_line_has_its_answer(world):
    first = world.tell(world.line_of(world.bus, world.late), world.line_of(world.stop))
    Reply.objects.filter(pk=first.pk).update(made_at=timezone.now() - datetime.timedelta(days=20))
    assert world.became().answered_on is None
    world.tell(world.line_of(world.fare, world.card))
    assert world.became().answered_on == timezone.localdate()


def test_a_line_of_which_all_words_were_taken_back_holds_nothing_up(world):
    world.tell(world.line_of(world.bus, world.late), world.line_of(world.fare, world.card))
    assert world.became().is_waiting
    withdraw(words=world.stop.words, participant=world.amina)
    assert not world.became().is_waiting
    assert world.buses.pk in world.in_the_area()


def test_a_reply_to_words_that_were_taken_back_is_for_who_wrote_them_alone(world, client):
    withdraw(words=world.bus.words, participant=world.amina)
    gone = Words.objects.get(pk=world.bus.pk)
    assert gone.standing == Standing.WITHDRAWN
    own = reply(
        by=world.hal, text="Your secret is safe.", rests_on=[Ground.of(gone)], form_key="own"
    )
    assert own not in world.became().replies
    reached = decisions_under([world.bus, world.late])
    assert (reached[world.bus.pk].replies, reached[world.late.pk].replies) == ([own], [])
    slug = world.conversation.slug
    for address in (
        reverse("public:said_and_done", args=[slug]),
        reverse("public:version", args=[slug, 1]),
        reverse("public:statement", args=[world.late.ref]),
        reverse("public:line", args=[world.line_of(world.bus, world.late).ref]),
        reverse("public:feed", args=[slug]),
    ):
        page = client.get(address)
        assert page.status_code == 200, address
        assert "Your secret is safe." not in page.content.decode(), address


def test_pages_say_for_how_much_of_an_idea_people_wait(world, client):
    world.decide(world.line_of(world.stop))
    slug = world.conversation.slug
    done = client.get(reverse("public:said_and_done", args=[slug])).content.decode()
    assert "Waiting: 1, for a part of it." in done
    assert "For 2 of its 3 lines there is no decision or answer so far." in done
    version = client.get(reverse("public:version", args=[slug, 1])).content.decode()
    assert "2 of its 3 lines have no decision or reply yet." in version
    genuine = client.get(reverse("public:genuine", args=[slug])).content.decode()
    assert "0 of 1; 1 more for some of its lines" in genuine
    assert "and 1 still waits for a part of it" in genuine
    client.force_login(world.dee.account)
    owed = client.get(reverse("deciding:owe", args=[slug])).content.decode()
    assert "2 of its 3 lines have no decision or reply:" in owed
    for line in (world.line_of(world.bus, world.late), world.line_of(world.fare, world.card)):
        assert reverse("public:line", args=[line.ref]) in owed
