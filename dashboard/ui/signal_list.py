"""Every signal that a scan found, as a table: the clear ones, and those that may be chance."""

from dashboard.charts.chart import Cell, Chart
from dashboard.charts.words import sentence
from dashboard.metrics.metric import Choice
from dashboard.metrics.scan import Scan, Signal
from dashboard.ui import figure
from dashboard.ui.cache import kept
from dashboard.ui.listing import Column, listing, many
from dashboard.ui.look_here import scanned
from dashboard.ui.numbers import Numbers

_HEADINGS = ("Measure", "Place", "Reading", "What the chart shows", "Chance", "Page")


def show(numbers: Numbers, choice: Choice) -> None:
    """Show one row per signal, the least likely to be chance first."""
    found = numbers.scan(choice)
    table = kept(numbers.version, ("signals", choice), lambda: _table(numbers, found))
    figure.show_listing(table, key="signals")


def _table(numbers: Numbers, found: Scan) -> Chart:
    clear, maybe = len(found.clear), len(found.maybe)
    return listing(
        "signals",
        f"{many(clear, 'signal')} beyond chance, {maybe:,} that may be chance",
        "Every series whose latest month or quarter is a signal by the rules of control charts",
        columns=tuple(map(Column, _HEADINGS)),
        rows=(
            *(_row(each, "hardly") for each in found.clear),
            *(_row(each, "may be") for each in found.maybe),
        ),
        warehouse=numbers.warehouse,
        definition=scanned(found),
    )


def _row(signal: Signal, chance: str) -> tuple[Cell, ...]:
    series, said = signal.series, signal.verdict
    return (series.about, series.place, sentence(said.words), said.reason, chance, series.page)
