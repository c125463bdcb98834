"""What is counted, held against what is estimated: people supported, crimes recorded, referrals."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from dashboard.errors import UnknownChoice
from dashboard.metrics.cells import evaluate_cells, nearest_published
from dashboard.metrics.crime import RECORDED_CRIME
from dashboard.metrics.estimate import evaluate_estimate, result_of
from dashboard.metrics.metric import Choice, Metric, Period, Result
from dashboard.metrics.needs import ESTIMATED_NEED, ESTIMATED_VICTIMS
from dashboard.metrics.people import PEOPLE_METRICS
from dashboard.metrics.period import USUAL_MONTHS, in_words, months_in
from dashboard.metrics.recorded import evaluate_recorded
from dashboard.warehouse import Warehouse
from schemas.codes import NOT_AVAILABLE
from schemas.supplied.lists import CRIME_GROUP, recorded_types

_HUNDRED: Final = 100


@dataclass(frozen=True)
class Counted:
    """Counts by the dimensions asked for, with their markers, and what to say of them."""

    frame: pl.DataFrame
    notes: tuple[str, ...]
    period: Period | None = None


def people_metric(key: str) -> Metric:
    """Return a metric about people by its key. Raises KeyError when there is none."""
    return {each.key: each for each in PEOPLE_METRICS}[key]


def evaluate_take_up(
    metric: Metric, choice: Choice, *, warehouse: Warehouse, by: tuple[str, ...]
) -> Result:
    """Return people newly supported as a share of the estimated need, one row per combination.

    The period is the published twelve months nearest to those chosen. Low and high come from the
    high and the low need. A hidden count stays hidden; without an estimate there is no share.

    Raises:
        UnknownChoice: no group is asked for, an area is not of the home force, or below district.
    """
    refuse_without_group(metric, by)
    need = evaluate_estimate(
        replace(ESTIMATED_NEED, of=metric.of), choice, warehouse=warehouse, by=by
    )
    counted = people_counted("people_supported", metric, choice, by, warehouse)
    return _held_against(need, counted, metric, choice, by=by, warehouse=warehouse)


def evaluate_reported(
    metric: Metric, choice: Choice, *, warehouse: Warehouse, by: tuple[str, ...]
) -> Result:
    """Return recorded offences as a share of the estimated victims, one row per combination.

    Only crime groups that police.uk counts as types of their own have one. Offences of fewer or
    more than twelve months are scaled to a year.

    Raises:
        UnknownChoice: an area is not of the home force, or below district.
    """
    victims = evaluate_estimate(
        replace(ESTIMATED_VICTIMS, of=metric.of), choice, warehouse=warehouse, by=by
    )
    counted = _offences(metric, choice, by, warehouse)
    return _held_against(victims, counted, metric, choice, by=by, warehouse=warehouse)


def _held_against(
    estimate: Result,
    counted: Counted,
    metric: Metric,
    choice: Choice,
    *,
    by: tuple[str, ...],
    warehouse: Warehouse,
) -> Result:
    base = estimate.frame.select(
        *by,
        pl.col("value").alias("denominator"),
        pl.col("lower").alias("least"),
        pl.col("upper").alias("most"),
        "status",
    )
    joined = _joined(base, counted.frame, by)
    has_share = pl.col("numerator").is_not_null() & (pl.col("denominator") > 0)

    def share(of: str) -> pl.Expr:
        return pl.when(has_share, pl.col(of) > 0).then(_HUNDRED * pl.col("numerator") / pl.col(of))

    frame = joined.with_columns(
        value=share("denominator"),
        lower=share("most"),
        upper=share("least"),
        marker=pl.when(has_share)
        .then(pl.lit(""))
        .when(pl.col("denominator").is_null() | (pl.col("marker") == ""))
        .then(pl.lit(NOT_AVAILABLE))
        .otherwise(pl.col("marker").fill_null(NOT_AVAILABLE)),
    )
    notes = (*counted.notes, *estimate.notes)
    made = result_of(metric, choice, frame, by=by, notes=notes, warehouse=warehouse)
    return replace(made, period=counted.period or made.period)


def _joined(base: pl.DataFrame, counted: pl.DataFrame, by: tuple[str, ...]) -> pl.DataFrame:
    if not by:
        return pl.concat([base, counted.select("numerator", "marker")], how="horizontal")
    return base.join(counted, on=list(by), how="left", maintain_order="left")


def refuse_without_group(metric: Metric, by: tuple[str, ...]) -> None:
    """Raise UnknownChoice where no group is asked for: people supported are of every crime.

    Their count cannot be held against the surveys' combined measure of a few, nor may counts of
    groups be added up.
    """
    if not metric.of and not {"crime_group", "priority_flag"} & set(by):
        raise UnknownChoice(
            f"{metric.label} is of one crime group or priority group at a time. Break it down by "
            "crime_group or priority_flag."
        )


def people_counted(
    key: str, metric: Metric, choice: Choice, by: tuple[str, ...], warehouse: Warehouse
) -> Counted:
    """Return the published counts; where none is published so, why not."""
    people = replace(people_metric(key), of=metric.of)
    asked = replace(choice, crime_types=(), assumptions=())
    try:
        nearest = nearest_published(people, asked, warehouse=warehouse, by=by)
        found = evaluate_cells(people, nearest, warehouse=warehouse, by=by)
    except UnknownChoice as refusal:
        return Counted(_empty(by), (str(refusal),))
    count = pl.col("numerator").cast(pl.Float64)
    said = f"People newly supported, {in_words(found.period)}."
    return Counted(
        found.frame.select(*by, count, "marker"), (said, *found.notes), period=found.period
    )


def _empty(by: tuple[str, ...]) -> pl.DataFrame:
    schema = {**dict.fromkeys((*by, "marker"), pl.String), "numerator": pl.Float64}
    if by:
        return pl.DataFrame(schema=schema)
    return pl.DataFrame({"marker": [NOT_AVAILABLE], "numerator": [None]}, schema=schema)


def _offences(metric: Metric, choice: Choice, by: tuple[str, ...], warehouse: Warehouse) -> Counted:
    levels = tuple(each for each in by if each != "crime_group")
    plain = replace(choice, crime_types=(), assumptions=())
    found = evaluate_recorded(
        RECORDED_CRIME, plain, warehouse=warehouse, by=(*levels, "crime_type")
    )
    months = months_in(found.period.first_month, found.period.last_month)
    wanted = [code for _, code in metric.of] or list(CRIME_GROUP)
    group = pl.col("crime_type").replace_strict(_GROUP_OF, default=None)
    is_whole = pl.col("numerator").is_not_null().all()
    counted = (
        found.frame.with_columns(crime_group=group)
        .filter(pl.col("crime_group").is_in(wanted))
        .group_by([*levels, "crime_group"], maintain_order=True)
        .agg(
            pl.when(is_whole).then(pl.sum("numerator") * USUAL_MONTHS / months).alias("numerator"),
            pl.col("marker").max(),
        )
    )
    scaled = f"Recorded offences, {in_words(found.period)}"
    if months != USUAL_MONTHS:
        scaled += f", {months} months scaled to twelve"
    return Counted(counted, (f"{scaled}.", _NOT_APART, *found.notes), period=found.period)


_GROUP_OF: Final[Mapping[str, str]] = {
    crime_type: code for code in CRIME_GROUP for crime_type in recorded_types(code)
}
_NOT_APART: Final = (
    "Recorded crime is not available from police.uk for domestic abuse, rape and other sexual "
    "offences, stalking and harassment: they lie within one type there. Fraud is not on police.uk."
)
