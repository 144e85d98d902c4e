"""The words of a statement, made comparable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.words import LONGEST, stem, tidy


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Two   spaces `here`  ", "Two spaces 'here'"),
        ("tab\there", "tab here"),
        ("line\nbreak", "line\nbreak"),
        ("curly ‘quotes’", "curly 'quotes'"),
        ("ﬁve", "five"),
        ("bell\x07", "bell"),
        ("a" * (LONGEST + 5), "a" * LONGEST),
        (" " * LONGEST + "late", "late"),
    ],
)
def test_tidy(text: str, expected: str) -> None:
    assert tidy(text) == expected


@given(st.text(st.characters(max_codepoint=126)))
def test_plain_letters_are_tidied_as_beside_others(text: str) -> None:
    # The letter at the end takes the way through every letter.
    assert tidy(text + " é").removesuffix("é").strip() == tidy(text)


@pytest.mark.parametrize(
    ("form", "word"),
    [("taught", "teach"), ("gave", "give"), ("given", "give"), ("won", "win"), ("kids", "child")],
)
def test_past_forms_and_everyday_variants_are_one_word(form: str, word: str) -> None:
    assert stem(form) == stem(word)


@pytest.mark.parametrize("word", ["left", "found", "ground"])
def test_a_past_form_that_is_another_word_too_stays_as_it_is(word: str) -> None:
    assert stem(word) == word
