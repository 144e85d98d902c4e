"""`python -m commonground` is the same as the `commonground` command."""

import sys

from commonground.cli import main

sys.exit(main())
