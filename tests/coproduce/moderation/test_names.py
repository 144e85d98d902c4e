import pytest

from coproduce.moderation import names

SAYS = [
    ("Ring 01392 496 011 or +44 7700 900123", ["01392 496 011", "+44 7700 900123"]),
    ("We live at EX4 3LS near the hill", ["EX4 3LS"]),
    ("Her number is 943 476 5919", ["943 476 5919"]),
    ("The case is 123 456 7890", []),
    ("He was born on 3 March 2014, or 03/03/2014", ["3 March 2014", "03/03/2014"]),
    ("Write to amina.b@example.org.", ["amina.b@example.org"]),
    ("Ask Mrs Okafor at the desk", ["Mrs Okafor"]),
    ("We waited 14 months in 2023 for 3 people", []),
    ("The bus may come at 8", []),
]


@pytest.mark.parametrize(("text", "parts"), SAYS)
def test_parts_that_may_say_who_somebody_is(text, parts, monkeypatch):
    monkeypatch.setattr(names, "finds_names", lambda: False)
    assert [text[one.start : one.end] for one in names.suggest(text)] == parts


def test_names_by_the_classifier_are_whole_words():
    if not names.finds_names():
        pytest.skip("the extra `names` is not installed: names are found after titles only")
    text = "ask jamie and mrs okafor"
    assert [text[one.start : one.end] for one in names.suggest(text)] == ["jamie", "okafor"]
    assert names.suggest("Drivers should know about autism.") == []


def test_a_name_is_found_wherever_it_stands_as_a_word():
    assert names.occurrences("Sam and sam, not Samuel.", "Sam") == [(0, 3), (8, 11)]
