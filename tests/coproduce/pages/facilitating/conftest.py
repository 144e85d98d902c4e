import pytest
from django.urls import reverse


@pytest.fixture
def to(school):
    """The address of a page of the school's facilitators, by its name."""
    return lambda name, *args: reverse(f"facilitating:{name}", args=[school.slug, *args])
