"""The parts of the page on providers: its answer, figures of two measures, contracts, spend."""

from dataclasses import replace

from dashboard.charts.chart import Chart
from dashboard.charts.improved import SAFE_PAIRING, improved
from dashboard.charts.side_by_side import Pair, side_by_side
from dashboard.charts.waits import waits
from dashboard.charts.words import place_and_period
from dashboard.directory.read import directory
from dashboard.directory.service import Service
from dashboard.errors import UnknownChoice
from dashboard.metrics.metric import Choice, Metric, Result
from dashboard.metrics.outcome import BETTER_AT_EXIT, PAIRED
from dashboard.metrics.people import PEOPLE_SUPPORTED, RETURNED_NEW
from dashboard.metrics.period import in_words
from dashboard.metrics.provider import CONTRACTS_ENDING, RETURNS_ON_TIME
from dashboard.metrics.provider_work import is_commissioned
from dashboard.ui import composed, filters
from dashboard.ui.numbers import Numbers
from dashboard.warehouse import Warehouse


def whole_force(choice: Choice) -> Choice:
    """Return the choice for the whole force: services are not held by area."""
    return replace(choice, areas=())


def show_status(numbers: Numbers, choice: Choice) -> None:
    """Say how many commissioned services are shown, and for when."""
    services = commissioned(numbers.warehouse)
    providers = {each.record["provider_id"] for each in services}
    try:
        months = in_words(numbers.result(PEOPLE_SUPPORTED, choice).period)
    except UnknownChoice:
        months = "as the directory stands"
    filters.show_status(
        f"Showing {len(services)} commissioned services of {len(providers)} providers, {months}."
    )


def commissioned(warehouse: Warehouse) -> list[Service]:
    """Return the services that somebody commissions here, by name."""
    return [each for each in directory(warehouse).services if is_commissioned(each)]


def answer(numbers: Numbers, choice: Choice) -> str:
    """Say how many are supported, whether scores are paired, and what is late or ends soon."""
    said = [
        _known(numbers, PEOPLE_SUPPORTED, choice, "Support started for {:,.0f} people"),
        _pairing(numbers, choice),
        _known(numbers, RETURNS_ON_TIME, choice, "{:.0f}% of returns came on time and valid"),
        _known(numbers, CONTRACTS_ENDING, choice, "{:.0f} contracts end within twelve months"),
    ]
    parts = [part for part in said if part]
    return f"{'; '.join(parts)}." if parts else "Nothing of services is loaded yet."


def _known(numbers: Numbers, metric: Metric, choice: Choice, form: str) -> str:
    try:
        value = numbers.result(metric, choice).frame["value"][0]
    except UnknownChoice:
        return ""
    return "" if value is None else form.format(value)


def _pairing(numbers: Numbers, choice: Choice) -> str:
    share = _known(numbers, PAIRED, choice, "{:.0f}")
    if not share:
        return ""
    unsafe = ", so that what scores say of change is unsafe" if int(share) < SAFE_PAIRING else ""
    return f"{share}% of cases closed have scores at entry and at exit{unsafe}"


def counted_and_returned(numbers: Numbers, choice: Choice) -> None:
    """Show people newly supported as counted from referrals beside what providers returned."""

    def make() -> Chart:
        counted = numbers.result(PEOPLE_SUPPORTED, choice, ("service_id",))
        returned = numbers.result(RETURNED_NEW, choice, ("service_id",))
        pairs = _pairs(counted, returned, "service_id")
        gaps = [each for each in pairs if each.gap]
        widest = max(gaps, key=lambda each: abs(each.gap or 0), default=None)
        return side_by_side(
            counted,
            pairs,
            names=("Counted", "Returned"),
            headline=f"Returns and referrals differ most for {widest.name}, by {widest.gap:+,.0f}"
            if widest
            else "Returns and referrals agree wherever both are shown",
            subtitle="People newly supported by service, counted from referrals and as returned by "
            f"the provider, {place_and_period(counted)}",
            unit="People, rounded",
        )

    composed.show(numbers, choice, "counted_and_returned", "People newly supported", make)


def _pairs(first: Result, second: Result, column: str) -> list[Pair]:
    others = {row[column]: row for row in second.frame.iter_rows(named=True)}
    found = []
    for row in first.frame.iter_rows(named=True):
        other = others.get(row[column], {"value": None, "marker": ""})
        name = first.names.get(row[column], row[column])
        found.append(Pair(name, row["value"], other["value"], row["marker"], other["marker"]))
    return found


def improved_by_service(numbers: Numbers, choice: Choice) -> None:
    """Show the share that improved by service, grey where too few scores are paired."""
    by = ("service_id",)
    composed.show(
        numbers,
        choice,
        "improved_by_service",
        BETTER_AT_EXIT.label,
        lambda: improved(
            numbers.result(BETTER_AT_EXIT, choice, by), numbers.result(PAIRED, choice, by)
        ),
    )


def wait_by_service(numbers: Numbers, choice: Choice, median: Metric, ninetieth: Metric) -> None:
    """Show a wait by service, in the table beside the days that the contract allows."""
    by = ("service_id",)
    allowed = {
        each.record["service_id"]: each.record["first_contact_days"]
        for each in directory(numbers.warehouse).services
        if each.record["first_contact_days"] is not None
    }
    composed.show(
        numbers,
        choice,
        f"provider_waits_{median.measure}",
        median.label,
        lambda: waits(
            numbers.result(median, choice, by),
            numbers.result(ninetieth, choice, by),
            allowed=allowed,
        ),
    )
