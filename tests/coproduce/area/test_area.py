"""The local area view: themes, promises, districts, and what was asked before."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from coproduce.area.models import IdeaLikeness, Theme, ThemeIdea
from coproduce.area.queries.asked_before import asked_before
from coproduce.area.queries.proposals import proposals
from coproduce.area.queries.view import area_view
from coproduce.area.resemblance import alike_pairs, most_alike
from coproduce.area.services import (
    accept_likeness,
    find_alike,
    keep_apart,
    make_theme,
    put_in_theme,
)
from coproduce.area.tiles import GAP, PLACES, SIDE, TALL, tiles_of
from coproduce.area.tiles import Area as AreaTile
from coproduce.conversations.models import Phase, Question
from coproduce.decisions.models import Action, Reply, RestsOn
from coproduce.genuineness.counts import move_public_counts
from coproduce.people.models import Account
from coproduce.understanding.models import Passage, PassageSource, Version
from tests.coproduce.cast import (
    make_conversation,
    make_member,
    make_participant,
    make_statement,
)
from tests.coproduce.understanding.arranging import make_idea

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 3, 10)


@pytest.fixture
def grace():
    account = Account.objects.create_account(email="grace@example.org", name="Grace")
    account.runs_installation = True
    account.save()
    return account


def published(name, ideas, **fields):
    """A conversation with a version: `ideas` maps names to (stance by group) of their one line."""
    fields.setdefault("phases", [Phase.ACTING])
    conversation = make_conversation(name, slug=name.lower().replace(" ", "-"), **fields)
    member = make_member(conversation, f"Team{conversation.pk}")
    version = Version.objects.create(
        conversation=conversation, number=1, first_key=member, frozen={}
    )
    for place, (idea_name, stances) in enumerate(ideas.items()):
        idea = make_idea(conversation, idea_name)
        Passage.objects.create(
            version=version,
            ref=f"{conversation.pk:04}-{place:04}",
            kind="words",
            idea=idea,
            idea_name=idea_name,
            question=idea.question,
            position=place,
            figure={
                "figures": [
                    {
                        "public": {
                            "groups": {key: {"stance": s} for key, s in stances.items()},
                        }
                    }
                ]
            },
        )
    return conversation


BOTH = {"parent_carers": "agrees", "education": "agrees", "health": "too_few_to_tell"}
SPLIT = {"parent_carers": "agrees", "education": "does_not_agree", "health": None}


def theme_of(grace, name, *conversations, idea):
    return make_theme(
        by=grace,
        name=name,
        ideas=[one.ideas.get(name=idea) for one in conversations],
    )


def test_agreed_everywhere_takes_two_places_and_several_groups_in_each(grace):
    north = published("North", {"Listen": BOTH, "Buses": BOTH, "Alone": BOTH})
    south = published("South", {"Listen": BOTH, "Buses": SPLIT})
    theme_of(grace, "Listening", north, south, idea="Listen")
    theme_of(grace, "Transport", north, south, idea="Buses")
    theme_of(grace, "One place", north, idea="Alone")
    view = area_view(TODAY)
    assert [one.theme.name for one in view.agreed_everywhere] == ["Listening"]
    assert [one.theme.name for one in view.differ] == ["Transport"]
    assert [one.theme.name for one in view.others] == ["One place"]
    (transport,) = view.differ
    assert transport.places_differ == ("Schools",)
    assert {place.conversation.name: place.in_words for place in transport.places} == {
        "North": "Agreed by Parent carers, Schools.",
        "South": "Agreed by Parent carers. Not agreed by Schools.",
    }


def test_promises_are_kept_due_or_overdue_by_conversation():
    late = published("Late", {"A": {}, "B": {}}, hear_back_by=datetime.date(2026, 3, 1))
    kept = published("Kept", {"A": {}}, hear_back_by=datetime.date(2026, 3, 1))
    soon = published("Soon", {"A": {}}, hear_back_by=datetime.date(2026, 4, 1))
    for conversation in (late, kept):
        reply = Reply.objects.create(
            conversation=conversation,
            ref=f"RRRR-{conversation.pk:04}",
            text="We look at it.",
            made_by=conversation.team.get(),
        )
        RestsOn.objects.create(
            conversation=conversation, reply=reply, idea=conversation.ideas.get(name="A")
        )
    Action.objects.create(
        conversation=soon,
        ref="AAAA-AAAA",
        what="Ask the driver",
        owner="Transport",
        due_on=datetime.date(2026, 3, 9),
        made_by=soon.team.get(),
    )
    found = {one.conversation.name: one for one in area_view(TODAY).promises}
    assert {name: (one.answered, one.ideas, one.in_words) for name, one in found.items()} == {
        "Late": (1, 2, "overdue"),
        "Kept": (1, 1, "kept"),
        "Soon": (0, 1, "not due yet"),
    }
    assert found["Soon"].overdue == 1
    assert [one.conversation.name for one in area_view(TODAY).promises] == ["Late", "Soon", "Kept"]


def test_districts_count_conversations_and_never_people_across_them():
    one, two = make_conversation("One", slug="one"), make_conversation("Two", slug="two")
    for conversation, people in ((one, 6), (two, 4)):
        exeter = conversation.areas.get(key="exeter")
        for _ in range(people):
            who = make_participant(conversation, "health", area=exeter)
            make_statement(conversation, "Mine.", by=who)
        move_public_counts(conversation)
    found = {district.key: district for district in area_view(TODAY).districts}
    assert (found["exeter"].asked, found["exeter"].in_words) == (2, "1 of 2")
    assert found["north-devon"].in_words == "0 of 2"


def test_tiles_lie_as_districts_lie_and_say_the_same_in_words():
    tiles = tiles_of(
        [
            AreaTile("exeter", "Exeter", "2 of 2", 2),
            AreaTile("north-devon", "North Devon", "0 of 2"),
            AreaTile("elsewhere", "A place with a very long name indeed", "1 of 2", 1),
        ],
        "Conversations",
    )
    exeter, north, elsewhere = tiles.tiles
    assert north.y < exeter.y < elsewhere.y
    assert north.x == exeter.x
    assert exeter.look == "tile tile--many"
    assert len(elsewhere.lines) == 2
    assert tiles.in_words == (
        "Conversations: Exeter: 2 of 2; North Devon: 0 of 2; A place with a very long name indeed: "
        "1 of 2."
    )
    assert tiles_of([], "Nothing") is None


def test_all_districts_are_three_tiles_wide_so_that_a_phone_shows_their_names():
    areas = [AreaTile(key, key.replace("-", " ").title(), "a few or none") for key in PLACES]
    tiles = tiles_of(areas, "People")
    assert len({(tile.x, tile.y) for tile in tiles.tiles}) == len(PLACES)
    assert tiles.width == 3 * SIDE + 4 * GAP
    for tile in tiles.tiles:
        # A letter of 20 steps is about half as wide as high.
        assert all(len(line.words) * 10.4 < SIDE for line in (*tile.lines, *tile.number))
        assert [line.words for line in tile.number] == ["a few or", "none"]
        assert tile.lines[-1].y < tile.number[0].y - 20
        assert tile.number[-1].y < tile.y + TALL


def test_ideas_of_different_conversations_that_share_words_are_proposed():
    found = alike_pairs(
        {1: "School transport and buses", 2: "Buses to school, transport", 3: "Calm rooms"},
        {1: 10, 2: 20, 3: 30},
    )
    assert [(first, second) for first, second, _ in found] == [(1, 2)]
    same_place = alike_pairs({1: "School buses", 2: "School buses"}, {1: 10, 2: 10})
    assert same_place == []
    assert most_alike("buses", {1: "", 2: "the bus"}) == [(2, 1.0)]


def test_a_machine_proposes_and_a_person_decides(grace):
    published("North", {"School transport and buses": BOTH, "Calm rooms": BOTH})
    published("South", {"Buses and school transport": BOTH, "Calm rooms at school": BOTH})
    assert find_alike() == 2
    assert not ThemeIdea.objects.exists()
    buses = proposals().get(first__name="School transport and buses")
    calm = proposals().get(first__name="Calm rooms")
    accept_likeness(by=grace, likeness=buses, name="Getting there")
    keep_apart(by=grace, likeness=calm)
    assert not proposals().exists()
    find_alike()
    assert not proposals().exists()
    assert Theme.objects.get().name == "Getting there"
    assert ThemeIdea.objects.count() == 2
    assert IdeaLikeness.objects.get(pk=calm.pk).different_by == grace


def test_a_third_idea_joins_the_theme_that_one_of_the_two_has(grace):
    for name in ("North", "South", "West"):
        published(name, {"School transport": BOTH})
    find_alike()
    for likeness in list(proposals()):
        accept_likeness(by=grace, likeness=likeness, name="")
    assert Theme.objects.count() == 1
    assert ThemeIdea.objects.filter(ended_at=None).count() == 3


def test_who_does_not_run_the_installation_makes_no_theme():
    hal = Account.objects.create_account(email="hal@example.org", name="Hal")
    north = published("North", {"Listen": BOTH})
    with pytest.raises(PermissionError):
        make_theme(by=hal, name="Listening", ideas=[])
    theme = Theme.objects.create(name="Listening")
    with pytest.raises(PermissionError):
        put_in_theme(by=hal, theme=theme, idea=north.ideas.get())


def ask(conversation, text):
    Question.objects.filter(conversation=conversation).update(text=text)


def test_a_new_conversation_shows_the_answers_of_an_earlier_one_that_resembles_it(client):
    earlier = published("School transport", {"Drivers know us": BOTH, "On time": {}})
    ask(earlier, "What matters to you about the bus to school?")
    other = published("Hospital food", {"Warm": BOTH})
    ask(other, "What would you like to eat in hospital?")
    new = make_conversation("Travel to school", slug="travel", phases=[Phase.DRAFT], listed=True)
    ask(new, "What is important about the school bus?")
    (found,) = asked_before(new)
    assert found.conversation == earlier
    assert [name for name, _ in found.answers] == ["Drivers know us", "On time"]
    hal = make_member(new, "Hal")
    client.force_login(hal.account)
    for page in (
        reverse("organising:overview", args=["travel"]),
        reverse("organising:edit", args=["travel", "questions"]),
    ):
        told = client.get(page).content.decode()
        assert "Asked before" in told
        assert "Drivers know us" in told
        assert "Hospital food" not in told


def test_nothing_is_shown_as_asked_before_where_nothing_resembles_it():
    published("Hospital food", {"Warm": BOTH})
    new = make_conversation("Buses", slug="buses", phases=[Phase.DRAFT])
    ask(new, "How do you travel?")
    ask(published("Dentists", {"Kind": BOTH}), "Who sees your teeth?")
    assert asked_before(new) == []


def opened(conversation, days_ago):
    conversation.opened_at = timezone.now() - datetime.timedelta(days=days_ago)
    conversation.save(update_fields=["opened_at"])


def test_the_area_says_what_was_asked_before_the_later_one_first(client):
    earlier = published("School transport", {"Drivers know us": BOTH, "On time": {}})
    ask(earlier, "What matters to you about the bus to school?")
    opened(earlier, 90)
    later = published("Travel to school", {"A seat": BOTH})
    ask(later, "What is important about the school bus?")
    opened(later, 10)
    other = published("Hospital food", {"Warm": BOTH})
    ask(other, "What would you like to eat in hospital?")
    opened(other, 100)
    (again,) = area_view(TODAY).asked_again
    assert again.conversation == later
    assert [one.conversation for one in again.earlier] == [earlier]
    assert [name for name, _ in again.earlier[0].answers] == ["Drivers know us", "On time"]
    page = client.get(reverse("public:area")).content.decode()
    assert "Asks much the same as School transport, which came before it." in page
    assert "Nothing so far. No conversation asks" not in page


def test_whoever_takes_part_reads_what_was_asked_before_but_not_what_came_after(client):
    earlier = published("School transport", {"Drivers know us": BOTH})
    ask(earlier, "What matters to you about the bus to school?")
    opened(earlier, 90)
    later = published("Travel to school", {"A seat": BOTH})
    ask(later, "What is important about the school bus?")
    opened(later, 10)
    told = client.get(reverse("taking_part:stated", args=[later.slug])).content.decode()
    assert "Was this asked before?" in told
    assert "Drivers know us" in told
    before = client.get(reverse("taking_part:stated", args=[earlier.slug])).content.decode()
    assert "Was this asked before?" not in before


def test_ten_of_those_that_ask_again_are_listed_and_the_rest_are_counted():
    for number in range(13):
        one = published(f"Bus number {number}", {"On time": BOTH})
        ask(one, "What matters to you about the bus to school?")
        opened(one, 100 - number)
    view = area_view(TODAY)
    assert [one.conversation.name for one in view.asked_again] == [
        f"Bus number {number}" for number in range(12, 2, -1)
    ]
    assert view.more_asked_again == 2
    assert {len(one.earlier) for one in view.asked_again} == {3}


def test_the_pages_of_the_area_open_and_ask_as_much_for_thirty_as_for_one(
    client, grace, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    first = published("First", {"Listen": BOTH, "Buses": SPLIT})
    opened(first, 90)
    opened(published("N of old", {"Listen": BOTH}), 80)
    theme = theme_of(grace, "Listening", first, idea="Listen")
    client.get(reverse("public:area"))  # a process reads each version once
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse("public:area")).status_code == 200
    for number in range(10):
        one = published(f"N{number}", {"Listen": BOTH, "Buses": SPLIT})
        opened(one, number)
        put_in_theme(by=grace, theme=theme, idea=one.ideas.get(name="Listen"))
    assert len(area_view(TODAY).asked_again) == 10
    with django_assert_num_queries(len(asked)):
        assert client.get(reverse("public:area")).status_code == 200


def test_the_page_of_themes_takes_an_answer(client, grace):
    published("North", {"School transport and buses": BOTH})
    published("South", {"Buses and school transport": BOTH})
    find_alike()
    client.force_login(grace)
    page = client.get(reverse("reach:themes"))
    assert "School transport and buses" in page.content.decode()
    likeness = IdeaLikeness.objects.get()
    client.post(
        reverse("reach:answer_likeness", args=[likeness.pk]),
        {"verdict": "same", "name": "Getting there"},
    )
    theme = Theme.objects.get()
    assert theme.name == "Getting there"
    placed = ThemeIdea.objects.first()
    client.post(reverse("reach:take_out_of_theme", args=[placed.pk]))
    assert ThemeIdea.objects.filter(ended_at=None).count() == 1
    client.post(reverse("reach:retire_theme", args=[theme.pk]))
    assert not Theme.objects.filter(retired_at=None).exists()


def test_what_is_kept_of_answered_ideas_follows_every_change():
    here = published("Here", {"A": {}, "B": {}})

    def answered():
        (one,) = area_view(TODAY).promises
        return one.answered

    assert answered() == 0
    replies = [
        Reply.objects.create(
            conversation=here, ref=f"RRRR-000{n}", text="We look.", made_by=here.team.get()
        )
        for n in range(2)
    ]
    grounds = []
    for name, reply in zip("AB", replies, strict=True):
        ground = RestsOn.objects.create(
            conversation=here, reply=reply, idea=here.ideas.get(name=name)
        )
        grounds.append(ground)
        assert answered() == len(grounds)
    grounds[0].ended_at = timezone.now()
    grounds[0].save()
    assert answered() == 1
    replies[1].ended_at = timezone.now()
    replies[1].save()
    assert answered() == 0
    replies[1].ended_at = None
    replies[1].save()
    assert answered() == 1


def test_an_idea_is_answered_by_a_line_of_an_earlier_version_and_by_words():
    here = published("Here", {"A": {}, "B": {}, "C": {}})
    said = [make_statement(here, f"Thing {n}.") for n in range(2)]
    lines = list(Passage.objects.order_by("position"))
    earlier = Passage.objects.create(
        version=Version.objects.create(
            conversation=here, number=0, first_key=here.team.get(), frozen={}
        ),
        ref="EEEE-EEEE",
        kind="words",
        position=0,
    )
    for passage, words in ((lines[0], said[0]), (lines[1], said[1]), (earlier, said[1])):
        PassageSource.objects.create(passage=passage, words=words.words, digest="", position=0)
    reply = Reply.objects.create(
        conversation=here, ref="RRRR-0000", text="We look.", made_by=here.team.get()
    )
    RestsOn.objects.create(conversation=here, reply=reply, words=said[0].words)
    assert [one.answered for one in area_view(TODAY).promises] == [1], "by words: A"
    RestsOn.objects.create(conversation=here, reply=reply, passage=earlier)
    assert [one.answered for one in area_view(TODAY).promises] == [2], "by an earlier line: B"
