import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from coproduce.exchange.models import ImportFile, PendingFile
from coproduce.people.models import Role
from coproduce.statements.models import Statement
from coproduce.words.models import Standing, Words
from tests.coproduce.cast import make_conversation, make_member

pytestmark = pytest.mark.django_db

HERE = "/team/c/getting-to-school/bring-in/"
ROOM = "Heading,Statement,Marks\nTime,Listen,3\nTime,Do not hurry us,\n"


@pytest.fixture
def grace():
    return signed_in(make_member(make_conversation(), "Grace", Role.ORGANISER))


def signed_in(member):
    client = Client()
    client.force_login(member.account, "django.contrib.auth.backends.ModelBackend")
    return client


def choose(client, content, name="room.csv"):
    content = content.encode() if isinstance(content, str) else content
    return client.post(HERE, {"file": SimpleUploadedFile(name, content)})


def test_a_file_is_looked_at_first_and_then_comes_in(grace):
    chosen = choose(grace, ROOM)
    address = chosen.headers["Location"]
    page = grace.get(address).content.decode()
    assert "Read as UTF-8." in page
    assert "2 statements under 1 idea, with 3 room marks." in page
    assert "Do not hurry us" in page
    assert not Statement.objects.exists()
    fields = dict(grace.get(address).context["chosen"])
    done = grace.post(address, {**fields, "show": "wait", "source": "collective"}, follow=True)
    assert "2 statements came in." in done.content.decode()
    assert "room.csv" in done.content.decode()
    assert {w.standing for w in Words.objects.all()} == {Standing.WAITING}
    assert not PendingFile.objects.exists()


def test_every_problem_stands_on_the_page_and_nothing_comes_in(grace):
    address = choose(grace, ROOM + "Time,,\nTime,Hear us,lots\n").headers["Location"]
    page = grace.get(address).content.decode()
    assert "2 things to mend first" in page
    assert "There are no words here." in page
    assert "“lots” is not a number of marks." in page
    assert "Bring in 2" not in page
    refused = grace.post(
        address, {"headings": "yes", "column_text": "1", "show": "wait", "source": "collective"}
    )
    assert refused.status_code == 200
    assert not Statement.objects.exists()
    assert PendingFile.objects.exists()


def test_another_column_can_be_chosen(grace):
    address = choose(grace, "Wat,Wie\nLaat ons binnen,ik\n").headers["Location"]
    assert "Say which column holds the words." in grace.get(address).content.decode()
    asked = {"headings": "yes", "column_text": "0"}
    page = grace.get(address, asked)
    assert "Laat ons binnen" in page.content.decode()
    grace.post(address, {**dict(page.context["chosen"]), "show": "show", "source": "unknown"})
    assert [s.text for s in Statement.objects.all()] == ["Laat ons binnen"]
    assert Words.objects.get().standing == Standing.SHOWN


def test_the_same_file_again_is_said_and_adds_nothing(grace):
    for _ in range(2):
        address = choose(grace, ROOM).headers["Location"]
        page = grace.get(address)
        grace.post(
            address, {**dict(page.context["chosen"]), "show": "wait", "source": "collective"}
        )
    assert "To bring it in again adds nothing." in page.content.decode()
    assert Statement.objects.count() == 2
    assert ImportFile.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"", "room.csv", "The file is empty."),
        (b"PK\x03\x04broken", "room.xlsx", "The file is broken, or it is not a spreadsheet."),
        (b"\x81\x8d", "room.csv", "We cannot read the letters in this file."),
        (b"x" * (10 * 1024 * 1024 + 1), "room.csv", "larger than 10 megabytes"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(grace, content, name, told):
    page = choose(grace, content, name).content.decode()
    assert told in page
    assert "Choose the file again." in page
    assert "What you typed" not in page, "nothing can be typed there"
    assert not PendingFile.objects.exists()


def test_a_file_can_be_dropped_again(grace):
    address = choose(grace, ROOM).headers["Location"]
    grace.post(address, {"do": "drop"})
    assert not PendingFile.objects.exists()
    assert not Statement.objects.exists()


def test_nobody_else_goes_on_with_somebodys_file(grace):
    address = choose(grace, ROOM).headers["Location"]
    conversation = PendingFile.objects.get().conversation
    hal = signed_in(make_member(conversation, "Hal", Role.FACILITATOR))
    olu = signed_in(make_member(make_conversation("Elsewhere"), "Olu", Role.ORGANISER))
    for client in (hal, olu):
        assert client.get(address).status_code == 404
        assert client.post(address, {"do": "drop"}).status_code == 404


def test_words_of_a_file_are_text_on_the_page(grace):
    address = choose(grace, "Statement\n<script>alert(1)</script>\n").headers["Location"]
    page = grace.get(address).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
