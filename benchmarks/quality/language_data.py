"""Reads the pairs, statements and groupings that the language benchmarks judge on.

Data that is not ours is not in the repository: it is read from `../shared/data` beside the
checkout, or from the folder that the environment variable COPRODUCE_SHARED_DATA names.
"""

from __future__ import annotations

import csv
import os
import sys
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

HERE = Path(__file__).resolve().parent
SHARED = Path(os.environ.get("COPRODUCE_SHARED_DATA", HERE.parents[2] / "shared" / "data"))


@dataclass(frozen=True)
class LabelledPair:
    """Two texts and what a person called them: a relation, and the kind of pair.

    ids: of the two statements in their conversation, where they come from one.
    """

    relation: str
    kind: str
    a: str
    b: str
    ids: tuple[int, int] = (-1, -1)


def rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        sys.exit(f"{path} is not here: set COPRODUCE_SHARED_DATA to the folder of the shared data")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def invented_pairs() -> list[LabelledPair]:
    """Ours: these chose the settings."""
    return [
        LabelledPair(row["relation"], row["kind"], row["a"], row["b"])
        for row in rows(HERE / "invented_pairs.csv")
    ]


def further_pairs(part: str) -> list[LabelledPair]:
    """Ours: 240 pairs written at once and split by lot within each kind, "chose" and "judged"."""
    return [
        LabelledPair(row["relation"], row["kind"], row["a"], row["b"])
        for row in rows(HERE / "further_pairs.csv")
        if row["part"] == part
    ]


def stance_pairs(part: str) -> list[LabelledPair]:
    """Ours: opposites, and as many pairs that say the same in like words, by what tells them apart.

    240 were written before the rules were read again, every second one of a kind to choose and to
    judge by ("chose", "judged"); 64 more when the rules had been changed for the first ("later").
    """
    return [
        LabelledPair(row["relation"], row["kind"], row["a"], row["b"])
        for row in rows(HERE / "stance_pairs.csv")
        if row["part"] == part
    ]


def polis_pairs(part: str, about: str = "topic") -> list[LabelledPair]:
    """Pairs of real statements that we labelled by reading: "chose" or "judged" the settings.

    about: "topic", or "self" for what people were asked to say of themselves ("I live in a town").
    """
    texts: dict[str, dict[str, str]] = {}
    found = []
    for row in rows(HERE / "polis_pairs.csv"):
        if (row["part"], row["about"]) != (part, about):
            continue
        name = row["conversation"]
        if name not in texts:
            comments = rows(SHARED / "polis" / name / "comments.csv")
            texts[name] = {one["comment-id"]: one["comment-body"] for one in comments}
        a, b = texts[name][row["first"]], texts[name][row["second"]]
        ids = (int(row["first"]), int(row["second"]))
        found.append(LabelledPair(row["relation"], name, a, b, ids))
    return found


def made_up_pairs() -> list[LabelledPair]:
    """Sixty made-up pairs: duplicates, pairs of one topic, opposites."""
    relation = {"duplicate": "same", "same_topic": "related", "opposite": "opposite"}
    return [
        LabelledPair(relation[row["label"]], row["subtype"] or row["label"], row["a"], row["b"])
        for row in rows(SHARED / "made-up" / "near_duplicate_pairs.csv")
    ]


def never_merge_pairs() -> list[LabelledPair]:
    return [
        LabelledPair("related", row["why"], row["text_a"], row["text_b"])
        for row in rows(SHARED / "made-up" / "must_not_merge_pairs.csv")
    ]


def key_point_pairs(part: str) -> list[LabelledPair]:
    """ArgKP: key points of one topic, for and against it. Nobody would merge these."""
    points = rows(SHARED / "argkp" / f"key_points_{part}.csv")
    return [
        LabelledPair("opposite", "key points for and against", one["key_point"], other["key_point"])
        for one in points
        for other in points
        if one["topic"] == other["topic"] and one["stance"] == "1" and other["stance"] == "-1"
    ]


def key_points_on_one_side(part: str) -> list[LabelledPair]:
    """ArgKP: key points of one topic and one stance. Few of them disagree with one another."""
    points = rows(SHARED / "argkp" / f"key_points_{part}.csv")
    return [
        LabelledPair("related", "key points on one side", one["key_point"], other["key_point"])
        for one, other in combinations(points, 2)
        if (one["topic"], one["stance"]) == (other["topic"], other["stance"])
    ]
