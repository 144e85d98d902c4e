"""How Python looks for garbage in a process that has loaded all it needs."""

from __future__ import annotations

import gc


def keep_what_is_loaded() -> None:
    """What is loaded by now stays for good: looking for garbage in it again would hold up pages.

    New records are looked through less often too. A page of many makes tens of thousands, of which
    hardly one is garbage; with Python's own settings that takes up to half of such a page's time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
