"""red-dwarf, run in an environment of its own (`benchmarks/README.md` says how to make it)."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from commonground.votes import Votes

WORKER = Path(__file__).with_name("red_dwarf_worker.py")


@dataclass(frozen=True)
class PeerResult:
    """What the peer found, in how many seconds."""

    seconds: float
    labels: npt.NDArray[np.int64]

    @property
    def n_groups(self) -> int:
        """Groups that it reports."""
        return int(self.labels.max(initial=-1)) + 1


class RedDwarf:
    """A running worker; `$COPRODUCE_PEERS_PYTHON` names the interpreter of its environment."""

    def __init__(self) -> None:
        python = os.environ.get("COPRODUCE_PEERS_PYTHON", "")
        if not python:
            raise SystemExit("Set COPRODUCE_PEERS_PYTHON: see benchmarks/README.md")
        self._process = subprocess.Popen(
            [python, str(WORKER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def group(self, votes: Votes) -> PeerResult | None:
        """Group the votes; None where the peer fails."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "votes.npz"
            np.savez(
                path,
                people=votes.rows,
                statements=votes.columns,
                values=votes.values,
                left_out=np.flatnonzero(votes.left_out),
                n_people=votes.n_participants,
            )
            print(path, file=self._process.stdin, flush=True)
            answer = json.loads(self._process.stdout.readline())
        if "error" in answer:
            return None
        return PeerResult(answer["seconds"], np.array(answer["labels"]))

    def close(self) -> None:
        """End the worker."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()
