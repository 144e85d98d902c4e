"""Asking how it was: sparingly, plainly, and never so that an answer can be told."""

import datetime

import pytest
from django.utils import timezone

from coproduce.conversations.models import Phase, Rung
from coproduce.decisions.models import Decision
from coproduce.genuineness import counting
from coproduce.genuineness.models import CheckIn, CheckInAnswer, FeltRung
from coproduce.genuineness.questions import as_far_as_promised, steps_of
from coproduce.genuineness.services import answer, ask_for, leave_note, offer, say_how_far
from coproduce.moderation.queries import queue
from coproduce.pages.taking_part.forms import HowFarForm
from coproduce.people.services import put_together
from coproduce.refused import Refused
from coproduce.understanding.models import Version
from coproduce.words.models import Standing, Words
from coproduce.words.services import withdraw_everything
from tests.coproduce.cast import make_conversation, make_member, make_participant, make_statement

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 3, 10, 12, 0, tzinfo=datetime.UTC)
ACTING = [Phase.ACTING]


def days(number):
    return NOW + datetime.timedelta(days=number)


def decide(conversation, ref="DDDD-DDDD"):
    member = conversation.team.first() or make_member(conversation, "Grace")
    return Decision.objects.create(
        conversation=conversation,
        ref=ref,
        what="A bus that waits.",
        why="People asked for it.",
        decided_on=NOW.date(),
        decided_by="The council",
        outcome="will",
        made_by=member,
    )


def publish(conversation):
    member = conversation.team.first() or make_member(conversation, "Grace")
    return Version.objects.create(
        conversation=conversation, number=1, first_key=member, frozen={}, published_at=NOW
    )


def test_it_is_offered_once_at_the_end_of_a_visit_and_not_again():
    amina = make_participant(make_conversation(), "parent_carers")
    first = offer(participant=amina, now=NOW)
    assert first.occasion == CheckIn.Occasion.VISIT
    assert offer(participant=amina, now=NOW + datetime.timedelta(hours=1)) == first
    assert offer(participant=amina, now=days(1)) is None
    assert offer(participant=amina, now=days(400)) is None
    assert CheckIn.objects.count() == 1


def test_who_has_answered_is_not_asked_again_on_the_same_day():
    amina = make_participant(make_conversation(), "parent_carers")
    check_in = offer(participant=amina, now=NOW)
    answer(check_in=check_in, participant=amina, asked="voice", choice="yes")
    assert offer(participant=amina, now=NOW) is None
    assert ask_for(participant=amina) == check_in


def test_after_a_decision_it_is_offered_again_and_at_most_every_28_days():
    conversation = make_conversation(phases=ACTING)
    amina = make_participant(conversation, "parent_carers")
    offer(participant=amina, now=NOW)
    first = decide(conversation)
    after = offer(participant=amina, now=days(1))
    assert (after.occasion, after.decision) == (CheckIn.Occasion.DECISION, first)
    assert offer(participant=amina, now=days(2)) is None
    second = decide(conversation, ref="SSSS-SSSS")
    assert offer(participant=amina, now=days(28)) is None
    assert offer(participant=amina, now=days(30)).decision == second
    assert offer(participant=amina, now=days(31)) is None


def test_who_joined_after_a_decision_is_asked_how_the_visit_was():
    conversation = make_conversation(phases=ACTING)
    decide(conversation)
    amina = make_participant(conversation, "parent_carers")
    first = offer(participant=amina, now=NOW)
    assert (first.occasion, first.decision) == (CheckIn.Occasion.VISIT, None)
    ben = make_participant(conversation, "education")
    words = make_statement(conversation, "The bus is late.", by=ben).words
    Words.objects.filter(pk=words.pk).update(given_at=NOW)
    assert offer(participant=ben, now=NOW).occasion == CheckIn.Occasion.DECISION
    later = decide(conversation, ref="SSSS-SSSS")
    assert offer(participant=amina, now=days(1)).decision == later


def test_people_may_say_that_it_went_less_far_than_anybody_promises():
    conversation = make_conversation(rung=Rung.INFORMING)
    amina = make_participant(conversation, "parent_carers")
    check_in = offer(participant=amina, now=NOW)
    form = HowFarForm({"rung": "coercion"})
    assert form.is_valid()
    say_how_far(check_in=check_in, participant=amina, rung=form.cleaned_data["rung"])
    check_in.refresh_from_db()
    assert check_in.get_felt_rung_display() == "Coercion: we decide, and you go along with it"
    assert not as_far_as_promised(check_in.felt_rung, check_in.promised_rung)
    assert len(FeltRung) == 7
    assert set(Rung) < set(FeltRung.values)


@pytest.mark.parametrize("said", ["not_sure", "rather_not"])
def test_how_far_it_went_takes_i_dont_know_and_i_dont_want_to_say(said):
    form = HowFarForm({"rung": said})
    assert form.is_valid()
    amina = make_participant(make_conversation(), "parent_carers")
    check_in = offer(participant=amina, now=NOW)
    say_how_far(check_in=check_in, participant=amina, rung=Rung.CO_DESIGN)
    say_how_far(check_in=check_in, participant=amina, rung=form.cleaned_data["rung"])
    check_in.refresh_from_db()
    assert (check_in.felt_rung, check_in.answered_at is None) == ("", False)
    labels = [label for _, label in form.fields["rung"].choices]
    assert labels[-2:] == ["I don’t know", "I don’t want to say"]


