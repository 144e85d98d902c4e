"""Opinion groups exactly as Polis finds them, for people who need to compare.

`analyse_as_polis(votes)` does it all. The one difference: the principal component analysis is the
full, deterministic one at every size, where Polis itself switches to an unseeded sample above
10,000 participants.
"""

from commonground.polis.analysis import PolisAnalysis, analyse_as_polis

__all__ = ["PolisAnalysis", "analyse_as_polis"]
