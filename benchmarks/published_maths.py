"""Conversations for which Polis published its own mathematical output beside the votes."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from commonground.votes import Votes

CONVERSATIONS = (
    "150ptpt-3gp-no-strict-no-meta",
    "25ptpt-3gp-no-strict-with-meta",
    "below-100-ptpts",
    "r6vbnhffkxbd7ifmfbdrd-vw",
)


@dataclass(frozen=True)
class Published:
    """Votes, and Polis' own output in its own keys."""

    votes: Votes
    output: dict[str, Any]

    def by_statement(self, values: dict[str, float]) -> npt.NDArray[np.float64]:
        """Numbers keyed by statement id, in the order of the statements."""
        return np.array([values[str(statement)] for statement in self.votes.statements.tolist()])

    def labels(self) -> npt.NDArray[np.int64]:
        """Polis' own groups, -1 for participants it did not group."""
        base = self.output["base-clusters"]
        members = dict(zip(base["id"], base["members"], strict=True))
        group_of = {
            person: group["id"]
            for group in self.output["group-clusters"]
            for cluster in group["members"]
            for person in members[cluster]
        }
        people = self.votes.participants.tolist()
        return np.array([group_of.get(person, -1) for person in people])


def read_published_maths(folder: Path) -> Published:
    """Read one folder: the votes (JSON or CSV), and Polis' output."""
    outputs = list(folder.glob("*math*.json"))
    output = json.loads(outputs[0].read_text())
    rows = list(_json_votes(folder)) or list(_csv_votes(folder))
    people, statements, values, times = zip(*rows, strict=True)
    votes = Votes.from_arrays(
        people,
        statements,
        values,
        times=times,
        all_statements=output["tids"],
        moderated_out=output["mod-out"],
        meta=output["meta-tids"],
    )
    return Published(votes, output)


def _json_votes(folder: Path) -> Iterator[tuple[int, int, int, float]]:
    for path in folder.glob("votes.json"):
        for row in json.loads(path.read_text()):
            person = row.get("participant_id", row.get("pid"))
            statement = row.get("statement_id", row.get("tid"))
            yield person, statement, row["vote"], float(row["modified"])


def _csv_votes(folder: Path) -> Iterator[tuple[int, int, int, float]]:
    for path in folder.glob("*-votes.csv"):
        with path.open(newline="", encoding="utf-8") as stream:
            for row in csv.DictReader(stream):
                yield (
                    int(row["voter-id"]),
                    int(row["comment-id"]),
                    int(row["vote"]),
                    int(row["timestamp"]),
                )
