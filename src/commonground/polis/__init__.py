"""Opinion groups exactly as Polis finds them, for people who need to compare.

`analyse_as_polis(votes)` does it all; `analyse_as_polis_in_blocks` where there are more people than
one table should hold. The one difference: the principal component analysis is the
full, deterministic one at every size, where Polis itself switches to an unseeded sample above
10,000 participants.
"""

from commonground.polis.analysis import (
    PolisAnalysis,
    analyse_as_polis,
    analyse_as_polis_in_blocks,
)

__all__ = ["PolisAnalysis", "analyse_as_polis", "analyse_as_polis_in_blocks"]
