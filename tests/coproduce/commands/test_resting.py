"""The worker leaves processors to the pages."""

import pytest

from coproduce.commands.work import rest_after


@pytest.mark.parametrize(("took", "rest"), [(0.2, 0.2), (40.0, 1.0)])
def test_the_rest_is_as_long_as_the_work_up_to_a_second(took: float, rest: float) -> None:
    assert rest_after(took) == rest
