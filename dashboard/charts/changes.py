"""Largest changes between two periods, by place and type."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dashboard.charts import words
from dashboard.charts.bars import Row
from dashboard.charts.chart import Chart, Series, Table, Tone
from dashboard.metrics.metric import Result
from dashboard.metrics.period import in_words
from schemas.codes import SPECIAL_AREA_NAMES

MOST_CHANGES: Final = 12
SMALL_BASE: Final = 50
"""Below this count a percentage says more than the figures can bear, and is left out."""


@dataclass(frozen=True)
class Change:
    """One place and type in two periods. `is_clear` when the two 95% limits do not meet."""

    name: str
    now: float
    before: float
    is_clear: bool

    @property
    def size(self) -> float:
        """The later value minus the earlier one."""
        return self.now - self.before

    @property
    def percent(self) -> float | None:
        """Change in percent of the earlier value; None on a small base."""
        return 100 * self.size / self.before if self.before >= SMALL_BASE else None


def largest_changes(now: Result, before: Result) -> Chart:
    """Return the largest rises and falls between two periods, ranked by size.

    Changes within chance are grey and hatched, and said to be no clear change.
    """
    changes = _changes(now, before)
    shown = changes[:MOST_CHANGES]
    against = in_words(before.period)
    return Chart(
        key=words.key(now, "largest changes"),
        form="bar",
        headline=_headline(now, changes, against),
        subtitle=f"Change in {words.lowered(words.subject(now))}, {words.place_and_period(now)} "
        f"against {against}; hatched: no clear change",
        alt=_alt(now, shown),
        table=_table(now, before, changes),
        series=(_series(now, shown),) if shown else (),
        x_title=f"Change, {words.unit(now)}",
        horizontal=True,
        notes=(*_notes(len(changes), against), *now.notes),
        **words.facts(now),
    )


def _changes(now: Result, before: Result) -> list[Change]:
    earlier = {_code(before, row): row for row in before.frame.iter_rows(named=True)}
    pairs = [(row, earlier.get(_code(now, row))) for row in now.frame.iter_rows(named=True)]
    changes = [
        Change(_name(now, row), row["value"], old["value"], is_clear=_is_clear(row, old))
        for row, old in pairs
        if old is not None and _has_value(row) and _has_value(old) and not _is_special(now, row)
    ]
    return sorted(changes, key=lambda change: (-abs(change.size), change.name))


def _code(result: Result, row: Row) -> tuple[str, ...]:
    return tuple(str(row[column]) for column in result.by)


def _has_value(row: Row) -> bool:
    return row["value"] is not None


def _is_special(result: Result, row: Row) -> bool:
    return any(code in SPECIAL_AREA_NAMES for code in _code(result, row))


def _is_clear(now: Mapping[str, float], before: Mapping[str, float]) -> bool:
    return bool(now["lower"] > before["upper"] or now["upper"] < before["lower"])


def _name(result: Result, row: Row) -> str:
    first, *others = (words.name(result, code) for code in _code(result, row))
    return ", ".join([first, *(words.lowered(other) for other in others)])


def _headline(now: Result, changes: list[Change], against: str) -> str:
    if not changes:
        return f"Change cannot be shown: no figures to compare with for {against}"
    clear = [change for change in changes if change.is_clear]
    if not clear:
        return "No clear change in any place and type"
    top = clear[0]
    way = "rise" if top.size > 0 else "fall"
    form = words.number_format(now)
    return (
        f"Largest clear {way}: {top.name}, from {form.format(top.before)} to {form.format(top.now)}"
    )


def _alt(now: Result, shown: list[Change]) -> str:
    if not shown:
        return "No bars: there is nothing to compare with."
    parts = [f"{change.name}, {_signed(now).format(change.size)}" for change in shown[:3]]
    return f"Bars of change. Largest: {'; '.join(parts)}."


def _series(now: Result, shown: list[Change]) -> Series:
    better = now.metric.better
    return Series(
        name="Change",
        x=tuple(change.name for change in shown),
        y=tuple(change.size for change in shown),
        labels=tuple(f"{change.name}: {_words(now, change)}" for change in shown),
        tones=tuple(_tone(change, better) for change in shown),
    )


def _words(now: Result, change: Change) -> str:
    percent = "" if change.percent is None else f" ({change.percent:+.0f}%)"
    return _signed(now).format(change.size) + percent


def _tone(change: Change, better: str) -> Tone:
    if not change.is_clear:
        return "context"
    if better == "context":
        return "main"
    return "improving" if (change.size < 0) == (better == "lower") else "concern"


def _signed(result: Result) -> str:
    return f"{{:+,.{result.metric.decimals}f}}"


def _table(now: Result, before: Result, changes: list[Change]) -> Table:
    form = words.number_format(now)
    columns = (
        words.sentence(" and ".join(words.dimension(column) for column in now.by)),
        in_words(before.period),
        in_words(now.period),
        "Change",
        "Change, %",
        "Reading",
    )
    rows = tuple(
        (
            change.name,
            change.before,
            change.now,
            change.size,
            "[z]" if change.percent is None else change.percent,
            "clear change" if change.is_clear else "no clear change",
        )
        for change in changes
    )
    return Table(columns, rows, ("", form, form, _signed(now), "{:+,.0f}", ""))


def _notes(how_many: int, against: str) -> tuple[str, ...]:
    if not how_many:
        return (f"There are no figures to compare with for {against}.",)
    cut = f"The {MOST_CHANGES} largest of {how_many:,} are drawn; the table has all. "
    chance = "Where many pairs are compared, some stand out by chance."
    small = f" Percentages are left out below {SMALL_BASE}."
    return ((cut if how_many > MOST_CHANGES else "") + chance + small,)
