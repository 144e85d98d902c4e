import pytest

from tests.shared_data import shared


@pytest.fixture(scope="session")
def shared_data():
    """`shared_data("polis", "vtaiwan.uberx")`: a path, or the test is skipped with the reason."""
    return shared
