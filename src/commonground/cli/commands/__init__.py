"""One module a command. Every module in this folder is a command of its own.

A command module is named after its command and has:

- `SUMMARY`: one sentence for the list of commands
- `add_arguments(parser)`: what it takes (an `argparse.ArgumentParser`)
- `run(arguments)`: does it, and returns an exit code from `commonground.cli.exit_codes`

It imports what is heavy inside `run`, so that `commonground --help` answers at once.
"""
