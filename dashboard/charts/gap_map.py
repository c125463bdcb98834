"""Districts by need, provision, access or unmet need: shaded, hatched where a range holds zero."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

from dashboard.charts import scales, words
from dashboard.charts.chart import Cell, Chart, Shape, Table
from dashboard.charts.maps import OUTSIDE_PLACES
from dashboard.charts.provision_map import HELP_COLUMNS, Beside, help_cells
from dashboard.metrics.areas import Outlines
from dashboard.metrics.metric import Result
from schemas.codes import NOT_AVAILABLE

Row = Mapping[str, Any]
Verdict = Literal["gap", "unclear", "none", ""]

_VERDICTS: Final[Mapping[Verdict, str]] = {
    "gap": "clear gap",
    "unclear": "not clear: the range includes zero",
    "none": "no gap: the whole range is below zero",
    "": "no figure",
}
_PATTERNS: Final[Mapping[Verdict, Literal["", "hatched", "dotted"]]] = {
    "gap": "",
    "unclear": "hatched",
    "none": "dotted",
    "": "",
}
_DOTTED: Final = "Dotted: the whole range is below zero, more people supported than estimated."
_GREY: Final = "Grey: no figure, which is not zero."


def gap_map(result: Result, outlines: Outlines, beside: Beside) -> Chart:
    """Return districts shaded by a figure. Of unmet need the pattern says what its range allows."""
    rows = [row for row in result.frame.iter_rows(named=True) if row["area_code"] in outlines]
    form = words.number_format(result)
    valued = [words.rounded(result, row["value"]) for row in rows if row["value"] is not None]
    return Chart(
        key=words.slug(f"{result.metric.label} by district {words.place(result)}"),
        form="area_map",
        headline=finding(result),
        subtitle=f"{words.subject(result)}, by district, {words.place(result)}{_reading(result)}",
        alt=f"Map of districts. {_said(result, rows)}",
        table=_table(result, rows, beside),
        series=beside.layers if rows else (),
        shapes=tuple(_shape(result, row, outlines) for row in rows),
        scale=scales.quantile_steps(valued, form=form, noun="", decimals=result.metric.decimals),
        hatched="the range includes zero",
        notes=(*_patterns(result, rows), *beside.notes, *result.notes, outlines.credit),
        **_facts(result),
    )


def finding(result: Result) -> str:
    """Return what a figure by district says: where a gap is clear, or where the most is."""
    every = list(result.frame.iter_rows(named=True))
    rows = [row for row in every if row["value"] is not None]
    label = result.metric.label
    if _has_range_of_gap(result) and any(map(verdict, every)):
        return f"{label}: {'; '.join(_gaps(result, every))}"
    if not rows:
        is_unknown = all(row["marker"] == NOT_AVAILABLE for row in every)
        why = "not known, for want of an estimate" if is_unknown else "no figure"
        return f"{label}: {why}, {words.place(result)}"
    top, least = (pick(rows, key=lambda row: row["value"]) for pick in (max, min))
    most = f"the most in {_named(result, top)}"
    return f"{label}: {most}, the least in {_named(result, least)}"


def verdict(row: Row) -> Verdict:
    """Return what the range of an unmet need allows to say; a hidden count still has a range."""
    if row["lower"] is None or row["upper"] is None:
        return ""
    if row["lower"] > 0:
        return "gap"
    return "none" if row["upper"] < 0 else "unclear"


def _has_range_of_gap(result: Result) -> bool:
    return result.metric.id == "GM03"


def _gaps(result: Result, rows: Sequence[Row]) -> list[str]:
    by: dict[Verdict, list[Row]] = {}
    for row in sorted(rows, key=lambda row: -(row["value"] or 0.0)):
        by.setdefault(verdict(row), []).append(row)
    clear, unclear, none = (by.get(each, []) for each in ("gap", "unclear", "none"))
    said = [f"clear in {_places(result, clear)}" if clear else "clear in no district"]
    said += [f"the range includes zero in {_places(result, unclear)}"] if unclear else []
    return said + ([f"no gap in {_places(result, none)}"] if none else [])


def _places(result: Result, rows: Sequence[Row]) -> str:
    """Return the districts by name, or how many; the first has the most."""
    names = [words.name(result, row["area_code"]) for row in rows]
    if len(names) <= 3:
        return words.joined(names)
    every = "all " if len(names) == result.frame.height else ""
    return f"{every}{words.count(len(names))} districts, the most in {_named(result, rows[0])}"


def _named(result: Result, row: Row) -> str:
    return f"{words.name(result, row['area_code'])}, {_figure(result, row)}"


def _figure(result: Result, row: Row) -> str:
    """Return the figure, or its marker, with the range where it has one: '620 (380 to 910)'."""
    value = row["marker"] if row["value"] is None else words.number(result, row["value"])
    if row["lower"] is None or row["upper"] is None:
        return str(value)
    low, high = (words.number(result, row[each]) for each in ("lower", "upper"))
    return f"{value} ({low} to {high})"


def _reading(result: Result) -> str:
    if not _has_range_of_gap(result):
        return "; darker: more"
    return "; a gap is clear where even the low end is above zero"


def _patterns(result: Result, rows: Sequence[Row]) -> tuple[str, ...]:
    found = {verdict(row) for row in rows} if _has_range_of_gap(result) else set()
    absent = any(row["value"] is None for row in rows)
    return (*((_DOTTED,) if "none" in found else ()), *((_GREY,) if absent else ()))


def _said(result: Result, rows: Sequence[Row]) -> str:
    ranked = sorted(rows, key=lambda row: -(row["value"] or 0.0))
    return f"{words.sentence(words.unit(result))}: " + "; ".join(
        f"{_named(result, row)}{_ends(result, row)}" for row in ranked
    )


def _ends(result: Result, row: Row) -> str:
    return f", {_VERDICTS[verdict(row)]}" if _has_range_of_gap(result) else ""


def _shape(result: Result, row: Row, outlines: Outlines) -> Shape:
    code, is_gap = row["area_code"], _has_range_of_gap(result)
    name = words.name(result, code)
    value = None if row["value"] is None else words.rounded(result, row["value"])
    return Shape(
        code=code,
        label=name,
        rings=outlines[code],
        value=value,
        words=f"{name}{_ends(result, row)}: {_figure(result, row)}",
        pattern=_PATTERNS[verdict(row)] if is_gap else "",
        label_at=OUTSIDE_PLACES.get(code),
    )


def _table(result: Result, rows: Sequence[Row], beside: Beside) -> Table:
    form = words.number_format(result)
    columns = ("District", "Low", words.sentence(words.unit(result)), "High")
    verdicts = ("What the range allows",) if _has_range_of_gap(result) else ()
    cells = tuple(
        (
            words.name(result, row["area_code"]),
            *(_cell(result, row, each) for each in ("lower", "value", "upper")),
            *((_VERDICTS[verdict(row)],) if verdicts else ()),
            *help_cells(row["area_code"], beside),
        )
        for row in rows
    )
    shapes = ("", form, form, form, *("" for _ in (*verdicts, *HELP_COLUMNS)))
    return Table((*columns, *verdicts, *HELP_COLUMNS), cells, shapes)


def _cell(result: Result, row: Row, name: str) -> Cell:
    if name == "value" and row["value"] is None:
        return str(row["marker"])
    return None if row[name] is None else words.rounded(result, row[name])


def _facts(result: Result) -> words.Facts:
    facts = words.facts(result)
    if result.metric.way == "estimate":
        facts["period"] = "one year, at the rates of the assumptions"
    return facts
