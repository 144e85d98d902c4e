"""The command line: `coproduce NAME`, and the same as `python -m coproduce NAME`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from coproduce.commands import COMMANDS, USED_WRONGLY, load, overview


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. 0: done. 1: it could not be done, and why is said. 2: used wrongly."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or given[0] in {"-h", "--help", "help"}:
        print(overview())
        return 0
    name, rest = given[0], given[1:]
    if name not in COMMANDS:
        print(f"There is no command {name!r}.\n\n{overview()}", file=sys.stderr)
        return USED_WRONGLY
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduce.settings")
    return load(name).run(rest)


if __name__ == "__main__":
    sys.exit(main())
