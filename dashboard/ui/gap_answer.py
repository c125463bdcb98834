"""The answer of the gap map and its cards, from the results that its figures show."""

from typing import Final

from dashboard.charts.gap_map import finding, verdict
from dashboard.charts.ranges import with_range
from dashboard.errors import UnknownChoice
from dashboard.metrics.gap_map import BEYOND_REACH, UNMET_NEED
from dashboard.metrics.metric import Choice, Metric
from dashboard.metrics.provision import NEED_THRESHOLD, WITHOUT_SERVICE, WITHOUT_SPECIALIST
from dashboard.planning.words import amount
from dashboard.ui import card_row
from dashboard.ui.cache import kept
from dashboard.ui.gap_matrix import matrix
from dashboard.ui.gaps import Asked
from dashboard.ui.markup import Card
from dashboard.ui.numbers import Numbers
from schemas.supplied.lists import PRIORITY_FLAG

_ALLOWS: Final = {
    "gap": "A clear gap: even the low end is above zero.",
    "unclear": "Not clear: the range includes zero.",
    "none": "No gap: the whole range is below zero.",
    "": "",
}
_FIRMNESS: Final = {"AGREED": "", "DRAFT": " Rests on a DRAFT.", "TRIED": " Tried out, not agreed."}


def answer(numbers: Numbers, asked: Asked) -> str:
    """Say where unmet need is clear for the group, and which groups find no service at all."""
    kept_as = ("gap answer", asked.tried, asked.group)
    return kept(numbers.version, kept_as, lambda: _answer(numbers, asked))


def _answer(numbers: Numbers, asked: Asked) -> str:
    try:
        shown = numbers.among_others(asked.tried)
        unmet = numbers.result(asked.about(UNMET_NEED), shown, ("area_code",))
        help_found = matrix(numbers, asked).headline
    except UnknownChoice as refusal:
        return str(refusal)
    return f"{finding(unmet)}. {help_found}."


def cards(numbers: Numbers, asked: Asked) -> None:
    """Show the cards: groups without help, unmet need of the group, residents beyond reach."""
    card_row.show(
        (
            _without_card(numbers, asked.tried, WITHOUT_SERVICE),
            _without_card(numbers, asked.tried, WITHOUT_SPECIALIST),
            estimate_card(numbers, asked.tried, asked.about(UNMET_NEED)),
            _beyond_card(numbers, asked),
        ),
        key="cards_gaps",
        about=f"{card_row.place_and_period(numbers, asked.choice)}, "
        f"{PRIORITY_FLAG[asked.group].lower()}",
        warehouse=numbers.warehouse,
    )


def estimate_card(numbers: Numbers, choice: Choice, of: Metric) -> Card:
    """Return the card of an estimate with its range, and what the range allows to say of a gap."""
    try:
        result = numbers.result(of, choice)
    except UnknownChoice as refusal:
        return Card(name=of.label, number="Not available", change=str(refusal))
    (row,) = result.frame.iter_rows(named=True)
    if row["value"] is None:
        why = "Hidden to protect people ([c])." if row["marker"] == "[c]" else "No estimate."
        return Card(name=of.label, number="Not available", change=why)
    central, _, spread = with_range(result, row).partition(" ")
    allows = _ALLOWS[verdict(row)] if of.id == UNMET_NEED.id else ""
    return Card(
        name=of.label,
        number=central,
        unit="people in a year",
        change=f"{spread.strip('()').capitalize()}, low to high. {allows}"
        f"{_FIRMNESS.get(row['status'], '')}".strip(),
    )


def _without_card(numbers: Numbers, choice: Choice, of: Metric) -> Card:
    try:
        (row,) = numbers.result(of, choice).frame.iter_rows(named=True)
    except UnknownChoice as refusal:
        return Card(name=of.label, number="Not available", change=str(refusal))
    if row["value"] is None:
        return Card(name=of.label, number="Not available", change="No directory is loaded.")
    return Card(
        name=of.label,
        number=f"{row['value']:,.0f}",
        unit=f"of {row['denominator']:,.0f} pairs",
        change="Pairs of a group and a district in which at least "
        f"{NEED_THRESHOLD} people a year need support.",
    )


def _beyond_card(numbers: Numbers, asked: Asked) -> Card:
    of = asked.about(BEYOND_REACH)
    try:
        result = numbers.result(of, asked.tried, ("force_code",) if not asked.tried.areas else ())
    except UnknownChoice as refusal:
        return Card(name=of.label, number="Not available", change=str(refusal))
    (row,) = result.frame.iter_rows(named=True)
    if row["value"] is None:
        return Card(name=of.label, number="Not available", change="No place of help is known.")
    return Card(
        name=of.label,
        number=f"{row['value']:.0f}%",
        change=f"About {amount(row['numerator'])} residents, "
        f"{result.metric.unit.partition(', ')[2]}. Offices, centres and places of outreach.",
    )
