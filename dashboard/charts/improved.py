"""Shares that improved, grey where too few scores are paired to be believed."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dashboard.charts import words
from dashboard.charts.chart import Chart, Series, Table
from dashboard.metrics.metric import Result

Row = Mapping[str, Any]

SAFE_PAIRING: Final = 50
"""Share of cases with both scores below which a share that improved is unsafe."""


def improved(result: Result, pairing: Result) -> Chart:
    """Return one bar a service with 95% limits, the share of pairs first in its name.

    Both results are by ("service_id",). Bars are grey and hatched where fewer than half of the
    cases closed have both scores, or where that is hidden.
    """
    paired = {row["service_id"]: row for row in pairing.frame.iter_rows(named=True)}
    rows = sorted(
        result.frame.iter_rows(named=True),
        key=lambda row: (not _is_safe(paired.get(row["service_id"])), -(row["value"] or 0)),
    )
    drawn = [row for row in rows if row["value"] is not None]
    return Chart(
        key=words.key(result, "by service with pairing"),
        form="bar",
        headline=_headline(drawn, paired),
        subtitle=f"{words.subject(result)}, by service, {words.place_and_period(result)}; in the "
        "name the share of cases with both scores; hatched: under half, unsafe",
        alt=_alt(result, drawn, paired),
        table=_table(result, rows, paired),
        series=(_series(result, drawn, paired),) if drawn else (),
        x_title=words.sentence(words.unit(result)),
        horizontal=True,
        notes=result.notes,
        **words.facts(result),
    )


def _is_safe(row: Row | None) -> bool:
    return bool(row and row["value"] is not None and row["value"] >= SAFE_PAIRING)


def _pairing(row: Row | None) -> str:
    if row is None:
        return "pairs not known"
    return f"{row['value']:.0f}% paired" if row["value"] is not None else f"{row['marker']} paired"


def _named(result: Result, row: Row, paired: Mapping[str, Row]) -> str:
    return f"{words.name(result, row['service_id'])}, {_pairing(paired.get(row['service_id']))}"


def _headline(drawn: Sequence[Row], paired: Mapping[str, Row]) -> str:
    safe = [row for row in drawn if _is_safe(paired.get(row["service_id"]))]
    if not drawn:
        return "No share that improved can be shown"
    if not safe:
        return "No service pairs half of its scores: what they say of change is unsafe"
    low, high = (bound(row["value"] for row in safe) for bound in (min, max))
    count = words.sentence(words.count(len(safe)))
    said = f"{low:.0f}%" if low == high else f"{low:.0f}% to {high:.0f}%"
    return f"{count} of {len(drawn)} services shown pair half of their scores: {said} improved"


def _alt(result: Result, drawn: Sequence[Row], paired: Mapping[str, Row]) -> str:
    if not drawn:
        return "No bars: there is no value for this choice."
    parts = (f"{_named(result, row, paired)}, {row['value']:.0f}% improved" for row in drawn)
    return f"Bars, safe ones first. {'; '.join(parts)}."


def _series(result: Result, drawn: Sequence[Row], paired: Mapping[str, Row]) -> Series:
    names = tuple(_named(result, row, paired) for row in drawn)
    return Series(
        name=words.measure(result),
        x=names,
        y=tuple(row["value"] for row in drawn),
        lower=tuple(row["lower"] for row in drawn),
        upper=tuple(row["upper"] for row in drawn),
        labels=tuple(
            f"{name}: {row['value']:.0f}%" for name, row in zip(names, drawn, strict=True)
        ),
        tones=tuple(
            "main" if _is_safe(paired.get(row["service_id"])) else "context" for row in drawn
        ),
    )


def _table(result: Result, rows: Sequence[Row], paired: Mapping[str, Row]) -> Table:
    cells = tuple(
        (
            words.name(result, row["service_id"]),
            words.cell(other) if (other := paired.get(row["service_id"])) else None,
            words.cell(row),
            row["lower"],
            row["upper"],
            row["denominator"],
            "safe to read" if _is_safe(other) else "unsafe",
        )
        for row in rows
    )
    columns = (
        *("Service", "Scores paired, %", "Better at exit, %"),
        *("95% limit, lower", "95% limit, upper", "Pairs", "Reading"),
    )
    share = "{:.0f}"
    return Table(columns, cells, ("", share, share, share, share, "{:,.0f}", ""))
