import pytest
from django.core import mail

from coproduce.audit.models import Entry
from coproduce.conversations.models import Phase
from coproduce.moderation.models import Look
from coproduce.moderation.services import lift_mask, look_at, mask, undo_look
from coproduce.people.models import Role
from coproduce.refused import Meanwhile, Refused
from coproduce.words.models import Standing
from tests.coproduce.cast import make_conversation, make_member, make_participant, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return make_conversation()


@pytest.fixture
def hal(school):
    return make_member(school, "Hal", Role.FACILITATOR)


@pytest.fixture
def words(school):
    amina = make_participant(school, "parent_carers")
    statement = make_statement(school, "Jamie waits an hour.", by=amina, standing=Standing.WAITING)
    return statement.words


def test_shown_words_are_open_and_the_look_is_in_the_log(hal, words):
    look = look_at(words=words, by=hal, outcome="shown", seen=0)
    words.refresh_from_db()
    assert words.is_shown
    entry = Entry.objects.get(act="look_at")
    assert (entry.by, entry.about) == (hal.account, words.ref)
    assert entry.details == {"look": look.pk, "outcome": "shown", "ground": "", "before": "waiting"}


def test_the_second_of_two_facilitators_is_told_what_the_first_did(school, hal, words):
    grace = make_member(school, "Grace", Role.FACILITATOR)
    look_at(words=words, by=hal, outcome="held", seen=0)
    with pytest.raises(Meanwhile, match="Hal has looked at these words meanwhile: Hold"):
        look_at(words=words, by=grace, outcome="shown", seen=0)
    words.refresh_from_db()
    assert words.standing == Standing.HELD
    assert Look.objects.count() == 1


def test_not_shown_needs_a_ground_and_another_reason_needs_words(hal, words):
    with pytest.raises(Refused) as refused:
        look_at(words=words, by=hal, outcome="not_shown")
    assert refused.value.field == "ground"
    with pytest.raises(Refused) as refused:
        look_at(words=words, by=hal, outcome="not_shown", ground="other")
    assert refused.value.field == "note"
    look = look_at(
        words=words, by=hal, outcome="not_shown", ground="hurtful", note="Please soften."
    )
    assert (look.ground, look.note) == ("hurtful", "Please soften.")


def test_undoing_a_look_gives_back_the_look_before_it(hal, words):
    first = look_at(words=words, by=hal, outcome="shown")
    second = look_at(words=words, by=hal, outcome="held")
    with pytest.raises(Meanwhile):
        undo_look(look=first, by=hal)
    undo_look(look=second, by=hal, reason="It was fine.")
    words.refresh_from_db()
    assert words.standing == Standing.SHOWN
    undo_look(look=first, by=hal)
    words.refresh_from_db()
    assert words.standing == Standing.WAITING


def test_a_mask_hides_parts_from_others_and_the_words_stay_whole(hal, words):
    masking = mask(words=words, by=hal, spans=[(0, 3), (2, 5)])
    words.refresh_from_db()
    assert words.shown_text == "[name] waits an hour."
    assert words.text == "Jamie waits an hour."
    assert mask(words=words, by=hal, spans=[(1, 4)]) is None
    with pytest.raises(Refused, match="outside"):
        mask(words=words, by=hal, spans=[(10, 99)])
    lift_mask(masking=masking, by=hal)
    words.refresh_from_db()
    assert words.shown_text == "Jamie waits an hour."


def test_words_are_looked_at_in_the_right_phases_but_set_apart_in_any(school, hal, words):
    school.phases = [Phase.PUBLISHED]
    school.save()
    hal.conversation = school
    with pytest.raises(Refused):
        look_at(words=words, by=hal, outcome="shown")
    look_at(words=words, by=hal, outcome="set_apart")
    words.refresh_from_db()
    assert words.standing == Standing.SET_APART


def test_words_that_were_set_apart_look_to_a_facilitator_like_words_looked_at(school, hal, words):
    grace = make_member(school, "Grace", Role.FACILITATOR)
    look_at(words=words, by=hal, outcome="set_apart", note="A child may be hurt.")
    with pytest.raises(Meanwhile) as told:
        look_at(words=words, by=grace, outcome="shown", seen=0)
    assert str(told.value) == "Somebody has looked at these words meanwhile."
    look = Look.objects.get()
    with pytest.raises(PermissionError):
        undo_look(look=look, by=hal)
    assert not Entry.objects.filter(for_safeguarding=False).exists()
    assert mail.outbox == []
