"""Values of assumptions that a reader tries: theirs alone, until they go back to those agreed."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from dashboard.workspace.database import reading, writing
from dashboard.workspace.pinned import pin_all

MOST_KEPT: Final = 200
"""Values of one owner; there are not as many assumptions."""


def kept(data_dir: Path, *, owner: str) -> dict[str, float]:
    """Return an owner's values by the code of their assumption. Raises WorkspaceUnavailable."""
    with reading(data_dir) as held:
        if held is None:
            return {}
        return dict(
            held.execute("select code, value from tried_value where owner = ?", (owner,)).fetchall()
        )


def keep(data_dir: Path, values: Mapping[str, float], *, owner: str) -> None:
    """Keep these values of an owner in the place of all before. Raises WorkspaceUnavailable."""
    with writing(data_dir) as held:
        held.execute("delete from tried_value where owner = ?", (owner,))
        for code, value in list(values.items())[:MOST_KEPT]:
            held.execute("insert into tried_value values (?, ?, ?)", (owner, code, value))
        pin_all(data_dir, held)  # the loader removes no version before it finds a list
