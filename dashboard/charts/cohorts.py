"""Cohorts side by side: the share of each quarter's referrals that came so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.charts import words
from dashboard.charts.chart import Chart, Series, Table
from dashboard.metrics.metric import Result
from schemas.codes import NOT_AVAILABLE

Row = Mapping[str, Any]


@dataclass(frozen=True)
class _Cohort:
    """One quarter: its share, so far where it is unfinished, or the marker in its place."""

    name: str
    share: float | None
    marker: str
    is_unfinished: bool

    @property
    def said(self) -> str:
        """The share in words."""
        if self.share is None:
            return self.marker
        return f"{self.share:.0f}%{' so far' if self.is_unfinished else ''}"


def cohorts(result: Result) -> Chart:
    """Return one bar a quarter, the oldest first; those too young are hatched and say so.

    The result is by ("quarter",), of a metric that needs months to settle.
    """
    found = [_cohort(result, row) for row in result.frame.iter_rows(named=True)]
    drawn = [each for each in found if each.share is not None]
    return Chart(
        key=words.key(result, "by cohort"),
        form="bar",
        headline=_headline(result, found),
        subtitle=f"{words.subject(result)}, by quarter of the referral, "
        f"{words.place_and_period(result)}; hatched: unfinished",
        alt=_alt(drawn),
        table=_table(result, found),
        series=(_series(drawn),) if drawn else (),
        x_title=words.sentence(words.unit(result)),
        horizontal=True,
        notes=result.notes,
        **words.facts(result),
    )


def _cohort(result: Result, row: Row) -> _Cohort:
    part, whole = row["numerator"], row["denominator"]
    is_unfinished = row["marker"] == NOT_AVAILABLE
    share = row["value"]
    if is_unfinished and whole and part is not None:
        share = round(result.metric.per * part / whole)
    name = words.quarter(row["quarter"])
    return _Cohort(
        f"{name}, unfinished" if is_unfinished else name, share, row["marker"], is_unfinished
    )


def _headline(result: Result, found: Sequence[_Cohort]) -> str:
    done = [each for each in found if not each.is_unfinished and each.share is not None]
    label = words.measure(result)
    if not done:
        return f"{label}: no cohort is old enough to be read"
    if len(done) == 1:
        return f"{label}: {done[0].said} of {done[0].name}"
    first, last = done[0], done[-1]
    return f"{label}: {last.said} of {last.name}, {first.said} of {first.name}"


def _alt(drawn: Sequence[_Cohort]) -> str:
    if not drawn:
        return "No bars: there is no value for this choice."
    return f"Bars, one a quarter. {'; '.join(f'{each.name} {each.said}' for each in drawn)}."


def _series(drawn: Sequence[_Cohort]) -> Series:
    return Series(
        name="Share",
        x=tuple(each.name for each in drawn),
        y=tuple(each.share for each in drawn),
        labels=tuple(f"{each.name}: {each.said}" for each in drawn),
        tones=tuple("context" if each.is_unfinished else "main" for each in drawn),
    )


def _table(result: Result, found: Sequence[_Cohort]) -> Table:
    rows = tuple(
        (
            words.quarter(row["quarter"]),
            each.marker if each.share is None else each.share,
            row["numerator"],
            row["denominator"],
            "unfinished" if each.is_unfinished else "finished",
        )
        for each, row in zip(found, result.frame.iter_rows(named=True), strict=True)
    )
    columns = ("Quarter of the referral", "Share, %", "Came so far", "Out of", "Cohort")
    return Table(columns, rows, ("", "{:.0f}", "{:,.0f}", "{:,.0f}", ""))
