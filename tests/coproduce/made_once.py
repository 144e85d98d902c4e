"""What the tests of a module start from, made once; each has it as it was, and to itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def until_the_module_ends(django_db_blocker) -> Iterator[None]:
    """For a fixture of module scope: what it makes stands for all tests of the module, and then
    comes to nothing. What each of them does to it is taken back at the test's end, as always.

        @pytest.fixture(scope="module")
        def made(django_db_setup, django_db_blocker):
            with until_the_module_ends(django_db_blocker):
                yield published()

        @pytest.fixture
        def world(made, db):
            return deepcopy(made)

    Each test gets records of its own: others may have changed fields of them. Not for tests that
    are marked with `transaction=True`.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
