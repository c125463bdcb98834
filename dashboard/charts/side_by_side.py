"""Two figures of each service or place side by side: counted and returned, spend and need."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts import words
from dashboard.charts.chart import Cell, Chart, Series, Table, Tone
from dashboard.metrics.metric import Result


@dataclass(frozen=True)
class Pair:
    """Two figures of one name; a marker stands where one is missing."""

    name: str
    first: float | None
    second: float | None
    first_marker: str = ""
    second_marker: str = ""

    @property
    def gap(self) -> float | None:
        """The second less the first; None where one is missing."""
        if self.first is None or self.second is None:
            return None
        return self.second - self.first


def side_by_side(
    result: Result,
    pairs: Sequence[Pair],
    *,
    names: tuple[str, str],
    headline: str,
    subtitle: str,
    unit: str,
    form: str = "{:,.0f}",
) -> Chart:
    """Return two dots a row, the largest first figure first. `result` gives source and period."""
    drawn = [pair for pair in pairs if pair.first is not None or pair.second is not None]
    drawn.sort(key=lambda pair: -max(pair.first or 0, pair.second or 0))
    return Chart(
        key=words.key(result, f"{names[0]} and {names[1]}"),
        form="dots",
        headline=headline,
        subtitle=subtitle,
        alt=_alt(drawn, names, form),
        table=_table(pairs, names, form),
        series=_series(drawn, names, form) if drawn else (),
        x_title=unit,
        horizontal=True,
        notes=result.notes,
        **words.facts(result),
    )


def _said(value: float | None, marker: str, form: str) -> str:
    return (marker or "–") if value is None else form.format(value)


def _alt(drawn: Sequence[Pair], names: tuple[str, str], form: str) -> str:
    if not drawn:
        return "No dots: there is no value for this choice."
    parts = (
        f"{each.name} {_said(each.first, each.first_marker, form)} and "
        f"{_said(each.second, each.second_marker, form)}"
        for each in drawn
    )
    return f"Two dots a row, {names[0].lower()} and {names[1].lower()}. {'; '.join(parts)}."


def _series(drawn: Sequence[Pair], names: tuple[str, str], form: str) -> tuple[Series, ...]:
    sides: tuple[tuple[str, Tone, list[tuple[float | None, str]]], ...] = (
        (names[0], "main", [(each.first, each.first_marker) for each in drawn]),
        (names[1], "second", [(each.second, each.second_marker) for each in drawn]),
    )
    rows = tuple(each.name for each in drawn)
    return tuple(
        Series(
            name=name,
            x=rows,
            y=tuple(value for value, _ in figures),
            tone=tone,
            labels=tuple(
                f"{row}, {name.lower()}: {_said(value, marker, form)}"
                for row, (value, marker) in zip(rows, figures, strict=True)
            ),
        )
        for name, tone, figures in sides
    )


def _table(pairs: Sequence[Pair], names: tuple[str, str], form: str) -> Table:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            each.name,
            each.first_marker if each.first is None else each.first,
            each.second_marker if each.second is None else each.second,
            each.gap,
        )
        for each in pairs
    )
    signed = form.replace("{:", "{:+")
    return Table(("Name", names[0], names[1], "Gap"), rows, ("", form, form, signed))
