"""The figures of one published version, each computed once and kept for every reader."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

import polars as pl

from dashboard.metrics.areas import Ring, areas, outlines
from dashboard.metrics.bounds import bounds_as_words
from dashboard.metrics.compare import (
    Comparison,
    change_on_previous_twelve_months,
    change_on_same_quarter,
    compare,
)
from dashboard.metrics.evaluate import evaluate
from dashboard.metrics.metric import Choice, Metric, Period, Result
from dashboard.metrics.period import (
    add_months,
    months_between,
    months_held,
    named_period,
    previous_period,
    resolve_period,
    same_period_last_year,
)
from dashboard.metrics.signals import Scan, Verdict, scan, verdict
from dashboard.ui.cache import kept
from dashboard.warehouse import Warehouse
from schemas.codes import ABOUT_CRIME

MONTHS_OF_TREND: Final = 36
_AREA_WORDS: Final[Mapping[str, str]] = {"partnership": " (partnership)"}


class Numbers:
    """Asks metrics questions of one version. What it returns is shared: never change it."""

    def __init__(self, warehouse: Warehouse) -> None:
        self.warehouse = warehouse
        self.version = warehouse.version

    def result(self, metric: Metric, choice: Choice, by: tuple[str, ...] = ()) -> Result:
        """Return the metric for a choice, one row per combination of `by`; bounds are words."""
        fitted = fit(choice, metric)
        return kept(
            self.version,
            ("result", metric.key, fitted, by),
            lambda: bounds_as_words(evaluate(metric, fitted, warehouse=self.warehouse, by=by)),
        )

    def comparison(self, metric: Metric, choice: Choice) -> Comparison:
        """Return the metric beside what the choice compares with."""
        fitted = fit(choice, metric)
        return kept(
            self.version,
            ("comparison", metric.key, fitted),
            lambda: compare(metric, fitted, warehouse=self.warehouse),
        )

    def earlier(self, metric: Metric, choice: Choice, by: tuple[str, ...]) -> Result:
        """Return the metric for the period before, or for the same one last year."""
        now = resolve_period(choice, self.warehouse)
        is_before = choice.compare_with == "previous_period"
        shift = previous_period if is_before else same_period_last_year
        then = shift(now)
        return self.result(metric, choice.during(then.first_month, then.last_month), by)

    def yearly_change(self, metric: Metric, choice: Choice) -> Comparison:
        """Return the latest twelve months beside the twelve before."""
        fitted = fit(choice, metric)
        return kept(
            self.version,
            ("yearly change", metric.key, fitted),
            lambda: change_on_previous_twelve_months(metric, fitted, warehouse=self.warehouse),
        )

    def quarterly_change(self, metric: Metric, choice: Choice) -> Comparison:
        """Return the latest whole quarter beside the same quarter last year."""
        fitted = fit(choice, metric)
        return kept(
            self.version,
            ("quarterly change", metric.key, fitted),
            lambda: change_on_same_quarter(metric, fitted, warehouse=self.warehouse),
        )

    def trend(self, choice: Choice) -> Choice:
        """Return the choice over the 36 months to its last one, no further back than is held."""
        last = choice.last_month or self.months()[-1]
        return choice.during(max(add_months(last, 1 - MONTHS_OF_TREND), self.months()[0]), last)

    def monthly(self, metric: Metric, choice: Choice) -> tuple[float | None, ...]:
        """Return the metric's value in each of those months, None for one not supplied."""
        return tuple(self.result(metric, self.trend(choice), ("month",)).frame["value"])

    def verdict(self, metric: Metric, choice: Choice) -> Verdict:
        """Return what the control-chart rules say of the latest month."""
        return kept(
            self.version,
            ("verdict", metric.key, fit(choice, metric)),
            lambda: verdict(metric, self.monthly(metric, choice)),
        )

    def among_others(self, choice: Choice) -> Choice:
        """Return the choice with every district when it names a single one."""
        types = self.warehouse.table("dim_area").select("area_code", "area_type").rows()
        if [dict(types).get(code) for code in choice.areas] == ["district"]:
            return replace(choice, areas=())
        return choice

    def scan(self, choice: Choice) -> Scan:
        """Return the signals found in a choice, strongest first, and how many charts were read."""
        return kept(self.version, ("scan", choice), lambda: scan(choice, self.warehouse))

    def named_period(self, key: str) -> Period:
        """Return the months of a named period."""
        return kept(self.version, ("period", key), lambda: named_period(key, self.warehouse))

    def months(self) -> list[date]:
        """Return every month from the first held to the latest, supplied or not."""
        return kept(self.version, ("months",), lambda: _months(self.warehouse))

    def months_held(self) -> list[date]:
        """Return the months that the home force supplied, oldest first."""
        return kept(self.version, ("months held",), lambda: months_held(self.warehouse))

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

    def outlines(self) -> dict[str, Ring]:
        """Return the outline of each district."""
        return kept(self.version, ("outlines",), lambda: outlines(self.warehouse))


def fit(choice: Choice, metric: Metric) -> Choice:
    """Return the choice as it bears on a metric: antisocial behaviour has no crime types."""
    return replace(choice, crime_types=()) if metric.rows == "antisocial_behaviour" else choice


def _months(warehouse: Warehouse) -> list[date]:
    held = months_held(warehouse)
    return months_between(held[0], held[-1])


def _area_names(warehouse: Warehouse) -> dict[str, str]:
    return {area.code: area.name + _AREA_WORDS.get(area.area_type, "") for area in areas(warehouse)}
