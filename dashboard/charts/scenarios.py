"""Before and after a scenario: two dots a place, what each place gains, scenarios side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.charts import words
from dashboard.charts.chart import Cell, Chart, Series, Step, Table

_CAVEAT: Final = (
    "Modelled, not measured: every place is assumed to be used, one person a place, and people to "
    "go where need and travel lead them. Straight lines stand in for roads."
)
_NAMES: Final = ("Today", "Changed")
_STEPS: Final = (
    Step(-1e12, "fewer than today"),
    Step(-0.5, "as today"),
    Step(0.5, "up to 49 people more"),
    Step(50, "50 or more"),
)


@dataclass(frozen=True, kw_only=True)
class About:
    """What every chart of a scenario says of itself.

    key: file name without the measure. what: whom it is about, for the subtitle.
    """

    key: str
    what: str
    version: str
    is_invented: bool
    as_of: str


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A figure of one place before and after; a marker stands where there is none.

    `low` and `high`: the range after.
    """

    name: str
    before: float | None
    after: float | None
    low: float | None = None
    high: float | None = None
    marker: str = ""


def before_and_after(
    about: About,
    pairs: Sequence[Pair],
    *,
    measure: str,
    unit: str,
    headline: str,
    definition: str,
    form: str = "{:,.0f}",
    notes: tuple[str, ...] = (),
) -> Chart:
    """Return two dots a row, today and with the changes, in the order given.

    Where the pairs have a range, a line shows that of the figure after.
    """
    drawn = [pair for pair in pairs if pair.before is not None or pair.after is not None]
    has_range = any(pair.low is not None for pair in drawn)
    said = "; lines from low to high, with the changes" if has_range else ""
    return Chart(
        key=words.slug(f"{measure} {about.key}"),
        form="dots",
        headline=headline,
        subtitle=f"{measure}, {unit}, {about.what}; modelled{said}",
        alt=_alt(drawn, unit, form),
        table=_table(pairs, form, has_range=has_range),
        series=_series(drawn, form) if drawn else (),
        x_title=words.sentence(unit),
        horizontal=True,
        notes=notes,
        **_facts(about, definition),
    )


def gains(
    about: About, rows: Sequence[tuple[str, float]], *, headline: str, notes: tuple[str, ...] = ()
) -> Chart:
    """Return a bar a place: how many people a year more, or fewer, it has places for."""
    said = [f"{name} {_signed(value)}" for name, value in rows]
    return Chart(
        key=words.slug(f"where the places go {about.key}"),
        form="bar",
        headline=headline,
        subtitle=f"People a year more, or fewer, whom services can help, {about.what}; modelled",
        alt=f"Bars, people a year more or fewer. {'; '.join(said)}.",
        table=Table(
            ("Place", "People a year, more or fewer"),
            tuple((name, round(value)) for name, value in rows),
            ("", "{:+,.0f}"),
        ),
        series=(
            Series(
                name="People a year",
                x=tuple(name for name, _ in rows),
                y=tuple(float(round(value)) for _, value in rows),
                labels=tuple(f"{name}: {_signed(value)}" for name, value in rows),
            ),
        ),
        x_title="People a year",
        horizontal=True,
        notes=notes,
        **_facts(about, "Capacity after the changes less capacity today, shared out by need."),
    )


def compared(
    about: About,
    names: Sequence[str],
    rows: Sequence[tuple[str, Sequence[float]]],
    *,
    headline: str,
) -> Chart:
    """Return scenarios (columns) by district (rows): people a year more whom services can help."""
    parts = [
        f"{name}: {', '.join(f'{row} {_signed(values[place])}' for row, values in rows)}"
        for place, name in enumerate(names)
    ]
    cells: tuple[tuple[Cell, ...], ...] = tuple(
        (row, *(round(each) for each in values)) for row, values in rows
    )
    return Chart(
        key=words.slug(f"scenarios side by side {about.key}"),
        form="matrix",
        headline=headline,
        subtitle=f"People a year more, or fewer, whom services can help, {about.what}; modelled",
        alt=f"Table of districts by scenario, people a year. {'. '.join(parts)}.",
        table=Table(("District", *names), cells, ("", *["{:+,.0f}"] * len(names))),
        series=tuple(
            Series(
                name=row,
                x=tuple(names),
                y=tuple(float(each) for each in values),
                labels=tuple(_signed(each) for each in values),
            )
            for row, values in rows
        ),
        scale=_STEPS,
        **_facts(about, "Capacity after the changes less capacity today, shared out by need."),
    )


def _facts(about: About, definition: str) -> words.Facts:
    form = "invented sample in the form of the directory of services" if about.is_invented else ""
    source = form or "directory of services; estimates; people supported, protected"
    return words.Facts(
        source=f"a model over {source}",
        caveat=_CAVEAT,
        version=about.version,
        is_invented=about.is_invented,
        period=f"one year, from services as of {about.as_of}",
        definition=definition,
    )


def _signed(value: float) -> str:
    """Return '+62', '−40' or '0'."""
    whole = round(value)
    return f"{'+' if whole > 0 else '−' if whole < 0 else ''}{abs(whole):,}"


def _alt(drawn: Sequence[Pair], unit: str, form: str) -> str:
    if not drawn:
        return "No dots: there is no figure to draw."
    parts = (
        f"{pair.name} {_shown(pair.before, pair, form)} and {_shown(pair.after, pair, form)}"
        f"{_between(pair, form)}"
        for pair in drawn
    )
    return f"Two dots a row, today and with the changes, {unit}. {'; '.join(parts)}."


def _between(pair: Pair, form: str) -> str:
    if pair.low is None or pair.high is None:
        return ""
    return f" ({form.format(pair.low)} to {form.format(pair.high)})"


def _shown(value: float | None, pair: Pair, form: str) -> str:
    return (pair.marker or "–") if value is None else form.format(value)


def _series(drawn: Sequence[Pair], form: str) -> tuple[Series, ...]:
    rows = tuple(pair.name for pair in drawn)
    before = Series(
        name=_NAMES[0],
        x=rows,
        y=tuple(pair.before for pair in drawn),
        labels=tuple(f"{pair.name}, today: {_shown(pair.before, pair, form)}" for pair in drawn),
    )
    after = Series(
        name=_NAMES[1],
        x=rows,
        y=tuple(pair.after for pair in drawn),
        tone="second",
        lower=tuple(pair.low for pair in drawn),
        upper=tuple(pair.high for pair in drawn),
        labels=tuple(f"{pair.name}, changed: {_shown(pair.after, pair, form)}" for pair in drawn),
    )
    return before, after


def _table(pairs: Sequence[Pair], form: str, *, has_range: bool) -> Table:
    signed = form.replace("{:", "{:+")
    heads = ("Place", *_NAMES, "Change", *(("Low", "High") if has_range else ()))
    rows: list[tuple[Cell, ...]] = []
    for pair in pairs:
        known = pair.before is not None and pair.after is not None
        change = (pair.after or 0) - (pair.before or 0) if known else None
        ends = (pair.low, pair.high) if has_range else ()
        before, after = (
            pair.marker or "[z]" if each is None else each for each in (pair.before, pair.after)
        )
        rows.append((pair.name, before, after, change, *ends))
    return Table(heads, tuple(rows), ("", form, form, signed, *([form] * 2 if has_range else ())))
