"""The layers of need side by side, by priority group and by district, and a funnel of referrals."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from dashboard.charts import need_layers
from dashboard.charts.chart import Chart
from dashboard.charts.share_funnel import share_funnel
from dashboard.charts.words import lowered
from dashboard.errors import UnknownChoice
from dashboard.metrics.catalogue import metric
from dashboard.metrics.crime import RECORDED_CRIME
from dashboard.metrics.fraud import FRAUD_REPORTS
from dashboard.metrics.metric import Choice, Metric, Result
from dashboard.metrics.needs import ESTIMATED_NEED, ESTIMATED_VICTIMS, TAKE_UP
from dashboard.metrics.period import in_words
from dashboard.ui import figure, markup
from dashboard.ui.cache import kept
from dashboard.ui.listing import Column, listing
from dashboard.ui.needs import PEOPLE, Asked
from dashboard.ui.numbers import Numbers
from schemas.supplied.lists import PRIORITY_FLAG

_GROUPS: Final = metric("priority_groups")
_SOURCES: Final = ("assumption", "referrals", "police_uk")


def by_group(numbers: Numbers, asked: Asked) -> None:
    """Show the four layers by priority group."""
    markup.quiet(
        "Recorded crime is not available from police.uk by priority group: domestic abuse, sexual "
        "violence, stalking and harassment lie within one of its types, and fraud is not on it. An "
        "extract of the force would fill it."
    )
    _show_layers(
        numbers,
        asked.tried,
        "priority_flag",
        (ESTIMATED_VICTIMS, ESTIMATED_NEED, PEOPLE, TAKE_UP),
        headline="The four layers of need, by priority group",
        recorded=_reports(numbers, asked.choice),
    )


def _reports(numbers: Numbers, choice: Choice) -> Mapping[str, str]:
    """Return the national reports that stand for recorded cyber crime: held for the force only."""
    home = next(iter(numbers.area_names()))
    if set(choice.areas) - {home}:
        return {}
    try:
        shown = numbers.result(FRAUD_REPORTS, choice).frame["value"][0]
    except UnknownChoice:
        return {}
    return {} if shown is None else {"CYBER": f"{shown:,.0f} reports to the national service"}


def by_district(numbers: Numbers, asked: Asked) -> None:
    """Show the four layers by district, for the chosen group; recorded crime is of all types."""
    shown = numbers.among_others(asked.tried)
    crime = numbers.result(RECORDED_CRIME, replace(shown, assumptions=()), ("area_code",)).frame
    held = crime.drop_nulls("value").select("area_code", "value").iter_rows()
    metrics = (
        asked.about(ESTIMATED_VICTIMS),
        asked.about(ESTIMATED_NEED),
        asked.about(PEOPLE),
        asked.about(TAKE_UP),
    )
    _show_layers(
        numbers,
        shown,
        "area_code",
        metrics,
        headline=f"The four layers of need, by district: {lowered(PRIORITY_FLAG[asked.group])}",
        recorded={code: f"{value:,.0f} (all crime)" for code, value in held},
    )


def _show_layers(
    numbers: Numbers,
    choice: Choice,
    column: str,
    metrics: tuple[Metric, Metric, Metric, Metric],
    *,
    headline: str,
    recorded: Mapping[str, str],
) -> None:
    victims, need, people, take_up = metrics
    by = (column,)
    share = numbers.result(take_up, choice, by)
    rows = need_layers.layers(
        recorded,
        numbers.result(victims, choice, by),
        numbers.result(need, choice, by),
        people=_published(numbers, people, replace(choice, assumptions=()), by),
        take_up=share,
    )
    first = "District" if column == "area_code" else "Priority group"
    figure.show_listing(
        _listed(numbers, headline, (first, *need_layers.HEADINGS), rows, share),
        key=f"layers_{column}",
    )


def _published(
    numbers: Numbers, people: Metric, choice: Choice, by: tuple[str, ...]
) -> Result | None:
    try:
        return numbers.result(people, choice, by)
    except UnknownChoice:
        return None


def _listed(
    numbers: Numbers,
    headline: str,
    headings: tuple[str, ...],
    rows: list[tuple[str, ...]],
    share: Result,
) -> Chart:
    months = in_words(share.period)
    return listing(
        "layers-of-need",
        headline,
        "Recorded, estimated and supported stand side by side and are never added up. Estimates "
        "are central (low to high) for a year, of fraud in incidents; people are those newly "
        f"supported, {months}; take-up is of the estimated need",
        columns=tuple(map(Column, headings)),
        rows=rows,
        warehouse=numbers.warehouse,
        sources=_SOURCES,
        source="assumptions that the office keeps, referrals (protected counts), police.uk",
        caveat=" ".join(share.notes),
    )


def funnel(numbers: Numbers, asked: Asked) -> None:
    """Show the chosen group's share of referrals by district, with what chance alone would do."""
    flagged = asked.about(_GROUPS)
    choice = replace(numbers.among_others(asked.choice), compare_with="same_period_last_year")
    kept_as = ("funnel of referrals", flagged.key, choice)
    try:
        places = numbers.result(flagged, choice, ("area_code",))
        whole = numbers.result(flagged, replace(choice, areas=()))
    except UnknownChoice as refusal:
        markup.box("notice", f"{flagged.label}: not shown.", str(refusal))
        return
    chart = kept(numbers.version, kept_as, lambda: share_funnel(places, whole))
    figure.show(chart, key="funnel_of_referrals", kept_as=kept_as)
