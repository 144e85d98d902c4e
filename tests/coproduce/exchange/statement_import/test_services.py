import pytest

from coproduce.audit.models import Entry
from coproduce.conversations.models import Phase
from coproduce.exchange.models import ImportFile, ImportRow, PendingFile
from coproduce.exchange.statement_import.access import pending_file
from coproduce.exchange.statement_import.errors import AlreadyImported, HasProblems, UnreadableFile
from coproduce.exchange.statement_import.plan import guess_choices
from coproduce.exchange.statement_import.services import (
    import_kept_file,
    import_statements,
    keep_file,
)
from coproduce.exchange.statement_import.tables import read_table
from coproduce.ideas.models import Idea, Placement
from coproduce.people.models import Participant, Role
from coproduce.refused import Refused
from coproduce.responses.models import Response, Tally
from coproduce.statements.models import RoomMark, Source, Statement
from coproduce.words.models import Standing, Words, WordsText
from tests.coproduce.cast import make_conversation, make_member, make_statement

pytestmark = pytest.mark.django_db

ROOM = "Heading,Statement,Marks\nTime,Listen,3\nTime,Do not hurry us,\nTrust,Listen,\n"


def bring_in(conversation, text, *, show=False, **options):
    table = read_table("room.csv", text.encode())
    return import_statements(
        conversation=conversation,
        by=None,
        table=table,
        choices=guess_choices(table, conversation),
        show=show,
        **options,
    )


def nothing_came_in():
    kinds = (Words, WordsText, Statement, Idea, Placement, RoomMark, Participant, ImportFile)
    return all(not kind.objects.exists() for kind in (*kinds, ImportRow, Entry))


def test_a_file_arrives_arranged_as_it_is():
    conversation = make_conversation()
    bring_in(conversation, ROOM)
    arranged = [
        (idea.name, [p.statement.text for p in idea.placements.held()])
        for idea in conversation.ideas.kept()
    ]
    assert arranged == [("Time", ["Listen", "Do not hurry us"]), ("Trust", ["Listen"])]
    assert [(m.statement.text, m.count, m.source) for m in RoomMark.objects.all()] == [
        ("Listen", 3, "room.csv")
    ]
    conversation.refresh_from_db()
    assert conversation.arrangement_revision == 1


def test_the_same_words_twice_are_two_statements_each_listed_in_its_own_cluster():
    conversation = make_conversation()
    bring_in(conversation, ROOM)
    listens = [s for s in Statement.objects.all() if s.text == "Listen"]
    assert len(listens) == 2
    assert {s.cluster.listed_id for s in listens} == {s.pk for s in listens}


def test_the_same_file_again_adds_nothing():
    conversation = make_conversation()
    bring_in(conversation, ROOM)
    with pytest.raises(AlreadyImported, match="Nothing was added"):
        bring_in(conversation, ROOM)
    assert Statement.objects.count() == 3
    other = make_conversation("Somewhere else")
    bring_in(other, ROOM)
    assert other.statements.count() == 3


def test_another_file_with_the_same_heading_adds_to_that_idea():
    conversation = make_conversation()
    bring_in(conversation, ROOM)
    bring_in(conversation, "Heading,Statement\ntrust,Keep your word\nPlace,Come to us\n")
    arranged = [
        (idea.name, [p.statement.text for p in idea.placements.held()])
        for idea in conversation.ideas.kept()
    ]
    assert arranged == [
        ("Time", ["Listen", "Do not hurry us"]),
        ("Trust", ["Listen", "Keep your word"]),
        ("Place", ["Come to us"]),
    ]


def test_one_problem_and_nothing_comes_in():
    conversation = make_conversation()
    with pytest.raises(HasProblems, match=r"Lines to mend in the file: 1\. Nothing was imported"):
        bring_in(conversation, ROOM + "Trust,,2\n")
    assert nothing_came_in()


def test_words_wait_unless_they_were_public_already():
    conversation = make_conversation()
    bring_in(conversation, ROOM)
    assert set(Words.objects.values_list("standing", flat=True)) == {Standing.WAITING}
    other = make_conversation("Somewhere else")
    bring_in(other, ROOM, show=True)
    shown = Words.objects.filter(conversation=other)
    assert {words.standing for words in shown} == {Standing.SHOWN}
    assert all(words.looks.get().outcome == "shown" for words in shown)


def test_rows_without_a_person_are_nobodys_and_carry_no_answers():
    conversation = make_conversation()
    bring_in(conversation, ROOM, source=Source.UNKNOWN)
    assert set(Statement.objects.values_list("source", flat=True)) == {Source.UNKNOWN}
    assert not Participant.objects.exists()
    assert not Response.objects.exists()


def test_the_log_holds_counts_and_no_words():
    conversation = make_conversation()
    bring_in(conversation, ROOM)
    entry = Entry.objects.get()
    assert entry.act == "import_statements"
    assert entry.details["statements"] == 3
    assert "Listen" not in str(entry.details)


def test_a_closed_conversation_takes_nothing_in():
    conversation = make_conversation(phases=[Phase.PUBLISHED])
    with pytest.raises(Refused, match="while it gathers"):
        bring_in(conversation, ROOM)
    assert nothing_came_in()


def test_a_kept_file_is_its_choosers_and_goes_when_it_comes_in():
    conversation = make_conversation()
    grace = make_member(conversation, "Grace", Role.ORGANISER)
    hal = make_member(conversation, "Hal", Role.FACILITATOR)
    kept = keep_file(member=grace, name="room.csv", content=ROOM.encode())
    assert pending_file(grace, kept.pk) == kept
    assert pending_file(hal, kept.pk) is None
    choices = guess_choices(read_table("room.csv", ROOM.encode()), conversation)
    file = import_kept_file(
        member=grace, pending=kept, choices=choices, show=False, source=Source.COLLECTIVE
    )
    assert file.by == grace.account
    assert not PendingFile.objects.exists()
    assert Statement.objects.count() == 3


def test_a_file_that_cannot_be_read_is_not_kept():
    grace = make_member(make_conversation(), "Grace", Role.ORGANISER)
    with pytest.raises(UnreadableFile):
        keep_file(member=grace, name="room.xlsx", content=b"PK\x03\x04 not really")
    assert not PendingFile.objects.exists()


def test_who_only_decides_brings_nothing_in():
    ben = make_member(make_conversation(), "Ben", Role.DECISION_MAKER)
    with pytest.raises(PermissionError):
        keep_file(member=ben, name="room.csv", content=ROOM.encode())


def test_arriving_takes_the_same_queries_for_3_rows_and_for_300(django_assert_max_num_queries):
    conversation = make_conversation()
    make_statement(conversation, "Here before")
    many = "Heading,Statement\n" + "".join(f"Time,Row {n}\n" for n in range(300))
    with django_assert_max_num_queries(40):
        bring_in(conversation, many)
    assert conversation.statements.count() == 301


def test_who_wrote_a_row_agrees_with_it_and_is_counted_once():
    conversation = make_conversation()
    bring_in(
        conversation,
        "Statement,Person,Partner group\n"
        + "".join(f"Thing {n},{n % 2},Schools\n" for n in range(4)),
        show=True,
    )
    assert Participant.objects.count() == 2
    assert {p.came_by for p in Participant.objects.all()} == {"import"}
    answers = Response.objects.all()
    assert [(a.answer, a.by_writing) for a in answers] == [(1, True)] * 4
    tallies = Tally.objects.all()
    assert [(t.membership, t.agree, t.people) for t in tallies] == [(0b100, 1, 1)] * 4
