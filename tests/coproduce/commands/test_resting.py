"""The worker leaves the processors of a full machine to the pages."""

import os

import pytest

from coproduce.commands.work import rest_after


@pytest.mark.parametrize(
    ("took", "more_than_processors", "rest"),
    [(0.2, True, 0.2), (0.2, False, 0.0), (40.0, True, 1.0), (40.0, False, 0.0)],
)
def test_rest_is_as_long_as_the_work_on_a_full_machine(
    took: float, more_than_processors: bool, rest: float
) -> None:
    processors = os.cpu_count() or 1
    waiting = processors + 0.5 if more_than_processors else float(processors)
    assert rest_after(took, waiting=waiting) == rest
