"""Where rural crime gathers: counts of small areas, put into wide hexagons by their centres."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import h3
import polars as pl

from dashboard.charts import maps
from dashboard.charts.chart import Chart
from dashboard.metrics.areas import Outlines
from dashboard.metrics.metric import Result

Centres = Mapping[str, tuple[float, float]]

_RESOLUTION: Final = 6
"""Of about 36 square kilometres: a rural small area has 25 on average."""

_CAVEAT: Final = (
    "Each small area stands in the hexagon that holds its centre, so that a hexagon is not a place "
    "where something happened. Only rural small areas are on it."
)


def rural_hexagons(result: Result, outlines: Outlines, centres: Centres) -> Chart:
    """Return counts by small area as wide hexagons, over the outlines of the districts.

    centres: latitude and longitude of each small area.
    """
    cells = {
        code: h3.latlng_to_cell(*centres[code], _RESOLUTION)
        for code in result.frame["small_area_code"]
    }
    hexagon = pl.col("small_area_code").replace_strict(cells, return_dtype=pl.String)
    # Where one count is missing, so is the sum: polars would take it as zero.
    total = pl.when(pl.col("value").is_not_null().all()).then(pl.col("value").sum())
    frame = result.frame.group_by(hexagon_wide=hexagon, maintain_order=True).agg(total)
    chart = maps.hexagons(replace(result, by=("hexagon_wide",), frame=frame), outlines)
    said = chart.subtitle.replace("by hexagon", "each small area in the hexagon of its centre,", 1)
    return replace(chart, subtitle=said, notes=(_CAVEAT, *chart.notes))
