"""Reading and writing the files of this field: Polis exports, CSV, Parquet.

`read_polis` and `write_polis` for Polis; `read_answers` for whatever somebody has.
"""

from commonground.formats.anything import Answers, read_answers
from commonground.formats.named_columns import (
    Columns,
    matched_memberships,
    read_csv_events,
    read_memberships,
    read_statements,
    write_csv_events,
)
from commonground.formats.parquet import parquet_blocks, read_parquet_events, write_parquet_events
from commonground.formats.polis_export import PolisExport, PolisStatement, VoteEvents
from commonground.formats.polis_reading import read_polis
from commonground.formats.polis_writing import write_polis
from commonground.formats.sources import Limits
from commonground.formats.statement_rows import write_statements

__all__ = [
    "Answers",
    "Columns",
    "Limits",
    "PolisExport",
    "PolisStatement",
    "VoteEvents",
    "matched_memberships",
    "parquet_blocks",
    "read_answers",
    "read_csv_events",
    "read_memberships",
    "read_parquet_events",
    "read_polis",
    "read_statements",
    "write_csv_events",
    "write_parquet_events",
    "write_polis",
    "write_statements",
]
