"""Times as Unix milliseconds, however a file writes them."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

SECONDS_FROM = 10**8
"""Numbers from here to `MILLISECONDS_FROM` are seconds (from 1973 on); smaller ones only order."""
MILLISECONDS_FROM = 10**11
"""Numbers from here on are milliseconds: in seconds this would be the year 5138."""


def moment(text: str) -> int | None:
    """A whole number as it is, an ISO 8601 date and time as Unix milliseconds, or None.

    "2026-05-01T10:00:00Z", "2026-05-01 10:00" (taken as UTC where it names no zone).
    """
    given = text.strip()
    try:
        return int(given)
    except ValueError:
        pass
    try:
        when = datetime.fromisoformat(given)
    except ValueError:
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return round(when.timestamp() * 1000)


def in_milliseconds(
    times: NDArray[np.int64], seconds_from: int = SECONDS_FROM
) -> NDArray[np.int64]:
    """Seconds as milliseconds; times that are milliseconds already, or only order, as they are."""
    largest = int(np.abs(times).max()) if len(times) else 0
    return times * 1000 if seconds_from <= largest < MILLISECONDS_FROM else times
