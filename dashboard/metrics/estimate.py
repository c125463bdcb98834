"""Estimates from surveys: residents × rates, low, central and high, by place and group."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import polars as pl

from dashboard.errors import UnknownChoice
from dashboard.metrics.assumptions import NO_RANGE, weakest
from dashboard.metrics.estimate_rates import COMBINED, Rate, notes_of, rates_of, unreported_of
from dashboard.metrics.metric import Choice, Metric, Result
from dashboard.metrics.period import resolve_period
from dashboard.metrics.places import Scope, home_force, names_of, scope_of
from dashboard.metrics.population import all_residents, base_residents
from dashboard.metrics.sources import is_invented
from dashboard.warehouse import Warehouse
from schemas.codes import NOT_AVAILABLE
from schemas.supplied.lists import CRIME_GROUP, CRIME_GROUPS, PRIORITY_FLAG

PLACES: Final = ("partnership_code", "area_code")
_PRIORITY: Final = {each.code: each.priority for each in CRIME_GROUPS if each.priority}
FIGURES: Final = ("numerator", "denominator", "value", "lower", "upper", "marker", "status")


def evaluate_estimate(
    metric: Metric, choice: Choice, *, warehouse: Warehouse, by: tuple[str, ...]
) -> Result:
    """Return an estimate of people in a year, one row per combination of `by`, never rounded.

    It is residents × the assumptions that the metric names, low by low, central by central, high
    by high. Neither by crime group nor by priority group it is the surveys' combined measure:
    people are victims of several crimes, so that groups are never added up. For the same reason a
    priority group of several crimes has the largest low and central of them, and the sum of their
    highs. What has no estimate is marked [x].

    Raises:
        UnknownChoice: an area is not of the home force, or below district; crime groups are
            crossed with priority groups; or an assumption that is tried is not in use.
    """
    if {"crime_group", "priority_flag"} <= set(by):
        raise UnknownChoice("Choose crime_group or priority_flag: one is made of the other.")
    scope = home_scope(choice, warehouse)
    rates = rates_of(metric, choice, warehouse)
    groups = _groups(metric, by)
    frame = pl.concat(_of_group(code, rates.get(code), by, scope, warehouse) for code in groups)
    flags = _flags(metric, by)
    if flags:
        frame = _by_priority(frame, by, flags)
    known = [code for code in groups if code in rates]
    notes = (*_holds(flags, known), *notes_of(rates[code] for code in known))
    return result_of(metric, choice, frame, by=by, notes=notes, warehouse=warehouse)


def evaluate_unreported(
    metric: Metric, choice: Choice, *, warehouse: Warehouse, by: tuple[str, ...]
) -> Result:
    """Return the share that is not reported, by crime group, as the surveys found nationally.

    Raises:
        UnknownChoice: an assumption that is tried is not in use, or no crime group is asked for.
    """
    groups = _groups(metric, by)
    if COMBINED in groups:
        raise UnknownChoice("There is one share for each crime group. Break down by crime_group.")
    rates = unreported_of(choice, warehouse)
    rows = [_row(code, rates.get(code)) for code in groups]
    frame = pl.DataFrame(rows, schema_overrides=_TYPES)
    notes = ("A national share, the same wherever people live.", *notes_of(rates.values()))
    return result_of(metric, choice, frame, by=by, notes=notes, warehouse=warehouse)


def home_scope(choice: Choice, warehouse: Warehouse) -> Scope:
    """Return the places chosen, which must be of the home force and no smaller than districts.

    Raises:
        UnknownChoice: they are not.
    """
    scope = scope_of(choice, warehouse)
    if scope.small_areas:
        raise UnknownChoice("Estimates of people are not given for small areas. Choose a district.")
    if set(scope.force_codes) - {home_force(warehouse)}:
        raise UnknownChoice("Estimates are made for the home force and its parts only.")
    return scope


def result_of(
    metric: Metric,
    choice: Choice,
    frame: pl.DataFrame,
    *,
    by: tuple[str, ...],
    notes: Iterable[str],
    warehouse: Warehouse,
) -> Result:
    """Return the result of a frame made from assumptions, with the names of its codes."""
    areas = {code for each in PLACES if each in by for code in frame[each].unique()}
    codes = areas | set(choice.areas) | {home_force(warehouse)}
    return Result(
        metric=metric,
        choice=choice,
        by=by,
        period=resolve_period(choice, warehouse),
        frame=frame.select(*by, *FIGURES),
        version=warehouse.version,
        is_invented=is_invented(metric, warehouse),
        names={**names_of(codes, warehouse), **_split_names(by)},
        notes=tuple(notes),
    )


def _holds(flags: tuple[str, ...], known: list[str]) -> Iterator[str]:
    """Say of which crimes a priority group's estimate is, where some of its crimes have none."""
    for flag in flags:
        own = [code for code, group in _PRIORITY.items() if group == flag]
        held = [CRIME_GROUP[code] for code in own if code in known]
        without = [CRIME_GROUP[code] for code in own if code not in known]
        if held and without:
            yield (
                f"{PRIORITY_FLAG[flag]}: the estimate is of {_listed(held)}; there is none for "
                f"{_listed(without)}."
            )
    if "FRAUD" in known:
        yield "Fraud is estimated in incidents, of which one person can have several."


