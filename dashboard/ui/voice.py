"""The parts of the page on the voice of the victim: its answer, its own cards and figures."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final

import polars as pl

from dashboard.charts.chart import Chart
from dashboard.charts.questions import questions
from dashboard.charts.rolling import rolling
from dashboard.charts.unheard import unheard
from dashboard.charts.words import count
from dashboard.directory.words import day
from dashboard.errors import UnknownChoice
from dashboard.metrics.complaints import ANSWERED_IN_TIME, REVIEWS_OVERTURNED
from dashboard.metrics.lessons import (
    LESSONS_CLOSED,
    LESSONS_LOGGED,
    LESSONS_OVERDUE,
    is_overdue,
    read_log,
)
from dashboard.metrics.metric import Choice, Metric, Result
from dashboard.metrics.period import add_months
from dashboard.metrics.targets import target_words
from dashboard.metrics.voice import (
    ANSWERS_PER_VICTIM,
    INDICATIVE_BELOW,
    KEPT_INFORMED,
    RESPONSE_RATE,
    SATISFIED,
)
from dashboard.ui import figure, markup
from dashboard.ui.cache import kept
from dashboard.ui.cards import CardMaker, measure, number
from dashboard.ui.listing import Column, listing, many
from dashboard.ui.markup import Card
from dashboard.ui.numbers import Numbers
from dashboard.warehouse import Warehouse
from schemas.supplied.complaint import LESSON_SOURCE, ORGANISATION, THEME

_ROLLING_YEARS: Final = 5
"""The latest rolling year and those that end up to a year earlier."""

_NOT_AVAILABLE: Final = "Not available"
_NOT_LOADED: Final = "No survey of victims is loaded yet, so nobody can be quoted here."


def answer(numbers: Numbers, choice: Choice) -> str:
    """Say how many answer and are satisfied, how complaints fare, and what became of lessons."""
    said = (*_survey(numbers, choice), *_complaints(numbers, choice), *_lessons(numbers, choice))
    return " ".join(said) or _NOT_LOADED


def _survey(numbers: Numbers, choice: Choice) -> Iterator[str]:
    whole = replace(choice, areas=())
    for satisfied in _known(numbers, SATISFIED, choice):
        yield f"{satisfied} of those who answered are satisfied over all"
        for informed in _known(numbers, KEPT_INFORMED, whole):
            yield f"and {informed} with being kept informed;"
        for rate in _known(numbers, RESPONSE_RATE, whole):
            yield f"{rate} of those asked answer{_indicative(numbers, whole)}."


def _indicative(numbers: Numbers, choice: Choice) -> str:
    return ", so read it as indicative" if is_indicative(numbers, choice) else ""


def _complaints(numbers: Numbers, choice: Choice) -> Iterator[str]:
    whole = replace(choice, areas=())
    for answered in _known(numbers, ANSWERED_IN_TIME, whole):
        yield f"{answered} of complaints due were answered in ten working days."
    for changed in _known(numbers, REVIEWS_OVERTURNED, whole):
        yield f"{changed} of reviews changed the decision."


def _lessons(numbers: Numbers, choice: Choice) -> Iterator[str]:
    for closed in _known(numbers, LESSONS_CLOSED, choice):
        overdue = numbers.result(LESSONS_OVERDUE, choice).frame["value"][0]
        are = "action is" if overdue == 1 else "actions are"
        yield f"{closed} of older lessons are closed; {count(int(overdue))} {are} overdue."


def _known(numbers: Numbers, metric: Metric, choice: Choice) -> Iterator[str]:
    """Yield a share as it is shown; nothing where there is none."""
    try:
        result = numbers.result(metric, choice)
    except UnknownChoice:
        return
    if result.frame["value"][0] is not None:
        yield f"{number(result)}%"


def is_indicative(numbers: Numbers, choice: Choice) -> bool:
    """Return whether so few of those asked answer that what they say is indicative only."""
    rate = numbers.result(RESPONSE_RATE, choice).frame["value"][0]
    return rate is not None and rate < INDICATIVE_BELOW


def of_force(metric: Metric) -> CardMaker:
    """Return the maker of a metric's card for the whole force, whatever area is chosen."""
    return lambda numbers, choice: measure(metric)(numbers, replace(choice, areas=()))


def response_card(numbers: Numbers, choice: Choice) -> Card:
    """Return the card of the response rate, which says when answers are indicative only."""
    card = of_force(RESPONSE_RATE)(numbers, choice)
    if card.number == _NOT_AVAILABLE or not is_indicative(numbers, replace(choice, areas=())):
        return card
    return replace(
        card, change=f"Indicative only: fewer than {INDICATIVE_BELOW}% answer. {card.change}"
    )


