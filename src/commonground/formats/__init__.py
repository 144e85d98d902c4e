"""Reading and writing the files of this field: Polis exports, CSV, Parquet."""

from commonground.formats.polis_export import PolisExport, PolisStatement, VoteEvents
from commonground.formats.polis_reading import read_polis
from commonground.formats.polis_writing import write_polis
from commonground.formats.sources import Limits

__all__ = ["Limits", "PolisExport", "PolisStatement", "VoteEvents", "read_polis", "write_polis"]
