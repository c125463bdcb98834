"""The levels at which counts are published, and the views made of them."""

from typing import Final

from schemas.cells import Level, View

_LONG: Final[tuple[Level, ...]] = (
    ("force", "quarter"),
    ("force", "year_to_date"),
    ("force", "year"),
)
_FORCE: Final[tuple[Level, ...]] = (("force", "month"), *_LONG)
_AREAS: Final[tuple[Level, ...]] = (
    ("partnership", "quarter"),
    ("partnership", "year_to_date"),
    ("partnership", "year"),
    ("district", "quarter"),
    ("district", "year_to_date"),
    ("district", "year"),
)
_FORCE_SPLIT: Final[tuple[Level, ...]] = (("force", "quarter"), ("force", "year"))
_FORCE_YEAR: Final[tuple[Level, ...]] = (("force", "year"),)
_DISTRICT_YEAR: Final[tuple[Level, ...]] = (("district", "year"),)

EVERYWHERE: Final = View(levels=(*_FORCE, *_AREAS))
"""The force, its partnerships and districts: districts never by month, being too small."""

FORCE: Final = View(levels=_FORCE)
QUARTERS_EVERYWHERE: Final = View(levels=(*_LONG, *_AREAS))
"""For sources that name the quarter only."""

QUARTERS: Final = View(levels=_LONG)
QUARTER_ENDS: Final = View(levels=(("force", "quarter"),))
MONTH_ENDS: Final = View(
    levels=(("force", "month"), ("partnership", "month"), ("district", "month"))
)

CRIME: Final = View(splits=("crime_group",), levels=(*_LONG, *_DISTRICT_YEAR))
CRIME_BY_MONTH: Final = View(splits=("crime_group",), levels=(*_FORCE, *_DISTRICT_YEAR))
"""Months by crime group only of what whole pages are about: of other counts nearly all would be
hidden, which says nothing and makes what is hidden elsewhere harder to protect."""


def by(*splits: str) -> tuple[View, ...]:
    """Return a view for each split: the force by quarter and year, districts by year."""
    return tuple(View(splits=(split,), levels=(*_FORCE_SPLIT, *_DISTRICT_YEAR)) for split in splits)


def force_by(*splits: str) -> tuple[View, ...]:
    """Return a view for each split: the force by quarter and year."""
    return tuple(View(splits=(split,), levels=_FORCE_SPLIT) for split in splits)


def years_by(*splits: str) -> tuple[View, ...]:
    """Return a view for each split: the force by year."""
    return tuple(View(splits=(split,), levels=_FORCE_YEAR) for split in splits)


def month_ends_by(*splits: str) -> tuple[View, ...]:
    """Return a view for each split: the force at the end of each month."""
    return tuple(View(splits=(split,), levels=(("force", "month"),)) for split in splits)


def quarter_ends_by(*splits: str) -> tuple[View, ...]:
    """Return a view for each split: the force by quarter."""
    return tuple(View(splits=(split,), levels=(("force", "quarter"),)) for split in splits)


def both(first: str, second: str) -> View:
    """Return the view of two splits, of which each has a view as well: the force by year."""
    return View(splits=(first, second), levels=_FORCE_YEAR)
