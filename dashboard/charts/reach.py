"""How far help is: residents of each kind of place by the time to the nearest."""

from collections.abc import Mapping
from typing import Any, Final

from dashboard.charts import words
from dashboard.charts.chart import Chart, Series, Table, Tone
from dashboard.metrics.metric import Result
from dashboard.metrics.rural_reach import BANDS

Row = Mapping[str, Any]
Bars = dict[str, dict[str, Row]]

_TONES: Final[tuple[Tone, ...]] = ("main", "second", "third", "context")


def travel_bands(result: Result) -> Chart:
    """Return stacked shares of residents by time to help, one bar a kind of place.

    The result is by a kind of place and travel_band.
    """
    column, _ = result.by
    bars = _bars(result, column)
    return Chart(
        key=words.key(result, "by time to help"),
        form="stacked_bar",
        headline=_headline(result, bars),
        subtitle=f"{words.subject(result)}, {words.place(result)}, by the directory of "
        f"{words.month(result.period.last_month)}",
        alt=_alt(result, bars),
        table=_table(column, bars),
        series=tuple(_series(bars, band, tone) for band, tone in zip(BANDS, _TONES, strict=True))
        if bars
        else (),
        horizontal=True,
        notes=result.notes,
        **words.facts(result),
    )


def _bars(result: Result, column: str) -> Bars:
    """For each kind of place with a value its rows by band, rural first."""
    bars: Bars = {}
    for row in result.frame.sort(column).iter_rows(named=True):
        if row["value"] is not None:
            bars.setdefault(str(row[column]), {})[row["travel_band"]] = row
    return bars


def _headline(result: Result, bars: Bars) -> str:
    if not bars:
        return f"{words.measure(result)}: no place of help is loaded"
    far = {name: _beyond(rows) for name, rows in bars.items()}
    furthest = max(far, key=lambda name: far[name])
    if not far[furthest]:
        return f"All live within 30 minutes of help: 100{words.unit(result)}"
    share = f"{far[furthest]:.0f}{words.unit(result)}"
    return f"Furthest from help: {furthest}, over 30 minutes away are {share}"


def _beyond(rows: Mapping[str, Row]) -> float:
    return float(sum(rows[band]["value"] for band, (low, _) in BANDS.items() if low >= 30))


def _alt(result: Result, bars: Bars) -> str:
    if not bars:
        return "No bars: there is no value for this choice."
    parts = [f"{name} {_beyond(rows):.0f}" for name, rows in bars.items()]
    unit = words.unit(result)
    return f"Stacked bars by time, {unit}. Over 30 minutes away: {'; '.join(parts)}."


def _series(bars: Bars, band: str, tone: Tone) -> Series:
    shares = tuple(rows[band]["value"] for rows in bars.values())
    return Series(
        name=band,
        x=tuple(bars),
        y=shares,
        tone=tone,
        labels=tuple(
            f"{name}, {words.lowered(band)}: {share:.0f}%"
            for name, share in zip(bars, shares, strict=True)
        ),
    )


def _table(column: str, bars: Bars) -> Table:
    columns = (
        words.sentence(words.dimension(column)),
        *(f"{band}, %" for band in BANDS),
        "Over 30 minutes, %",
        "Residents",
    )
    rows = tuple(
        (
            name,
            *(rows[band]["value"] for band in BANDS),
            _beyond(rows),
            next(iter(rows.values()))["denominator"],
        )
        for name, rows in bars.items()
    )
    return Table(columns, rows, ("", *["{:,.0f}"] * (len(BANDS) + 1), "{:,.0f}"))
