"""Polis' way over blocks of people: the same as in one table."""

import numpy as np
import pytest

from commonground.blocks import InProcess
from commonground.formats import parquet_blocks
from commonground.formats.parquet import write_parquet_events
from commonground.formats.polis_export import VoteEvents
from commonground.polis import analyse_as_polis, analyse_as_polis_in_blocks
from tests.commonground.opinion_groups.rooms import planted_room


def same(one, other):
    """Everything but the last digits is the same; the groups exactly."""
    assert other.labels.tolist() == one.labels.tolist()
    assert np.array_equal(other.counts.agree, one.counts.agree)
    assert np.array_equal(other.counts.seen, one.counts.seen)
    close = {"rtol": 1e-9, "atol": 1e-9}
    np.testing.assert_allclose(other.plane.components, one.plane.components, **close)
    np.testing.assert_allclose(other.plane.participants, one.plane.participants, **close)
    np.testing.assert_allclose(other.plane.statements, one.plane.statements, **close)
    np.testing.assert_allclose(other.priorities, one.priorities, **close)
    np.testing.assert_allclose(other.group_aware_consensus, one.group_aware_consensus, **close)
    assert other.consensus == one.consensus
    for ours, theirs in zip(other.representative, one.representative, strict=True):
        assert [(item.statement, item.agrees) for item in ours] == [
            (item.statement, item.agrees) for item in theirs
        ]


@pytest.mark.parametrize("statements", [30, 130])
def test_blocks_give_what_one_table_gives(statements):
    votes, _ = planted_room(people=300, statements=statements, camps=2, seed=4)
    votes = votes.with_moderation(moderated_out=[3], meta=[5])
    blocks = list(votes.blocks(1000))
    assert len(blocks) > 3
    same(analyse_as_polis(votes), analyse_as_polis_in_blocks(InProcess.of(blocks)))


def test_groups_that_are_given_are_dealt_out_to_the_blocks():
    votes, camp = planted_room(people=120, camps=3)
    labels = np.where(np.arange(120) % 7 == 0, -1, camp)
    blocks = InProcess.of(votes.blocks(700))
    found = analyse_as_polis_in_blocks(blocks, labels)
    same(analyse_as_polis(votes, labels), found)
    assert found.grouping is None
    with pytest.raises(ValueError, match="labels 119"):
        analyse_as_polis_in_blocks(blocks, labels[1:])


def test_from_a_parquet_file(tmp_path):
    pytest.importorskip("pyarrow", reason="the extra 'parquet' is not installed")
    votes, _ = planted_room(people=200, camps=2, seed=9)
    path = tmp_path / "answers.parquet"
    write_parquet_events(path, VoteEvents(votes.rows, votes.columns, votes.values.astype(np.int8)))
    blocks = list(parquet_blocks(path, rows=900))
    assert len(blocks) > 3
    same(analyse_as_polis(votes), analyse_as_polis_in_blocks(InProcess.of(blocks)))


def test_each_block_gets_a_part_of_its_own():
    engine = InProcess.of([1, 2])
    assert engine.paired(lambda block, part: block * part, [10, 20]).blocks == (10, 40)
    with pytest.raises(ValueError, match="shorter"):
        engine.paired(lambda block, part: block, [1])
