"""Rural results by hand: ratios, pairs of figures, and bands of travel."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from dashboard.metrics.metric import Result
from dashboard.metrics.rural import RURAL_URBAN_RATE, RURAL_URBAN_RATIO
from dashboard.metrics.rural_help import TRAVEL_BANDS, WITHIN_REACH
from dashboard.metrics.rural_reach import BANDS
from tests.support.chart_results import rates
from tests.support.tiny_cells import cell
from tests.support.tiny_warehouse import BROMSGROVE, HOME, REDDITCH

PEOPLE = [
    cell("people_supported", HOME, 600),
    cell("people_supported", BROMSGROVE, 300),
    cell("people_supported", HOME, 60, "rural_urban", "RURAL"),
    cell("people_supported", HOME, 300, "rural_urban", "URBAN"),
    cell("people_supported", HOME, 240, "rural_urban", "NK"),
    cell("people_supported", BROMSGROVE, None, "rural_urban", "RURAL"),
    cell("people_supported", BROMSGROVE, 200, "rural_urban", "URBAN"),
    cell("people_supported", REDDITCH, 100, "rural_urban", "URBAN"),
    cell("people_supported", "OUT", 50, "rural_urban", "RURAL"),
]
"""People whose support started, by their home, in protected cells."""
_FIGURES = ("numerator", "denominator", "value", "lower", "upper", "marker")


def ratios(found: Mapping[str, tuple[float, float, float]], by: str = "area_code") -> Result:
    """Return ratios with their limits by one dimension, out of a hundred expected."""
    rows = [
        (code, 100 * value, 100.0, value, lower, upper, "")
        for code, (value, lower, upper) in found.items()
    ]
    return _result((by,), rows, metric=RURAL_URBAN_RATIO)


def pairs(found: Mapping[str, tuple[float | None, float | None]]) -> Result:
    """Return a rural and an urban rate by district, of 1,000 residents each; None is hidden."""
    rows = [
        (code, kind, value, 1000.0, value, value and value - 2, value and value + 2, _marker(value))
        for code, values in found.items()
        for kind, value in zip(("Rural", "Urban"), values, strict=True)
    ]
    rated = replace(RURAL_URBAN_RATE, unit="per 1,000 residents")
    return _result(("area_code", "rural_class"), rows, metric=rated)


def travel(found: Mapping[str, Sequence[float]]) -> Result:
    """Return the shares of residents in each band of travel, by kind of place."""
    rows = [
        (kind, band, share, 100.0, share, None, None, "")
        for kind, shares in found.items()
        for band, share in zip(BANDS, shares, strict=True)
    ]
    return _result(("rural_class", "travel_band"), rows, metric=TRAVEL_BANDS)


def reach(shares: Mapping[str, float]) -> Result:
    """Return the shares of residents within reach of help, by district, of 100 each."""
    rows = [(code, share, 100.0, share, None, None, "") for code, share in shares.items()]
    return _result(("area_code",), rows, metric=WITHIN_REACH)


def _marker(value: float | None) -> str:
    return "[c]" if value is None else ""


def _result(by: tuple[str, ...], rows: Sequence[tuple[Any, ...]], **changes: Any) -> Result:
    frame = pl.DataFrame(rows, schema=[*by, *_FIGURES], orient="row", infer_schema_length=None)
    return replace(rates({"E07000237": (1, 1.0)}), by=by, frame=frame, **changes)
