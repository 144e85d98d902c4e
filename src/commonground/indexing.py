"""Turning ids of any type into positions, and sorting positions by counting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

IdArray = npt.NDArray[Any]
IndexArray = npt.NDArray[np.integer[Any]]


def as_ids(ids: Iterable[Any]) -> IdArray:
    """A one-dimensional array of ids that keeps their types.

    Numbers alone and texts alone become number and text arrays. Anything else, such as numbers
    mixed with texts, becomes an object array: numpy would turn the numbers into texts.
    """
    if isinstance(ids, np.ndarray):
        if ids.ndim != 1:
            raise ValueError(f"ids must be one-dimensional, not {ids.ndim}-dimensional")
        return ids
    listed = list(ids)
    kinds = {type(value) for value in listed}
    if kinds == {int} or kinds == {str}:
        try:
            return np.array(listed)
        except OverflowError:
            pass
    array = np.empty(len(listed), dtype=object)
    array[:] = listed
    return array


def factorise(ids: IdArray) -> tuple[IdArray, IndexArray]:
    """The distinct ids in a fixed order, and the position of every given id among them.

    The order is the sorted one, so that it does not depend on the order of the input. Ids of
    several types sort by the name of the type first.
    """
    if ids.dtype.kind in "iu" and len(ids):
        low, high = int(ids.min()), int(ids.max())
        if high - low <= 4 * len(ids) + 1_000_000 and high < 2**63:
            return _factorise_small_range(ids, low, high)
    if ids.dtype != object:
        distinct, positions = np.unique(ids, return_inverse=True)
        return distinct, positions.astype(np.int64, copy=False)
    listed = ids.tolist()
    distinct_ids = sorted_ids(set(listed))
    position_of = {value: position for position, value in enumerate(distinct_ids.tolist())}
    return distinct_ids, np.fromiter(
        (position_of[value] for value in listed), dtype=np.int64, count=len(listed)
    )


def sorted_ids(ids: Iterable[Any]) -> IdArray:
    """Ids sorted by the name of their type, then by value; unsortable ones by their text."""
    listed = list(ids)
    try:
        ordered = sorted(listed, key=lambda value: (type(value).__name__, value))
    except TypeError:
        ordered = sorted(listed, key=lambda value: (type(value).__name__, repr(value)))
    return as_ids(ordered)


def locate(ids: IdArray, among: IdArray, what: str) -> IndexArray:
    """The position of every id in `among`; a `ValueError` names the first that is not there."""
    position_of = {value: position for position, value in enumerate(among.tolist())}
    if len(position_of) != len(among):
        raise ValueError(f"the list of {what} names one of them twice")
    distinct, positions = factorise(ids)
    found = np.empty(len(distinct), dtype=np.int64)
    for index, value in enumerate(distinct.tolist()):
        if value not in position_of:
            raise ValueError(f"{value!r} has a vote but is not in the list of {what}")
        found[index] = position_of[value]
    return found[positions]


def counting_order(
    keys: npt.NDArray[np.integer[Any]], n_keys: int
) -> tuple[npt.NDArray[np.integer[Any]], npt.NDArray[np.integer[Any]]]:
    """A stable order of `keys` (each in 0..n_keys-1), and where each key starts in it.

    Counting sort, linear in the number of keys: a matrix with one entry a row, read by column.
    """
    rows = sparse.csr_array(
        (np.ones(len(keys), dtype=np.int8), keys, positions(len(keys) + 1)),
        shape=(len(keys), n_keys),
    )
    columns = rows.tocsc()
    return columns.indices, columns.indptr


def positions(size: int) -> npt.NDArray[np.integer[Any]]:
    """0 to size - 1, in 32 bits where they suffice: sorting moves half as much."""
    return np.arange(size, dtype=np.int32 if size <= 2**31 else np.int64)


def read_only(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """A view of the array that cannot be written through."""
    view = array.view()
    view.flags.writeable = False
    return view


def _factorise_small_range(ids: IdArray, low: int, high: int) -> tuple[IdArray, IndexArray]:
    # 64 bits, since a difference may not fit into what the ids fit into.
    shifted = np.subtract(ids, low, dtype=np.int64, casting="unsafe")
    present = np.zeros(high - low + 1, dtype=bool)
    present[shifted] = True
    offsets = np.flatnonzero(present)
    position_of: IndexArray = np.empty(
        high - low + 1, dtype=np.int32 if len(offsets) < 2**31 else np.int64
    )
    position_of[offsets] = np.arange(len(offsets))
    return (offsets + low).astype(ids.dtype), position_of.take(shifted)


def check_lengths(**arrays: Sequence[Any] | npt.NDArray[Any]) -> None:
    """Raise a `ValueError` that names the arrays when their lengths differ."""
    if len({len(array) for array in arrays.values()}) > 1:
        lengths = ", ".join(f"{name} {len(array)}" for name, array in arrays.items())
        raise ValueError(f"these need the same length: {lengths}")
