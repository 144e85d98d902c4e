import re

import pytest

from coproduce.people.models import CameBy, JoinSlip
from coproduce.responses.services.answering import answer
from tests.coproduce.cast import make_conversation, make_member, make_participant, make_statement

pytestmark = pytest.mark.django_db

PAGE = "/team/c/getting-to-school/ways-in/"


@pytest.fixture
def grace(client):
    grace = make_member(make_conversation(), "Grace")
    client.force_login(grace.account)
    return grace


def test_link_code_and_qr_code(client, grace):
    shown = client.get(PAGE).content.decode()
    code = grace.conversation.join_code
    assert f"http://testserver/j/{code}/" in shown
    assert "http://testserver/join/" in shown
    drawn = client.get(f"{PAGE}qr.svg")
    assert drawn["Content-Type"] == "image/svg+xml"
    assert drawn.content.startswith(b"<?xml")
    assert b"style=" not in drawn.content


def test_slips_are_printed_once_and_each_lets_one_person_in(client, grace):
    shown = client.post(f"{PAGE}slips/", {"count": "10", "each_page": "8"}).content.decode()
    read = re.sub("<wbr>|</?span[^>]*>", "", shown)
    addresses = re.findall(r">testserver(/slip/[^/<]+/)</p>", read)
    assert len(set(addresses)) == 10
    assert [n for n in range(1, 12) if f"Slip {n}<" in shown] == list(range(1, 11))
    assert JoinSlip.objects.count() == 10
    assert "/slip/" not in client.get(PAGE).content.decode()
    client.post("/team/sign-out/")
    assert client.get(addresses[0], follow=True).status_code == 200


def test_too_many_slips_are_refused_with_what_was_typed(client, grace):
    shown = client.post(f"{PAGE}slips/", {"count": "900", "each_page": "8"}).content.decode()
    assert "Print 1 to 200 slips at a time." in shown
    assert 'value="900"' in shown
    assert JoinSlip.objects.count() == 0


def test_paper_slips_have_numbers_questions_and_partner_groups(client, grace):
    shown = client.get(f"{PAGE}paper/", {"first": "7", "count": "3"}).content.decode()
    assert re.findall(r"Slip (\d+)<", shown) == ["7", "8", "9"]
    assert shown.count("What is important to you in getting to school?") == 3
    assert shown.count("Parent carers") == 3
    # What is typed in is what was ticked: an adult who speaks for a child is never counted as one.
    whose = re.search(r"Whose words are these\?</li>(.*?)</ul>", shown)[1]
    ticks = re.findall("<li>(.*?)</li>", whose)
    form = client.get("/team/c/getting-to-school/type-in/").context["form"]
    assert ticks == [label for _, label in form.fields["how_given"].choices]
    assert ticks == [
        "My own",
        "My own, a helper wrote them",
        "Symbols or photos",
        "An adult says what they saw of a child",
        "An adult speaks for a child",
    ]


def test_the_room_sees_a_number_that_moves_by_five(client, grace):
    for _ in range(6):
        make_participant(grace.conversation)
    assert (
        grace.conversation.join_code
        in client.get("/team/c/getting-to-school/room/").content.decode()
    )
    assert client.get("/team/c/getting-to-school/room/count/").content.decode() == "5 or more"


def test_answers_by_slip_and_by_link_stand_apart_when_twenty_have_answered(client, grace):
    statement = make_statement(grace.conversation, "The bus is late.")
    for way, given, people in ((CameBy.SLIP, 1, 20), (CameBy.LINK, -1, 19)):
        for _ in range(people):
            person = make_participant(grace.conversation, came_by=way)
            answer(participant=person, statement=statement, answer=given)
    text = re.sub(r"<[^>]+>|\s+", " ", client.get(PAGE).content.decode())
    text = re.sub(r" +", " ", text)
    assert "With a slip nearly all few few" in text
    assert "By open link or code Too few people to tell" in text