def _listed(names: list[str]) -> str:
    return " and ".join(name[:1].lower() + name[1:] for name in names)


def _split_names(by: tuple[str, ...]) -> Mapping[str, str]:
    # Both lists have the code STALK, with other meanings.
    return PRIORITY_FLAG if "priority_flag" in by else CRIME_GROUP


def _groups(metric: Metric, by: tuple[str, ...]) -> tuple[str, ...]:
    """Return the crime groups to be estimated; ANY where none is asked for."""
    fixed = tuple(code for split, code in metric.of if split == "crime_group")
    if fixed:
        return fixed
    flags = _flags(metric, by)
    if flags:
        return tuple(code for code, flag in _PRIORITY.items() if flag in flags) or (COMBINED,)
    return tuple(CRIME_GROUP) if "crime_group" in by else (COMBINED,)


def _flags(metric: Metric, by: tuple[str, ...]) -> tuple[str, ...]:
    """Return the priority groups asked for, in the order of the strategy; may be none."""
    fixed = tuple(code for split, code in metric.of if split == "priority_flag")
    return fixed or (tuple(PRIORITY_FLAG) if "priority_flag" in by else ())


def _of_group(
    code: str, rate: Rate | None, by: tuple[str, ...], scope: Scope, warehouse: Warehouse
) -> pl.DataFrame:
    """Return one row per place asked for; without a rate its figures are empty and marked."""
    base = base_residents(rate.base if rate else "", scope, warehouse)
    known = rate if rate and base is not None else None
    percent = known.percent if known else NO_RANGE
    levels = [each for each in PLACES if each in by]
    places = all_residents(scope, warehouse) if base is None else base
    summed = places.group_by(levels or pl.lit(1), maintain_order=True).agg(pl.sum("residents"))
    residents = pl.col("residents")
    return summed.select(
        *levels,
        pl.lit(code).alias("crime_group"),
        pl.lit(None, pl.Float64).alias("numerator"),
        pl.when(pl.lit(known is not None)).then(residents).alias("denominator"),
        (residents * pl.lit(percent.central, pl.Float64) / 100).alias("value"),
        (residents * pl.lit(percent.low, pl.Float64) / 100).alias("lower"),
        (residents * pl.lit(percent.high, pl.Float64) / 100).alias("upper"),
        pl.lit("" if known else NOT_AVAILABLE).alias("marker"),
        pl.lit(known.status if known else "").alias("status"),
    )


def _by_priority(frame: pl.DataFrame, by: tuple[str, ...], flags: tuple[str, ...]) -> pl.DataFrame:
    """Return one row per place and priority group, in the order of the strategy."""
    levels = [each for each in PLACES if each in by]
    keys = [*levels, "priority_flag"]
    known = frame.filter(pl.col("value").is_not_null(), pl.col("crime_group").is_in(_PRIORITY))
    is_complete = pl.col("upper").is_not_null().all()
    joined = (
        known.with_columns(priority_flag=pl.col("crime_group").replace_strict(_PRIORITY))
        .group_by(keys, maintain_order=True)
        .agg(
            pl.col("numerator", "marker").first(),
            pl.col("denominator", "value", "lower").max(),
            pl.when(is_complete).then(pl.sum("upper")).alias("upper"),
            pl.col("status").alias("statuses"),
        )
    )
    status = pl.Series("status", map(weakest, joined["statuses"]), dtype=pl.String)
    every = pl.DataFrame({"priority_flag": list(flags)})
    grid = frame.select(levels).unique(maintain_order=True).join(every, how="cross")
    return (
        (grid if levels else every)
        .join(joined.with_columns(status), on=keys, how="left", maintain_order="left")
        .with_columns(pl.col("marker").fill_null(NOT_AVAILABLE), pl.col("status").fill_null(""))
    )


_TYPES: Final = dict.fromkeys(("numerator", "denominator", "value", "lower", "upper"), pl.Float64)


def _row(code: str, rate: Rate | None) -> dict[str, object]:
    percent = rate.percent if rate else NO_RANGE
    return {
        "crime_group": code,
        "numerator": None,
        "denominator": None,
        "value": percent.central,
        "lower": percent.low,
        "upper": percent.high,
        "marker": "" if rate else NOT_AVAILABLE,
        "status": rate.status if rate else "",
    }
