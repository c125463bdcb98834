"""Figures that are made of several results: shown like any other, or why they are not."""

from collections.abc import Callable

from dashboard.charts.chart import Chart
from dashboard.errors import UnknownChoice
from dashboard.metrics.metric import Choice
from dashboard.ui import figure, markup
from dashboard.ui.cache import kept
from dashboard.ui.numbers import Numbers


def show(
    numbers: Numbers, choice: Choice, name: str, title: str, make: Callable[[], Chart]
) -> None:
    """Show the figure that is kept for this name and choice, made the first time.

    Where one of its results is refused, the box says so of its title.
    """
    kept_as = (name, choice)
    try:
        chart = kept(numbers.version, ("chart", *kept_as), make)
    except UnknownChoice as refusal:
        markup.box("notice", f"{title}: not shown.", str(refusal))
        return
    figure.show(chart, key=name, kept_as=kept_as)
