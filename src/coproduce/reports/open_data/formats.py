"""A set as JSON and as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from coproduce.exchange.statement_export import safe_cell
from coproduce.reports.open_data.sets import DataSet, Field

if TYPE_CHECKING:
    from coproduce.conversations.models import Conversation

FORMAT = "coproduce-open-data/1"


def made_set(conversation: Conversation, found: DataSet, ending: str, hide_figures: bool) -> bytes:
    """A set of one conversation as a file; a child who has not finished gets no totals."""
    made = found.rows(conversation, hide_figures)
    if ending == "csv":
        return as_csv(found.fields, made)
    said = {}
    if hide_figures:
        said = {"figures_left_out": "You have not finished your own answers yet."}
    return as_json(found.name, made, conversation=conversation.slug, **said)


def as_json(name: str, rows: Iterable[Mapping[str, Any]], **about: object) -> bytes:
    """`format`, `set`, what else is said, and `rows` with every field of the dictionary."""
    whole = {"format": FORMAT, "set": name, **about, "rows": list(rows)}
    return json.dumps(whole, ensure_ascii=False, default=str).encode()


def as_csv(fields: Sequence[Field], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """The field names, then a row each. Values of a list stand on lines of their own."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([field.name for field in fields])
    for row in rows:
        writer.writerow([_cell(row[field.name]) for field in fields])
    # The mark at the start tells offices' spreadsheets that this is UTF-8.
    return file.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return safe_cell("\n".join(_listed(one) for one in value))
    return safe_cell(str(value))


def _listed(value: Any) -> str:
    if not isinstance(value, dict):
        return str(value)
    told = ", ".join(str(one) for one in (value["stance"], value["agree"]) if one)
    return f"{value['of']}. {value['partner_group']}: {told or 'cannot be told'}"
