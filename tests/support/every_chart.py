"""One chart of every form, from results by hand."""

from dataclasses import replace

import h3
import polars as pl

from dashboard.charts import comparisons, maps, multiples, rural, trends
from dashboard.charts.chart import Chart
from dashboard.charts.duty_bands import duty_bands
from dashboard.charts.evidence_grid import evidence_grid
from dashboard.charts.need_layers import need_layers
from dashboard.charts.ranges import ranges
from dashboard.charts.representation import representation
from dashboard.charts.share_funnel import share_funnel
from dashboard.metrics.areas import Outlines
from dashboard.metrics.crime import OUTCOME_SHARE
from dashboard.metrics.metric import Result
from schemas.codes import OUTCOME_GROUPS
from tests.support.chart_results import STEADY, counts, monthly, monthly_by_area, rates
from tests.support.code_results import Said, banded, checklist, evidenced
from tests.support.need_results import against_one, estimates, layers, shares
from tests.support.rural_results import pairs, ratios, travel

SQUARE = ((-2.3, 52.1), (-2.1, 52.1), (-2.1, 52.3), (-2.3, 52.3), (-2.3, 52.1))
OUTLINES = Outlines(
    {"E07000237": (SQUARE,), "E07000238": (tuple((x + 0.2, y) for x, y in SQUARE),)},
    "Outlines are generalised.",
)
LONG = (*STEADY * 5, 720.0, 900.0, None, 880.0, 905.0, 910.0)
PLACES = {
    "E07000236": (6400, 100_000.0),
    "E07000237": (9000, 120_000.0),
    "E07000238": (5000, 130_000.0),
    "NONE": (50, None),
}
RATIOS = {"E07000237": (0.51, 0.45, 0.58), "E07000238": (1.05, 0.98, 1.13)}
PAIRS = {"E07000237": (30.4, 85.6), "E07000238": (None, 50.1)}
BANDS = {"Rural": (20.0, 30.0, 40.0, 10.0), "Urban": (80.0, 15.0, 5.0, 0.0)}
RANGES = {
    "DA": ((62_537.0, 83_383.0, 104_229.0), "AGREED"),
    "SV": ((3_800.0, 8_100.0, 15_200.0), "DRAFT"),
    "LD": ((None, None, None), ""),
}
NEED = {**RANGES, "DA": ((500.0, 1_200.0, 3_000.0), "DRAFT")}
TAKE_UP = {
    "DA": ((4.0, 10.0, 24.0), "DRAFT"),
    "SV": ((31.2, 62.5, 125.0), "DRAFT"),
    "LD": ((None, None, None), ""),
}
PEOPLE = {"DA": 120.0, "SV": 4_695.0, "LD": None}
AGAINST_ONE = {"CYBER": ((0.2, 0.3, 0.4), ""), "DA": ((0.9, 1.2, 1.8), "")}
OWNERS: dict[str, Said] = {
    "POLICE": (160, 30, 10),
    "WCU": (90, 5, 5),
    "HMCTS": None,
}
SHARES = {"E07000236": (260, 1_000), "E07000237": (310, 1_000), "E07000238": (200, 1_000)}


def every_chart() -> dict[str, Chart]:
    """Return a chart of each form by name."""
    cells = {h3.latlng_to_cell(52.2 + n / 100, -2.2, 8): float(n) for n in range(1, 9)}
    earlier = {"E07000236": 200.0, "E07000237": 100.0}
    later = {"E07000236": 400.0, "E07000237": 65.0}
    panels = dict.fromkeys(("E07000236", "E07000237", "E07000238", "E07000239"), LONG)
    return {
        "control": trends.control(monthly(LONG)),
        "multiples": multiples.multiples(monthly_by_area(panels)),
        "bars": comparisons.bars(rates(PLACES)),
        "funnel": comparisons.funnel(rates(PLACES)),
        "matrix": comparisons.matrix(_by_type()),
        "outcomes": comparisons.outcomes(_outcomes()),
        "changes": comparisons.largest_changes(
            counts("area_code", later), counts("area_code", earlier)
        ),
        "area map": maps.areas(rates(PLACES), OUTLINES),
        "ratios": rural.ratios(ratios(RATIOS)),
        "pairs": rural.paired(pairs(PAIRS)),
        "travel bands": rural.travel_bands(travel(BANDS)),
        "ranges": ranges(estimates(RANGES)),
        "layers of need": need_layers(layers(RANGES, NEED, take_up=TAKE_UP, people=PEOPLE)),
        "representation": representation(against_one(AGAINST_ONE)),
        "funnel of shares": share_funnel(shares(SHARES), shares({"E23000016": (2_600, 10_000)})),
        "duty bands": duty_bands([banded("Hearings", OWNERS)], about="Updates"),
        "evidence grid": evidence_grid(evidenced(), checklist()),
        "hexagon map": maps.hexagons(counts("hexagon", cells), OUTLINES),
    }


def _by_type() -> Result:
    base = rates(PLACES)
    frames = [
        base.frame.with_columns(crime_type=pl.lit(name)) for name in ("Burglary", "Shoplifting")
    ]
    return replace(base, by=("area_code", "crime_type"), frame=pl.concat(frames))


def _outcomes() -> Result:
    groups = [*OUTCOME_GROUPS]
    frame = pl.DataFrame(
        {
            "crime_type": ["Burglary"] * len(groups),
            "outcome_group": groups,
            "numerator": [10.0, 5.0, 5.0, 40.0, 30.0, 10.0],
            "denominator": [100.0] * len(groups),
            "value": [10.0, 5.0, 5.0, 40.0, 30.0, 10.0],
            "lower": [None] * len(groups),
            "upper": [None] * len(groups),
            "marker": [""] * len(groups),
        }
    )
    base = counts("crime_type", {"Burglary": 1})
    by = ("crime_type", "outcome_group")
    return replace(base, by=by, frame=frame, metric=OUTCOME_SHARE)
