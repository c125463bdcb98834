"""Needs assessment: who is harmed, where, how many never report, who comes, who is missing."""

from functools import partial

from dashboard.charts import comparisons, trends
from dashboard.charts.ranges import ranges
from dashboard.charts.representation import representation
from dashboard.metrics.crime import RECORDED_CRIME, RECORDED_CRIME_RATE
from dashboard.metrics.harm import COST, HARM
from dashboard.metrics.needs import (
    ESTIMATE_SHARE,
    ESTIMATED_NEED,
    REPORTED_TO_ESTIMATE,
    REPRESENTATION,
    SHARE_RATIO,
    TAKE_UP,
    UNREPORTED,
    about,
)
from dashboard.ui import needs as parts
from dashboard.ui import needs_assumptions, needs_layers
from dashboard.ui.page import Question, open_page

page = open_page("needs")
choice = page.filters(
    "area",
    "compare_with",
    because="Estimates are for a year and take no police.uk crime types. Crime and people are "
    "those of the latest twelve months held.",
    own=parts.FILTERS,
)
asked = page.part(lambda numbers, _: parts.asked(numbers, choice))
page.answer(parts.answer, asked.choice)
page.cards((RECORDED_CRIME, parts.PEOPLE, parts.REPEAT), asked.choice)
page.cards(
    (
        parts.victims_card,
        partial(parts.group_card, of=asked.about(ESTIMATED_NEED)),
        partial(parts.group_card, of=asked.about(TAKE_UP)),
    ),
    asked.tried,
)


def layers() -> None:
    """Show recorded crime, victims, need and take-up by priority group."""
    page.part(lambda numbers, _: needs_layers.by_group(numbers, asked))


def districts() -> None:
    """Show the same by district, for the group that is chosen."""
    page.note(
        "One national rate is applied everywhere: districts differ by their residents only, never "
        "by local risk. Choose the priority group above."
    )
    page.part(lambda numbers, _: needs_layers.by_district(numbers, asked))


def unreported() -> None:
    """Show what surveys say is never reported, and recorded crime against the estimate."""
    page.chart(ranges, UNREPORTED, asked.tried, by=("crime_group",))
    page.chart(ranges, REPORTED_TO_ESTIMATE, asked.tried, by=("crime_group",))
    vehicle = about(REPORTED_TO_ESTIMATE, "crime_group", "VEH")
    page.compare(ranges, vehicle, asked.tried)


def missing() -> None:
    """Show the share of referrals against the share of the estimate, by group and district."""
    page.chart(representation, SHARE_RATIO, asked.tried, by=("priority_flag",))
    page.chart(ranges, ESTIMATE_SHARE, asked.tried, by=("priority_flag",))
    page.compare(representation, asked.about(SHARE_RATIO), asked.tried)
    page.part(lambda numbers, _: needs_layers.funnel(numbers, asked))


def again() -> None:
    """Show who comes again, and how many of those assessed have enhanced rights."""
    page.trend(trends.control, parts.REPEAT, asked.choice)
    page.chart(comparisons.bars, parts.REPEAT, asked.choice, by=("crime_group",))
    page.trend(trends.control, parts.ENHANCED, asked.choice)


def harm() -> None:
    """Show harm-weighted crime beside the unweighted rate, and the cost of crime."""
    page.compare(ranges, HARM, asked.tried)
    page.compare(comparisons.bars, RECORDED_CRIME_RATE, asked.choice)
    page.chart(ranges, HARM, asked.tried, by=("crime_type",))
    page.chart(ranges, COST, asked.tried, by=("crime_type",))
    page.note(
        "Small areas are indicative only: a few offences move one far, points on the map are moved "
        "to the nearest of a list, and weights are those of whole police.uk types. Of people, "
        "nothing is shown below district."
    )
    page.chart(ranges, HARM, asked.tried, by=("small_area_code",))


def equality() -> None:
    """Show who is supported against residents; unknown answers are groups of their own."""
    page.note("For the yearly equality assessment. Unknown answers stand apart and in the whole.")
    for characteristic in ("age_band", "sex", "ethnic_group", "disability"):
        page.chart(representation, REPRESENTATION, asked.choice, by=(characteristic,))
        page.chart(comparisons.bars, parts.WHO, asked.choice, by=(characteristic,))


def assumed() -> None:
    """List the assumptions, and let one be tried out."""
    page.part(lambda numbers, _: needs_assumptions.show_trial(numbers, asked.tried))
    page.listing(needs_assumptions.listed)


page.questions(
    Question("Layers", "Who is harmed, and who comes for help?", layers),
    Question("Districts", "Where do they live?", districts),
    Question("Never reported", "How many never report?", unreported),
    Question("Who is missing", "Who is missing among referrals?", missing),
    Question("Repeat and enhanced", "Who comes again, and who has enhanced rights?", again),
    Question("Harm and cost", "Where is the harm greatest?", harm),
    Question("Equality", "Who is supported, beside who lives here?", equality),
    Question("Assumptions", "What do these estimates rest on?", assumed),
)
