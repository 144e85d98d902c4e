import csv
import datetime
import io

import pytest
from django.utils import timezone

from coproduce.audit.models import Entry
from coproduce.decisions.models import RestsOn
from coproduce.decisions.queries import decisions_under
from coproduce.decisions.services import still_stands
from coproduce.ideas.models import Tag
from coproduce.people.models import Account
from coproduce.refused import Meanwhile, Refused
from coproduce.reports.annual_files import paper_of_report, table_of_report
from coproduce.reports.models import LeftOut, Production
from coproduce.reports.paper import as_docx, as_pdf
from coproduce.reports.queries.annual import annual
from coproduce.reports.queries.productions import file_of
from coproduce.reports.services import (
    ask_for,
    edit_report,
    finish_report,
    leave_out,
    make_report,
    take_in_again,
)
from coproduce.reports.wanted import Wanted
from coproduce.statements.models import Source
from coproduce.words.models import Masking, Standing
from coproduce.words.services import withdraw
from tests.coproduce.cast import make_conversation, make_participant
from tests.coproduce.reports.asked import queries_of
from tests.coproduce.reports.opened import open_docx, open_pdf
from tests.coproduce.reports.saying import (
    acted,
    acting,
    decided,
    decision_maker,
    people,
    replied,
    say,
    this_year,
    who_runs_it,
)
from tests.coproduce.understanding.arranging import make_idea

pytestmark = pytest.mark.django_db


@pytest.fixture
def ines():
    return who_runs_it()


@pytest.fixture
def conversation():
    return acting()


@pytest.fixture
def dora(conversation):
    return decision_maker(conversation)


@pytest.fixture
def report(ines, conversation):
    first, last = this_year()
    return make_report(
        by=ines,
        title="Comments on the Local Offer",
        first_day=first,
        last_day=last,
        conversations=[conversation],
        introduction="What people told us.",
    )


def test_comments_are_those_noted_shown_given_in_these_days_in_these_conversations(
    report, conversation
):
    say(conversation, "In it.", Tag.OFFER_CONTENT, Tag.OFFER_ACCESS)
    say(conversation, "It works well, and is about something else.", Tag.WORKS_WELL)
    before = datetime.datetime.combine(report.first_day, datetime.time.min, datetime.UTC)
    say(conversation, "Too early.", given_at=before - datetime.timedelta(days=1))
    after = datetime.datetime.combine(report.last_day, datetime.time.min, datetime.UTC)
    say(conversation, "Too late.", given_at=after + datetime.timedelta(days=2))
    say(make_conversation("Elsewhere"), "Elsewhere.")
    lifted = say(conversation, "Not noted any more.")
    lifted.tags.update(lifted_at=timezone.now())
    (part,) = annual(report).parts
    assert [comment.text for comment in part.comments] == ["In it."]
    assert part.comments[0].tags == (Tag.OFFER_ACCESS, Tag.OFFER_CONTENT)


def test_it_cannot_be_final_while_a_comment_has_no_response(report, conversation, dora, ines):
    page, late = (say(conversation, text) for text in ("I cannot read it.", "It is old."))
    both = ", ".join(sorted((page.ref, late.ref)))
    said = f"2 comments have no response yet. In {conversation.name}: {both}."
    with pytest.raises(Refused, match=said):
        finish_report(report=report, by=ines)
    decided(dora, page)
    said = f"1 comment has no response yet. In {conversation.name}: {late.ref}."
    with pytest.raises(Refused, match=said):
        finish_report(report=report, by=ines)
    replied(dora, late)
    finish_report(report=report, by=ines)
    report.refresh_from_db()
    assert report.is_final
    with pytest.raises(Refused, match="It is never changed"):
        finish_report(report=report, by=ines)


def test_one_reply_to_an_idea_is_for_everything_in_it_and_put_together_with_it(
    report, conversation, dora, ines
):
    page = say(conversation, "I cannot read it.")
    same = say(conversation, "I can’t read it!", cluster_of=page)
    idea = make_idea(conversation, "Finding out", page)
    replied(dora, idea, text="We write it again, with you.")
    finished = finish_report(report=report, by=ines)
    (part,) = finished.parts
    assert {comment.ref for comment in part.comments} == {page.ref, same.ref}
    assert {part.responses[ref].what for comment in part.comments for ref in comment.responses} == {
        "We write it again, with you."
    }


