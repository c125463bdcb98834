"""The figures of one published version, each computed once and kept for every reader."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

import polars as pl

from dashboard.charts.reading import reading_of
from dashboard.errors import UnknownChoice
from dashboard.metrics.areas import Outlines, areas, outlines
from dashboard.metrics.bounds import bounds_as_words
from dashboard.metrics.cells import nearest_published
from dashboard.metrics.chart_step import chart_step
from dashboard.metrics.compare import (
    Comparison,
    change_on_previous_twelve_months,
    change_on_same_quarter,
    compare,
)
from dashboard.metrics.crime import RECORDED_CRIME
from dashboard.metrics.evaluate import evaluate
from dashboard.metrics.gaps import Gap, gaps
from dashboard.metrics.menu import TIME_DIMENSIONS
from dashboard.metrics.metric import Choice, Metric, Period, Result, Way
from dashboard.metrics.months import months_of
from dashboard.metrics.period import (
    Step,
    add_months,
    in_words,
    months_between,
    named_period,
    previous_period,
    same_period_last_year,
)
from dashboard.metrics.rural_support import nearest_supported
from dashboard.metrics.scan import Scan, scan
from dashboard.metrics.signals import Verdict, verdict
from dashboard.metrics.targets import with_target
from dashboard.ui.cache import kept
from dashboard.warehouse import Warehouse
from schemas.codes import ABOUT_CRIME

MONTHS_OF_TREND: Final = 36
_NEAREST: Final[Mapping[Way, Callable[..., Choice]]] = {
    "protected": nearest_published,
    "rural_support": nearest_supported,
    "steps": nearest_published,
}
"""Ways of which only some periods are published."""

_AREA_WORDS: Final[Mapping[str, str]] = {"partnership": " (partnership)"}


class Numbers:
    """Asks metrics questions of one version. What it returns is shared: never change it."""

    def __init__(self, warehouse: Warehouse) -> None:
        self.warehouse = warehouse
        self.version = warehouse.version

    def result(self, metric: Metric, choice: Choice, by: tuple[str, ...] = ()) -> Result:
        """Return the metric for a choice, one row per combination of `by`; bounds are words.

        Of people only some periods are published: the nearest stands in, and a note says so.
        """
        fitted = self.fit(choice, metric, by)
        found = kept(
            self.version,
            ("result", metric.key, fitted, by),
            lambda: bounds_as_words(evaluate(metric, fitted, warehouse=self.warehouse, by=by)),
        )
        said = _other_period(choice, fitted)
        return replace(found, notes=(*said, *found.notes)) if said else found

    def comparison(self, metric: Metric, choice: Choice) -> Comparison:
        """Return the metric beside what the choice compares with."""
        fitted = self.fit(choice, metric)
        return kept(
            self.version,
            ("comparison", metric.key, fitted),
            lambda: compare(metric, fitted, warehouse=self.warehouse),
        )

    def earlier(self, metric: Metric, choice: Choice, by: tuple[str, ...]) -> Result:
        """Return the metric for the period before, or for the same one last year."""
        now = self.result(metric, choice, by).period
        is_before = choice.compare_with == "previous_period"
        shift = previous_period if is_before else same_period_last_year
        then = shift(now)
        return self.result(metric, choice.during(then.first_month, then.last_month), by)

    def yearly_change(self, metric: Metric, choice: Choice) -> Comparison:
        """Return the latest twelve months beside the twelve before."""
        fitted = self.fit(choice, metric)
        return kept(
            self.version,
            ("yearly change", metric.key, fitted),
            lambda: change_on_previous_twelve_months(metric, fitted, warehouse=self.warehouse),
        )

    def quarterly_change(self, metric: Metric, choice: Choice) -> Comparison:
        """Return the latest whole quarter beside the same quarter last year."""
        fitted = self.fit(choice, metric)
        return kept(
            self.version,
            ("quarterly change", metric.key, fitted),
            lambda: change_on_same_quarter(metric, fitted, warehouse=self.warehouse),
        )

    def trend(self, choice: Choice, metric: Metric = RECORDED_CRIME) -> Choice:
        """Return the choice over the 36 months to its last one, no further than the metric's."""
        held = self.months(metric)
        last = min(choice.last_month or held[-1], held[-1])
        first = max(add_months(last, 1 - MONTHS_OF_TREND), held[0])
        return choice.during(min(first, last), last)

    def step(self, metric: Metric, choice: Choice) -> Step:
        """Return whether the metric's trend goes by month or, for few people, by quarter."""
        if metric.way != "protected":
            return "month"
        trend = self.fit(self.trend(choice, metric), metric, ("month",))
        return kept(
            self.version,
            ("step", metric.key, trend),
            lambda: chart_step(metric, trend, warehouse=self.warehouse),
        )

    def series(self, metric: Metric, choice: Choice) -> tuple[float | None, ...]:
        """Return the metric's value at each step of its trend, None for one not supplied.

        It is empty where no series of this choice is published.
        """
        return kept(
            self.version, ("series", metric.key, choice), lambda: self._series(metric, choice)
        )

    def _series(self, metric: Metric, choice: Choice) -> tuple[float | None, ...]:
        by = (self.step(metric, choice),)
        try:
            found = self.result(metric, self.trend(choice, metric), by)
        except UnknownChoice:
            return ()
        values = reading_of(found, found.frame).values
        while metric.settles and values and values[-1] is None:
            # A cohort too young to be read is not the latest.
            values = values[:-1]
        return values

    def verdict(self, metric: Metric, choice: Choice) -> Verdict:
        """Return what the control chart says of the latest month or quarter, and of the target."""
        what = ("verdict", metric.key, choice)
        return kept(self.version, what, lambda: self._verdict(metric, choice))

    def _verdict(self, metric: Metric, choice: Choice) -> Verdict:
        last = self.trend(choice, metric).last_month or self.warehouse.build.as_of_date
        held = with_target(metric, choice.areas, on=last, warehouse=self.warehouse)
        return verdict(held, self.series(metric, choice), step=self.step(metric, choice))

    def among_others(self, choice: Choice) -> Choice:
        """Return the choice with every district when it names a single one."""
        if len(choice.areas) == 1 and choice.areas[0] in self._districts():
            return replace(choice, areas=())
        return choice

    def _districts(self) -> list[str]:
        held = self.warehouse.table("dim_area")
        return held.filter(pl.col("area_type") == "district")["area_code"].to_list()

    def scan(self, choice: Choice) -> Scan:
        """Return the signals found in a choice, strongest first, and how many charts were read."""
        return kept(self.version, ("scan", choice), lambda: scan(choice, self.warehouse))

    def gaps(self, choice: Choice) -> tuple[Gap, ...]:
        """Return the gaps among the places chosen."""
        return kept(self.version, ("gaps", choice), lambda: gaps(choice, self.warehouse))

    def named_period(self, key: str, metric: Metric = RECORDED_CRIME) -> Period:
        """Return the months of a named period, up to the last that the metric's source holds."""
        held = self.months_held(metric)
        return kept(
            self.version,
            ("period", key, metric.key),
            lambda: named_period(key, self.warehouse, held),
        )

    def months(self, metric: Metric = RECORDED_CRIME) -> list[date]:
        """Return every month from the first held to the latest, supplied or not."""
        held = self.months_held(metric)
        return months_between(held[0], held[-1])

    def months_held(self, metric: Metric = RECORDED_CRIME) -> list[date]:
        """Return the months of the home force that the metric's source holds, oldest first."""
        return kept(
            self.version,
            ("months held", metric.key),
            lambda: months_of(metric, self.warehouse),
        )

    def fit(self, choice: Choice, metric: Metric, by: tuple[str, ...] = ()) -> Choice:
        """Return the choice as it bears on a metric.

        Crime types are those of police.uk, for crime only. Of people, the nearest published
        period stands in for another; a series takes those within it.
        """
        if metric.query and metric.way != "fraud" and metric.rows != "antisocial_behaviour":
            return choice
        choice = replace(choice, crime_types=())
        if metric.way not in _NEAREST or set(TIME_DIMENSIONS) & set(by):
            return choice
        nearest = _NEAREST[metric.way]
        return nearest(metric, choice, warehouse=self.warehouse, by=by or metric.default_by)

    def next_due(self) -> date | None:
        """Return the day by which the next month of crime is expected."""
        sources = self.warehouse.table("meta_source").filter(pl.col("subject") == ABOUT_CRIME)
        return min((due for due in sources["next_due"] if due), default=None)

    def area_names(self) -> dict[str, str]:
        """Return the name of each area that can be chosen, by code, in the order of lists."""
        return kept(self.version, ("areas",), lambda: _area_names(self.warehouse))

    def home_name(self) -> str:
        """Return the name of the force that the dashboard is about."""
        return next(iter(self.area_names().values()))

    def outlines(self) -> Outlines:
        """Return the outline of each district, and the line that credits them."""
        return kept(self.version, ("outlines",), lambda: outlines(self.warehouse))


def _other_period(asked: Choice, shown: Choice) -> tuple[str, ...]:
    """Return the note that another period is shown than the one asked for, where it is."""
    asked_for, found = _months_of(asked), _months_of(shown)
    if not asked_for or not found or asked_for == found:
        return ()
    return (
        f"Counts of people are not published for {in_words(asked_for)}; the nearest published "
        f"period is shown: {in_words(found)}.",
    )


def _months_of(choice: Choice) -> Period | None:
    if choice.first_month is None or choice.last_month is None:
        return None
    return Period(choice.first_month, choice.last_month)


def _area_names(warehouse: Warehouse) -> dict[str, str]:
    return {area.code: area.name + _AREA_WORDS.get(area.area_type, "") for area in areas(warehouse)}
