"""Changes and their effect as sentences: what is said above the charts, and beside them."""

from collections.abc import Sequence

from dashboard.charts.words import joined, lowered
from dashboard.metrics.assumptions import Range
from dashboard.planning.change import Change
from dashboard.planning.effect import Effect, Line
from dashboard.planning.today import Today
from schemas.supplied.lists import PRIORITY_FLAG

MODELLED = "Modelled, not measured"
_LEAST = 0.5
"""Less than half a person is nobody."""


def amount(value: float) -> str:
    """Return a modelled number of people as it is said: three figures at most."""
    said = f"{float(f'{abs(value):.3g}'):,.0f}"
    return f"−{said}" if value < 0 and said != "0" else said


def money(value: float) -> str:
    """Return pounds, with a sign where they are saved: '£85,000', '−£30,000'."""
    return f"{'−' if value < 0 else ''}£{abs(value):,.0f}"


def with_range(held: Range) -> str:
    """Return '6,060 (1,810 to 11,900)'; low and high may lie below zero."""
    if held.low is None or held.high is None:
        return "no figure" if held.central is None else f"{amount(held.central)} (no range)"
    if held.central is None:
        return f"hidden, between {amount(held.low)} and {amount(held.high)}"
    return f"{amount(held.central)} ({amount(held.low)} to {amount(held.high)})"


def group_name(code: str) -> str:
    """Return a priority group within a sentence: 'domestic abuse'."""
    return lowered(PRIORITY_FLAG[code])


def in_words(change: Change, today: Today) -> str:
    """Return a change as it is listed: '120 places a year at Ludlow for domestic abuse'."""
    held = today.services.get(change.service)
    service = held.name if held else change.service
    cost = f", {money(change.cost)} a year" if change.cost else ""
    if change.kind == "add":
        groups = joined([group_name(each) for each in change.groups])
        where = place_of(change, today)
        return f"Add {change.capacity:,} places a year {where} for {groups}{cost}"
    if change.kind == "move":
        site = held.sites.get(change.site, change.site) if held else change.site
        return f"Move {service} from {site} to {_spot(change, today)}{cost}"
    if change.kind == "area":
        whole = "" if change.spot in today.districts else "all of "
        return (
            f"Move the outreach and remote help of {service} to {whole}{_area(change, today)}{cost}"
        )
    if change.kind == "end":
        saved = f", {money(held.cost)} a year saved" if held and held.cost else ""
        return f"End {service}{saved}"
    way = "more" if change.kind == "grow" else "fewer"
    saved = f"{cost} saved" if change.kind == "shrink" and cost else cost
    return f"{change.capacity:,} places a year {way} at {service}{saved}"


def headline(effect: Effect, changes: Sequence[Change], today: Today) -> str:
    """Return what changes do, most of all in one district: the finding of the page."""
    counted = "" if len(changes) == 1 else f"These {len(changes)} changes: "
    start = f"{in_words(changes[0], today)}: " if len(changes) == 1 else counted
    moved = [line for line in effect.districts if abs(line.gained) >= _LEAST]
    group = group_name(effect.group)
    if not moved:
        return f"{start}unmet need ({group}) changes in no district."
    most = max(moved, key=lambda line: abs(line.gained))
    others = "" if len(moved) == 1 else f" {_overall(effect)}"
    return f"{start}unmet need ({group}) in {most.before.name} {_falls(most)}.{others}"


def zero_words(line: Line) -> str:
    """Return how a range after the changes stands to zero."""
    after, before = line.after, line.before.unmet
    if after.low is None or after.high is None:
        return "no range can be given"
    if after.high < 0:
        return "more is offered than the highest estimate of need"
    if after.low > 0:
        return "the whole range stays above zero"
    had = before.low is not None and before.low <= 0
    return f"the range {'still' if had else 'now'} includes zero"


def place_of(change: Change, today: Today) -> str:
    """Return where a new service is: 'at Ludlow', 'by telephone, online or at home in …'."""
    if change.mode == "site":
        return f"at {_spot(change, today)}"
    return f"by telephone, online or at home in {_area(change, today)}"


def _area(change: Change, today: Today) -> str:
    held = today.districts.get(change.spot)
    return held.name if held else today.force.name


def _spot(change: Change, today: Today) -> str:
    spot = today.spots.get(change.spot)
    return spot.name if spot else change.spot


def _falls(line: Line) -> str:
    way = "falls" if line.gained > 0 else "rises"
    by = f"{way} by {amount(abs(line.gained))} people a year"
    before, after = line.before.unmet, line.after
    if before.low is None and before.central is None:
        return f"{by}; there is no figure of unmet need today"
    start = "a hidden figure" if before.central is None else amount(before.central)
    return f"{by}, from {start} to {with_range(after)}; {zero_words(line)}"


def _overall(effect: Effect) -> str:
    """Return what happens in the force area as a whole."""
    gained = effect.force.gained
    if abs(gained) < _LEAST:
        return f"In {effect.force.before.name} as a whole it stays as it is."
    way = "less" if gained > 0 else "more"
    return f"In {effect.force.before.name} it is {amount(abs(gained))} {way}."
