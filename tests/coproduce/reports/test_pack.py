import csv
import datetime
import io
import zipfile
from copy import deepcopy

import pytest
from django.urls import reverse
from django.utils import timezone

from coproduce.conversations.models import Phase, PhaseChange
from coproduce.decisions.services import still_stands
from coproduce.moderation.services import mask
from coproduce.people.models import Role
from coproduce.reports.models import Production
from coproduce.reports.pack.chain import COLUMNS, chain_of
from coproduce.reports.queries.productions import file_of
from coproduce.reports.queries.writers import NOT_TOLD
from coproduce.reports.services import ask_for, finish_report, make_report
from coproduce.reports.wanted import Wanted
from coproduce.words.services import withdraw
from coproduce.words.services.deleting import delete_as_stated
from tests.coproduce.cast import make_member, make_statement
from tests.coproduce.devices import signed_in
from tests.coproduce.made_once import until_the_module_ends
from tests.coproduce.reports.asked import queries_of
from tests.coproduce.reports.opened import open_pdf
from tests.coproduce.reports.published import published
from tests.coproduce.reports.saying import acted, decided, people, say, this_year, who_runs_it

pytestmark = pytest.mark.django_db

KIND = Production.Kind.PACK


@pytest.fixture(scope="module")
def once(django_db_setup, django_db_blocker):
    with until_the_module_ends(django_db_blocker):
        yield published()


@pytest.fixture
def made(once, db):
    return deepcopy(once)


def unpacked(wanted):
    ask_for(wanted=wanted)
    with zipfile.ZipFile(io.BytesIO(bytes(file_of(wanted).content))) as pack:
        return {name: pack.read(name) for name in pack.namelist()}


