"""Small panels: a control chart by month for every district, each against its own past."""

from dashboard.charts import words
from dashboard.charts.chart import Band, Cell, Chart, Level, Series, Table
from dashboard.charts.reading import Reading, labels, reading_of, short_state, tone
from dashboard.metrics.metric import Result
from dashboard.metrics.period import months_between
from dashboard.metrics.written import usual_range
from schemas.codes import SPECIAL_AREA_NAMES


def multiples(result: Result) -> Chart:
    """Return one small panel a place, each against its own past: 100 is its own average.

    The result is by ("month", "area_code"); places that are no places are left out.
    """
    (column,) = (each for each in result.by if each != "month")
    readings = {
        str(code): reading_of(result, rows)
        for (code,), rows in result.frame.group_by(column, maintain_order=True)
        if code not in SPECIAL_AREA_NAMES
    }
    named = {words.name(result, code): reading for code, reading in readings.items()}
    drawn = {name: reading for name, reading in named.items() if reading.limits}
    return Chart(
        key=words.key(result, f"by {words.dimension(column)} and month"),
        form="multiples",
        headline=_multiples_headline(result, drawn),
        subtitle=f"{words.subject(result)}, by {words.dimension(column)} and month, "
        f"{words.place_and_period(result)}; 100 is each one's own average, shaded its usual range",
        alt=_multiples_alt(result, named),
        table=_multiples_table(result, column, named),
        series=tuple(_panel(result, name, reading) for name, reading in drawn.items()),
        bands=tuple(_panel_band(result, name, reading) for name, reading in drawn.items()),
        levels=(Level("own average", 100.0),),
        from_zero=False,
        x_axis="month",
        notes=result.notes,
        **words.facts(result),
    )


def _panel(result: Result, name: str, reading: Reading) -> Series:
    assert reading.limits is not None  # noqa: S101  (only panels with limits are drawn)
    mean = reading.limits.mean or 1.0
    latest = reading.signals[reading.last] if reading.last is not None else 0
    return Series(
        name=f"{name}: {short_state(reading)}",
        x=reading.days,
        y=tuple(None if value is None else 100 * value / mean for value in reading.values),
        tone=tone(latest, result.metric.better),
        labels=tuple(f"{name}, {words.lowered(label)}" for label in labels(result, reading)),
        panel=name,
    )


def _panel_band(result: Result, name: str, reading: Reading) -> Band:
    assert reading.limits is not None  # noqa: S101  (only panels with limits are drawn)
    mean = reading.limits.mean or 1.0
    low, high = (100 * limit / mean for limit in usual_range(result.metric, reading.limits))
    count = len(reading.months)
    return Band("usual range", reading.days, (low,) * count, (high,) * count, panel=name)


def _multiples_headline(result: Result, drawn: dict[str, Reading]) -> str:
    measure = words.measure(result)
    if not drawn:
        return f"{measure}: too few months for a usual range"
    high = [name for name, each in drawn.items() if each.run and each.signals[each.run[-1]] > 0]
    low = [name for name, each in drawn.items() if each.run and each.signals[each.run[-1]] < 0]
    sides = [("higher", high), ("lower", low)]
    said = [f"{words.joined(names)} {way} than usual" for way, names in sides if names]
    if not said:
        return f"{measure}: no area stands out from its own past"
    return f"{measure}: {'; '.join(said)}"


def _multiples_alt(result: Result, named: dict[str, Reading]) -> str:
    parts = [
        f"{name} {words.number(result, each.values[each.last])}, {short_state(each)}"
        for name, each in named.items()
        if each.last is not None
    ]
    return f"Small line charts, latest month of each: {'; '.join(parts)}."


def _multiples_table(result: Result, column: str, named: dict[str, Reading]) -> Table:
    form = words.number_format(result)
    months = months_between(result.period.first_month, result.period.last_month)
    rows = tuple(_panel_row(result, name, reading) for name, reading in named.items())
    first = words.sentence(words.dimension(column))
    columns = (first, "Latest reading", "Average", "Usual range, from", "Usual range, to")
    formats = ("", "", form, form, form)
    names = tuple(f"{month:%b %Y}" for month in months)
    return Table((*columns, *names), rows, (*formats, *[form] * len(months)))


def _panel_row(result: Result, name: str, reading: Reading) -> tuple[Cell, ...]:
    limits: tuple[Cell, ...] = (None, None, None)
    if reading.limits:
        limits = (reading.limits.mean, *usual_range(result.metric, reading.limits))
    return (name, short_state(reading), *limits, *reading.cells)
