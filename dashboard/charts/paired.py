"""Rural beside urban: two dots a crime type or place, joined by a line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from dashboard.charts import words
from dashboard.charts.chart import Chart, Series, Table, Tone
from dashboard.charts.ratios import is_crime, not_crime_note, type_name
from dashboard.metrics.metric import Result

Row = Mapping[str, Any]

_KINDS: Final[tuple[tuple[str, Tone], ...]] = (("Rural", "main"), ("Urban", "second"))


@dataclass(frozen=True)
class _Pair:
    """The rural and the urban figure of one place or type; None where there is no row."""

    code: object
    name: str
    rural: Row | None
    urban: Row | None

    @property
    def sides(self) -> tuple[Row | None, Row | None]:
        """Rural, then urban."""
        return self.rural, self.urban

    @property
    def values(self) -> tuple[float | None, float | None]:
        """The two values, None where there is none."""
        rural, urban = (None if side is None else side["value"] for side in self.sides)
        return rural, urban

    @property
    def gap(self) -> float:
        """How far the two lie apart; 0 where one is missing."""
        rural, urban = self.values
        return 0.0 if rural is None or urban is None else abs(rural - urban)


def paired(result: Result) -> Chart:
    """Return a rural and an urban dot for each row, the largest gap first.

    The result is by a dimension and rural_class.
    """
    column, _ = result.by
    pairs = _pairs(result, column)
    drawn = sorted(
        (pair for pair in pairs if pair.values != (None, None)),
        key=lambda pair: (not is_crime(pair.code), -pair.gap),
    )
    return Chart(
        key=words.key(result, f"rural and urban by {words.dimension(column)}"),
        form="dots",
        headline=_headline(result, drawn),
        subtitle=f"{words.subject(result)}, by {words.dimension(column)}, "
        f"{words.place_and_period(result)}; lines show 95% limits",
        alt=_alt(result, drawn),
        table=_table(result, column, pairs),
        series=_series(result, drawn) if drawn else (),
        x_title=words.sentence(words.unit(result)),
        horizontal=True,
        notes=(*not_crime_note(column), *result.notes),
        **words.facts(result),
    )


def _pairs(result: Result, column: str) -> list[_Pair]:
    found: dict[object, dict[str, Row]] = {}
    for row in result.frame.iter_rows(named=True):
        found.setdefault(row[column], {})[row["rural_class"]] = row
    return [
        _Pair(code, type_name(result, code), sides.get("Rural"), sides.get("Urban"))
        for code, sides in found.items()
    ]


def _headline(result: Result, drawn: Sequence[_Pair]) -> str:
    if not drawn:
        return f"{words.measure(result)} is not available for {words.place_and_period(result)}"
    top = drawn[0]
    if not top.gap:
        return f"{words.measure(result)}: no place has both a rural and an urban figure"
    rural, urban = (words.number(result, value) for value in top.values)
    return f"Widest gap: {top.name}, rural {rural}, urban {urban} {words.unit(result)}"


def _alt(result: Result, drawn: Sequence[_Pair]) -> str:
    if not drawn:
        return "No dots: there is no value for this choice."
    parts = [f"{pair.name} {_said(result, pair)}" for pair in drawn]
    return f"Two dots a row, rural and urban, {words.unit(result)}. {'; '.join(parts)}."


def _said(result: Result, pair: _Pair) -> str:
    rural, urban = (
        "no figure" if value is None else words.number(result, value) for value in pair.values
    )
    return f"rural {rural}, urban {urban}"


def _series(result: Result, drawn: Sequence[_Pair]) -> tuple[Series, ...]:
    return tuple(
        _one(result, drawn, place, name, tone) for place, (name, tone) in enumerate(_KINDS)
    )


def _one(result: Result, drawn: Sequence[_Pair], place: int, name: str, tone: Tone) -> Series:
    sides = [pair.sides[place] for pair in drawn]

    def held(what: str) -> tuple[float | None, ...]:
        return tuple(None if side is None else side[what] for side in sides)

    return Series(
        name=name,
        x=tuple(pair.name for pair in drawn),
        y=held("value"),
        lower=held("lower"),
        upper=held("upper"),
        tone=tone,
        labels=tuple(
            f"{pair.name}, {name.lower()}: {_mark(result, side)}"
            for pair, side in zip(drawn, sides, strict=True)
        ),
    )


def _mark(result: Result, side: Row | None) -> str:
    if side is None:
        return "–"
    return str(side["marker"]) if side["value"] is None else words.number(result, side["value"])


def _table(result: Result, column: str, pairs: Sequence[_Pair]) -> Table:
    form = words.number_format(result)
    heads = ("", ", 95% limit, lower", ", 95% limit, upper", ", count", ", out of")
    columns = tuple(f"{name}{head}" for name, _ in _KINDS for head in heads)
    rows = tuple(
        (pair.name, *(cell for side in pair.sides for cell in _cells(side))) for pair in pairs
    )
    formats = (form, form, form, "{:,.0f}", "{:,.0f}") * 2
    return Table((words.sentence(words.dimension(column)), *columns), rows, ("", *formats))


def _cells(side: Row | None) -> tuple[Any, ...]:
    if side is None:
        return ("[z]", None, None, None, None)
    return (
        words.cell(side),
        *(side[each] for each in ("lower", "upper", "numerator", "denominator")),
    )
