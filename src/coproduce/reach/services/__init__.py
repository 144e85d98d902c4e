"""Loading benchmarks, and writing the embedding map."""

from coproduce.reach.services.benchmarks import load_benchmarks, retire_benchmarks
from coproduce.reach.services.mapping import (
    add_entry,
    load_map,
    prefill,
    retire_entry,
    say_involved,
)

__all__ = [
    "add_entry",
    "load_benchmarks",
    "load_map",
    "prefill",
    "retire_benchmarks",
    "retire_entry",
    "say_involved",
]