def test_what_is_left_out_is_listed_with_its_ground_and_needs_no_response(
    report, conversation, ines
):
    rude = say(conversation, "You are all the same.")
    with pytest.raises(Refused, match="no such comment"):
        leave_out(report=report, ref="XXXX-XXXX", ground=LeftOut.Ground.VEXATIOUS, by=ines)
    with pytest.raises(Refused, match="on what ground"):
        leave_out(report=report, ref=rude.ref, ground="dislike", by=ines)
    leave_out(report=report, ref=rude.ref, ground=LeftOut.Ground.VEXATIOUS, by=ines)
    with pytest.raises(Meanwhile):
        leave_out(report=report, ref=rude.ref, ground=LeftOut.Ground.VEXATIOUS, by=ines)
    hidden = say(conversation, "Karen did it.", standing=Standing.NOT_SHOWN)
    amina = make_participant(conversation, "parent_carers")
    back = say(conversation, "Not any more.", by=amina)
    withdraw(words=back.words, participant=amina)
    (part,) = annual(report).parts
    assert part.comments == ()
    assert {(one.ref, one.ground) for one in part.not_printed} == {
        (rude.ref, "Vexatious"),
        (hidden.ref, "Not shown"),
        (back.ref, "The person who wrote it took it back"),
    }
    take_in_again(report=report, ref=rude.ref, by=ines)
    assert [comment.ref for comment in annual(report).parts[0].comments] == [rude.ref]
    assert LeftOut.objects.get().lifted_at is not None
    assert Entry.objects.filter(conversation=conversation, act="leave_out_of_report").exists()


def test_a_final_report_stays_as_it_was_and_words_are_kept_by_reference(
    report, conversation, dora, ines
):
    amina = make_participant(conversation, "parent_carers")
    page = say(conversation, "I cannot read it.", by=amina)
    decision = decided(dora, page)
    action = acted(dora, decision)
    finish_report(report=report, by=ines)
    report.refresh_from_db()
    assert "I cannot read it." not in str(report.frozen)
    say(conversation, "A later comment.")
    replied(dora, page, text="A later reply.")
    (part,) = annual(report).parts
    (comment,) = part.comments
    assert comment.text == "I cannot read it."
    assert [part.responses[ref].what for ref in comment.responses] == ["We mend the page."]
    (told,) = part.responses[decision.ref].actions
    assert (told.ref, told.owner, told.status) == (action.ref, "The web team", "Under way")
    withdraw(words=page.words, participant=amina)
    (comment,) = annual(report).parts[0].comments
    assert (comment.text, comment.note) == (
        "",
        "Words stood here. The person who wrote them took them back.",
    )
    with pytest.raises(Refused, match="never changed"):
        leave_out(report=report, ref=page.ref, ground=LeftOut.Ground.VEXATIOUS, by=ines)
    with pytest.raises(Refused, match="never changed"):
        edit_report(
            report=report,
            by=ines,
            title="Other",
            first_day=report.first_day,
            last_day=report.last_day,
            conversations=[conversation],
        )


def test_only_who_runs_the_installation_makes_it(report, dora):
    for act in (
        lambda: finish_report(report=report, by=dora.account),
        lambda: leave_out(report=report, ref="A", ground="vexatious", by=dora.account),
        lambda: take_in_again(report=report, ref="A", by=dora.account),
    ):
        with pytest.raises(PermissionError):
            act()
    assert Account.objects.filter(runs_installation=True).count() == 1


def test_a_wrong_report_is_refused_with_what_to_do(ines, conversation):
    first, last = this_year()
    right = {
        "by": ines,
        "title": "A",
        "first_day": first,
        "last_day": last,
        "conversations": [conversation],
    }
    for wrong, said in (
        ({"title": "  "}, "Give the report a title"),
        ({"last_day": first - datetime.timedelta(days=1)}, "The last day is before the first"),
        ({"conversations": []}, "Choose at least one conversation"),
        ({"conversations": [make_conversation("Not open", phases=["draft"])]}, "has not opened"),
    ):
        with pytest.raises(Refused, match=said):
            make_report(**{**right, **wrong})


def test_pdf_and_word_file_have_the_headings_and_tables_of_the_regulation(
    report, conversation, dora, ines
):
    amina = make_participant(conversation, "parent_carers")
    page = say(conversation, "Karen’s page is hard.", Tag.OFFER_ACCESS, by=amina)
    Masking.objects.create(words=page.words, spans=[[0, 5]])
    room = say(conversation, "Dots in a room.", Tag.OFFER_MADE, source=Source.COLLECTIVE)
    acted(dora, decided(dora, page))
    replied(dora, room)
    left = say(conversation, "You again.")
    leave_out(
        report=report, ref=left.ref, ground=LeftOut.Ground.VEXATIOUS, by=ines, reason="No content."
    )
    finished = finish_report(report=report, by=ines)
    report.refresh_from_db()
    paper = paper_of_report(report, finished)
    pdf, word = open_pdf(as_pdf(paper)), open_docx(as_docx(paper))
    assert pdf.headings == word.headings
    assert [text for level, text in pdf.headings if level == 1] == [
        "About this report",
        "(a) What is in the Local Offer, how good it is, and gaps",
        "(b) How easy the information is to get and to read",
        "(c) How the Local Offer was made, and how people were involved",
        "What is not printed",
    ]
    assert (pdf.title, pdf.language, pdf.is_tagged) == (report.title, "en-GB", True)
    assert [table["THead"] for table in pdf.tables] == [1, 1, 1, 1]
    assert word.heading_rows == 4
    assert word.tables[1][1][:2] == ["Write it again", "The web team"]
    assert ["Vexatious", "1"] in word.tables[2]
    assert [left.ref, "a", "Vexatious", "No content."] in word.tables[3]
    assert "“[name]’s page is hard.”" in word.bullets
    assert "Karen" not in word.text
    assert "From: People in a room, together." in word.text
    assert "From: Not told, so that nobody can be picked out." in word.text


