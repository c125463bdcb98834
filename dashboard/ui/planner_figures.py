"""Figures of the capacity planner: unmet need, access and reach before and after, by district."""

from collections.abc import Sequence

from dashboard.charts.chart import Chart
from dashboard.charts.scenarios import Pair, before_and_after, gains
from dashboard.charts.words import joined
from dashboard.planning.effect import Effect, Line
from dashboard.planning.words import amount, with_range, zero_words
from dashboard.ui.planner import LEAST, Asked


def districts(asked: Asked) -> None:
    """Show what each district gains or loses, then its unmet need before and after."""
    lines = asked.effect.districts
    if asked.changes:
        asked.show("planner_gains", lambda: _gains(asked))
    asked.show(
        "planner_unmet",
        lambda: before_and_after(
            asked.about,
            [_unmet(line) for line in lines],
            measure="Unmet need",
            unit="people a year",
            headline=_unmet_headline(asked),
            definition="Estimated need of a year less people supported; with the changes also "
            "less the people more whom services can help, or more where they help fewer.",
            notes=_notes(asked),
        ),
    )


def _gains(asked: Asked) -> Chart:
    rows = sorted(
        ((line.before.name, line.gained) for line in asked.effect.districts),
        key=lambda row: -abs(row[1]),
    )
    beyond = asked.effect.beyond
    name, most = rows[0]
    way = "more" if most > 0 else "fewer"
    said = f"{name} has places for {amount(abs(most))} {way} people a year, the largest change"
    return gains(
        asked.about,
        [*rows, *([("Beyond the border", beyond)] if abs(beyond) >= LEAST else [])],
        headline=said if abs(most) >= LEAST else "No district has more or fewer places",
    )


def _unmet(line: Line) -> Pair:
    after = line.after
    return Pair(
        name=line.before.name,
        before=line.before.unmet.central,
        after=after.central,
        low=after.low,
        high=after.high,
        marker=line.before.marker,
    )


def _unmet_headline(asked: Asked) -> str:
    lines = asked.effect.districts
    unsure = [line.before.name for line in lines if "includes zero" in zero_words(line)]
    if unsure:
        return f"With the changes the range includes zero in {joined(unsure)}"
    if all(line.after.low is not None and line.after.low > 0 for line in lines):
        return "In every district some unmet need is left, even at the lowest estimate"
    return "Unmet need by district, today and with the changes"


def _notes(asked: Asked) -> tuple[str, ...]:
    lines = asked.effect.districts
    whole = asked.effect.force
    below = [line.before.name for line in lines if (line.after.low or 0) < 0]
    hidden = [line.before.name for line in lines if line.before.marker]
    said = (
        (below, "Below zero more is offered than the estimate says is needed: {}."),
        (hidden, "Hidden to protect people, or without an estimate: {}."),
    )
    return (
        f"{whole.before.name}, worked out on its own and no sum of districts: "
        f"{with_range(whole.before.unmet)} today, {with_range(whole.after)} with the changes.",
        *(words.format(joined(names)) for names, words in said if names),
        *asked.today.notes,
    )


def access(asked: Asked) -> None:
    """Show access to sites, then residents within reach, before and after by district."""
    lines = (*asked.effect.districts, asked.effect.force)
    asked.show(
        "planner_access",
        lambda: before_and_after(
            asked.about,
            [_scores(line) for line in lines],
            measure="Access to sites",
            unit="places for 1,000 people in need",
            headline=_access_headline(asked.effect.districts),
            definition="Capacity of sites within reach for each person in need, the near counting "
            "for more (E2SFCA). Telephone, online and outreach are not in it.",
            notes=("[z]: nobody has a site within reach, which is not zero.",),
        ),
    )
    minutes = f"{asked.today.near_minutes:.0f} minutes"
    asked.show(
        "planner_near",
        lambda: before_and_after(
            asked.about,
            [_near(line) for line in lines],
            measure=f"Residents within {minutes} of a site or place of outreach",
            unit="% of residents",
            headline=_near_headline(asked.effect, minutes),
            definition=f"Residents of Census 2021 whose journey to the nearest site is {minutes} "
            "at most, as assumed.",
        ),
    )


def _scores(line: Line) -> Pair:
    before, after = line.access
    return Pair(name=line.before.name, before=before, after=after, marker="[z]")


def _access_headline(lines: Sequence[Line]) -> str:
    moved = [
        (abs((line.access[1] or 0) - (line.access[0] or 0)), line)
        for line in lines
        if line.access[1] is not None
    ]
    if not moved or max(moved, key=lambda each: each[0])[0] < LEAST:
        return "Access to sites stays as it is today"
    _, line = max(moved, key=lambda each: each[0])
    before, after = (0.0 if each is None else each for each in line.access)
    return f"Access changes most in {line.before.name}, from {before:,.0f} to {after:,.0f}"


def _near(line: Line) -> Pair:
    before, after = (100 * each / (line.residents or 1) for each in line.near)
    return Pair(name=line.before.name, before=before, after=after)


def _near_headline(found: Effect, minutes: str) -> str:
    more = found.force.near[1] - found.force.near[0]
    if abs(more) < LEAST:
        return f"As many residents as today are within {minutes} of help"
    way = "more" if more > 0 else "fewer"
    return f"{amount(abs(more))} {way} residents are within {minutes} of help"
