"""A linear programme over counts of people, solved for one wish after another.

By HiGHS (Huangfu and Hall 2018), which goes on from where it was: with other wishes or bounds, the
way is short. The programmes of figures are small, and most of the time went into handing them over.
"""

from __future__ import annotations

import highspy
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Programme:
    """Numbers from 0 to `most`, with `lowest <= rows @ numbers <= highest`.

    rows: shape (bounds, numbers). `whole`: only whole numbers count, and any of them will do: the
    wish is then no more than a hint.
    """

    def __init__(
        self, rows: Floats, lowest: Floats, highest: Floats, most: Floats, *, whole: bool = False
    ) -> None:
        self._most = most
        self._places = np.arange(len(most), dtype=np.int32)
        self._solver = highspy.Highs()  # type: ignore[no-untyped-call]
        self._solver.silent()
        self._solver.setOptionValue("presolve", "off")
        self._solver.setOptionValue("threads", 1)
        bounds, columns = np.nonzero(rows)
        given = highspy.HighsLp()
        given.num_col_, given.num_row_ = len(most), len(rows)
        given.col_cost_ = np.zeros(len(most))
        given.col_lower_, given.col_upper_ = np.zeros(len(most)), most
        given.row_lower_, given.row_upper_ = lowest, highest
        given.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        given.a_matrix_.start_ = np.searchsorted(bounds, np.arange(len(rows) + 1)).astype(np.int32)
        given.a_matrix_.index_ = columns.astype(np.int32)
        given.a_matrix_.value_ = rows[bounds, columns]
        if whole:
            given.integrality_ = [highspy.HighsVarType.kInteger] * len(most)
            self._solver.setOptionValue("mip_rel_gap", 1e9)
        self._solver.passModel(given)

    def least(
        self, wish: Floats, *, low: Floats | float = 0.0, high: Floats | None = None
    ) -> Floats | None:
        """Numbers for which `wish @ numbers` is smallest; None where no numbers keep all bounds.

        `low`, `high`: closer bounds of the numbers, for this time.
        """
        count = len(self._places)
        self._solver.changeColsCost(count, self._places, wish)
        self._solver.changeColsBounds(
            count,
            self._places,
            np.broadcast_to(low, count).astype(np.float64),
            self._most if high is None else high,
        )
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return np.array(self._solver.getSolution().col_value)
