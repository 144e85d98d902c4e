import pytest
from django.urls import reverse

from coproduce.moderation.queries import LookedAt, looks_by_partner_group, looks_in_public
from coproduce.moderation.rates import move_rates
from coproduce.moderation.services import look_at
from coproduce.people.models import Role
from coproduce.words.models import Standing
from coproduce.words.services import withdraw_everything
from tests.coproduce.cast import make_conversation, make_member, make_participant, make_statement

pytestmark = pytest.mark.django_db


def test_looks_are_counted_for_every_group_of_the_writer_and_not_what_was_set_apart():
    school = make_conversation()
    both = make_participant(school, "children", "parent_carers")
    none = make_participant(school)
    for by, standing in [
        (both, Standing.SHOWN),
        (both, Standing.NOT_SHOWN),
        (both, Standing.SET_APART),
        (both, Standing.WAITING),
        (none, Standing.HELD),
    ]:
        make_statement(school, "Words", by=by, standing=standing)
    found = looks_by_partner_group(school)
    assert sorted(found["children"].standings) == ["not_shown", "shown"]
    assert found["children"].people == 1
    assert found["parent_carers"] == found["children"]
    assert found[""] == LookedAt(1, ("held",))
    assert found["health"] == LookedAt(0, ())


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (LookedAt(4, ("shown",) * 40), "too few to tell"),
        (LookedAt(9, ("shown",) * 22), "about 20 looked at; few not shown, or not yet"),
        (
            LookedAt(9, ("shown",) * 19 + ("held",) * 3),
            "about 20 looked at; few not shown, or not yet",
        ),
        (LookedAt(9, ("held",) * 20), "about 20 looked at; nearly all not shown, or not yet"),
    ],
)
def test_what_is_said_in_public(found, said):
    assert found.in_words() == said


def write(school, group, count):
    people = [make_participant(school, group) for _ in range(count)]
    return people, [make_statement(school, "Words", by=one) for one in people]


def test_it_moves_only_when_five_more_people_came_or_went(django_capture_on_commit_callbacks):
    school = make_conversation()
    hal = make_member(school, "Hal", Role.FACILITATOR)
    people, statements = write(school, "education", 8)
    assert dict(looks_in_public(school))["Schools"] == "too few to tell"
    with django_capture_on_commit_callbacks(execute=True):
        look_at(words=statements[0].words, by=hal, outcome="held")
    first = "about 10 looked at; few not shown, or not yet"
    assert dict(looks_in_public(school))["Schools"] == first

    # Later looks at the same people's words, four more people, and one who leaves.
    with django_capture_on_commit_callbacks(execute=True):
        for statement in statements[1:7]:
            look_at(words=statement.words, by=hal, outcome="held")
    write(school, "education", 4)
    move_rates(school)
    withdraw_everything(participant=people[7])
    move_rates(school)
    assert dict(looks_in_public(school))["Schools"] == first

    write(school, "education", 2)
    move_rates(school)
    assert (
        dict(looks_in_public(school))["Schools"] == "about 15 looked at; most not shown, or not yet"
    )


def test_everybody_can_read_it(client):
    school = make_conversation()
    write(school, "education", 6)
    move_rates(school)
    page = client.get(reverse("public:looked_at", args=[school.slug])).content.decode()
    assert "About 5 looked at; few not shown, or not yet" in page
    assert page.count("Too few to tell") == 4
