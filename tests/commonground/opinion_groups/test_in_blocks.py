"""Groups over blocks of people, in this process and on a cluster of several processes."""

import numpy as np
import pytest

from commonground.blocks import InProcess
from commonground.opinion_groups import Verdict, find_opinion_groups
from commonground.opinion_groups.in_blocks import find_groups_in_blocks
from commonground.polis import analyse_as_polis, analyse_as_polis_in_blocks
from tests.commonground.opinion_groups.rooms import planted_room, same_partition, shuffled


def test_blocks_give_the_groups_of_the_whole():
    votes, _ = planted_room(camps=3, people=400)
    whole = find_opinion_groups(votes)
    found = find_groups_in_blocks(InProcess.of(votes.blocks(1500)))
    assert found.choice.verdict is Verdict.GROUPS
    assert found.choice.n_groups == whole.n_groups == 3
    assert same_partition(found.labels(), whole.labels) > 0.99
    assert np.concatenate(found.memberships()).shape == (400, 3)


def test_one_block_or_many_are_the_same():
    votes, _ = planted_room(camps=2)
    one = find_groups_in_blocks(InProcess.of([votes]))
    many = find_groups_in_blocks(InProcess.of(votes.blocks(500)))
    assert many.labels().tolist() == one.labels().tolist()
    np.testing.assert_allclose(many.model.rates, one.model.rates, atol=1e-6)


def test_left_out_statements_and_silent_people_in_blocks():
    votes, _ = planted_room(camps=2)
    silent = votes.keep(votes.rows != 5).with_moderation(moderated_out=[0])
    found = find_groups_in_blocks(InProcess.of(silent.blocks(500)))
    assert found.labels()[5] == -1
    assert (found.labels()[:5] >= 0).all()


def test_noise_in_blocks_is_one_group():
    noise = shuffled(planted_room()[0], 0)
    found = find_groups_in_blocks(InProcess.of(noise.blocks(500)))
    assert found.choice.verdict is Verdict.ONE_GROUP


def test_a_cluster_of_two_processes_finds_the_same_groups(tmp_path):
    distributed = pytest.importorskip("distributed", reason="the extra 'dask' is not installed")
    from commonground.cluster import OnCluster

    votes, _ = planted_room(camps=3, people=400)
    blocks = list(votes.blocks(2000))
    here = find_groups_in_blocks(InProcess.of(blocks))
    with (
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address=None,
            local_directory=str(tmp_path),
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        there = find_groups_in_blocks(OnCluster.of(client, blocks))
        labels = there.labels()
        polis = analyse_as_polis_in_blocks(OnCluster.of(client, blocks))
        workers = {tuple(sorted(who)) for who in client.who_has().values()}
    assert labels.tolist() == here.labels().tolist()
    assert there.choice == here.choice
    assert np.array_equal(there.model.rates, here.model.rates)
    assert len(workers) == 2
    as_one = analyse_as_polis(votes)
    assert polis.labels.tolist() == as_one.labels.tolist()
    assert np.array_equal(polis.counts.agree, as_one.counts.agree)
