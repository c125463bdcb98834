"""Sentences that answer a page's question, made from the figures the page shows."""

import polars as pl

from dashboard.charts.contract_ends import SOON_MONTHS
from dashboard.charts.words import count, joined, lowered
from dashboard.directory.read import directory
from dashboard.directory.service import months_on
from dashboard.directory.words import day
from dashboard.errors import UnknownChoice
from dashboard.metrics.crime import RECORDED_CRIME
from dashboard.metrics.metric import Choice, Metric
from dashboard.metrics.period import in_words
from dashboard.metrics.scan import Signal
from dashboard.ui.look_here import grouped
from dashboard.ui.numbers import Numbers
from dashboard.ui.quality_supplied import returns_in_short

_NAMED = 2


def overview(numbers: Numbers, choice: Choice) -> str:
    """Say how recorded crime stands, and which changes are the clearest."""
    found = [first for first, *_ in grouped(numbers.scan(choice).clear)]
    if not found:
        return f"{_crime(numbers, choice)} No series has changed more than chance explains."
    strongest = joined([_named(each) for each in found[:_NAMED]])
    more = len(found) - _NAMED
    changed = f"; {count(more)} more {'has' if more == 1 else 'have'} clearly changed"
    others = changed if more > 0 else ""
    return f"{_crime(numbers, choice)} Look first at {strongest}{others}."


def crime(numbers: Numbers, choice: Choice) -> str:
    """Say how recorded crime stands and how it compares."""
    return f"{_crime(numbers, choice)} {numbers.comparison(RECORDED_CRIME, choice).words}"


def showing(
    numbers: Numbers, choice: Choice, metric: Metric = RECORDED_CRIME
) -> tuple[int | None, str]:
    """Return how many offences or reports the filters select, and that in words."""
    try:
        result = numbers.result(metric, choice)
    except UnknownChoice as refusal:
        return None, str(refusal)
    shown = result.frame["numerator"][0]
    where = f"{place_of(numbers, result.choice)}, {in_words(result.period)}"
    if shown is None:
        why = "it is hidden to protect people" if result.metric.measure else "months are missing"
        return None, f"No total for {where}: {why}."
    if shown == 0:
        kinds = "".join(f"{lowered(each)}, " for each in result.choice.crime_types)
        return 0, f"No records match these filters: {kinds}{where}."
    return shown, f"Showing {shown:,} {metric.noun} in {where}."


def definitions(numbers: Numbers, _: Choice) -> str:
    """Say where definitions come from."""
    return "Each figure has one definition, used on every page, in every chart and every download."


def services(numbers: Numbers, _: Choice) -> str:
    """Say how many services there are, who pays, and how many contracts end soon."""
    listed = directory(numbers.warehouse).services
    if not listed:
        return "No directory of services is loaded yet, so there is nothing to list."
    ours = sum(each.is_ours_now for each in listed)
    soon = sum(each.ends_within(SOON_MONTHS) for each in listed)
    until = day(months_on(numbers.warehouse.build.as_of_date, SOON_MONTHS))
    ends = f"{soon or 'No'} contract{'s end' if soon > 1 else ' ends'} before {until}"
    return (
        f"{len(listed):,} services for victims are listed; the commissioner pays for {ours:,} of "
        f"them now, alone or with others. {ends}."
    )


def data_quality(numbers: Numbers, _: Choice) -> str:
    """Say what became of the rows, how many months are missing and how many returns are late."""
    files = numbers.warehouse.table("meta_file")
    read, loaded, aside = (
        int(files[name].sum() or 0) for name in ("rows_read", "rows_loaded", "rows_set_aside")
    )
    months = numbers.warehouse.table("meta_coverage").filter(~pl.col("is_supplied")).height
    gaps = {0: "No month is missing", 1: "One month of one force is missing"}.get(
        months, f"{months:,} months of a force are missing"
    )
    crime = f"Of {read:,} rows of crime read, {loaded:,} were loaded and {aside:,} set aside"
    return f"{crime}. {gaps}. {returns_in_short(numbers.warehouse)}."


def _crime(numbers: Numbers, choice: Choice) -> str:
    said = numbers.verdict(RECORDED_CRIME, choice)
    place = place_of(numbers, choice)
    subject = _subject(choice)
    if said.kind == "none":
        return f"{subject} in {place} is within its usual range."
    if said.kind == "unknown":
        return f"{subject} in {place}: {said.words}."
    return f"{subject} in {place} is {said.words.removeprefix('concern: ')}: {said.reason}."


def _subject(choice: Choice) -> str:
    if not choice.crime_types or len(choice.crime_types) > _NAMED:
        return "Recorded crime"
    return joined(list(choice.crime_types))


def place_of(numbers: Numbers, choice: Choice) -> str:
    """Return the areas chosen by name, few of them; the home force when none is."""
    names = [numbers.area_names()[code] for code in choice.areas]
    if len(names) > _NAMED + 1:
        return f"{count(len(names))} areas"
    return joined(names) if names else numbers.home_name()


def _named(signal: Signal) -> str:
    way = "rising" if signal.verdict.direction > 0 else "falling"
    series = signal.series
    return f"{lowered(series.about)} {'at' if series.part else 'in'} {series.place} ({way})"
