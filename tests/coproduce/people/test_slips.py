import re

import pytest

from coproduce.conversations.models import CODE_LETTERS
from coproduce.people.models import CameBy, JoinSlip
from coproduce.people.queries import about, came_by, people_so_far
from coproduce.people.services.slips import make_join_slips
from coproduce.people.slips import slip, slip_digest, what_is_wrong
from coproduce.refused import Refused
from tests.coproduce.cast import make_conversation, make_member, make_participant

pytestmark = pytest.mark.django_db


def test_join_slips_are_numbered_on_and_only_digests_are_kept():
    grace = make_member(make_conversation(), "Grace")
    first = make_join_slips(member=grace, count=2)
    more = make_join_slips(member=grace, count=1)
    assert [each.number for each in first + more] == [1, 2, 3]
    assert slip(first[1].token).number == 2
    kept = str(list(JoinSlip.objects.values()))
    assert all(each.token not in kept for each in first + more)


def test_a_slip_is_typed_by_who_has_no_camera():
    grace = make_member(make_conversation(), "Grace")
    tokens = [each.token for each in make_join_slips(member=grace, count=50)]
    assert all(
        re.fullmatch(f"[{CODE_LETTERS}]{{4}}(-[{CODE_LETTERS}]{{4}}){{3}}", t) for t in tokens
    )
    assert slip(tokens[4].lower().replace("-", "")).number == 5
    assert slip(tokens[4][:-1]) is None


def test_a_slip_printed_before_of_other_letters_lets_in_as_it_stands():
    conversation = make_conversation()
    JoinSlip.objects.create(conversation=conversation, number=1, digest=slip_digest("R-3wR0ATWFGZ"))
    assert slip("R-3wR0ATWFGZ").number == 1
    assert slip("r-3wr0atwfgz") is None


@pytest.mark.parametrize("count", [0, 201])
def test_slips_are_made_in_sheets_not_in_heaps(count):
    grace = make_member(make_conversation(), "Grace")
    with pytest.raises(Refused, match="Print 1 to 200"):
        make_join_slips(member=grace, count=count)


def test_a_decision_maker_prints_no_ways_in():
    member = make_member(make_conversation(), "Hal", "decision_maker")
    with pytest.raises(PermissionError):
        make_join_slips(member=member, count=8)


@pytest.mark.parametrize(
    ("people", "said"),
    [
        (0, "a few or none"),
        (4, "a few or none"),
        (5, "5 or more"),
        (9, "5 or more"),
        (62, "60 or more"),
    ],
)
def test_a_live_number_moves_by_five(people, said):
    assert about(people) == said


def test_how_people_came_is_said_apart_and_rounded():
    conversation = make_conversation()
    for _ in range(7):
        make_participant(conversation, came_by=CameBy.SLIP)
    make_participant(conversation, came_by=CameBy.LINK)
    assert came_by(conversation) == [
        ("open link", "a few or none"),
        ("join code", "a few or none"),
        ("join slip", "5 or more"),
        ("paper slip", "a few or none"),
    ]
    assert people_so_far(conversation) == "5 or more"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (" ", "Type the code of the conversation. It has six letters and numbers."),
        ("7kq2m", "A code has six letters and numbers. You typed 5."),
        ("7KQ2-OM 0", "A code has six letters and numbers. You typed 7."),
        ("7K-Q2 OO", "No code has O in it. Look at each letter and number again."),
        ("5KQ2O8", "No code has 5 or O in it. Look at each letter and number again."),
        ("7KQ2MX", "We do not know this code. Look at each letter and number again."),
        (
            "river button tulip moon",
            "These look like the words of a private code. If you were here before, come back with "
            "it: the link is below.",
        ),
        ("7KQ2-MX9R-4TDC-PWHB", "We do not know this slip. Look at each letter and number again."),
        ("7KQ2-MX9R-4TDC-PWO1", "No slip has O or 1 in it. Look at each letter and number again."),
        ("7KQ2-MX9R-4TDC-PWH", "A slip has 16 letters and numbers. You typed 15."),
    ],
)
def test_what_is_wrong_with_a_join_code_is_said_exactly(typed, said):
    assert what_is_wrong(typed) == said


def test_the_letters_of_a_slip_open_it_where_codes_are_typed(client):
    conversation = make_conversation()
    JoinSlip.objects.create(
        conversation=conversation, number=1, digest=slip_digest("7KQ2-MX9R-4TDC-PWHB")
    )
    answer = client.post("/join/", {"code": "7kq2/mx9r 4tdc-pwhb"})
    assert answer.url == "/slip/7kq2mx9r4tdcpwhb/"
    assert client.get(answer.url).url == f"/c/{conversation.slug}/"


def test_who_misread_a_letter_of_a_slip_types_on_where_it_stands(client):
    conversation = make_conversation(phases=["draft"])
    JoinSlip.objects.create(
        conversation=conversation, number=1, digest=slip_digest("7KQ2-MX9R-4TDC-PWHB")
    )
    for token in ("7KQ2-MX9R-4TDC-PWHH", "7KQ2-MX9R-4TDC-PWHB"):  # the second is of a draft
        wrong = client.get(f"/slip/{token}/")
        page = wrong.content.decode()
        assert wrong.status_code == 404
        assert "We do not know this slip. Look at each letter and number again." in page
        assert f'value="{token}"' in page
        assert '<form method="post" action="/join/"' in page
