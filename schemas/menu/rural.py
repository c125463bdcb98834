"""Counts of crimes with a rural flag, by the month in which they were recorded.

They are protected as people are: behind few crimes of a theme in a district stand few farms.
"""

from typing import Final

from schemas.cells import Measure
from schemas.menu.levels import EVERYWHERE, by

RURAL: Final[tuple[Measure, ...]] = (
    Measure(
        key="rural_flagged",
        label="Crimes with a rural flag",
        table="rural_crimes",
        views=(EVERYWHERE, *by("rural_theme")),
    ),
)
