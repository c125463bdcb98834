"""Maps: districts shaded by value, and hot spots by hexagon."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

import h3

from dashboard.charts import averages, scales, words
from dashboard.charts.chart import Chart, Series, Shape, Step, Table
from dashboard.metrics.areas import Outlines
from dashboard.metrics.metric import Result

Row = Mapping[str, Any]

LABEL_PLACES: Final[dict[str, tuple[float, float]]] = {
    "E06000019": (-2.80, 52.12),  # Herefordshire, inside
    "E06000051": (-2.86, 52.60),  # Shropshire, inside
    "E07000238": (-1.97, 52.10),  # Wychavon, inside
    "E06000020": (-1.98, 52.83),  # Telford and Wrekin, in the empty north-east
    "E07000239": (-2.10, 52.63),  # Wyre Forest, north of it
    "E07000234": (-1.72, 52.54),  # Bromsgrove, north-east of it
    "E07000236": (-1.62, 52.32),  # Redditch, east of it
    "E07000237": (-1.90, 51.89),  # Worcester, south-east, below Wychavon
    "E07000235": (-2.24, 51.84),  # Malvern Hills, south of it
}
"""Where each district's name stands, longitude and latitude: set by eye, since the small
districts of Worcestershire leave no room for names. Names off their district have a line to it."""

OUTSIDE_PLACES: Final = {
    **LABEL_PLACES,
    "E06000019": (-3.22, 51.93),  # Herefordshire, south-west of it
    "E06000051": (-3.22, 52.86),  # Shropshire, north-west of it
    "E07000238": (-1.62, 52.12),  # Wychavon, east of it
}
"""The same with no name on a district, where it would cover marks."""


def areas(result: Result, outlines: Outlines) -> Chart:
    """Return districts shaded by value; hatched where not clearly apart from the average."""
    rows = [row for row in result.frame.iter_rows(named=True) if row["area_code"] in outlines]
    valued = [row for row in rows if row["value"] is not None]
    form = words.number_format(result)
    average = averages.average(result)
    return Chart(
        key=words.key(result, "district map"),
        form="area_map",
        headline=_areas_headline(result, valued, average),
        subtitle=f"{words.subject(result)}, by district, {words.place_and_period(result)}",
        alt=_areas_alt(result, valued, average),
        table=_areas_table(result, rows, average),
        shapes=tuple(_shape(result, row, outlines, average) for row in rows) if valued else (),
        scale=scales.quantile_steps([row["value"] for row in valued], form=form, noun=""),
        notes=(*result.notes, outlines.credit),
        **words.facts(result),
    )


def hexagons(result: Result, outlines: Outlines) -> Chart:
    """Return hexagons shaded by count, over the outlines of the districts chosen."""
    (column,) = result.by
    rows = [row for row in result.frame.iter_rows(named=True) if row["value"]]
    drawn = sorted(rows, key=lambda row: str(row[column]))
    ranked = sorted(rows, key=lambda row: (-row["value"], str(row[column])))
    table = _hexagons_table(result, column, ranked)
    return Chart(
        key=words.key(result, "hot spots"),
        form="hex_map",
        headline=_hexagons_headline(result, table),
        subtitle=f"{words.subject(result)}, by hexagon of about {_size(ranked, column)} square "
        f"kilometres, {words.place_and_period(result)}; darker: more",
        alt=_hexagons_alt(result, table),
        table=table,
        series=_hexagon_series(result, column, drawn),
        shapes=outlined(result, outlines) if rows else (),
        scale=_hexagon_scale(result, rows),
        notes=(
            "Points are moved to the nearest of a fixed list of map points: no street can be "
            "read from this map. Records with no location are not on it.",
            *result.notes,
            outlines.credit,
        ),
        **words.facts(result),
    )


def outlined(result: Result, outlines: Outlines) -> tuple[Shape, ...]:
    """Return the named outlines of the districts chosen, or of all, without a value."""
    chosen = [code for code in outlines if code in result.choice.areas] or list(outlines)
    return tuple(
        Shape(
            code,
            words.name(result, code),
            outlines[code],
            None,
            "",
            label_at=LABEL_PLACES.get(code),
        )
        for code in chosen
    )


def _shape(result: Result, row: Row, outlines: Outlines, average: float | None) -> Shape:
    code = row["area_code"]
    name = words.name(result, code)
    reading = _reading(row, average)
    value = words.number(result, row["value"])
    return Shape(
        code=code,
        label=name,
        rings=outlines[code],
        value=row["value"],
        words=f"{name}, {reading}: {value}" if reading else f"{name}: {value}",
        pattern="hatched" if reading == "no clear difference" else "",
        label_at=LABEL_PLACES.get(code),
    )


def _reading(row: Row, average: float | None) -> str:
    if average is None or row["value"] is None:
        return ""
    if row["lower"] > average:
        return "above average"
    return "below average" if row["upper"] < average else "no clear difference"


def _areas_headline(result: Result, valued: Sequence[Row], average: float | None) -> str:
    measure = words.measure(result)
    if not valued:
        return f"{measure} is not available for {words.place_and_period(result)}"
    above = sorted(
        (row for row in valued if _reading(row, average) == "above average"),
        key=lambda row: -row["value"],
    )
    names = [words.name(result, row["area_code"]) for row in above]
    if average is None:
        top = max(valued, key=lambda row: row["value"])
        value = words.quantity(result, top["value"])
        return f"{words.name(result, top['area_code'])} has the most: {value}"
    if not names:
        return f"{measure}: no district is clearly above average"
    return f"{measure}: {words.joined(names)} clearly above average"


def _areas_alt(result: Result, valued: Sequence[Row], average: float | None) -> str:
    if not valued:
        return "No map: there is no value for this choice."
    ranked = sorted(valued, key=lambda row: -row["value"])
    parts = [
        f"{words.name(result, row['area_code'])} {words.number(result, row['value'])}"
        for row in ranked
    ]
    mean = "" if average is None else f" Average: {words.number(result, average)}."
    return f"Map of districts, {words.unit(result)}. {', '.join(parts)}.{mean}"


def _areas_table(result: Result, rows: Sequence[Row], average: float | None) -> Table:
    form = words.number_format(result)
    value = words.sentence(words.unit(result))
    cells = [
        (
            words.name(result, row["area_code"]),
            words.cell(row),
            row["lower"],
            row["upper"],
            _reading(row, average),
        )
        for row in rows
    ]
    mean = [] if average is None else [("Average", average, None, None, "")]
    columns = ("District", value, "95% limit, lower", "95% limit, upper", "Against the average")
    return Table(columns, (*cells, *mean), ("", form, form, form, ""))


def _hexagon_series(result: Result, column: str, rows: Sequence[Row]) -> tuple[Series, ...]:
    if not rows:
        return ()
    cells = tuple(str(row[column]) for row in rows)
    counts = tuple(row["value"] for row in rows)
    return (Series(name=words.measure(result), x=cells, y=counts),)


def _hexagon_scale(result: Result, rows: Sequence[Row]) -> tuple[Step, ...]:
    values = [row["value"] for row in rows]
    return scales.quantile_steps(values, form=words.number_format(result), noun="")


def _hexagons_table(result: Result, column: str, ranked: Sequence[Row]) -> Table:
    total = math.fsum(row["value"] for row in ranked)
    running = 0.0
    rows = []
    for rank, row in enumerate(ranked, start=1):
        running += row["value"]
        latitude, longitude = h3.cell_to_latlng(row[column])
        share = 100 * running / total
        place = (round(latitude, 4), round(longitude, 4))
        rows.append((rank, row[column], *place, row["value"], share))
    columns = (
        "Rank",
        "Hexagon",
        "Latitude of centre",
        "Longitude of centre",
        words.sentence(result.metric.noun),
        "Running share, %",
    )
    form = words.number_format(result)
    return Table(columns, tuple(rows), ("{:,.0f}", "", "{:.4f}", "{:.4f}", form, "{:,.1f}"))


def _hexagons_headline(result: Result, table: Table) -> str:
    if not table.rows:
        return f"{words.measure(result)}: nothing with a location in this choice"
    half = _rank_of_half(table)
    hexagons_in_all = f"{len(table.rows):,} hexagons with any"
    measure = words.measure(result)
    return f"{measure}: half of what has a location lies in {half:,} of {hexagons_in_all}"


def _rank_of_half(table: Table) -> int:
    return next(int(str(row[0])) for row in table.rows if float(str(row[-1])) >= 50)


def _hexagons_alt(result: Result, table: Table) -> str:
    if not table.rows:
        return "No map: there is nothing with a location in this choice."
    top = table.rows[0]
    most = words.number(result, float(str(top[4])))
    return (
        f"Map of hexagons. The highest holds {most} {result.metric.noun}; the "
        f"{_rank_of_half(table):,} highest of {len(table.rows):,} hold half. "
        "The table lists each with its centre."
    )


def _size(ranked: Sequence[Row], column: str) -> str:
    """Typical area of the hexagons drawn, in square kilometres to one figure."""
    if not ranked:
        return "five" if column == "hexagon_wide" else "0.7"
    size = h3.average_hexagon_area(h3.get_resolution(ranked[0][column]), unit="km^2")
    return words.count(round(size)) if size >= 1 else f"{size:.1f}"
