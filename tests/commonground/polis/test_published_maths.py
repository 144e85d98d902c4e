"""Recomputing what Polis itself published, from the votes of four real conversations.

Polis' own groups are taken as given, because they depend on the history of the conversation.
Polis keeps votes with the opposite sign, and a component has none that means anything.
"""

import numpy as np
import pytest

from commonground.polis import analyse_as_polis
from tests.commonground.polis.published_maths import CONVERSATIONS, read_published

CLOSE = {"rtol": 0, "atol": 1e-9}
ROUNDED_BY_POLIS = {"rtol": 1e-6, "atol": 1e-6}


@pytest.fixture(scope="module", params=CONVERSATIONS)
def pair(request):
    published = read_published(request.param)
    return published, analyse_as_polis(published.votes, published.labels())


def same_sign(ours, theirs):
    return np.sign(ours @ theirs)


def test_components_and_means(pair):
    published, ours = pair
    theirs = published.output["pca"]
    np.testing.assert_allclose(ours.plane.means, -np.array(theirs["center"]), **CLOSE)
    for axis in (0, 1):
        component = np.array(theirs["comps"][axis])
        sign = same_sign(ours.plane.components[axis], component)
        np.testing.assert_allclose(sign * ours.plane.components[axis], component, **CLOSE)


def test_projections_of_people_who_are_alone_in_their_base_cluster(pair):
    published, ours = pair
    base = published.output["base-clusters"]
    row_of = {person: row for row, person in enumerate(published.votes.participants.tolist())}
    alone = [
        (row_of[people[0]], x, y)
        for people, x, y in zip(base["members"], base["x"], base["y"], strict=True)
        if len(people) == 1
    ]
    assert len(alone) > 10
    rows = np.array([row for row, _, _ in alone])
    for axis in (0, 1):
        theirs = np.array([place[1 + axis] for place in alone])
        places = ours.plane.participants[rows, axis]
        np.testing.assert_allclose(same_sign(places, theirs) * places, theirs, **CLOSE)


def test_projections_of_statements_and_their_extremity(pair):
    published, ours = pair
    theirs = published.output["pca"]
    for axis in (0, 1):
        projection = np.array(theirs["comment-projection"][axis])
        sign = same_sign(ours.plane.statements[:, axis], projection)
        np.testing.assert_allclose(sign * ours.plane.statements[:, axis], projection, **CLOSE)
    np.testing.assert_allclose(ours.plane.extremity, theirs["comment-extremity"], **CLOSE)


def test_group_aware_consensus_and_priorities(pair):
    published, ours = pair
    output = published.output
    consensus = published.by_statement(output["group-aware-consensus"])
    np.testing.assert_allclose(ours.group_aware_consensus, consensus, **CLOSE)
    priorities = published.by_statement(output["comment-priorities"])
    np.testing.assert_allclose(ours.priorities, priorities, **CLOSE)


def test_representative_statements_are_the_same_in_the_same_places(pair):
    published, ours = pair
    for group, theirs in published.output["repness"].items():
        found = ours.representative[int(group)]
        assert [(item.statement, item.agrees, item.best_agree) for item in found] == [
            (item["tid"], item["repful-for"] == "agree", item.get("best-agree", False))
            for item in theirs
        ]
        for item, expected in zip(found, theirs, strict=True):
            assert item.successes == expected["n-success"]
            assert item.trials == expected["n-trials"]
            np.testing.assert_allclose(item.share, expected["p-success"], **CLOSE)
            np.testing.assert_allclose(item.share_test, expected["p-test"], **CLOSE)
            np.testing.assert_allclose(item.ratio, expected["repness"], **CLOSE)
            np.testing.assert_allclose(
                item.ratio_test, expected["repness-test"], **ROUNDED_BY_POLIS
            )


def test_consensus_lists_are_the_same_in_the_same_places(pair):
    published, ours = pair
    theirs = published.output["consensus"]
    for side, found in (("agree", ours.consensus.agree), ("disagree", ours.consensus.disagree)):
        assert [item.statement for item in found] == [item["tid"] for item in theirs[side]]
        for item, expected in zip(found, theirs[side], strict=True):
            np.testing.assert_allclose(item.share_test, expected["p-test"], **CLOSE)
