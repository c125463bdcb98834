"""What is published about people: by which splits a metric is held, for which areas and periods."""

from collections.abc import Collection, Iterable
from typing import Final

from dashboard.metrics.metric import Metric
from schemas.cells import SPLITS, AreaType, Change, Level, PeriodType, View, Wait
from schemas.measures import CHANGES, MEASURES, WAITS

AREA_DIMENSIONS: Final[dict[str, AreaType]] = {
    "partnership_code": "partnership",
    "area_code": "district",
}
"""Dimension of a result → the level of areas whose cells it takes."""

TIME_DIMENSIONS: Final[tuple[PeriodType, ...]] = ("month", "quarter")

_AREA_WORDS: Final[dict[AreaType, str]] = {
    "force": "the force",
    "partnership": "partnerships",
    "district": "districts",
}
_PERIOD_WORDS: Final[dict[PeriodType, str]] = {
    "month": "month",
    "quarter": "quarter",
    "year_to_date": "financial year to date",
    "year": "twelve months to the end of a quarter",
}
_BESIDE: Final[tuple[Wait | Change, ...]] = (*WAITS, *CHANGES)
_MEASURES: Final = {each.key: each for each in MEASURES}
_VIEWS: Final[dict[str, tuple[View, ...]]] = {
    **{each.key: each.views for each in MEASURES},
    **{each.key: each.views for each in _BESIDE},
}
_LABELS: Final = {
    **{each.key: each.label for each in MEASURES},
    **{each.key: each.label for each in _BESIDE},
}
_PEOPLE: Final = {each.key: each.people for each in _BESIDE}


def part_of(measure: str) -> str:
    """Return the measure of which this one is the next part; empty when of none."""
    return _MEASURES[measure].part_of or ""


def label_of(measure: str) -> str:
    """Return what a measure counts, or what a wait is from and to, in words."""
    return _LABELS[measure]


def table_of(measure: str) -> str:
    """Return the supplied table that a measure or a wait is counted from."""
    return _MEASURES[_PEOPLE.get(measure, measure)].table


def levels(metric: Metric, splits: Iterable[str]) -> frozenset[Level]:
    """Return the areas and periods for which a metric is held by these splits; may be none."""
    asked = {*splits, *(split for split, _ in metric.of)}
    if metric.whole == metric.measure and not asked.intersection(metric.undivided):
        return frozenset()
    held = _levels(metric.measure, asked)
    return held & _levels(metric.whole, whole_splits(metric, asked)) if metric.whole else held


def whole_splits(metric: Metric, splits: Iterable[str]) -> set[str]:
    """Return those of the splits by which the whole of a share is divided."""
    return set(splits).difference(metric.undivided)


def _levels(measure: str, splits: set[str]) -> frozenset[Level]:
    views = (view for view in _VIEWS[measure] if set(view.splits) == splits)
    return frozenset(level for view in views for level in view.levels)


def breakdowns(metric: Metric) -> tuple[str, ...]:
    """Return every dimension by which some cells of a metric are published, in one order."""
    held = {splits: levels(metric, splits) for splits in combinations(metric)}
    areas = {area for found in held.values() for area, _ in found}
    periods = {period for found in held.values() for _, period in found}
    return (
        *(each for each in TIME_DIMENSIONS if each in periods),
        *(name for name, area in AREA_DIMENSIONS.items() if area in areas),
        *(split for split in SPLITS if any(split in splits for splits in held)),
    )


def combinations(metric: Metric) -> list[tuple[str, ...]]:
    """Return the splits, alone and together, by which some cells of a metric are published."""
    fixed = {split for split, _ in metric.of}
    views = (view.splits for view in _VIEWS[metric.measure] if fixed <= {*view.splits})
    free = (tuple(each for each in splits if each not in fixed) for splits in views)
    return [splits for splits in dict.fromkeys(free) if levels(metric, splits)]


def published_by(metric: Metric, splits: tuple[str, ...]) -> str:
    """Return what can be asked instead, as a sentence: other splits, or other areas and periods."""
    held = levels(metric, splits)
    if not held:
        others = [" with ".join(each) for each in combinations(metric) if each]
        return f"It is published by: {', '.join(others) or 'area and period only'}."
    listed = (periods_said(held, area) for area in _AREA_WORDS)
    return f"So it is published for {'; '.join(filter(None, listed))}."


def periods_said(held: Collection[Level], area: AreaType) -> str:
    """Return the kinds of period held at a level of areas: 'districts by quarter, …'."""
    kinds = [words for kind, words in _PERIOD_WORDS.items() if (area, kind) in held]
    return f"{_AREA_WORDS[area]} by {', '.join(kinds)}" if kinds else ""


def level_words(area: AreaType, period: PeriodType | None) -> str:
    """Return a level in words: 'districts by month'."""
    return _AREA_WORDS[area] + (f" by {_PERIOD_WORDS[period]}" if period else "")
