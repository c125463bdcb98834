"""Results about the Victims' Code by hand: the bands of a duty, and a checklist."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import polars as pl

from dashboard.charts.duty_bands import Banded
from dashboard.metrics.catalogue import metric
from dashboard.metrics.metric import Result
from schemas.codes import HIDDEN, NOT_APPLICABLE
from schemas.menu.values import SPLIT_CODES
from tests.support.chart_results import counts
from tests.support.tiny_code import EVIDENCE

Parts = tuple[int, int, int]
"""On time, late and without a record."""
Said = Parts | str | None
"""None is hidden, '' is a part in which nothing can be due."""
_Counted = Callable[[int, int, int], tuple[int, int]]


def banded(name: str, parts: Mapping[str, Said], *, by: str = "owner") -> Banded:
    """Return a duty of referrals by owner, or by another split, one part a code."""
    return Banded(
        name=name,
        on_time=_share("on_time", parts, by, lambda on, late, none: (on, on + late + none)),
        late=_share("late", parts, by, lambda on, late, none: (late, on + late + none)),
        no_record=_share("no_record", parts, by, lambda on, late, none: (none, on + late + none)),
        of_recorded=_share("on_time_of_recorded", parts, by, lambda on, late, _: (on, on + late)),
    )


def _share(key: str, parts: Mapping[str, Said], by: str, counted: _Counted) -> Result:
    rows = [{by: code, **_row(each, counted)} for code, each in parts.items()]
    kinds = dict.fromkeys(("denominator", "value", "lower", "upper"), pl.Float64)
    base = counts("area_code", {"E07000237": 1})
    frame = pl.DataFrame(rows, schema_overrides={**kinds, "numerator": pl.Int64})
    return replace(
        base,
        metric=metric(f"referral_{key}"),
        by=(by,),
        frame=frame,
        names={**base.names, **SPLIT_CODES[by]},
    )


def _row(each: Said, counted: _Counted) -> dict[str, object]:
    if not each or isinstance(each, str):
        nothing = dict.fromkeys(("numerator", "denominator", "value", "lower", "upper"))
        return {**nothing, "marker": HIDDEN if each is None else NOT_APPLICABLE}
    part, whole = counted(*each)
    share = 100 * part / whole
    limits = {"lower": share - 2.0, "upper": share + 2.0}
    value = float(round(share))
    return {"numerator": part, "denominator": whole, "value": value, **limits, "marker": ""}


def checklist() -> pl.DataFrame:
    """Return the tiny checklist as a page hands it on."""
    columns = ("right_no", "organisation", "evidence", "evidence_is", "owner_role", "checked_on")
    rows = pl.DataFrame([row[:6] for row in EVIDENCE], schema=columns, orient="row")
    is_whole = (pl.col("evidence") == "HELD") & pl.col("checked_on").is_not_null()
    return rows.with_columns(is_whole=is_whole)


def evidenced() -> Result:
    """Return how many rights of the tiny checklist are evidenced."""
    return replace(counts("area_code", {"E07000237": 2}), metric=metric("VC12"), by=())
