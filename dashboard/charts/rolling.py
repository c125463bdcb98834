"""Few events, read four quarters together: a dot with its limits for each rolling year."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dashboard.charts import words
from dashboard.charts.chart import Chart, Series, Table
from dashboard.metrics.metric import Result

Row = Mapping[str, Any]
_A_YEAR: Final = 4
"""Rolling years, one a quarter, after which two have no month in common."""


def rolling(results: Sequence[Result], *, code: str) -> Chart:
    """Return a dot for each rolling year of one organisation, the latest first.

    Each result is by ("organisation",) over twelve months; the latest comes first, then those
    that end a quarter earlier each.
    """
    latest = results[0]
    rows = [_row_of(each, code) for each in results]
    names = [f"Year to {words.month(each.period.last_month)}" for each in results]
    held = [place for place, row in enumerate(rows) if row and row["value"] is not None]
    who = words.name(latest, code)
    return Chart(
        key=words.key(latest, f"rolling years {code}"),
        form="dots",
        headline=_headline(latest, rows, who),
        subtitle=f"{who}: {words.lowered(words.subject(latest))}, twelve months to each quarter's "
        "end; lines show 95% limits",
        alt=_alt(latest, names, rows, held),
        table=_table(latest, names, rows),
        series=(_series(latest, names, rows, held),) if held else (),
        x_title=words.sentence(words.unit(latest)),
        horizontal=True,
        notes=(
            "Neighbouring years share three of their quarters: compare years that lie four "
            "rows apart.",
            *_missing_note([name for place, name in enumerate(names) if place not in held]),
            *latest.notes,
        ),
        **words.facts(latest),
    )


def _row_of(result: Result, code: str) -> Row | None:
    rows = result.frame.iter_rows(named=True)
    return next((row for row in rows if row["organisation"] == code), None)


def _headline(latest: Result, rows: Sequence[Row | None], who: str) -> str:
    now = rows[0]
    if now is None or now["value"] is None:
        return f"{who}: {words.lowered(words.measure(latest))}, too few to say"
    said = f"{who}: {words.lowered(words.measure(latest))}, {words.number(latest, now['value'])}%"
    before = rows[_A_YEAR] if len(rows) > _A_YEAR else None
    if before is None or before["value"] is None:
        return f"{said}; nothing to compare with a year earlier"
    then = words.number(latest, before["value"])
    if now["lower"] is None or before["lower"] is None or _overlap(now, before):
        return f"{said}; no clear difference from the year before ({then}%)"
    way = "higher" if now["value"] > before["value"] else "lower"
    return f"{said}, clearly {way} than the year before ({then}%)"


def _overlap(one: Row, other: Row) -> bool:
    return bool(one["lower"] <= other["upper"] and other["lower"] <= one["upper"])


def _alt(
    latest: Result, names: Sequence[str], rows: Sequence[Row | None], held: Sequence[int]
) -> str:
    if not held:
        return "No dots: there is no value for this choice."
    parts = [f"{names[place]} {_said(latest, rows[place])}" for place in held]
    return f"Dots, the latest first. {'; '.join(parts)}."


def _said(latest: Result, row: Row | None) -> str:
    return "" if row is None else f"{words.number(latest, row['value'])}%"


def _series(
    latest: Result, names: Sequence[str], rows: Sequence[Row | None], held: Sequence[int]
) -> Series:
    found = [row for place in held if (row := rows[place])]
    shown = [names[place] for place in held]
    return Series(
        name=words.measure(latest),
        x=tuple(shown),
        y=tuple(row["value"] for row in found),
        lower=tuple(row["lower"] for row in found),
        upper=tuple(row["upper"] for row in found),
        labels=tuple(
            f"{name}: {_said(latest, row)}" for name, row in zip(shown, found, strict=True)
        ),
    )


def _missing_note(names: Sequence[str]) -> tuple[str, ...]:
    if not names:
        return ()
    return (f"No dot, hidden or of too few: {words.joined([*map(words.lowered, names)])}.",)


def _table(latest: Result, names: Sequence[str], rows: Sequence[Row | None]) -> Table:
    form = words.number_format(latest)
    columns = (
        "Twelve months",
        words.sentence(words.unit(latest)),
        "95% limit, lower",
        "95% limit, upper",
        "Count",
        "Out of",
    )
    cells = (
        (name, words.cell(row), *(row[each] for each in _REST)) if row else (name, *_NOTHING)
        for name, row in zip(names, rows, strict=True)
    )
    return Table(columns, tuple(cells), ("", form, form, form, "{:,.0f}", "{:,.0f}"))


_REST: Final = ("lower", "upper", "numerator", "denominator")
_NOTHING: Final = (None,) * 5