def closed_card(numbers: Numbers, choice: Choice) -> Card:
    """Return the card of lessons closed, against what was set."""
    try:
        result = numbers.result(LESSONS_CLOSED, choice)
    except UnknownChoice as refusal:
        return Card(name=LESSONS_CLOSED.label, number=_NOT_AVAILABLE, change=str(refusal))
    (row,) = result.frame.iter_rows(named=True)
    target = result.metric.target
    is_short = target is not None and row["value"] is not None and row["value"] < target
    return Card(
        name=LESSONS_CLOSED.label,
        number=number(result),
        unit=result.metric.unit,
        change=f"{row['numerator']:,} of {row['denominator']:,.0f} lessons.",
        kind="concern" if is_short else "",
        shape="!" if is_short else "",
        verdict=f"Below the {target_words(result.metric)}" if is_short else "",
    )


def logged_card(numbers: Numbers, choice: Choice) -> Card:
    """Return the card of all lessons in the log."""
    return _count_card(numbers, choice, LESSONS_LOGGED, "Closed or not, since the log began.")


def overdue_card(numbers: Numbers, choice: Choice) -> Card:
    """Return the card of actions that are overdue."""
    return _count_card(numbers, choice, LESSONS_OVERDUE, "Due by a day that has passed, not done.")


def _count_card(numbers: Numbers, choice: Choice, metric: Metric, said: str) -> Card:
    try:
        result = numbers.result(metric, choice)
    except UnknownChoice as refusal:
        return Card(name=metric.label, number=_NOT_AVAILABLE, change=str(refusal))
    return Card(name=metric.label, number=number(result), unit=metric.unit, change=said)


def side_by_side(
    numbers: Numbers, choice: Choice, metrics: Mapping[str, Metric], *, about: str
) -> None:
    """Show several shares in one figure, one bar each, by the names given."""

    def draw() -> Chart:
        return questions(
            {name: numbers.result(each, choice) for name, each in metrics.items()}, about=about
        )

    _show(numbers, ("side by side", about, choice), about, draw)


def rolling_years(numbers: Numbers, choice: Choice, metric: Metric, code: str) -> None:
    """Show a share of one organisation over rolling years, the latest first."""

    def draw() -> Chart:
        latest = numbers.result(metric, choice, ("organisation",))
        return rolling([latest, *_earlier(numbers, latest)], code=code)

    _show(numbers, ("rolling", metric.key, code, choice), metric.label, draw)


def _earlier(numbers: Numbers, latest: Result) -> Iterator[Result]:
    """Yield the same over the twelve months that end a quarter earlier each, as far as held."""
    for quarters in range(1, _ROLLING_YEARS):
        last = add_months(latest.period.last_month, -3 * quarters)
        months = latest.choice.during(add_months(last, -11), last)
        found = numbers.result(latest.metric, months, latest.by)
        if found.period.last_month != last:
            return
        yield found


def heard(numbers: Numbers, choice: Choice, by: str) -> None:
    """Show answers for each hundred victims by group, with the level over all."""

    def draw() -> Chart:
        parts = numbers.result(ANSWERS_PER_VICTIM, choice, (by,))
        same = choice.during(parts.period.first_month, parts.period.last_month)
        return unheard(parts, numbers.result(ANSWERS_PER_VICTIM, same))

    _show(numbers, ("unheard", by, choice), ANSWERS_PER_VICTIM.label, draw)


def _show(
    numbers: Numbers, kept_as: tuple[object, ...], label: str, draw: Callable[[], Chart]
) -> None:
    try:
        chart = kept(numbers.version, kept_as, draw)
    except UnknownChoice as refusal:
        markup.box("notice", f"{label}: not shown.", str(refusal))
        return
    key = "_".join(str(each) for each in kept_as[:-1]).replace(" ", "_").lower()
    figure.show(chart, key=key, kept_as=kept_as)


def overdue(warehouse: Warehouse) -> Chart:
    """Return one row per lesson whose action is overdue, the longest first."""
    as_of = warehouse.build.as_of_date
    late = read_log(warehouse).filter(is_overdue(as_of)).sort("due", "lesson_id")
    rows = late.with_columns(days=(pl.lit(as_of) - pl.col("due")).dt.total_days())
    return listing(
        "lessons-overdue",
        f"{many(len(rows), 'action')} {'is' if len(rows) == 1 else 'are'} overdue",
        f"Lessons whose action was due before {day(as_of)} and is not done. What the action is "
        "stays with the office",
        columns=(
            *map(Column, ("Lesson", "Theme", "Learnt from", "Who has to act", "Logged", "Due")),
            Column("Days overdue", "{:,.0f}"),
        ),
        rows=[
            (
                row["lesson_id"],
                THEME[row["theme"]],
                LESSON_SOURCE[row["source"]],
                ORGANISATION.get(row["owner_role"] or "", "Not said"),
                day(row["date_logged"]),
                day(row["due"]),
                row["days"],
            )
            for row in rows.iter_rows(named=True)
        ],
        warehouse=warehouse,
        sources=("lessons_log",),
        source="log of lessons that the office keeps",
    )
