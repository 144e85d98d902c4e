"""What each opinion group says, what all share and what divides them, with intervals.

`what_groups_say(votes, groups)` does it all.
"""

from commonground.what_groups_say.analysis import WhatGroupsSay, what_groups_say
from commonground.what_groups_say.findings import Dividing, Shared, Telling

__all__ = ["Dividing", "Shared", "Telling", "WhatGroupsSay", "what_groups_say"]
