import pytest
from django.urls import reverse

from coproduce.audit.models import Entry
from coproduce.people.models import Role
from coproduce.responses.services import answer
from tests.coproduce.cast import make_conversation, make_member, make_participant, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def conversation(client):
    conversation = make_conversation()
    client.force_login(
        make_member(conversation, "Grace", Role.ORGANISER).account,
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return conversation


def address(name):
    return reverse(f"organising:{name}", args=["getting-to-school"])


def test_the_page_offers_three_files(client, conversation):
    page = client.get(address("copies")).content.decode()
    for name in ("copy_csv", "copy_json", "copy_polis"):
        assert address(name) in page


def test_a_spreadsheet_sees_its_letters(client, conversation):
    make_statement(conversation, "Listen — à nous.")
    response = client.get(address("copy_csv"))
    assert response["Content-Disposition"] == 'attachment; filename="getting-to-school.csv"'
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert "Listen — à nous." in response.content.decode("utf-8-sig")


def test_few_people_give_no_file_and_a_reason(client, conversation):
    make_statement(conversation, "Listen.")
    page = client.post(address("copy_polis"), follow=True).content.decode()
    assert "Fewer than 20 people have answered" in page
    assert not Entry.objects.filter(act="export_polis").exists()


def test_taking_the_answers_is_in_the_log(client, conversation):
    bus = make_statement(conversation, "The bus is late.")
    for _ in range(20):
        answer(participant=make_participant(conversation, "education"), statement=bus, answer=1)
    response = client.post(address("copy_polis"))
    assert response.content[:2] == b"PK"
    assert Entry.objects.get(act="export_polis").by.name == "Grace"
    assert client.get(address("copy_polis")).status_code == 405
