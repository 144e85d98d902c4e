"""Opinion groups: who answers alike, how many groups there are, and how sure that is.

`find_opinion_groups(votes)` is the whole of it. It can also answer "one group" and "too few to
tell".
"""

from commonground.opinion_groups.analysis import OpinionGroups, Verdict, find_opinion_groups
from commonground.opinion_groups.middles import Ellipse, Middles, ellipse
from commonground.opinion_groups.plane import OpinionPlane

__all__ = [
    "Ellipse",
    "Middles",
    "OpinionGroups",
    "OpinionPlane",
    "Verdict",
    "ellipse",
    "find_opinion_groups",
]
