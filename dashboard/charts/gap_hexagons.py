"""Need and access within districts, by hexagon: open figures and models only, never unmet need."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import h3
import numpy as np
import polars as pl

from dashboard.charts import scales, words
from dashboard.charts.chart import Cell, Chart, Series, Table
from dashboard.charts.gap_layers import TOWNS_CREDIT
from dashboard.charts.geography import inside
from dashboard.charts.maps import outlined
from dashboard.metrics.areas import Outlines
from dashboard.metrics.metric import Result
from dashboard.metrics.travel import straight_km
from schemas.codes import NOT_APPLICABLE

Row = Mapping[str, Any]

_COLUMN: Final = "hexagon_wide"
_MODELLED: Final = (
    "A district's need is shared out by residents and spread over the land around the centre of "
    "each small area: a model of where people live, and no record of where anybody in need lives."
)
_NOTHING: Final = (
    "There is no published estimate for this group, or no place of help, so that nothing can be "
    "modelled."
)
_BLANK: Final = "Blank inside a district: nothing is within reach ([z]), which is not zero."


def gap_hexagons(
    result: Result, outlines: Outlines, towns: pl.DataFrame, layers: tuple[Series, ...] = ()
) -> Chart:
    """Return hexagons shaded by need or by access, over the outlines of the districts.

    towns: `town_name`, `latitude` and `longitude`, to say where a hexagon is. layers: drawn above.
    """
    rows = sorted(result.frame.iter_rows(named=True), key=lambda row: str(row[_COLUMN]))
    drawn = [row for row in rows if row["value"] is not None]
    ranked = sorted(rows, key=lambda row: _rank(result, row))
    near = _nearest([row[_COLUMN] for row in ranked], towns)
    form = words.number_format(result)
    return Chart(
        key=words.slug(f"{result.metric.label} by hexagon"),
        form="hex_map",
        headline=_headline(result, ranked, near),
        subtitle=f"{words.subject(result)}, by hexagon of about five square kilometres, "
        f"{words.place(result)}; darker: more",
        alt=_alt(result, ranked, near),
        table=_table(result, ranked, near, outlines),
        series=(_series(result, drawn), *layers) if drawn else (),
        shapes=outlined(result, outlines) if drawn else (),
        scale=scales.quantile_steps([row["value"] for row in drawn], form=form, noun=""),
        notes=(*_notes(rows), *result.notes, TOWNS_CREDIT, outlines.credit)
        if drawn
        else (_NOTHING, *result.notes),
        **words.facts(result),
    )


def _is_access(result: Result) -> bool:
    return result.metric.id == "GM01"


def _rank(result: Result, row: Row) -> tuple[float, str]:
    """Return the place in the table: the most need first, or the least access."""
    value = row["value"]
    if _is_access(result):
        return (-1.0 if value is None else value, str(row[_COLUMN]))
    return (0.0 if value is None else -value, str(row[_COLUMN]))


def _nearest(cells: Sequence[str], towns: pl.DataFrame) -> list[str]:
    if not cells or towns.is_empty():
        return [""] * len(cells)
    latitudes, longitudes = np.transpose([h3.cell_to_latlng(cell) for cell in cells])
    km = straight_km(latitudes, longitudes, to=(towns["latitude"], towns["longitude"]))
    return towns["town_name"].gather(km.argmin(axis=1)).to_list()


def _headline(result: Result, ranked: Sequence[Row], near: Sequence[str]) -> str:
    label = result.metric.label
    held = [row for row in ranked if row["value"] is not None]
    if not held:
        return f"{label}: no figure for {words.place(result)}"
    if _is_access(result):
        return f"{label}: {_without(ranked, held)}; {_extreme(result, ranked, near, 'least')}"
    total, running = sum(row["value"] for row in held), 0.0
    half = 0
    while running < total / 2:
        running += held[half]["value"]
        half += 1
    return f"{label}: half of it lies in {half:,} of {len(held):,} hexagons"


def _without(ranked: Sequence[Row], held: Sequence[Row]) -> str:
    missing = len(ranked) - len(held)
    if not missing:
        return "something is within reach everywhere"
    return f"nothing within reach in {missing:,} of {len(ranked):,} hexagons"


def _extreme(result: Result, ranked: Sequence[Row], near: Sequence[str], word: str) -> str:
    place = next(n for n, row in enumerate(ranked) if row["value"] is not None)
    where = f" near {near[place]}" if near[place] else ""
    return f"the {word}{where}, {words.number(result, ranked[place]['value'])}"


def _alt(result: Result, ranked: Sequence[Row], near: Sequence[str]) -> str:
    held = [row for row in ranked if row["value"] is not None]
    if not held:
        return "No map: there is no figure for this choice."
    word = "least" if _is_access(result) else "most"
    absent = f" {words.sentence(_without(ranked, held))}." if _is_access(result) else ""
    return (
        f"Map of {len(held):,} hexagons, {words.unit(result)}:{absent} "
        f"{words.sentence(_extreme(result, ranked, near, word))}. The table lists each with the "
        "town that is nearest."
    )


def _series(result: Result, drawn: Sequence[Row]) -> Series:
    places = max(0, result.metric.decimals) + 1
    return Series(
        name=result.metric.label,
        x=tuple(str(row[_COLUMN]) for row in drawn),
        y=tuple(round(row["value"], places) for row in drawn),
    )


def _table(result: Result, ranked: Sequence[Row], near: Sequence[str], outlines: Outlines) -> Table:
    form = words.number_format(result)
    centres = [h3.cell_to_latlng(row[_COLUMN]) for row in ranked]
    districts = _districts(result, centres, outlines)
    rows = tuple(
        (rank, town, district, *_figures(row), row[_COLUMN], *(round(each, 4) for each in centre))
        for rank, (row, town, district, centre) in enumerate(
            zip(ranked, near, districts, centres, strict=True), start=1
        )
    )
    unit = words.sentence(words.unit(result))
    columns = ("Rank", "Nearest town", "District", "Low", unit, "High")
    where = ("Hexagon", "Latitude of centre", "Longitude of centre")
    shapes = ("{:,.0f}", "", "", form, form, form, "", "{:.4f}", "{:.4f}")
    return Table((*columns, *where), rows, shapes)


def _figures(row: Row) -> tuple[Cell, ...]:
    return (row["lower"], words.cell(row), row["upper"])


def _districts(
    result: Result, centres: Sequence[tuple[float, float]], outlines: Outlines
) -> list[str]:
    """Return the district in which each centre lies, or that it lies on the border."""
    found = ["on the border"] * len(centres)
    points = [(longitude, latitude) for latitude, longitude in centres]
    for code, rings in outlines.items():
        for place in np.flatnonzero(inside(rings, points)):
            found[place] = words.name(result, code)
    return found


def _notes(rows: Sequence[Row]) -> tuple[str, ...]:
    is_blank = any(row["marker"] == NOT_APPLICABLE for row in rows)
    return (_MODELLED, *((_BLANK,) if is_blank else ()))
