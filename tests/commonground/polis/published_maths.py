"""Real conversations with the mathematical output that Polis itself published for them."""

from benchmarks.published_maths import CONVERSATIONS, Published, read_published_maths

from tests.shared_data import shared

__all__ = ["CONVERSATIONS", "Published", "read_published"]


def read_published(name: str) -> Published:
    return read_published_maths(shared("polis-maths", name))
