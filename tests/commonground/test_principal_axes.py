"""Principal axes where there is nothing to find."""

import numpy as np
import pytest

from commonground import principal_axes
from commonground.polis.plane import polis_plane
from commonground.principal_axes import DENSE_UP_TO
from commonground.votes import Votes


@pytest.mark.parametrize("statements", [5, DENSE_UP_TO + 5])
def test_where_nobody_differs_there_is_no_axis_and_everybody_is_in_the_middle(statements):
    plane = polis_plane(Votes.from_arrays([1, 2, 3], [0, 1, 2], [1, -1, 1]))
    assert not plane.participants.any()
    many = Votes.from_arrays([1, 2, 3], [0, 1, 2], [1, -1, 1], all_statements=np.arange(statements))
    plane = polis_plane(many)
    assert not plane.participants.any()
    assert not plane.extremity.any()


@pytest.mark.parametrize("left_out", [(), (3, 8)])
@pytest.mark.parametrize("way", ["all products", "in parts", "iterated"])
def test_the_plane_is_the_same_however_the_products_are_made(monkeypatch, way, left_out):
    random = np.random.default_rng(4)
    answers = random.integers(-1, 2, (60, 30)).astype(float)
    answers[random.random(answers.shape) < 0.4] = np.nan
    votes = Votes.from_matrix(answers, moderated_out=left_out)
    if way == "in parts":
        monkeypatch.setattr(principal_axes, "CELLS_AT_ONCE", 7 * 30)
    if way == "iterated":
        monkeypatch.setattr(principal_axes, "DENSE_UP_TO", 0)
    found = polis_plane(votes).components
    kept = np.setdiff1d(np.arange(30), left_out)
    filled = np.where(np.isnan(answers), np.nanmean(answers, axis=0), answers)[:, kept]
    expected = np.linalg.svd(filled - filled.mean(axis=0))[2][:2]
    assert not found[:, list(left_out)].any()
    np.testing.assert_allclose(np.abs((found[:, kept] * expected).sum(axis=1)), 1, rtol=1e-12)
