"""Contracts that end within the next twelve months, by month."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from dashboard.charts import words
from dashboard.charts.chart import Chart, Series, Table
from dashboard.charts.words import Facts
from dashboard.directory.service import Service, months_on

SOON_MONTHS: Final = 6
LATER_MONTHS: Final = 12


def contract_ends(services: Sequence[Service], as_of: date, facts: Facts) -> Chart:
    """Return the contracts that end in each of the next twelve months, soonest first."""
    ending = [each for each in services if each.ends_within(LATER_MONTHS)]
    months = _months(as_of)
    parts = [[each for each in ending if _month(each) == month] for month in months]
    return Chart(
        key=words.slug(f"contracts ending within twelve months of {as_of:%Y-%m-%d}"),
        form="bar",
        headline=_headline(ending),
        subtitle=f"Contracts and grants by the month in which they end, {words.month(months[0])} "
        f"to {words.month(months[-1])}",
        alt=_alt(months, parts),
        table=_table(months, parts),
        series=(_series(months, parts),) if ending else (),
        x_title="Contracts that end",
        horizontal=True,
        notes=_notes(services, ending),
        **facts,
    )


def money(services: Sequence[Service]) -> float:
    """Return the pounds a year of all services that give them, added up."""
    return sum(each.record["annual_value_gbp"] or 0.0 for each in services)


def in_millions(pounds: float) -> str:
    """Return '£5.3 million' or, below a million, '£560,000'."""
    return f"£{pounds / 1e6:,.1f} million" if pounds >= 1e6 else f"£{pounds:,.0f}"


def _months(as_of: date) -> list[date]:
    first, last = as_of.replace(day=1), months_on(as_of, LATER_MONTHS)
    months = [months_on(first, count) for count in range(LATER_MONTHS + 1)]
    return [month for month in months if month < last]


def _month(service: Service) -> date | None:
    return service.contract_end.replace(day=1) if service.contract_end else None


def _headline(ending: Sequence[Service]) -> str:
    if not ending:
        return "No contract ends within the next twelve months"
    soon = [each for each in ending if each.ends_within(SOON_MONTHS)]
    within = f"{_contracts(len(ending))} within twelve months"
    which = "all" if len(soon) == len(ending) else words.count(len(soon))
    also = f", {which} of them within six" if soon and len(ending) > 1 else ""
    worth = money(ending)
    value = f": {in_millions(worth)} a year by contract" if worth else ""
    return f"{words.sentence(within)}{also}{value}"


def _contracts(count: int) -> str:
    return f"{words.count(count)} contract{'s end' if count != 1 else ' ends'}"


def _alt(months: Sequence[date], parts: Sequence[Sequence[Service]]) -> str:
    said = [
        f"{words.month(month)} {len(part)}"
        for month, part in zip(months, parts, strict=True)
        if part
    ]
    return f"Bars of contracts that end in each month: {', '.join(said) or 'none'}."


def _table(months: Sequence[date], parts: Sequence[Sequence[Service]]) -> Table:
    rows = tuple(
        (words.month(month), len(part), money(part), ", ".join(each.name for each in part))
        for month, part in zip(months, parts, strict=True)
    )
    columns = ("Month", "Contracts that end", "Pounds a year", "Services")
    return Table(columns, rows, ("", "{:,.0f}", "{:,.0f}", ""))


def _series(months: Sequence[date], parts: Sequence[Sequence[Service]]) -> Series:
    names = tuple(words.month(month) for month in months)
    return Series(
        name="Contracts that end",
        x=names,
        y=tuple(float(len(part)) for part in parts),
        labels=tuple(f"{name}: {len(part)}" for name, part in zip(names, parts, strict=True)),
    )


def _notes(services: Sequence[Service], ending: Sequence[Service]) -> tuple[str, ...]:
    ended = [each.name for each in services if each.has_ended]
    silent = sum(each.record["annual_value_gbp"] is None for each in ending)
    extended = sum(bool(each.record["extension_option_months"]) for each in ending)
    notes = (
        f"{extended:,} of {len(ending):,} can be extended under the contract." if extended else "",
        f"No value is given for {silent:,} of them, which is not zero." if silent else "",
        f"Already ended, and still listed: {words.joined(ended)}." if ended else "",
    )
    return tuple(note for note in notes if note)
