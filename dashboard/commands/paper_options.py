"""`python -m dashboard paper RECIPE.json`: what is asked for. `paper.py` does it."""

import argparse
from pathlib import Path
from typing import Final

RECIPE: Final = "recipe"
"""Each figure on the version that the recipe names."""
CURRENT: Final = "current"


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `paper`."""
    one = commands.add_parser("paper", help="make a Board paper again from its recipe")
    one.add_argument("recipe", type=Path, metavar="RECIPE.json")
    one.add_argument("--out", type=Path, default=Path(), metavar="DIR", help="where files go")
    one.add_argument("--format", default="word,powerpoint", help="word, powerpoint or both")
    one.add_argument(
        "--as-at",
        default=RECIPE,
        metavar="VERSION",
        help="recipe (each figure's own version), current, or a kept version",
    )
    one.add_argument("--data-dir", type=Path, help="instead of WM_DATA_DIR")
    one.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    # What draws and writes papers takes a second to import, which no other command waits for.
    from dashboard.commands import paper

    return paper.run(options)
