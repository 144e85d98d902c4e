import pytest
from django.urls import reverse

from coproduce.reports.models import AnnualReport, LeftOut
from coproduce.reports.services import finish_report, make_report
from tests.coproduce.reports.asked import queries_of
from tests.coproduce.reports.saying import (
    acting,
    decided,
    decision_maker,
    replied,
    say,
    this_year,
    who_runs_it,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ines(client):
    account = who_runs_it()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return account


@pytest.fixture
def conversation():
    return acting()


@pytest.fixture
def report(ines, conversation):
    first, last = this_year()
    return make_report(
        by=ines, title="Our report", first_day=first, last_day=last, conversations=[conversation]
    )


def page_of(client, name, *args, **query):
    return client.get(reverse(f"reporting:{name}", args=args), query).content.decode()


def test_a_report_is_begun_on_a_page_that_keeps_what_was_typed(client, ines, conversation):
    address = reverse("reporting:annual_new")
    first, last = this_year()
    typed = {"title": "Our report", "first_day": last, "last_day": first}
    page = client.post(address, {**typed, "conversations": [conversation.pk]}).content.decode()
    assert "The last day is before the first." in page
    assert 'value="Our report"' in page
    assert client.post(address, typed).status_code == 200
    assert AnnualReport.objects.count() == 0
    typed |= {"first_day": first, "last_day": last, "conversations": [conversation.pk]}
    made = client.post(address, typed)
    report = AnnualReport.objects.get()
    assert made.url == reverse("reporting:annual_draft", args=[report.pk])
    edit = reverse("reporting:annual_edit", args=[report.pk])
    client.post(edit, {**typed, "title": "Another title"})
    report.refresh_from_db()
    assert report.title == "Another title"


def test_the_draft_shows_what_waits_first_and_who_may_not_see_it_does_not(
    client, ines, report, conversation
):
    dora = decision_maker(conversation)
    replied(dora, say(conversation, "Answered words."))
    say(conversation, "Words that wait.")
    page = page_of(client, "annual_draft", report.pk)
    assert "2 comments to print. 1 without a response. 0 not printed." in page
    assert page.index("Words that wait.") < page.index("Answered words.")
    client.force_login(dora.account, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("reporting:annual_draft", args=[report.pk])).status_code == 404
    assert client.get(reverse("reporting:annual", args=[report.pk])).status_code == 404


def test_leaving_out_and_finishing_from_the_page(client, ines, report, conversation):
    dora = decision_maker(conversation)
    rude = say(conversation, "You are all the same.")
    kept = say(conversation, "I cannot read it.")
    out = reverse("reporting:annual_leave_out", args=[report.pk])
    sent = {"ref": rude.ref, "ground": LeftOut.Ground.VEXATIOUS, "conversation": conversation.slug}
    page = client.post(out, sent, follow=True).content.decode()
    assert "Left out. The report says so, with the ground." in page
    assert "You are all the same." not in page
    finish = reverse("reporting:annual_finish", args=[report.pk])
    page = client.post(finish, follow=True).content.decode()
    assert "1 comment has no response yet." in page
    page = client.post(out, {"ref": rude.ref, "do": "take_in"}, follow=True).content.decode()
    assert "You are all the same." in page
    client.post(out, sent)
    decided(dora, kept)
    page = client.post(finish, follow=True).content.decode()
    assert "The report is final. Everybody can read it now." in page
    assert "Vexatious: 1" in page


def test_everybody_reads_a_final_report(client, ines, report, conversation):
    dora = decision_maker(conversation)
    kept = say(conversation, "I cannot read it.")
    decided(dora, kept)
    assert "No report is published yet." in page_of(client, "annual_all")
    finish_report(report=report, by=ines)
    client.logout()
    assert "Our report" in page_of(client, "annual_all")
    whole = page_of(client, "annual", report.pk)
    assert "(a) What is in the Local Offer, how good it is, and gaps" in whole
    assert "Every comment is printed." in whole
    part = page_of(client, "annual_part", report.pk, "a")
    assert "“I cannot read it.”" in part
    assert "We mend the page." in part
    assert "Nobody said anything about this." in page_of(client, "annual_part", report.pk, "b")
    assert client.get(reverse("reporting:annual_part", args=[report.pk, "z"])).status_code == 404
    files = reverse("reporting:annual_files", args=[report.pk])
    client.post(files, {"file": "table"})
    table = client.get(reverse("reporting:annual_file", args=[report.pk, "table"]))
    assert "I cannot read it." in table.content.decode("utf-8-sig")
    assert client.get(reverse("reporting:annual_file", args=[report.pk, "pack"])).status_code == 404


def test_pages_ask_the_same_queries_for_1_comment_and_30(client, ines, report, conversation):
    dora = decision_maker(conversation)
    decided(dora, say(conversation, "Words"))
    draft = reverse("reporting:annual_draft", args=[report.pk])
    client.get(draft)
    before = queries_of(lambda: client.get(draft))
    assert before < 25
    for number in range(29):
        decided(dora, say(conversation, f"Words {number}"))
    assert queries_of(lambda: client.get(draft)) == before
    finish_report(report=report, by=ines)
    client.logout()
    part = reverse("reporting:annual_part", args=[report.pk, "a"])
    client.get(part)  # The first one in a process reads the whole report.
    assert queries_of(lambda: client.get(part)) == 4
    whole = reverse("reporting:annual", args=[report.pk])
    assert queries_of(lambda: client.get(whole)) == 1
