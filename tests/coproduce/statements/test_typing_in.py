import pytest

from coproduce.people.models import Participant, WhoseWords
from coproduce.refused import Refused
from coproduce.responses.models import Tally
from coproduce.statements.models import RoomMark, Statement
from coproduce.statements.services.typing_in import type_in_slip
from tests.coproduce.cast import make_conversation, make_member, partner_group

pytestmark = pytest.mark.django_db


@pytest.fixture
def hal():
    return make_member(make_conversation(), "Hal", "facilitator")


def type_in(member, text="The bus is late.", groups=("parent_carers",), **given):
    given = {"number": 12, "dots": 0, "form_key": text, "how_given": WhoseWords.PAPER, **given}
    return type_in_slip(
        member=member,
        question=member.conversation.questions.get(),
        text=text,
        groups=[partner_group(member.conversation, key) for key in groups],
        **given,
    )


def test_words_from_paper_go_the_same_way_in(hal):
    statement, is_new = type_in(hal)
    assert is_new
    assert statement.words.text == "The bus is late."
    assert statement.words.standing == "waiting"
    assert statement.words.from_paper
    assert statement.words.participant.came_by == "paper"
    assert statement.words.participant.codes.count() == 0


def test_two_statements_of_one_slip_count_one_person(hal):
    first, _ = type_in(hal)
    second, _ = type_in(hal, "Nobody tells us.")
    other, _ = type_in(hal, "I walk.", number=13)
    assert first.words.participant == second.words.participant
    assert other.words.participant != first.words.participant
    assert Participant.objects.count() == 2


def test_without_a_number_each_slip_is_a_person_of_its_own(hal):
    type_in(hal, number=None)
    type_in(hal, "Nobody tells us.", number=None)
    assert Participant.objects.count() == 2


def test_the_same_form_twice_is_one_statement_and_one_person(hal):
    first, _ = type_in(hal, number=None, dots=3)
    again, is_new = type_in(hal, number=None, dots=3)
    assert again == first
    assert not is_new
    assert Participant.objects.count() == 1
    assert RoomMark.objects.get().count == 3


def test_a_number_with_other_partner_groups_is_asked_about(hal):
    type_in(hal)
    with pytest.raises(Refused, match="Slip 12 is here already, with: Parent carers") as refused:
        type_in(hal, "I teach.", groups=("education",))
    assert refused.value.field == "number"
    assert Statement.objects.count() == 1


def test_dots_are_room_marks_and_nobodys_answers(hal):
    statement, _ = type_in(hal, dots=7)
    mark = RoomMark.objects.get()
    assert (mark.statement, mark.count, mark.source) == (statement, 7, "Dots on a paper slip")
    assert sum(tally.people for tally in Tally.objects.all()) == 1


def test_an_adult_who_speaks_for_a_child_is_not_counted_as_one(hal):
    statement, _ = type_in(hal, groups=("children",), how_given=WhoseWords.SPEAKS_FOR)
    assert statement.words.participant.membership == 0
    assert statement.words.how_given == "speaks_for"


def test_who_neither_organises_nor_facilitates_types_nothing_in(hal):
    farah = make_member(hal.conversation, "Farah", "safeguarding")
    with pytest.raises(PermissionError):
        type_in(farah)


def test_nothing_is_typed_in_once_it_is_over(hal):
    hal.conversation.phases = ["closed"]
    hal.conversation.save()
    with pytest.raises(Refused):
        type_in(hal)
    assert Participant.objects.count() == 0
