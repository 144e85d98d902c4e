import pytest

from coproduce.statements import likeness


@pytest.fixture(autouse=True)
def nothing_remembered():
    """Each test has conversations of its own, under keys that an earlier test has used."""
    likeness.forget_all()
