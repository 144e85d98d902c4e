"""Principal axes where there is nothing to find."""

import numpy as np
import pytest

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
