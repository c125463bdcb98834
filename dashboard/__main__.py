"""The dashboard without a browser: `python -m dashboard COMMAND`, one module for each command."""

import argparse
import logging
import sys
from collections.abc import Sequence
from typing import Final, NoReturn

from dashboard.commands import audit, figures, paper_options, workspace
from dashboard.errors import DashboardError, UnknownChoice

COMMANDS: Final = (figures, audit, paper_options, workspace)
"""Modules that add their commands, each with the function that runs it and returns its code."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0, or 2 for a word that does not exist, 3 when there is no data."""
    # An error is one line here; the log's own lines are for the running dashboard.
    logging.getLogger("dashboard").addHandler(logging.NullHandler())
    try:
        options = _parser().parse_args(arguments)
        code: int = options.run(options)
    except DashboardError as error:
        print(f"dashboard: {error}", file=sys.stderr)
        return error.exit_code
    return code


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        """Raise instead of printing the usage."""
        raise UnknownChoice(f"{message}. `python -m dashboard --help` tells the words.")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m dashboard", description="Figures from the published data.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for each in COMMANDS:
        each.add_to(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
