"""The parts of the page on rural crime: its answer, its own cards, the map of the proxy basket."""

from dashboard.charts.rural_map import rural_hexagons
from dashboard.errors import UnknownChoice
from dashboard.metrics.areas import centres
from dashboard.metrics.metric import Choice, Result
from dashboard.metrics.rural import (
    RURAL_FLAGGED,
    RURAL_PROXY,
    RURAL_URBAN_RATE,
    RURAL_URBAN_RATIO,
)
from dashboard.metrics.rural_help import SUPPORT_RATIO, WITHIN_REACH
from dashboard.metrics.travel import travel
from dashboard.ui import figure, markup
from dashboard.ui.cache import kept
from dashboard.ui.cards import number
from dashboard.ui.markup import Card
from dashboard.ui.numbers import Numbers
from schemas.supplied.contracts import contract


def answer(numbers: Numbers, choice: Choice) -> str:
    """Say how rural compares with urban, how the proxy basket stands, and who is near help."""
    return kept(numbers.version, ("rural answer", choice), lambda: _answer(numbers, choice))


def _answer(numbers: Numbers, choice: Choice) -> str:
    parts = (_compared, _proxy, _reach)
    try:
        return " ".join(said for part in parts if (said := part(numbers, choice)))
    except UnknownChoice as refusal:
        return str(refusal)


def _compared(numbers: Numbers, choice: Choice) -> str:
    (ratio,) = numbers.result(RURAL_URBAN_RATIO, choice).frame.iter_rows(named=True)
    rates = numbers.result(RURAL_URBAN_RATE, choice, ("rural_class",)).frame
    value = dict(rates.select("rural_class", "value").iter_rows())
    if ratio["value"] is None:
        return "Rural and urban places cannot be compared for this choice."
    said = _said(ratio["lower"], ratio["upper"])
    limits = f"{ratio['lower']:.2f} to {ratio['upper']:.2f}"
    return (
        f"Rural places record {value['Rural']:.1f} offences per 1,000 residents a year, urban ones "
        f"{value['Urban']:.1f}: {said}, {ratio['value']:.2f} times the urban rate (95% limits "
        f"{limits})."
    )


def _said(lower: float, upper: float) -> str:
    if upper < 1:
        return "clearly lower"
    return "clearly higher" if lower > 1 else "no clear difference"


def _proxy(numbers: Numbers, choice: Choice) -> str:
    if numbers.result(RURAL_PROXY, choice).frame["value"][0] is None:
        return ""
    verdict = numbers.verdict(RURAL_PROXY, choice)
    return f"The rural proxy basket: {verdict.words}."


def _reach(numbers: Numbers, choice: Choice) -> str:
    shares = _within_reach(numbers, choice)
    if not shares:
        return ""
    said = " and ".join(f"{share:.0f}% of {kind.lower()}" for kind, share in shares.items())
    mark = travel(numbers.warehouse).mark
    return f"Within an assumed 30 minutes of help{mark} live {said} residents."


def _within_reach(numbers: Numbers, choice: Choice) -> dict[str, float]:
    """Return the share of rural and of urban residents within reach, where there is one."""
    frame = numbers.result(WITHIN_REACH, choice, ("rural_class",)).frame
    held = frame.drop_nulls("value").sort("rural_class")
    return dict(held.select("rural_class", "value").iter_rows())


def reach_card(numbers: Numbers, choice: Choice) -> Card:
    """Return the card of rural residents near help, beside urban ones."""
    name = "Rural residents within 30 minutes of help"
    try:
        shares = _within_reach(numbers, choice)
    except UnknownChoice as refusal:
        return Card(name=name, number="Not available", change=str(refusal))
    if "Rural" not in shares:
        return Card(name=name, number="Not available", change="No place of help is known here.")
    urban = f"Urban residents: {shares['Urban']:.0f}%. " if "Urban" in shares else ""
    return Card(
        name=name,
        number=f"{shares['Rural']:.0f}%",
        unit=travel(numbers.warehouse).mark.strip(" ()"),
        change=f"{urban}Assumed speeds on a straight line made longer; not a drive time.",
    )


def support_card(numbers: Numbers, choice: Choice) -> Card:
    """Return the card of support per offence in rural places over urban ones."""
    try:
        result = numbers.result(SUPPORT_RATIO, choice)
    except UnknownChoice as refusal:
        return Card(name=SUPPORT_RATIO.label, number="Not available", change=str(refusal))
    return Card(
        name=SUPPORT_RATIO.label,
        number=number(result),
        unit=SUPPORT_RATIO.unit,
        change=_limits(result),
    )


def _limits(result: Result) -> str:
    (row,) = result.frame.iter_rows(named=True)
    if row["value"] is None:
        return "Hidden to protect people, or without an urban or rural part."
    said = _said(row["lower"], row["upper"])
    return f"{said.capitalize()}: 95% limits {row['lower']:.2f} to {row['upper']:.2f}."


def has_farm_crime(numbers: Numbers) -> bool:
    """Return whether the force's own extract is loaded; where it is not, say what it needs."""
    held = numbers.warehouse.table("meta_source")["source_key"]
    if RURAL_FLAGGED.source in held:
        return True
    markup.box(
        "notice",
        "Source not loaded: crimes with a rural flag.",
        "Farm-type crime is in no open file, so that nothing stands here until the force sends its "
        "own extract: one row a crime with a key, the month, the theme and the district. Its "
        f"template “{contract(RURAL_FLAGGED.source).title}” stands on the page Load data. Small "
        "counts will be hidden, since behind few crimes stand few farms.",
    )
    return False


def proxy_map(numbers: Numbers, choice: Choice) -> None:
    """Show where the proxy basket gathers; the map says that points are moved."""
    try:
        result = numbers.result(RURAL_PROXY, choice, ("small_area_code",))
    except UnknownChoice as refusal:
        markup.box("notice", f"{RURAL_PROXY.label}: not shown.", str(refusal))
        return
    kept_as = ("rural proxy map", choice)
    chart = kept(
        numbers.version,
        kept_as,
        lambda: rural_hexagons(result, numbers.outlines(), centres(numbers.warehouse)),
    )
    figure.show(chart, key="rural_proxy_map", kept_as=kept_as)
