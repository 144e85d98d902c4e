"""The example conversation: everybody and everything in it is made up, and says so."""

from coproduce.example.loading import EXAMPLE_SLUG, load_example

__all__ = ["EXAMPLE_SLUG", "load_example"]
