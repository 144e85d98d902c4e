"""`./run`: make the environment, then serve. Needs nothing but Python and a network once."""

from __future__ import annotations

import os
import sys

import environment


def main() -> int:
    try:
        environment.keep_compiled_code()
        environment.make_venv()
        if {"-h", "--help"} & set(sys.argv[1:]):
            environment.install("run")
        else:
            environment.make("run")
        environment.make_commands()
    except environment.Stop as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    python = str(environment.PYTHON)
    os.execv(python, [python, "-m", "coproduce", "start", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
