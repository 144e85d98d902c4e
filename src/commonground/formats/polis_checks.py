"""What does not fit together in a Polis export, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from commonground.formats.polis_export import PolisExport
from commonground.formats.polis_matrix import Matrix


def contradictions(
    export: PolisExport, totals: Mapping[str, tuple[int, int]], matrix: Matrix | None
) -> list[str]:
    """Where totals, the matrix and the statements contradict the latest votes.

    `totals`: agrees and disagrees by statement id (as text), as comments.csv has them.
    """
    found = []
    votes = export.votes()
    counted = votes.tallies()
    names = [str(name) for name in votes.statements.tolist()]
    latest = {
        name: (int(agree), int(against))
        for name, agree, against in zip(names, counted.agree, counted.disagree, strict=True)
    }
    differ = {n: (said, latest[n]) for n, said in totals.items() if said != latest[n]}
    turned = sum(said == now[::-1] and now[0] != now[1] for said, now in differ.values())
    if turned and turned >= 0.5 * len(differ):
        found.append(
            f"Agree and disagree look turned round: for {turned} of {len(totals)} statements the "
            "agrees of comments.csv are the disagrees of the votes. Check the sign before use."
        )
    elif differ:
        name, (said, now) = next(iter(differ.items()))
        found.append(
            f"For {len(differ)} of {len(totals)} statements the totals in comments.csv are not "
            f"those of each person's latest vote (statement {name}: {said[0]} agree and {said[1]} "
            f"disagree there, {now[0]} and {now[1]} in the votes). The votes are used."
        )
    texts = {str(statement.id) for statement in export.statements}
    without = [name for name in names if name not in texts]
    if without:
        found.append(
            f"{len(without)} statements have votes but no text in comments.csv: "
            + ", ".join(without[:5])
            + (", …" if len(without) > 5 else "")
            + "."
        )
    if matrix is not None:
        found += _against_matrix(export, matrix)
    return found


def _against_matrix(export: PolisExport, matrix: Matrix) -> list[str]:
    latest: dict[tuple[Any, str], int] = {}
    events = export.events
    for who, what, answer in zip(
        events.participants.tolist(),
        events.statements.tolist(),
        events.answers.tolist(),
        strict=True,
    ):
        latest[who, str(what)] = answer
    there = matrix.events
    different = sum(
        latest.get((who, str(what))) != answer
        for who, what, answer in zip(
            there.participants.tolist(),
            there.statements.tolist(),
            there.answers.tolist(),
            strict=True,
        )
    )
    if not different:
        return []
    return [
        f"{different} of {len(there)} answers in the matrix of participants are not the latest in "
        "votes.csv. The votes are used."
    ]