def test_the_four_cornerstones_are_asked_once_in_a_calendar_year_after_something_is_published():
    conversation = make_conversation(phases=ACTING)
    ben = make_participant(conversation, "education")
    offer(participant=ben, now=NOW)
    assert offer(participant=ben, now=days(1)) is None
    publish(conversation)
    yearly = offer(participant=ben, now=days(2))
    assert (yearly.occasion, yearly.year) == (CheckIn.Occasion.YEARLY, 2026)
    assert offer(participant=ben, now=days(3)) is None
    assert offer(participant=ben, now=days(365)).year == 2027
    assert steps_of(yearly.occasion, child=False, decided=True) == (
        "welcome",
        "value",
        "communicate",
        "partnership",
        "note",
    )


def test_nobody_is_asked_in_a_closed_conversation_or_after_leaving():
    closed = make_participant(make_conversation(phases=[Phase.CLOSED]), "health")
    assert offer(participant=closed) is None
    with pytest.raises(Refused, match="closed"):
        ask_for(participant=closed)
    gone = make_participant(make_conversation("Two", slug="two"), "health", left_at=timezone.now())
    assert offer(participant=gone) is None


def test_a_child_is_asked_in_a_childs_words_and_not_how_far_it_went():
    conversation = make_conversation(rung=Rung.CO_DESIGN)
    dev = make_participant(conversation, "children")
    check_in = offer(participant=dev)
    assert check_in.child_wording
    assert "how-far" not in steps_of(check_in.occasion, child=True, decided=True)
    with pytest.raises(Refused, match="for adults"):
        say_how_far(check_in=check_in, participant=dev, rung=Rung.CO_DESIGN)
    adult = make_participant(conversation, "children", whose_words="speaks_for")
    assert not offer(participant=adult).child_wording


def test_influence_is_asked_only_once_something_was_decided():
    before = steps_of("visit", child=False, decided=False)
    assert "influence" not in before
    assert steps_of("decision", child=False, decided=True) == (
        "space",
        "voice",
        "own_view",
        "audience",
        "influence",
        "already_decided",
        "how-far",
        "note",
    )


def test_the_latest_answer_counts_and_not_wanting_to_say_is_no_answer():
    conversation = make_conversation()
    amina, ben = (make_participant(conversation, g) for g in ("parent_carers", "education"))
    for person, choices in ((amina, ["no", "yes"]), (ben, ["no", "rather_not"])):
        check_in = offer(participant=person)
        for choice in choices:
            answer(check_in=check_in, participant=person, asked="voice", choice=choice)
    counted = counting.felt(conversation, "voice")
    assert {mask: (c.agree, c.people) for mask, c in counted.items()} == {amina.membership: (1, 1)}


def test_feeling_pushed_went_badly_and_a_bit_is_neither():
    conversation = make_conversation()
    people = [make_participant(conversation, "education") for _ in range(3)]
    for person, choice in zip(people, ["yes", "no", "a_bit"], strict=True):
        check_in = offer(participant=person)
        answer(check_in=check_in, participant=person, asked="own_view", choice=choice)
    (counts,) = counting.felt(conversation, "own_view").values()
    assert (counts.agree, counts.disagree, counts.not_sure) == (1, 1, 1)


def test_how_far_it_went_is_set_beside_what_was_promised_when_it_was_asked():
    conversation = make_conversation(rung=Rung.ENGAGEMENT)
    amina, ben = (make_participant(conversation, "education") for _ in range(2))
    first, second = offer(participant=amina), offer(participant=ben)
    conversation.rung = Rung.CO_PRODUCTION
    conversation.save()
    say_how_far(check_in=first, participant=amina, rung=Rung.ENGAGEMENT)
    say_how_far(check_in=second, participant=ben, rung=Rung.CONSULTATION)
    (counts,) = counting.how_far(conversation).values()
    assert (counts.agree, counts.disagree) == (1, 1)


def test_a_note_is_looked_at_like_all_words():
    conversation = make_conversation()
    amina = make_participant(conversation, "parent_carers")
    check_in = offer(participant=amina)
    words, is_new = leave_note(
        check_in=check_in, participant=amina, text="It was kind.", form_key="one"
    )
    again, is_new_again = leave_note(
        check_in=check_in, participant=amina, text="It was kind.", form_key="one"
    )
    assert (is_new, is_new_again, again) == (True, False, words)
    assert (words.kind, words.standing) == (Words.Kind.NOTE, Standing.WAITING)
    assert [one.ref for one in queue(conversation)] == [words.ref]


def test_nobody_answers_for_somebody_else():
    conversation = make_conversation()
    amina, ben = (make_participant(conversation, "education") for _ in range(2))
    with pytest.raises(PermissionError):
        answer(check_in=offer(participant=amina), participant=ben, asked="voice", choice="yes")
    assert not CheckInAnswer.objects.exists()


@pytest.mark.parametrize(("asked", "choice"), [("voice", "maybe"), ("colour", "yes")])
def test_what_is_not_one_of_the_answers_is_refused(asked, choice):
    amina = make_participant(make_conversation(), "parent_carers")
    with pytest.raises(Refused):
        answer(check_in=offer(participant=amina), participant=amina, asked=asked, choice=choice)


def test_taking_back_everything_takes_back_how_it_felt():
    conversation = make_conversation()
    amina = make_participant(conversation, "parent_carers")
    check_in = offer(participant=amina)
    answer(check_in=check_in, participant=amina, asked="voice", choice="no")
    withdraw_everything(participant=amina)
    assert not CheckIn.objects.exists()
    assert counting.felt(conversation, "voice") == {}


def test_two_codes_of_one_person_keep_their_check_ins():
    conversation = make_conversation()
    kept, other = (make_participant(conversation, "education") for _ in range(2))
    check_in = offer(participant=other)
    answer(check_in=check_in, participant=other, asked="voice", choice="yes")
    put_together(kept=kept, other=other)
    assert CheckIn.objects.get().participant == kept
