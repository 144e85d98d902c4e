"""The measures behind the tables of quality: what they give where the answer is known."""

import importlib
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from benchmarks import conversations
from benchmarks.conversations import REAL
from benchmarks.quality import nested_choice
from benchmarks.quality.measures import Aside, group_rates, halves_alike
from benchmarks.quality.polis_own_groups import exported_groups

from commonground.votes import Votes


def two_camps(people=40, statements=20):
    """Half of the people agree with everything, half disagree."""
    camp = np.arange(people) % 2
    return Votes.from_matrix(np.where(camp[:, None] == 0, 1.0, -1.0) * np.ones(statements)), camp


def test_labels_that_tell_everything_save_nearly_all_and_one_group_saves_nothing():
    votes, camp = two_camps()
    aside = Aside.of(votes, seed=0)
    assert aside.gain_of_labels(np.zeros(40, dtype=np.int64)) == pytest.approx(0, abs=0.01)
    # About 16 answers of each camp and 4 at the overall rate: 0.9 of each is right.
    assert aside.gain_of_labels(camp) == pytest.approx(1 - np.log(1 / 0.9) / np.log(2), abs=0.02)
    assert aside.gain_of_labels(np.full(40, -1)) == 0


def test_what_is_kept_aside_is_not_kept_and_only_asked_of_some():
    votes, camp = two_camps()
    aside = Aside.of(votes, seed=1, among=camp == 0)
    assert set(camp[aside.asked.rows].tolist()) == {0}
    kept = set(zip(aside.kept.rows.tolist(), aside.kept.columns.tolist(), strict=True))
    asked = set(zip(aside.asked.rows.tolist(), aside.asked.columns.tolist(), strict=True))
    assert not kept & asked
    assert len(asked) > 50


def test_halves_that_find_the_same_camps_are_alike_and_one_group_has_nothing_to_compare():
    votes, _ = two_camps()
    overall = np.full(20, 0.5)

    def by_first_answer(part):
        return group_rates(part, (part.values[part.starts[:-1]] > 0).astype(int), overall)

    def everybody(part):
        return group_rates(part, np.zeros(part.n_participants, dtype=int), overall)

    assert halves_alike(votes, 0, by_first_answer) == 1
    assert np.isnan(halves_alike(votes, 0, everybody))
    assert np.isnan(halves_alike(votes, 0, lambda part: None))


def test_one_half_with_one_group_and_one_with_two_are_not_alike():
    votes, _ = two_camps()
    one = votes.take(np.random.default_rng(0).permutation(40) % 2 == 0)
    apart = np.stack([np.full(20, 0.9), np.full(20, 0.1)])

    def place(part):
        return apart if np.array_equal(part.participants, one.participants) else apart[:1]

    assert halves_alike(votes, 0, place) == 0


def test_exported_groups_are_read_by_participant(tmp_path, monkeypatch):
    folder = tmp_path / "polis" / "made-up"
    folder.mkdir(parents=True)
    folder.joinpath("participants-votes.csv").write_text("participant,group-id\n7,1\n5,0\n6,\n")
    monkeypatch.setenv("COPRODUCE_SHARED_DATA", str(tmp_path))
    assert conversations.data_folder() == tmp_path / "polis"
    votes = Votes.from_rows([(5, 1, 1), (6, 1, 1), (7, 1, -1), (8, 1, 1)])
    assert exported_groups("made-up", votes).tolist() == [0, -1, 1, -1]


def test_no_conversation_both_chooses_and_judges(monkeypatch, capsys):
    first, second = nested_choice.FIRST, nested_choice.SECOND
    assert not set(first) & set(second)
    assert {*first, *second} == set(REAL)
    # Where "a" is best on the first and "b" on the second, each is scored on the other ones.
    force = {"now": ""}

    class InForce:
        def __init__(self, name):
            self.name = name

        def __enter__(self):
            force["now"] = self.name

        def __exit__(self, *_):
            force["now"] = ""

    settings = [nested_choice.Setting(name, lambda name=name: InForce(name)) for name in "ab"]
    votes = {name: Votes.from_rows([(name, 1, 1)]) for name in REAL}
    monkeypatch.setattr(nested_choice, "real_conversation", votes.get)

    def score(of):
        best = "a" if of.participants[0] in first else "b"
        return 0.9 if force["now"] == best else 0.2

    nested_choice._choose("which", "score", settings, score, "b")
    rows = [
        [cell.strip() for cell in row.split("|")] for row in capsys.readouterr().out.split("\n")
    ]
    assert rows[0][4:8] == ["a", "20.0%", "90.0% (b)", "90.0%"]
    assert rows[1][4:8] == ["b", "20.0%", "90.0% (a)", "20.0%"]


def test_groupings_are_measured_against_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(Path(nested_choice.__file__).parent)
    ideas = importlib.import_module("ideas")
    truth, found = [0, 0, 1, 2, 2, 2], [0, 0, 1, 1, 2, 2]
    assert ideas.b_cubed([0, 0, 1, 1], [0, 0, 0, 0]) == pytest.approx(2 / 3)
    assert ideas.b_cubed(truth, found) == pytest.approx(70 / 87)
    for measure in (ideas.adjusted_mutual_information, ideas.adjusted_rand):
        assert measure(truth, truth) == pytest.approx(1.0)
        assert measure([0, 0, 1, 1], [5, 5, 5, 5]) == pytest.approx(0.0)
        # Over all ways of dealing out the labels, chance gives nothing.
        dealt = [measure(truth, some) for some in permutations(found)]
        assert np.mean(dealt) == pytest.approx(0.0, abs=1e-12)
