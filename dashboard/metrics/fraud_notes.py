"""What a reader must know beside a figure on reports of fraud, in whole sentences."""

from collections.abc import Iterator
from datetime import date

import polars as pl

from dashboard.metrics.fraud_counted import Asked
from dashboard.metrics.fraud_snapshots import (
    forces_reported,
    growth,
    is_first_count,
    latest_reports,
    snapshots,
)
from dashboard.metrics.metric import Choice, Period
from dashboard.metrics.period import USUAL_MONTHS, in_words, months_in, months_in_words
from dashboard.metrics.places import home_force, names_of
from dashboard.warehouse import Warehouse
from schemas.codes import HIDDEN


def fraud_notes(
    asked: Asked, choice: Choice, *, fewer_than: int | None, warehouse: Warehouse
) -> tuple[str, ...]:
    """Return the notes that this metric, choice and breakdown need, most important first.

    `fewer_than`: the threshold below which losses are hidden; None where none is.
    """
    return (
        *_missing(asked),
        *_areas(asked, choice),
        *_month_of_median(asked, choice),
        *_rates(asked),
        *_losses(fewer_than),
        *_ages(asked, warehouse),
        *_forces(asked, warehouse),
        *_snapshots(asked.period, warehouse),
    )


def _missing(asked: Asked) -> Iterator[str]:
    if asked.period.missing:
        yield f"In no snapshot: {months_in_words(asked.period.missing)}. Missing is not zero."


def _areas(asked: Asked, choice: Choice) -> Iterator[str]:
    if set(choice.areas) - set(asked.forces):
        yield "Reports are held for whole forces only: a choice of smaller areas does not apply."


def _month_of_median(asked: Asked, choice: Choice) -> Iterator[str]:
    period = asked.period
    if asked.metric.kind != "median" or "month" in asked.by:
        return
    if choice.first_month != period.first_month:
        yield (
            "The median of several months cannot be made from their medians: the latest month is "
            f"shown, {in_words(period)}."
        )


def _rates(asked: Asked) -> Iterator[str]:
    if asked.metric.kind != "rate":
        return
    period = asked.period
    months = 1 if "month" in asked.by else months_in(period.first_month, period.last_month)
    if months != USUAL_MONTHS:
        yield f"Rates are for a year: {months} month{'s' * (months > 1)} scaled to twelve."
    yield (
        "Residents are of every age: how many are 16 and over is not held for other forces. "
        "Reports of organisations are counted too."
    )


def _losses(fewer_than: int | None) -> Iterator[str]:
    if fewer_than:
        yield f"{HIDDEN} marks a loss of fewer than {fewer_than} reports, hidden to protect people."


def _ages(asked: Asked, warehouse: Warehouse) -> Iterator[str]:
    if "age_band" not in asked.by:
        return
    left_out = latest_reports(warehouse).filter(
        pl.col("force_code").is_in(list(asked.forces)),
        pl.col("month").is_between(asked.period.first_month, asked.period.last_month),
        pl.col("age_band").is_null(),
    )
    yield f"Organisations have no age: their {left_out['reports'].sum():,} reports are left out."


def _forces(asked: Asked, warehouse: Warehouse) -> Iterator[str]:
    if "force_code" not in asked.by or len(forces_reported(warehouse)) > 1:
        return
    home = home_force(warehouse)
    yield (
        f"The snapshots hold {names_of([home], warehouse)[home]} alone. To compare, load one that "
        "holds other forces."
    )


def _snapshots(period: Period, warehouse: Warehouse) -> Iterator[str]:
    taken: list[date] = sorted(snapshots(warehouse)["snapshot_month"].unique())
    if not taken:
        return
    kept = "snapshot is kept, of" if len(taken) == 1 else "snapshots are kept, of"
    yield (
        f"Each month counts as its latest snapshot gives it; {len(taken)} {kept} "
        f"{in_words(Period(taken[0], taken[-1]))}."
    )
    grown = growth(warehouse)
    if grown is not None and is_first_count(period.last_month, warehouse):
        yield (
            f"{period.last_month:%B %Y} is a first count: later snapshots have raised such counts "
            f"by {grown:.1%}."
        )
