import pytest

from coproduce.conversations.models import PhaseChange
from coproduce.conversations.phases import consequences
from coproduce.conversations.services import change_phases
from coproduce.refused import Refused
from coproduce.understanding.models import Version
from tests.coproduce.cast import make_conversation, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def grace():
    conversation = make_conversation(phases=["gathering"])
    PhaseChange.objects.create(conversation=conversation, phases=["gathering"])
    return make_member(conversation, "Grace")


def test_phases_move_on_as_rows(grace):
    change_phases(member=grace, phases=["listening", "gathering"])
    conversation = change_phases(member=grace, phases=["listening"])
    assert conversation.phases == ["listening"]
    assert conversation.round == 1
    assert [c.phases for c in conversation.phase_changes.all()] == [
        ["gathering"],
        ["gathering", "listening"],
        ["listening"],
    ]


def test_opening_an_earlier_phase_again_says_why_and_starts_a_round(grace):
    change_phases(member=grace, phases=["listening"])
    with pytest.raises(Refused, match="Say why"):
        change_phases(member=grace, phases=["gathering", "listening"])
    conversation = change_phases(
        member=grace, phases=["gathering", "listening"], reason="Health came late."
    )
    assert conversation.round == 2
    assert conversation.phase_changes.last().reason == "Health came late."


def test_acting_goes_on_while_people_are_asked_again(grace):
    conversation = grace.conversation
    Version.objects.create(
        conversation=conversation, number=1, first_key=grace, second_key=grace, frozen={}
    )
    change_phases(member=grace, phases=["agreeing", "acting"])
    assert conversation.phases_after_publishing == ["acting"]
    change_phases(member=grace, phases=["acting"])
    said = consequences(grace.conversation, ["gathering", "acting"])
    assert "Write new words: from now on." in said
    assert not [one for one in said if "decided" in one]
    with pytest.raises(Refused, match="Say why"):
        change_phases(member=grace, phases=["gathering", "acting"])
    again = change_phases(member=grace, phases=["gathering", "acting"], reason="Health came late.")
    assert (again.round, again.allows("say"), again.allows("decide")) == (2, True, True)
    on = change_phases(member=grace, phases=["listening", "acting"])
    assert (on.round, on.allows("answer"), on.allows("decide")) == (2, True, True)


@pytest.mark.parametrize(
    ("phases", "after"),
    [
        (["agreeing"], ["published"]),
        (["agreeing", "acting"], ["acting"]),
        (["acting"], ["acting"]),
        (["listening", "agreeing"], ["listening", "agreeing"]),
    ],
)
def test_publishing_ends_agreeing(phases, after):
    assert make_conversation(phases=phases).phases_after_publishing == after


@pytest.mark.parametrize(
    "phases",
    [
        [],
        ["draft"],
        ["gathering", "agreeing"],
        ["gathering", "agreeing", "acting"],
        ["published", "acting"],
        ["closed", "acting"],
    ],
)
def test_phases_that_do_not_go_together(grace, phases):
    with pytest.raises(Refused):
        change_phases(member=grace, phases=phases)
    assert grace.conversation.phases == ["gathering"]


def test_it_is_not_called_published_before_something_is(grace):
    with pytest.raises(Refused, match="Nothing is published yet"):
        change_phases(member=grace, phases=["published"])


def test_consequences_are_said_first(grace):
    said = consequences(grace.conversation, ["listening"])
    assert said == [
        "Write new words: not any more.",
        "Answer what others said: from now on.",
        "People can read and take back their words, as before.",
    ]
