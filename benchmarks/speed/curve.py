"""Seconds and memory as conversations grow: `python -m benchmarks.speed.curve [millions …]`.

Each size runs in a process of its own, so that its peak memory is its own. Up to 10 million the
answers are in memory; above, they are read from a Parquet file in blocks of people. Seconds are
those of the processor, beside those on the clock: others on the machine move the latter.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks.conversations import planted_conversation
from commonground.blocks import InProcess
from commonground.formats import parquet_blocks
from commonground.opinion_groups import find_opinion_groups
from commonground.opinion_groups.in_blocks import find_groups_in_blocks
from commonground.polis import analyse_as_polis, analyse_as_polis_in_blocks

SHAPES = {
    1: (20_000, 1_000),
    3: (60_000, 1_000),
    10: (200_000, 2_000),
    30: (600_000, 2_000),
    100: (2_000_000, 2_000),
}
PRODUCTION = ((33_422, 783, 2_000_000), (18_082, 9_030, 2_000_000))
IN_MEMORY_UP_TO = 10


def main(sizes: list[int]) -> None:
    """Print a line for each size."""
    print("| answers | people × statements | how | processor | clock | peak memory | groups |")
    print("|---|---|---|---|---|---|---|")
    for size in sizes:
        people, statements = SHAPES[size]
        shape = (str(people), str(statements), str(size * 1_000_000))
        if size <= IN_MEMORY_UP_TO:
            for way in ("polis", "ours"):
                _in_its_own_process(way, *shape)
        else:
            with tempfile.TemporaryDirectory() as folder:
                path = str(Path(folder) / "answers.parquet")
                _in_its_own_process("write", *shape, path)
                for way in ("polis blocks", "blocks"):
                    _in_its_own_process(way, *shape, path)
    for production in PRODUCTION:
        for way in ("polis", "ours"):
            _in_its_own_process(way, *map(str, production))


def one(way: str, people: int, statements: int, answers: int, path: str = "") -> None:
    """Run one size one way and print its line."""
    if way == "write":
        write_parquet(path, people, statements, answers)
        return
    if way in ("blocks", "polis blocks"):
        start, clock = time.process_time(), time.perf_counter()
        engine = InProcess.of(parquet_blocks(path))
        read = time.process_time() - start
        if way == "blocks":
            found = find_groups_in_blocks(engine)
            groups, name = found.choice.n_groups, "ours"
            found.labels()
        else:
            groups, name = int(analyse_as_polis_in_blocks(engine).labels.max()) + 1, "Polis' way"
        how = f"{name}, blocks from Parquet (reading {read:.0f} s of it)"
    else:
        votes = planted_conversation(people, statements, answers).votes
        start, clock = time.process_time(), time.perf_counter()
        if way == "polis":
            grouping = analyse_as_polis(votes).grouping
            groups, how = grouping.n_groups if grouping else 0, "Polis' way"
        else:
            groups, how = find_opinion_groups(votes).n_groups, "ours"
    seconds, clock = time.process_time() - start, time.perf_counter() - clock
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(
        f"| {answers:,} | {people:,} × {statements:,} | {how} "
        f"| {seconds:.1f} s | {clock:.1f} s | {memory:.2f} GB | {groups} |",
        flush=True,
    )


def write_parquet(path: str, people: int, statements: int, answers: int) -> None:
    """Planted answers of people in order, a part at a time, so that writing stays small."""
    import pyarrow
    import pyarrow.parquet

    part = 100_000
    per_person = answers // people
    random = np.random.default_rng(0)
    leaning = random.normal(0.4, 1, statements)
    rates = 1 / (1 + np.exp(-(leaning + random.normal(0, 1, (4, statements)))))
    schema = pyarrow.schema([("participant", "int32"), ("statement", "int16"), ("answer", "int8")])
    with pyarrow.parquet.ParquetWriter(path, schema) as writer:
        for first in range(0, people, part):
            who = np.repeat(np.arange(first, min(first + part, people)), per_person)
            camp = np.repeat(random.integers(0, 4, min(part, people - first)), per_person)
            what = random.integers(0, statements, len(who))
            values = np.where(random.random(len(who)) < rates[camp, what], 1, -1)
            values[random.random(len(who)) < 0.15] = 0
            columns = [who.astype(np.int32), what.astype(np.int16), values.astype(np.int8)]
            writer.write_table(pyarrow.table(columns, schema=schema))


def _in_its_own_process(*arguments: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "benchmarks.speed.curve", "--one", *arguments], check=True
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], *map(int, sys.argv[3:6]), *sys.argv[6:])
    else:
        main([int(size) for size in sys.argv[1:]] or list(SHAPES))
