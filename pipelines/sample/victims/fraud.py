"""Reports of fraud by force: monthly snapshots of national figures."""

from typing import Final

import numpy as np
import polars as pl

from pipelines.reference import HOME_FORCE_CODE, load_reference
from pipelines.sample.calibration import Numbers
from pipelines.sample.plan import MONTH_COUNT
from pipelines.sample.victims.catalogue import ADULTS
from pipelines.sample.victims.draws import keep_text, pick
from pipelines.sample.victims.plan import FIRST_DAY, victim_stream
from schemas.codes import SAMPLE_MARK

_A_MONTH: Final = 0.46
"""Reports a month for every 1,000 residents, about the national level of recent years."""

_MONTHS_BEFORE: Final = 12
"""Months before the first snapshot, which it holds as well."""

_ARRIVES: Final = (0.94, 0.045, 0.015)
"""Share of a month's reports in the snapshot of that month, of the next and of the one after."""

_TYPES: Final = {
    "SHOPPING_AUCTION": (26.0, 70.0, 1.2),
    "ADVANCE_FEE": (14.0, 250.0, 1.5),
    "PAYMENT": (15.0, 480.0, 1.4),
    "HACK_SOCIAL_EMAIL": (13.0, 20.0, 1.6),
    "INVESTMENT": (8.0, 2600.0, 1.7),
    "OTHER": (13.0, 200.0, 1.5),
    "DATING": (3.5, 1900.0, 1.6),
    "HACK_PERSONAL": (3.0, 30.0, 1.6),
    "HACK_EXTORTION": (2.0, 15.0, 1.7),
    "VIRUS": (1.5, 25.0, 1.5),
    "HACK_SERVER": (0.7, 150.0, 1.8),
    "DENIAL_OF_SERVICE": (0.3, 40.0, 1.5),
}
"""Type: its weight, the median loss in pounds, and how far losses spread (log scale). Assumed."""

_SPREAD: Final = 0.06
"""How far forces lie apart (log scale)."""

_ORGANISATIONS: Final = 0.09
_OF_ONE_MEDIAN: Final = ("snapshot", "month", "force", "type", "victim_type")
_CELL: Final = (*_OF_ONE_MEDIAN, "age_band")


def make_fraud_reports() -> pl.DataFrame:
    """Return the snapshots, sorted by snapshot, month, force, type, victim and age.

    The first snapshot holds thirteen months; each later one the new month and the two before it,
    to which late reports were added. Only West Mercia has ages.
    """
    seen = (
        _reports(victim_stream(12))
        .join(_taken(), on="month")
        .filter(pl.col("lag") <= pl.col("snapshot") - pl.col("month"))
    )
    median = pl.col("loss").median().over(_OF_ONE_MEDIAN)
    counted = (
        seen.with_columns(median=median)
        .group_by(_CELL)
        .agg(
            reports=pl.len(),
            loss_gbp=pl.col("loss").sum().round().cast(pl.Int64),
            median_loss_gbp=pl.col("median").first().round().cast(pl.Int64),
        )
    )
    return counted.sort(_CELL).select(
        snapshot_month=_month("snapshot"),
        period_month=_month("month"),
        **{name: pl.col(name) for name in counted.columns[2:]},
        sample_mark=pl.lit(SAMPLE_MARK),
    )


def _taken() -> pl.DataFrame:
    """Return which months each snapshot holds, counted from the first month of the sample."""
    first = [(0, month) for month in range(-_MONTHS_BEFORE, 1)]
    later = [
        (number, number - back) for number in range(1, MONTH_COUNT) for back in range(len(_ARRIVES))
    ]
    return pl.DataFrame([*first, *later], schema=["snapshot", "month"], orient="row")


def _month(column: str) -> pl.Expr:
    offset = pl.format("{}mo", pl.col(column))
    return pl.lit(FIRST_DAY).dt.offset_by(offset).dt.strftime("%Y-%m")


def _reports(random: np.random.Generator) -> pl.DataFrame:
    """Return one row per report: its month, force, type and victim, the loss, and when it comes."""
    names, residents = _forces()
    levels = np.exp(_SPREAD * random.standard_normal(len(names)))
    months = np.arange(-_MONTHS_BEFORE, MONTH_COUNT)
    mean = (_A_MONTH * residents / 1000 * levels)[:, None] * np.ones(len(months))
    counts = random.poisson(mean)
    cells = np.repeat(np.arange(counts.size), counts.ravel())
    count = len(cells)
    kind = pick({code: weight for code, (weight, _, _) in _TYPES.items()}, count, random)
    victim = pick({"ORGANISATION": _ORGANISATIONS, "INDIVIDUAL": 1 - _ORGANISATIONS}, count, random)
    is_home = cells < len(months)
    ages = pick({**ADULTS, "75+": 7.0, "16-17": 1.0, "NK": 6.0}, count, random)
    return pl.DataFrame(
        {
            "month": months[cells % len(months)],
            "force": pl.Series(names).gather(cells // len(months)),
            "type": kind,
            "victim_type": victim,
            "age_band": keep_text(ages, is_home & (victim == "INDIVIDUAL").to_numpy()),
            "loss": _losses(kind, random),
            "lag": random.choice(len(_ARRIVES), size=count, p=_ARRIVES),
        }
    )


def _forces() -> tuple[list[str], Numbers]:
    """Return West Mercia and the comparison forces, with their residents."""
    forces = load_reference().areas.filter(
        (pl.col("area_code") == HOME_FORCE_CODE) | pl.col("area_code").str.starts_with("SAMPLE-")
    )
    return forces["area_name"].to_list(), forces["residents"].to_numpy().astype(np.float64)


def _losses(kind: pl.Series, random: np.random.Generator) -> Numbers:
    middle, spread = (
        kind.replace_strict(
            {code: each[place] for code, each in _TYPES.items()}, return_dtype=pl.Float64
        ).to_numpy()
        for place in (1, 2)
    )
    losses: Numbers = middle * np.exp(spread * random.standard_normal(len(kind)))
    return losses
