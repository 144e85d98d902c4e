import pytest
from django.urls import reverse

from coproduce.ideas.models import Placement, Wording
from coproduce.statements.models import RoomMark, Source
from coproduce.understanding.document import Change
from coproduce.understanding.models import Draft
from coproduce.understanding.queries.changes import changes_since_before
from coproduce.understanding.services import raise_question, retire_raised
from tests.coproduce.cast import make_statement
from tests.coproduce.understanding.arranging import (
    both_publish,
    make_idea,
    put_together,
    show_figure,
    write_draft,
)

pytestmark = pytest.mark.django_db


def told(changes):
    def reads(line):
        return line and (line.text or line.listed[0].text)

    return [(change.kind, reads(change.before), reads(change.after)) for change in changes.changes]


def changes_of(version):
    return changes_since_before(version)


def test_the_first_version_changes_nothing(conversation, team):
    make_statement(conversation, "The taxi is late.")
    write_draft(team[0])
    assert changes_of(both_publish(*team)).is_empty


def test_lines_that_came_went_moved_and_were_worded(conversation, team):
    stays, moves, goes, worded = (
        make_statement(conversation, text, source=Source.COLLECTIVE)
        for text in ("Stays.", "Moves.", "Goes.", "Is worded.")
    )
    journey = make_idea(conversation, "The journey", stays, moves, goes, worded)
    write_draft(team[0])
    both_publish(*team)

    make_idea(conversation, "Time", moves)
    Placement.objects.filter(idea=journey, statement=moves).delete()
    goes.words.standing = "withdrawn"
    goes.words.save()
    wording = Wording.objects.create(conversation=conversation, idea=journey, text="Worded.")
    wording.rests_on.set([worded])
    new = make_statement(conversation, "New.", source=Source.COLLECTIVE)
    RoomMark.objects.create(conversation=conversation, statement=stays, count=2, source="room")
    write_draft(team[0], what_changed="We moved one.", introduction="Again.")
    changes = changes_of(both_publish(*team))
    assert new.ref
    assert sorted(told(changes), key=str) == sorted(
        [
            (Change.FIGURES, "Stays.", "Stays."),
            (Change.REWORDED, "Is worded.", "Worded."),
            (Change.MOVED, "Moves.", "Moves."),
            (Change.NEW, None, "New."),
            (Change.GONE, "", None),
        ],
        key=str,
    )
    assert changes.note == "We moved one."
    assert changes.headings_new == ("Time",)
    assert changes.text_changed == ("The introduction",)


def test_words_put_together_are_one_changed_line_and_one_that_stands_with_it(conversation, team):
    first = make_statement(conversation, "The taxi is late.", source=Source.COLLECTIVE)
    second = make_statement(conversation, "Taxis come late.", source=Source.COLLECTIVE)
    write_draft(team[0])
    both_publish(*team)
    put_together(first, second)
    assert told(changes_of(both_publish(*team))) == [
        (Change.REWORDED, "The taxi is late.", "The taxi is late."),
        (Change.JOINED, "Taxis come late.", "The taxi is late."),
    ]


def test_words_under_a_combined_wording_are_not_gone(client, conversation, team):
    late = make_statement(conversation, "The taxi is late.")
    calm = make_statement(conversation, "She needs to calm down.")
    idea = make_idea(conversation, "The journey", late, calm)
    write_draft(team[0])
    both_publish(*team)
    wording = Wording.objects.create(conversation=conversation, idea=idea, text="Late and upset.")
    wording.rests_on.set([late, calm])
    version = both_publish(*team)
    assert told(changes_of(version)) == [
        (Change.REWORDED, "The taxi is late.", "Late and upset."),
        (Change.JOINED, "She needs to calm down.", "Late and upset."),
    ]
    address = reverse("public:version", args=[conversation.slug, version.number])
    page = " ".join(client.get(address).content.decode().split())
    assert "Line that stands together with others now: “She needs to calm down.”" in page
    assert "Line that is gone" not in page


def test_a_wording_that_was_written_again_is_the_same_line(conversation, team):
    late = make_statement(conversation, "The taxi is late.")
    calm = make_statement(conversation, "She needs to calm down.")
    idea = make_idea(conversation, "The journey", late, calm)
    first = Wording.objects.create(conversation=conversation, idea=idea, text="Late taxis.")
    first.rests_on.set([late])
    write_draft(team[0])
    both_publish(*team)
    second = Wording.objects.create(
        conversation=conversation, idea=idea, text="Taxis that are late.", replaces=first
    )
    second.rests_on.set([late])
    Wording.objects.filter(pk=first.pk).update(ended_at=second.at)
    assert told(changes_of(both_publish(*team))) == [
        (Change.REWORDED, "Late taxis.", "Taxis that are late.")
    ]


def test_figures_that_moved(conversation, team):
    late = make_statement(conversation, "The taxi is late.")
    show_figure(late, {"parent_carers": (12, 0, 0)})
    write_draft(team[0])
    both_publish(*team)
    show_figure(late, {"parent_carers": (24, 0, 0)})
    assert told(changes_of(both_publish(*team))) == [
        (Change.FIGURES, "The taxi is late.", "The taxi is late.")
    ]


def test_raised_questions_that_came_and_went(conversation, team):
    make_statement(conversation, "The taxi is late.")
    write_draft(team[0])
    raised = raise_question(member=team[0], revision=1, text="Is it genuine?")
    both_publish(*team)
    retire_raised(member=team[0], revision=Draft.objects.get().revision, raised=raised)
    raise_question(member=team[0], revision=Draft.objects.get().revision, text="Who decides?")
    assert told(changes_of(both_publish(*team))) == [
        (Change.NEW, None, "Who decides?"),
        (Change.GONE, "Is it genuine?", None),
    ]


def test_what_changed_is_found_in_as_many_queries_for_40_lines(
    conversation, team, django_assert_max_num_queries
):
    make_idea(
        conversation,
        "Many",
        *(make_statement(conversation, f"Line {n}") for n in range(40)),
    )
    write_draft(team[0])
    both_publish(*team)
    write_draft(team[0], introduction="Again.")
    version = both_publish(*team)
    with django_assert_max_num_queries(12):
        changes_of(version)
