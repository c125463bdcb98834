"""The layers of need side by side, by priority group and by district, and a funnel of referrals."""

from dataclasses import replace
from typing import Final

from dashboard.charts.need_layers import Layers, Recorded, need_layers
from dashboard.charts.share_funnel import share_funnel
from dashboard.errors import UnknownChoice
from dashboard.metrics.catalogue import metric
from dashboard.metrics.crime import RECORDED_CRIME
from dashboard.metrics.fraud import FRAUD_REPORTS
from dashboard.metrics.metric import Choice, Metric, Result
from dashboard.metrics.needs import ESTIMATED_NEED, ESTIMATED_VICTIMS, TAKE_UP
from dashboard.ui import figure, markup
from dashboard.ui.cache import kept
from dashboard.ui.needs import PEOPLE, Asked
from dashboard.ui.numbers import Numbers
from schemas.supplied.lists import PRIORITY_FLAG

_GROUPS: Final = metric("priority_groups")


def by_group(numbers: Numbers, asked: Asked) -> None:
    """Show the four layers by priority group."""
    markup.quiet(
        "Recorded crime is not available from police.uk by priority group: domestic abuse, sexual "
        "violence, stalking and harassment lie within one of its types, and fraud is not on it. An "
        "extract of the force would fill it."
    )
    _show(
        numbers,
        asked.tried,
        (ESTIMATED_VICTIMS, ESTIMATED_NEED, PEOPLE, TAKE_UP),
        by=("priority_flag",),
        recorded=_reports(numbers, asked.choice),
    )


def _reports(numbers: Numbers, choice: Choice) -> Recorded:
    """Return the national reports that stand for recorded cyber crime: held for the force only."""
    home = next(iter(numbers.area_names()))
    found = None if set(choice.areas) - {home} else _found(numbers, FRAUD_REPORTS, choice, ())
    count = found.frame["value"][0] if found else None
    return Recorded(
        name="Recorded: national reports",
        counts={} if count is None else {"CYBER": count},
        without="not available from police.uk",
        is_invented=found is not None and found.is_invented,
    )


def by_district(numbers: Numbers, asked: Asked) -> None:
    """Show the four layers by district, for the chosen group; recorded crime is of all types."""
    shown = numbers.among_others(asked.tried)
    crime = numbers.result(RECORDED_CRIME, replace(shown, assumptions=()), ("area_code",))
    held = crime.frame.drop_nulls("value").select("area_code", "value")
    _show(
        numbers,
        shown,
        tuple(asked.about(each) for each in (ESTIMATED_VICTIMS, ESTIMATED_NEED, PEOPLE, TAKE_UP)),
        by=("area_code",),
        recorded=Recorded(
            name="Recorded crime of all types",
            counts=dict(held.iter_rows()),
            without="no record",
            is_invented=crime.is_invented,
        ),
        about=PRIORITY_FLAG[asked.group],
    )


def _show(
    numbers: Numbers,
    choice: Choice,
    metrics: tuple[Metric, ...],
    *,
    by: tuple[str],
    recorded: Recorded,
    about: str = "",
) -> None:
    victims, need, people, take_up = metrics
    kept_as = ("layers of need", by, choice, about)
    chart = kept(
        numbers.version,
        kept_as,
        lambda: need_layers(
            Layers(
                recorded=recorded,
                victims=numbers.result(victims, choice, by),
                need=numbers.result(need, choice, by),
                people=_found(numbers, people, replace(choice, assumptions=()), by),
                take_up=numbers.result(take_up, choice, by),
            ),
            about,
        ),
    )
    figure.show(chart, key=f"layers_{by[0]}", kept_as=kept_as)


def _found(numbers: Numbers, metric: Metric, choice: Choice, by: tuple[str, ...]) -> Result | None:
    """Return a result, or None where the choice has none."""
    try:
        return numbers.result(metric, choice, by)
    except UnknownChoice:
        return None


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
