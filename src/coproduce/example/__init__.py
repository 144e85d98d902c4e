"""The example conversations: everybody and everything in them is made up, and says so."""

from coproduce.example.loading import EXAMPLE_SLUG, load_example

__all__ = ["EXAMPLE_SLUG", "load_example"]
