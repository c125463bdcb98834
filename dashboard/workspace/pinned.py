"""The versions that papers and baskets name: the loader keeps them."""

from pathlib import Path

from dashboard.workspace.database import Held
from dashboard.workspace.pins import pin


def pin_all(data_dir: Path, held: Held) -> None:
    """Write down all versions that anyone's paper or basket shows, while the file is held.

    Raises WorkspaceUnavailable where the list cannot be written; nothing is then kept.
    """
    baskets = held.execute("select distinct version from basket_figure").fetchall()
    papers = held.execute("select distinct versions from paper").fetchall()
    pin(data_dir, {name for (names,) in (*baskets, *papers) for name in names.split()})
