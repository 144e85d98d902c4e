import pytest
from django.urls import reverse

from coproduce.pages.device import COOKIE, remember
from coproduce.reports.models import Production
from tests.coproduce.cast import make_participant, make_statement
from tests.coproduce.reports.opened import open_pdf
from tests.coproduce.understanding.arranging import (
    agreeing_conversation,
    both_publish,
    make_idea,
    make_team,
    write_draft,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    conversation = agreeing_conversation()
    grace, hal = make_team(conversation)
    make_idea(conversation, "On time", make_statement(conversation, "The bus is late."))
    write_draft(grace)
    return both_publish(grace, hal)


@pytest.fixture
def address(version):
    return reverse("reporting:version_files", args=[version.conversation.slug, version.number])


def test_anybody_has_a_file_made_and_takes_it(client, version, address):
    page = client.get(address).content.decode()
    assert page.count("Make this file") == 2
    assert client.get(address + "pdf/").url == address
    page = client.post(address, {"file": "pdf"}, follow=True).content.decode()
    assert page.count("Make this file") == 1
    assert f'href="{address}pdf/"' in page
    file = client.get(address + "pdf/")
    assert file["Content-Type"] == "application/pdf"
    assert file["Content-Disposition"] == 'attachment; filename="getting-to-school-version-1.pdf"'
    assert file["Cache-Control"] == "no-store"
    assert open_pdf(file.content).title == "What we understand together"
    assert client.post(address, {"file": "something"}).status_code == 404
    assert client.get(address + "something/").status_code == 404


def test_while_it_is_made_the_page_says_how_far_it_is(client, version, address, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    page = client.post(address, {"file": "word"}, follow=True).content.decode()
    assert "It is being made. It waits for its turn." in page
    assert "Look again" in page
    Production.objects.update(state="working", done=2, total=3)
    page = client.get(address).content.decode()
    assert "It is being made: part 2 of 3." in page
    assert 'value="2" max="3"' in page
    Production.objects.update(state="failed", problem="It did not work.")
    page = client.get(address).content.decode()
    assert "It did not work." in page
    assert "Try again" in page


def test_a_child_who_has_not_finished_gets_no_totals_as_a_file(client, version, address, rf):
    from django.http import HttpResponse

    client.post(address, {"file": "pdf"})
    conversation = version.conversation
    answer = HttpResponse()
    remember(rf.get("/"), answer, make_participant(conversation, "children"))
    client.cookies[COOKIE] = answer.cookies[COOKIE].value
    page = client.get(address).content.decode()
    assert "You have not finished your own answers yet." in page
    assert "Take the file" not in page
    assert client.get(address + "pdf/").url == address


def test_the_version_page_leads_to_its_files(client, version, address):
    page = client.get(
        reverse("public:version", args=[version.conversation.slug, version.number])
    ).content.decode()
    assert f'href="{address}"' in page