def table(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_pack_follows_each_statement_to_what_came_of_it(made):
    files = unpacked(Wanted(KIND, conversation=made.conversation))
    slug = made.conversation.slug
    assert set(files) == {
        "README.txt",
        *(
            f"{slug}/{name}.csv"
            for name in (
                "chain", "about", "lines", "decisions", "actions", "replies", "questions",
                "genuineness",
            )
        ),
        f"{slug}/versions/version-1.pdf",
    }  # fmt: skip
    chain = table(files[f"{slug}/chain.csv"])
    rows = [row for row in chain if row["statement"] == made.bus.ref]
    assert [row["response kind"] for row in rows] == ["decision", "reply"]
    decision = rows[0]
    assert decision["words"] == "The bus is late."
    assert decision["put together with"] == made.same.ref
    assert decision["ideas"] == "On time"
    assert decision["agreement"].startswith("Agreed by Parent carers.")
    assert decision["response"] == f"We send a second bus. ({made.decision.ref})"
    assert decision["response date"] == made.decision.decided_on.isoformat()
    assert decision["action"] == f"Find a second bus ({made.action.ref})"
    assert decision["due date"] == made.action.due_on.isoformat()
    assert decision["from whom"] == NOT_TOLD
    (waits,) = [row for row in chain if row["statement"] == made.driver.ref]
    assert waits["response"] == ""
    assert open_pdf(files[f"{slug}/versions/version-1.pdf"]).is_tagged
    measures = [row["measure"] for row in table(files[f"{slug}/genuineness.csv"])]
    assert "Ideas with a decision or a reply" in measures


def test_the_page_to_read_first_explains_every_column_and_every_file(made):
    files = unpacked(Wanted(KIND, conversation=made.conversation))
    read_me = files["README.txt"].decode()
    for column in COLUMNS:
        assert f"  {column.name}: {column.meaning}" in read_me
    for name in files:
        if name.endswith(".csv"):
            assert name.rpartition("/")[2] in read_me
    assert "getting-to-school: Getting to school (1 version)" in read_me
    assert max(len(line) for line in read_me.splitlines()) < 110


def test_words_that_are_not_shown_or_taken_back_are_not_in_it(made):
    make_statement(made.conversation, "Karen did it.", standing="not_shown")
    make_statement(made.conversation, "He grabs me.", standing="set_apart")
    withdraw(words=made.bus.words, participant=made.bus.words.participant)
    files = unpacked(Wanted(KIND, conversation=made.conversation))
    whole = b"".join(content for name, content in files.items() if name.endswith(".csv"))
    for secret in (b"Karen", b"grabs", b"The bus is late."):
        assert secret not in whole
    chain = table(files[f"{made.conversation.slug}/chain.csv"])
    (row,) = [
        row for row in chain if row["statement"] == made.bus.ref and row["response"][0] == "W"
    ]
    assert row["words"] == "(The person who wrote these words took them back.)"


def test_what_rested_on_words_that_were_taken_back_is_flagged_until_it_is_said_to_stand(made):
    def flagged():
        files = unpacked(Wanted(KIND, conversation=made.conversation))
        folder = made.conversation.slug
        chain = table(files[f"{folder}/chain.csv"])
        (row,) = [
            one for one in chain if one["statement"] == made.same.ref and one["response"][0] == "W"
        ]
        decisions = table(files[f"{folder}/decisions.csv"])
        again = [one["look_again"] for one in decisions if one["reference"] == made.decision.ref]
        return row["to look at again"], again

    assert flagged() == ("", ["false"])
    withdraw(words=made.bus.words, participant=made.bus.words.participant)
    assert flagged() == ("response", ["true"])
    still_stands(thing=made.decision, by=made.decision.made_by, reason="Others say it too.")
    assert flagged() == ("", ["false"])


def test_a_pack_can_be_taken_when_things_were_done_since_and_not_when_words_were_hidden(made):
    made.conversation.phases = [Phase.CONNECTING, Phase.ACTING]
    made.conversation.save()
    wanted = Wanted(KIND, conversation=made.conversation)
    grace = make_member(made.conversation, "Gwen", Role.ORGANISER)
    pages = signed_in(grace)
    page = reverse("reporting:pack", args=[made.conversation.slug])
    file = reverse("reporting:pack_file", args=[made.conversation.slug])
    ask_for(wanted=wanted)
    first = bytes(file_of(wanted).content)
    acted(made.decision.made_by, made.decision, what="Ask a third driver")
    text = pages.get(page).content.decode()
    assert "It may lack what was done since." in text
    assert "Make it anew" in text
    assert pages.get(file).content == first
    pages.post(page, {"file": "pack"})
    assert pages.get(file).content != first
    assert "It may lack what was done since." not in pages.get(page).content.decode()
    acted(made.decision.made_by, made.decision, what="Ask a fourth driver")
    mask(words=made.driver.words, by=make_facilitator(made), spans=[(0, 3)])
    assert file_of(wanted) is None
    assert pages.get(file).status_code == 302
    assert "Make this file" in pages.get(page).content.decode()


def make_facilitator(made):
    return make_member(made.conversation, "Fay", Role.FACILITATOR)


def test_the_days_in_which_people_could_say_something_stand_for_the_day(made):
    days = {Phase.GATHERING: 1, Phase.LISTENING: 20, Phase.ACTING: 28}
    for phase, day in days.items():
        at = datetime.datetime(2026, 3, day, 12, tzinfo=datetime.UTC)
        PhaseChange.objects.create(conversation=made.conversation, phases=[phase], at=at)
    row = dict(zip([c.name for c in COLUMNS], next(chain_of(made.conversation)), strict=True))
    assert row["said between"] == "2026-03-01 to 2026-03-20"


def test_one_partner_group_alone_where_it_may_be_told(made):
    parents = people(made.conversation, 5, "parent_carers")
    words = [say(made.conversation, f"Words {n}", by=p) for n, p in enumerate(parents)]
    ours = Wanted(KIND, conversation=made.conversation, details={"partner_group": "parent_carers"})
    files = unpacked(ours)
    chain = table(files[f"{made.conversation.slug}/chain.csv"])
    expected = {one.ref for one in [*words, made.bus, made.same, made.driver]}
    assert {row["statement"] for row in chain} == expected
    assert {row["from whom"] for row in chain} == {"Parent carers"}
    assert "chain.csv holds only statements of: Parent carers." in files["README.txt"].decode()
    health = Wanted(KIND, conversation=made.conversation, details={"partner_group": "health"})
    assert table(unpacked(health)[f"{made.conversation.slug}/chain.csv"]) == []


def test_a_year_holds_its_conversations_and_the_yearly_report(made):
    other = published("After school")
    first, last = this_year()
    ines = who_runs_it()
    report = make_report(
        by=ines,
        title="Our report",
        first_day=first,
        last_day=last,
        conversations=[made.conversation, other.conversation],
    )
    files = unpacked(Wanted(KIND, report=report))
    assert {"yearly-report.csv", "yearly-report.pdf"} < set(files)
    assert {"getting-to-school/chain.csv", "after-school/chain.csv"} < set(files)
    decided(made.dora, made.driver)
    assert file_of(Wanted(KIND, report=report)) is None, "a decision came: it is made again"


def test_the_page_of_the_pack(client, made):
    grace = made.conversation.team.get(account__name="Grace")
    client.force_login(grace.account, backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("reporting:pack", args=[made.conversation.slug])
    page = client.post(f"{address}?group=health", {"file": "pack"}, follow=True).content.decode()
    assert f'href="{address}file/?group=health"' in page
    file = client.get(f"{address}file/?group=health")
    assert file["Content-Type"] == "application/zip"
    name = "inspection-pack-getting-to-school-health.zip"
    assert file["Content-Disposition"] == f'attachment; filename="{name}"'
    assert client.get(f"{address}file/").url == address
    assert client.get(f"{address}?group=nobody").status_code == 404
    olu = make_member(made.conversation, "Olu", Role.SPECIALIST)
    client.force_login(olu.account, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(address).status_code == 404


def test_the_same_queries_for_1_statement_and_30(made):
    acted(made.dora, decided(made.dora, made.driver))
    before = queries_of(lambda: list(chain_of(made.conversation)))
    for number in range(29):
        one = make_statement(made.conversation, f"Words {number}")
        acted(made.dora, decided(made.dora, one))
    assert queries_of(lambda: list(chain_of(made.conversation))) == before


def test_no_file_outlives_the_day_on_which_words_are_deleted(made):
    wanted = Wanted(KIND, conversation=made.conversation)
    ask_for(wanted=wanted)
    assert file_of(wanted) is not None
    made.conversation.opened_at = timezone.now()
    made.conversation.delete_on = datetime.date(2026, 3, 31)
    made.conversation.save()
    assert delete_as_stated(made.conversation.pk, datetime.date(2026, 4, 1))
    assert file_of(Wanted(KIND, conversation=made.conversation)) is None
    assert not Production.objects.exists()


def test_a_pack_from_when_its_yearly_report_was_a_draft_is_not_handed_out(made):
    first, last = this_year()
    ines = who_runs_it()
    report = make_report(
        by=ines, title="Our report", first_day=first, last_day=last,
        conversations=[made.conversation],
    )  # fmt: skip
    ask_for(wanted=Wanted(KIND, report=report))
    assert Production.objects.get().is_ready
    # Meanwhile a comment may have been left out, so that nobody is picked out.
    finish_report(report=report, by=ines)
    report.refresh_from_db()
    assert file_of(Wanted(KIND, report=report)) is None
    ask_for(wanted=Wanted(KIND, report=report))
    decided(made.dora, made.driver)
    assert file_of(Wanted(KIND, report=report)) is not None


def test_a_pack_of_another_edition_is_made_again(made, monkeypatch):
    wanted = Wanted(KIND, conversation=made.conversation)
    monkeypatch.setattr("coproduce.reports.wanted.THIS_EDITION", "01-")
    ask_for(wanted=wanted)
    monkeypatch.undo()
    assert Production.objects.get().fingerprint.startswith("01-")
    assert file_of(wanted) is None
