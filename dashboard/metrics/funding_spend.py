"""What is spent on services: shared by a stated rule where a fund is for more than one place."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

import polars as pl

from dashboard.directory.read import directory
from dashboard.directory.service import Service
from dashboard.metrics.crime import RECORDED_CRIME
from dashboard.metrics.funding_years import (
    chosen_year,
    ended_years,
    months_of_year,
    spent,
    year_words,
)
from dashboard.metrics.metric import Choice, Metric, Result
from dashboard.metrics.places import home_force
from dashboard.metrics.provider_work import FIGURES, refuse_areas
from dashboard.metrics.recorded import evaluate_recorded
from dashboard.warehouse import Warehouse
from schemas.supplied.funding import FUNDING_STREAM
from schemas.supplied.lists import CRIME_GROUP

NOT_SPLIT: Final = "NONE"
"""In place of a district, as for crimes without a location: it stands last and is not ranked."""

NO_SERVICE: Final = "NO_SERVICE"
SEVERAL: Final = "SEVERAL"
_HIGH_HARM: Final = ("DA_SV", "ISVA_IDVA")
_ONE_PATH: Final = frozenset({"RJ", "COURT"})

OBJECTIVES: Final = {
    "A": "A: find need, reported or not",
    "B": "B: one path through support and justice",
    "C": "C: complex need and highest harm",
    NO_SERVICE: "No one service, such as training or advertising",
}
"""Objective of the strategy → what stands for it. None of the funds names D or E."""

_NAMES: Final[Mapping[str, Mapping[str, str]]] = {
    "stream": FUNDING_STREAM,
    "objective": OBJECTIVES,
    "crime_group": {
        **CRIME_GROUP,
        SEVERAL: "Several kinds of crime",
        NO_SERVICE: OBJECTIVES[NO_SERVICE],
    },
    "service_id": {NO_SERVICE: OBJECTIVES[NO_SERVICE]},
    "area_code": {NOT_SPLIT: "Not split among districts"},
}
"""By dimension, since a stream and a crime share the code OTHER."""


def evaluate_spend(
    metric: Metric, choice: Choice, *, warehouse: Warehouse, by: tuple[str, ...]
) -> Result:
    """Return thousands of pounds spent in the financial year, one row per combination of `by`.

    The most comes first; `numerator` is in pounds.

    Of the latest year that ended by the months chosen, or of every one that ended by
    financial_year. What no rule splits among districts has the code NONE.

    Raises UnknownChoice for an area as a choice, and where no year has ended.
    """
    refuse_areas(metric, choice, warehouse)
    year = chosen_year(metric, choice, warehouse)
    years = ended_years(metric, warehouse) if "financial_year" in by else [year]
    parts = [part for each in years for part in _parts(warehouse, each, by=by)]
    schema = dict.fromkeys(by, pl.String) | {"value": pl.Float64}
    sums = pl.DataFrame(parts, schema=schema, orient="row")
    total = pl.col("value").sum()
    found = sums.group_by(by).agg(total) if by else sums.select(total)
    order = ("financial_year",) if "financial_year" in by else ()
    return Result(
        metric=metric,
        choice=choice,
        by=by,
        period=months_of_year(years[-1]),
        frame=found.sort(*order, -pl.col("value"))
        .with_columns(
            numerator=pl.col("value").round().cast(pl.Int64),
            value=pl.col("value") / 1000,
            denominator=pl.lit(None, pl.Float64),
            lower=pl.lit(None, pl.Float64),
            upper=pl.lit(None, pl.Float64),
            marker=pl.lit(""),
        )
        .select(*by, *FIGURES),
        version=warehouse.version,
        is_invented=warehouse.is_invented("funding"),
        names=_names(warehouse, by),
        notes=_notes(by),
    )


def _names(warehouse: Warehouse, by: tuple[str, ...]) -> Mapping[str, str]:
    services = {each.record["service_id"]: each.name for each in directory(warehouse).services}
    areas = dict(warehouse.table("dim_area").select("area_code", "area_name").iter_rows())
    said = {code: name for each in by for code, name in _NAMES.get(each, {}).items()}
    return {**services, **areas, **said}


def _notes(by: tuple[str, ...]) -> tuple[str, ...]:
    if "objective" not in by:
        return ()
    return (
        "Proposed here, until the office names it: B are restorative justice and help at court, C "
        "services of the streams for domestic and sexual abuse and those that specialise in a "
        "group, A all others.",
    )


def _parts(warehouse: Warehouse, year: date, *, by: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    """Yield the words of `by` and the pounds of each row of funding, split where it is by area."""
    listed = {each.record["service_id"]: each for each in directory(warehouse).services}
    weights = _weights(warehouse, year) if "area_code" in by else {}
    for row in spent(warehouse, [year]).iter_rows(named=True):
        service = listed.get(row["service_id"])
        said = {
            "financial_year": year_words(year),
            "stream": row["stream"],
            "objective": _objective(service),
            "crime_group": _crime_group(service),
            "service_id": row["service_id"] or NO_SERVICE,
        }
        shares = _shares(row, service, weights) if "area_code" in by else {"": 1.0}
        for area, share in shares.items():
            yield (*({**said, "area_code": area}[each] for each in by), share * row["actual_gbp"])


def _objective(service: Service | None) -> str:
    if service is None:
        return NO_SERVICE
    types = service.record["support_types"] or ()
    if types and types[0] in _ONE_PATH:
        return "B"
    is_special = any(group.is_specialist for group in service.groups)
    return "C" if service.record["stream"] in _HIGH_HARM or is_special else "A"


def _crime_group(service: Service | None) -> str:
    if service is None:
        return NO_SERVICE
    named = [group for group in service.groups if group.crime_group]
    special = [group for group in named if group.is_specialist] or named
    groups = {group.crime_group or "" for group in special}
    return groups.pop() if len(groups) == 1 else SEVERAL


def _weights(warehouse: Warehouse, year: date) -> Mapping[str, Mapping[str, float]]:
    """Return by rule what each district weighs: residents, or crime recorded in the year."""
    home = warehouse.table("dim_area").filter(pl.col("is_home"), pl.col("area_type") == "district")
    residents = dict(home.select("area_code", "residents").iter_rows())
    months = months_of_year(year)
    during = Choice(areas=(home_force(warehouse),)).during(months.first_month, months.last_month)
    crime = evaluate_recorded(RECORDED_CRIME, during, warehouse=warehouse, by=("area_code",)).frame
    counted = crime.filter(pl.col("area_code").is_in(list(residents))).drop_nulls("numerator")
    return {
        "POPULATION": residents,
        "CRIME": dict(counted.select("area_code", "numerator").iter_rows()),
    }


def _shares(
    row: Mapping[str, Any], service: Service | None, weights: Mapping[str, Mapping[str, float]]
) -> Mapping[str, float]:
    """Return the share of each district by the rule of the fund; all not split without one."""
    weight = weights.get(row["area_split_rule"] or "", {})
    if service and not service.is_everywhere:
        if len(service.areas) == 1:
            return {service.areas[0]: 1.0}
        weight = {code: value for code, value in weight.items() if code in service.areas}
    total = sum(weight.values())
    if not total:
        return {NOT_SPLIT: 1.0}
    return {code: value / total for code, value in weight.items()}
