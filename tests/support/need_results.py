"""Results about need by hand: estimates with their range, and shares over expected shares."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from dashboard.charts.need_layers import Layers, Recorded
from dashboard.metrics.catalogue import metric
from dashboard.metrics.metric import Result
from dashboard.metrics.needs import (
    ESTIMATED_NEED,
    ESTIMATED_VICTIMS,
    SHARE_RATIO,
    TAKE_UP,
    about,
)
from schemas.codes import HIDDEN, NOT_AVAILABLE
from schemas.supplied.lists import PRIORITY_FLAG
from tests.support.chart_results import NAMES, counts

Range = tuple[float | None, float | None, float | None]

_COLUMNS = ("lower", "value", "upper")


def estimates(ranges: Mapping[str, tuple[Range, str]]) -> Result:
    """Return estimates by priority group, each a low, central and high with its status."""
    rows = [
        {
            "priority_flag": code,
            "numerator": None,
            "denominator": None if figures[1] is None else 1_000.0,
            **dict(zip(_COLUMNS, figures, strict=True)),
            "marker": "[x]" if figures[1] is None else "",
            "status": status,
        }
        for code, (figures, status) in ranges.items()
    ]
    return _result(rows, ("priority_flag",), names=PRIORITY_FLAG)


def against_one(ratios: Mapping[str, tuple[Range, str]]) -> Result:
    """Return shares of referrals over shares of the estimate by group, with their markers."""
    rows = [
        {
            "priority_flag": code,
            "numerator": None if figures[1] is None else 12.0,
            "denominator": None if figures[1] is None else 24.0,
            **dict(zip(_COLUMNS, figures, strict=True)),
            "marker": marker,
            "status": "",
        }
        for code, (figures, marker) in ratios.items()
    ]
    found = _result(rows, ("priority_flag",), names=PRIORITY_FLAG)
    return replace(found, metric=SHARE_RATIO)


def shares(places: Mapping[str, tuple[int, int]]) -> Result:
    """Return the share of referrals flagged by district, from the flagged and from all."""
    rows = [
        {
            "area_code": code,
            "numerator": flagged,
            "denominator": float(received),
            "value": float(round(100 * flagged / received)),
            "lower": None,
            "upper": None,
            "marker": "",
        }
        for code, (flagged, received) in places.items()
    ]
    flagged_metric = about(metric("priority_groups"), "priority_flag", "DA")
    return replace(_result(rows, ("area_code",), names=NAMES), metric=flagged_metric)


def layers(
    victims: Mapping[str, tuple[Range, str]],
    need: Mapping[str, tuple[Range, str]],
    *,
    take_up: Mapping[str, tuple[Range, str]],
    people: Mapping[str, float | None],
) -> Layers:
    """Return four layers by priority group; a count of people that is None is hidden."""
    counted = estimates({code: ((None, count, None), "") for code, count in people.items()})
    marker = counted.frame["marker"].replace({NOT_AVAILABLE: HIDDEN})
    return Layers(
        recorded=Recorded(
            name="Recorded: national reports",
            counts={"CYBER": 7_489.0},
            without="not available",
            is_invented=True,
        ),
        victims=estimates(victims),
        need=replace(estimates(need), metric=ESTIMATED_NEED),
        people=replace(counted, frame=counted.frame.with_columns(marker)),
        take_up=replace(estimates(take_up), metric=TAKE_UP),
    )


def _result(
    rows: Sequence[Mapping[str, object]], by: tuple[str, ...], *, names: Mapping[str, str]
) -> Result:
    base = counts(by[0], {"E07000237": 1})
    frame = pl.DataFrame(rows, infer_schema_length=None)
    return replace(base, metric=ESTIMATED_VICTIMS, by=by, frame=frame, names=names)
