import pytest
from django.urls import reverse

from coproduce.moderation.queries import LookedAt, looks_by_partner_group
from coproduce.words.models import Standing
from tests.coproduce.cast import make_conversation, make_participant, make_statement

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
    found = dict(looks_by_partner_group(school))
    assert found["Children and young people"] == LookedAt(1, ("shown", "not_shown"))
    assert found["Parent carers"] == found["Children and young people"]
    assert found["No group given"] == LookedAt(1, ("held",))
    assert found["Health"] == LookedAt(0, ())


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (LookedAt(4, ("shown",) * 40), "too few to tell"),
        (LookedAt(5, ("not_shown",) * 4), "too few to tell"),
        (LookedAt(9, ("shown",) * 24), "about 20 looked at; few not shown, or not yet"),
        (
            LookedAt(9, ("shown",) * 20 + ("held",) * 4),
            "about 20 looked at; few not shown, or not yet",
        ),
        (LookedAt(9, ("held",) * 20), "about 20 looked at; nearly all not shown, or not yet"),
    ],
)
def test_what_is_said_in_public_moves_in_steps_of_five(found, said):
    assert found.in_words() == said


def test_everybody_can_read_it(client):
    school = make_conversation()
    for number in range(6):
        ben = make_participant(school, "education")
        make_statement(school, f"Words {number}", by=ben)
    page = client.get(reverse("public:looked_at", args=[school.slug])).content.decode()
    assert "about 5 looked at; few not shown, or not yet" in page
    assert page.count("too few to tell") == 4
