"""What two texts are to each other, read from words and rules alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.duplicates import AnsweredBoth, Relation, relate
from commonground.duplicates.judge import judge
from commonground.duplicates.phrases import phrases_in
from commonground.duplicates.polarity import clash


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("I want to get the bus by myself.", "I don't want to get the bus by myself."),
        ("Dogs should be allowed on the beach.", "Dogs should not be allowed on the beach."),
        ("Everybody was asked.", "Nobody was asked."),
        ("The forms are easy to read.", "The forms are hard to read."),
        ("Lunch is always hot.", "Lunch is never hot."),
        ("Spend more on lamps.", "Spend less on lamps."),
        ("The hall is accessible.", "The hall is inaccessible."),
        ("Talk to me, not to my mum.", "Talk to my mum, not to me."),
        ("Keep the village school open.", "Close the village school."),
        ("We have trust in the plan.", "We have no trust in the plan."),
        ("I would rather have buses than trains.", "I would rather have trains than buses."),
        ("More nurses than doctors.", "More doctors than nurses."),
        ("Play should come before homework.", "Homework should come before play."),
        ("Spend more on buses and less on roads.", "Spend less on buses and more on roads."),
        ("At least two helpers in each class.", "At most two helpers in each class."),
        ("Phones help learning.", "Phones harm learning."),
        ("The fine is not just.", "The fine is just."),
        ("We should ban phones.", "We should allow phones."),
        ("There are too many forms.", "There are too few forms."),
        # The past of a verb, what is said of "it", and another word for what the other denies.
        ("They gave us enough time.", "They did not give us enough time."),
        ("I like it when you wait for me.", "I don't like it when you wait for me."),
        ("The canteen is noisy.", "The canteen is not loud."),
        ("Fishing should be legal.", "Fishing should not be legalised."),
        # A word with an ending stands where the word itself does.
        ("Make the rules stricter.", "Make the rules more flexible."),
        ("Widen the lane.", "Narrow the lane."),
        ("Everyone should have to pay.", "Paying should be up to you."),
        # Small words that carry a stance with the word before them.
        ("Rents went up in March.", "Rents came down in March."),
        ("Let cats into the shed.", "Keep cats out of the shed."),
        ("Give up on the choir.", "Carry on with the choir."),
        ("Get rid of the stage.", "Bring back the stage."),
        ("The choir was turned away.", "The choir was not turned away."),
        ("There is too much sun in the yard.", "There is too little sun in the yard."),
        ("I am against the tunnel.", "I am for the tunnel."),
        ("The map is nowhere near clear.", "The map is clear."),
        ("The map is no longer free.", "The map is free."),
        # One for another, in one order or the other, and on a condition.
        ("Swap the stage for a slide.", "Swap the slide for a stage."),
        ("Sing before you eat.", "Do not sing before you eat."),
        ("The old map is clearer than the new one.", "The new map is clearer than the old one."),
        ("Sell the field only if we agree.", "Sell the field even if we do not agree."),
        # What a verb undoes stands before it, and "neither … nor" denies both.
        ("The trip was cancelled.", "The trip was not cancelled."),
        ("Neither Amina nor Ben came.", "Both Amina and Ben came."),
        ("The sign is unreadable.", "The sign is readable."),
        ("The talk was pointless.", "There was a point in the talk."),
        ("The fair brings trade.", "The fair costs trade."),
    ],
)
def test_opposite_stances_are_told_apart(a: str, b: str) -> None:
    assert relate(a, b).relation is Relation.OPPOSITE


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ("Answer within six weeks.", "Answer within 12 weeks.", "the numbers differ"),
        (
            "Teachers should listen to parents.",
            "Parents should listen to teachers.",
            "they are about different people",
        ),
        (
            "Schools should pay for the trip.",
            "Parents should pay for the trip.",
            "they are about different people",
        ),
        (
            "Parents should listen to teachers.",
            "Parents should be listened to by teachers.",
            "they are about different people",
        ),
        ("Open the pool on Mondays.", "Open the pool on Tuesdays.", "the times differ"),
        (
            "Some schools listen.",
            "All schools listen.",
            "one speaks of some, the other of all",
        ),
        (
            "Let tenants decide on the paint.",
            "Let the landlord decide on the paint.",
            "they are about different people",
        ),
        (
            "I should choose my coat.",
            "My mum should choose my coat.",
            "they are about different people",
        ),
        # A thing that is of different people, and people of whom a word before tells which.
        (
            "The school bus is late.",
            "The council bus is late.",
            "they are about different people",
        ),
        (
            "School leaders should explain it.",
            "Leaders should explain it.",
            "they are about different people",
        ),
        ("Young people should pay.", "People should pay.", "they are about different people"),
        ("The child's view counts.", "The view counts.", "they are about different people"),
        # What people do, or how, is no thing, though the other text has it as one.
        (
            "The council seldom is on time.",
            "It seldom is on time.",
            "they are about different people",
        ),
        (
            "Make the council safe to talk to.",
            "Make the safe ones talk to us.",
            "they are about different people",
        ),
        (
            "The council help with the forms.",
            "Parents help with the forms.",
            "they are about different people",
        ),
        (
            "The council plan the paths.",
            "My mum and the council plan the paths.",
            "they are about different people",
        ),
        (
            "Cut the hedge but leave the tree.",
            "Cut the tree but leave the hedge.",
            "the same words the other way round",
        ),
        (
            "Dogs must not scare horses.",
            "Horses must not scare dogs.",
            "the same words the other way round",
        ),
    ],
)
def test_other_numbers_and_other_people_are_not_the_same(a: str, b: str, reason: str) -> None:
    found = relate(a, b)
    assert found.relation is Relation.RELATED
    assert found.reasons[0] == reason


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The gate is locked too early", "the gate's locked too early!"),
        ("Mend the accessable toilets by the pier", "Mend the accessible toilets by the pier."),
        (
            "2. All rivers should be clean enough to swim in",
            "3. All rivers should be clean enough to swim in",
        ),
    ],
)
def test_marks_spelling_and_list_numbers_do_not_matter(a: str, b: str) -> None:
    assert relate(a, b).relation is Relation.SAME


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("My son needs a quiet room.", "My daughter needs a quiet room."),
        ("My child needs more help at school.", "Our children need more help at school."),
        ("The bus is always late.", "The buses are always late."),
        ("The color of the forms is too pale.", "The colour of the forms is too pale."),
        ("We need better organized transport.", "We need better organised transport."),
        ("At school there should be a quiet room.", "There should be a quiet room at school."),
        ("Schools should listen to children.", "Children should be listened to by schools."),
        # Who leaves out that it is they who want it means nobody else.
        ("We need a bench in the square.", "Put a bench in the square."),
        ("I had to wait weeks for a tent.", "You have to wait weeks for a tent."),
        # A phrase that moved as a whole.
        ("In winter the ramp is icy.", "The ramp is icy in winter."),
        # "Why can't we" asks for it.
        ("Why can't we have a skate ramp?", "We would like a skate ramp."),
        ("Ben taught us knots.", "Ben teaches us knots."),
    ],
)
def test_who_speaks_how_it_is_spelt_and_in_what_order_do_not_matter(a: str, b: str) -> None:
    assert relate(a, b).relation is Relation.SAME


@pytest.mark.parametrize(
    ("of_whom", "without", "relation"),
    [
        ("The school bus is much too loud.", "The bus is too loud.", Relation.SAME),
        ("The school buses are too loud.", "Buses are too loud.", Relation.PART_OF),
        ("The hospital car park is dear.", "The car park is dear.", Relation.SAME),
        ("Mend the lamp by the council office.", "Mend the lamp by the office.", Relation.SAME),
        ("Parent evenings are too early.", "The evenings are too early.", Relation.PART_OF),
        ("Staff meetings are too long.", "Our meetings are too long.", Relation.PART_OF),
    ],
)
def test_a_noun_that_only_tells_the_kind_of_a_thing_names_no_people(
    of_whom: str, without: str, relation: Relation
) -> None:
    found, turned = relate(of_whom, without), relate(without, of_whom)
    assert (found.relation, turned.relation) == (relation, relation)
    assert found.part == ("second" if relation is Relation.PART_OF else None)
    assert "they are about different people" not in found.reasons


def test_the_people_of_a_thing_are_not_those_who_are_far_from_others() -> None:
    here = "I think that the bus is too loud."
    assert relate(here, "The school bus is too loud.").reasons == ("mostly the same words",)
    assert relate(here, "For teachers the bus is too loud.").reasons == (
        "they are about different people",
        "mostly the same words",
    )


@pytest.mark.parametrize(
    ("missing", "asked"),
    [
        ("There is no ramp at the chapel.", "There should be a ramp at the chapel."),
        ("The tram does not stop at our school.", "The tram should stop at our school."),
        ("There are not enough seats in the hall.", "We need more seats in the hall."),
    ],
)
def test_what_one_misses_and_the_other_asks_for_is_no_dispute(missing: str, asked: str) -> None:
    for found in (relate(missing, asked), judge(1, 2, missing, asked, 0.99)):
        assert found.relation is Relation.RELATED
        assert found.reasons[0] == "one says that it is missing, the other asks for it"


@pytest.mark.parametrize(
    ("denied", "asked"),
    [
        ("We do not need a ramp at the chapel.", "We need a ramp at the chapel."),
        ("Do not stop the tram at our school.", "The tram should stop at our school."),
        ("Nobody should sit in the hall.", "Everyone should sit in the hall."),
        ("No ramp at the chapel, please.", "There should be a ramp at the chapel."),
        ("There are not enough seats in the hall.", "There are enough seats in the hall."),
    ],
)
def test_what_one_does_not_want_or_only_one_misses_stays_opposite(denied: str, asked: str) -> None:
    assert relate(denied, asked).relation is Relation.OPPOSITE


def test_the_reason_names_the_words_as_they_were_written() -> None:
    found = relate("There are too many forms.", "There are too few forms.")
    assert found.reasons == ("one says “too many”, the other “too few”",)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        # Polish, Romanian, Welsh: the second says not, or says more, or says the same.
        ("Chcę jeździć autobusem sam.", "Nie chcę jeździć autobusem sam."),
        ("Chcę jeździć autobusem.", "Chcę jeździć autobusem sam."),
        ("Vreau să merg singur cu autobuzul.", "Nu vreau să merg singur cu autobuzul."),
        ("Vreau să merg singur cu autobuzul.", "Vreau să merg cu autobuzul singur."),
        ("Dw i eisiau mynd ar y bws.", "Dw i ddim eisiau mynd ar y bws."),
        ("Dw i eisiau mynd ar y bws.", "Dw i eisiau mynd ar y bws bob dydd."),
    ],
)
def test_other_languages_are_never_called_the_same(a: str, b: str) -> None:
    found = relate(a, b)
    assert found.relation is Relation.RELATED
    assert found.reasons[0] == "whether they agree is read in English only"


def test_the_very_same_words_are_the_same_in_any_language() -> None:
    assert relate("Chcę jeździć sam.", "chcę jeździć sam").relation is Relation.SAME


def test_a_longer_statement_that_says_it_and_more() -> None:
    found = relate(
        "The pool is cold.",
        "The pool is cold, the lockers are broken and there is nowhere to sit.",
    )
    assert (found.relation, found.part) == (Relation.PART_OF, "first")
    assert found.reasons[0] == "the second says this and more"


def test_another_word_in_the_same_frame_is_not_the_same() -> None:
    assert relate("More art in town.", "More parking in town.").relation is not Relation.SAME


@pytest.mark.parametrize(
    ("a", "b", "meaning", "score", "relation"),
    [
        # Nothing is shared but what both speak of: the nearness may be that of the subject.
        ("The path is muddy.", "The path saves time.", 0.95, 0.66, Relation.RELATED),
        ("The path is muddy.", "The path saves time.", 0.953, 0.70, Relation.SAME),
        # They share how they go on, or say it with a "not".
        ("The path saves time.", "The path spares us time.", 0.965, 0.62, Relation.SAME),
        ("The path is not safe.", "The path is unsafe.", 0.957, 0.60, Relation.SAME),
    ],
)
def test_two_texts_that_share_their_subject_alone_must_be_nearer(
    a: str, b: str, meaning: float, score: float, relation: Relation
) -> None:
    found = judge(0, 1, a, b, meaning)
    assert (found.relation, round(found.score, 2)) == (relation, score)
    assert judge(1, 0, b, a, meaning).relation is relation


def test_a_just_with_nothing_after_it_means_fair() -> None:
    said = "The fine is not just"
    assert judge(0, 1, said, "The fine keeps the square clean", 0.92).relation is Relation.RELATED
    found = judge(0, 1, said, "The fine is needed to keep the square clean", 0.9)
    assert found.relation is Relation.RELATED
    assert found.reasons[0] == "only one says “not”"
    only = judge(0, 1, "The fine is not just for drivers", "The fine is for drivers", 0.97)
    assert only.relation in {Relation.SAME, Relation.PART_OF}


def test_answers_can_keep_apart_what_reads_alike() -> None:
    texts = ("The gate is locked too early", "Gate locked too early")
    assert relate(*texts).relation is Relation.SAME
    divided = relate(*texts, votes=AnsweredBoth(people=20, alike=10))
    assert divided.relation is Relation.RELATED
    assert divided.reasons[0] == "people who answered both did not answer alike"
    against = relate(*texts, votes=AnsweredBoth(people=20, alike=2))
    assert against.relation is Relation.OPPOSITE


def test_answers_alike_make_surer_but_never_make_two_statements_the_same() -> None:
    alike = AnsweredBoth(people=40, alike=40)
    texts = ("The gate is locked too early", "Gate locked too early in the week")
    assert relate(*texts, votes=alike).score > relate(*texts).score
    other = ("More art in town.", "More parking in town.")
    assert relate(*other, votes=alike).relation is relate(*other).relation is Relation.RELATED


def test_too_few_answers_change_nothing() -> None:
    texts = ("The gate is locked too early", "Gate locked too early")
    assert relate(*texts, votes=AnsweredBoth(people=4, alike=0)) == relate(*texts)


def test_more_people_alike_than_people_is_refused() -> None:
    with pytest.raises(ValueError, match="5 of 4"):
        AnsweredBoth(people=4, alike=5)


_SOME_WORDS = "i want the bus not never my mum school should pay late early more less 2 3 and . ,"
WORDS = st.sampled_from(_SOME_WORDS.split())
TEXTS = st.lists(WORDS, max_size=14).map(" ".join) | st.text(max_size=40)


@given(TEXTS, TEXTS)
def test_relation_is_symmetric(a: str, b: str) -> None:
    one, other = relate(a, b), relate(b, a)
    assert one.relation is other.relation
    assert one.score == pytest.approx(other.score)
    swap = {"first": "second", "second": "first", None: None}
    if a != b:
        assert one.part == swap[other.part]


@given(TEXTS, TEXTS, st.none() | st.floats(0.7, 1.0))
def test_who_only_wants_offers_gets_the_same_ones(a: str, b: str, meaning: float | None) -> None:
    whole = judge(1, 2, a, b, meaning)
    quick = judge(1, 2, a, b, meaning, offers_only=True)
    if whole.relation.nearness >= Relation.PART_OF.nearness:
        assert quick == whole
    else:
        assert quick.relation.nearness < Relation.PART_OF.nearness


def test_who_only_wants_offers_reads_no_stance_of_what_is_far(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def never(one: str, other: str) -> None:
        raise AssertionError

    monkeypatch.setattr("commonground.duplicates.judge.clash", never)
    texts = ("More nurses at the clinic", "More parking at the clinic")
    assert judge(1, 2, *texts, 0.9, offers_only=True).relation is Relation.DIFFERENT
    with pytest.raises(AssertionError):
        judge(1, 2, *texts, 0.9)


@given(TEXTS)
def test_a_text_is_never_opposite_to_itself(text: str) -> None:
    assert relate(text, text).relation in {Relation.SAME, Relation.DIFFERENT, Relation.RELATED}


@pytest.mark.parametrize("text", ["👍", "", "❤️❤️"])
def test_a_text_without_a_word_is_read_beside_any_that_lies_near(text: str) -> None:
    assert judge(1, 2, text, "👎", 0.99).relation is Relation.RELATED
    assert judge(1, 2, text, "Yes please", 0.99).relation is Relation.RELATED


@pytest.mark.parametrize("text", ["N'T", "n’t", "I n't know", "'s"])
def test_an_ending_by_itself_is_read_like_any_words(text: str) -> None:
    assert relate(text, text).relation in {Relation.SAME, Relation.DIFFERENT}


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("I am against the tunnel.", "I oppose the tunnel."),
        ("The trip was cancelled.", "They cancelled the trip."),
        ("Build a slide instead of a stage.", "Build a slide, not a stage."),
        ("Do not sell the field unless we agree.", "Only sell the field if we agree."),
        ("Neither Amina nor Ben came.", "Amina did not come and Ben did not come."),
        ("Cats get more food than dogs.", "Dogs get less food than cats."),
        ("Do not sing before you eat.", "Eat before you sing."),
        ("The hall is quieter now.", "The hall is less noisy now."),
        ("Families get help from nurses.", "Nurses help families."),
        ("Visitors may use the hall.", "Visitors are allowed to use the hall."),
        ("Nothing is worse than waiting.", "Waiting is the worst."),
    ],
)
def test_what_says_the_same_in_other_grammar_does_not_disagree(a: str, b: str) -> None:
    found = clash(a, b)
    assert (found.opposite, found.apart, found.part_apart) == (False, False, False)
    assert clash(b, a) == found


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Sell the field.", "Only sell the field if we agree."),
        ("Do not sell the field.", "Do not sell the field until there is another."),
    ],
)
def test_a_wish_on_a_condition_is_neither_the_wish_nor_its_opposite(a: str, b: str) -> None:
    found = relate(a, b)
    assert found.relation is Relation.RELATED
    assert found.reasons[0] == "only one makes a condition"


def test_a_phrase_is_named_as_it_was_written() -> None:
    assert relate("Rents went up in March.", "Rents came down in March.").reasons == (
        "one says “came down”, the other “went up”",
    )
    assert clash("The storm tore the fence apart.", "They build the fence.").reasons == (
        "one says “build”, the other “tore … apart”",
    )


def test_words_that_only_look_like_a_phrase_carry_no_stance() -> None:
    # Flats are in favour of nobody, and a sign that is in a hall is not taken in.
    assert phrases_in(("the", "flats", "are", "for", "carers")).read_as == {}
    assert phrases_in(("take", "the", "sign", "in", "the", "hall")).read_as == {}
    assert phrases_in(("turn", ".", "away")).read_as == {}