def test_the_table_has_a_row_for_each_comment_and_no_formula(report, conversation, dora, ines):
    for number, person in enumerate(people(conversation, 5, "parent_carers")):
        say(conversation, f"=1+{number}", by=person)
    idea = make_idea(conversation, "Sums", *conversation.statements.order_by("pk"))
    replied(dora, idea, text="@now")
    finish_report(report=report, by=ines)
    report.refresh_from_db()
    rows = list(csv.DictReader(io.StringIO(table_of_report(annual(report)))))
    assert [row["comment"] for row in sorted(rows, key=lambda row: row["comment"])] == [
        f"'=1+{number}" for number in range(5)
    ]
    assert {row["response"] for row in rows} == {"'@now"}
    assert {row["from whom"] for row in rows} == {"Parent carers"}
    assert {row["part of regulation 56"] for row in rows} == {"a"}


def test_of_many_comments_without_a_response_some_are_named(report, conversation, ines):
    refs = sorted(say(conversation, f"Comment {number}.").ref for number in range(12))
    with pytest.raises(Refused) as refused:
        finish_report(report=report, by=ines)
    assert f"{', '.join(refs[:10])} and 2 more." in str(refused.value)


def test_what_rested_on_words_taken_back_is_flagged_until_somebody_looked_at_it(
    report, conversation, dora, ines, client
):
    amina, ben = (make_participant(conversation, group) for group in ("parent_carers", "education"))
    gone = say(conversation, "I cannot read it.", by=amina)
    stays = say(conversation, "It is old.", by=ben)
    idea = make_idea(conversation, "The pages", gone, stays)
    decision = decided(dora, idea)
    other = replied(dora, say(conversation, "Who wrote it?"))

    def flags():
        rows = csv.DictReader(io.StringIO(table_of_report(annual(report))))
        return {row["response reference"]: row["to look at again"] for row in rows}

    assert flags() == {decision.ref: "", other.ref: ""}
    finish_report(report=report, by=ines)
    report.refresh_from_db()
    wanted = Wanted(Production.Kind.ANNUAL_CSV, report=report)
    withdraw(words=gone.words, participant=amina)
    told = "Words that this rested on were taken back. The team looks at it again."
    assert flags() == {decision.ref: told, other.ref: ""}
    ask_for(wanted=wanted, by=ines)
    assert told in bytes(file_of(wanted).content).decode("utf-8-sig")
    assert told in open_docx(as_docx(paper_of_report(report, annual(report)))).text
    page = client.get(f"/reports/{report.pk}/part-a/").content.decode()
    assert page.count(told) == 1
    still_stands(thing=decision, by=dora, reason="Others said it too.")
    assert flags() == {decision.ref: "", other.ref: ""}
    assert file_of(wanted) is None, "made again without the flag"
    assert told not in client.get(f"/reports/{report.pk}/part-a/").content.decode()


def test_a_response_comes_with_all_actions_of_its_decision(report, conversation, dora, ines):
    page, other = (say(conversation, text) for text in ("I cannot read it.", "It is old."))
    decision = decided(dora, page, other)
    action = acted(dora, decision)
    RestsOn.objects.create(conversation=conversation, action=action, words=other.words)
    (part,) = annual(report).parts
    assert [one.ref for one in part.responses[decision.ref].actions] == [action.ref]
    reached = decisions_under([page, other])
    assert [reached[one.pk].actions for one in (page, other)] == [[action], [action]]


def test_its_files_are_made_in_the_background_and_made_again_when_words_change(
    report, conversation, dora, ines
):
    amina = make_participant(conversation, "parent_carers")
    page = say(conversation, "I cannot read it.", by=amina)
    wanted = Wanted(Production.Kind.ANNUAL_CSV, report=report)
    ask_for(wanted=wanted, by=ines)
    assert "I cannot read it." in bytes(file_of(wanted).content).decode("utf-8-sig")
    decided(dora, page)
    assert file_of(wanted) is None
    ask_for(wanted=wanted, by=ines)
    assert "We mend the page." in bytes(file_of(wanted).content).decode("utf-8-sig")
    withdraw(words=page.words, participant=amina)
    assert Production.objects.count() == 0
    for kind in (Production.Kind.ANNUAL_PDF, Production.Kind.ANNUAL_DOCX):
        assert ask_for(wanted=Wanted(kind, report=report), by=ines).is_ready


def test_the_same_queries_for_1_comment_and_30(report, conversation, dora):
    acted(dora, decided(dora, say(conversation, "Words")))
    before = queries_of(lambda: annual(report))
    assert before < 20
    for number in range(29):
        acted(dora, decided(dora, say(conversation, f"Words {number}")))
    assert queries_of(lambda: annual(report)) == before
