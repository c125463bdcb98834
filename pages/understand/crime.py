"""Crime explorer: what is recorded, by type, area and month, and whether it is changing."""

from dashboard.charts import comparisons, maps, trends
from dashboard.metrics.crime import (
    ANTISOCIAL_BEHAVIOUR,
    ANTISOCIAL_BEHAVIOUR_RATE,
    CRIME_WITHOUT_LOCATION,
    OUTCOME_SHARE,
    RECORDED_CRIME,
    RECORDED_CRIME_RATE,
)
from dashboard.ui import answers
from dashboard.ui.page import Question, open_page

page = open_page("crime")
choice = page.filters("area", "period", "crime_type", "compare_with")
page.answer(answers.crime, choice)
page.cards(
    (RECORDED_CRIME, RECORDED_CRIME_RATE, ANTISOCIAL_BEHAVIOUR, CRIME_WITHOUT_LOCATION), choice
)


def changing() -> None:
    """Show the monthly trend, and which areas and types changed the most."""
    page.trend(trends.control, RECORDED_CRIME, choice)
    page.change(comparisons.largest_changes, RECORDED_CRIME, choice, by=("area_code", "crime_type"))


def compared() -> None:
    """Show counts by type, and rates by area with what chance alone would do."""
    page.chart(comparisons.bars, RECORDED_CRIME, choice, by=("crime_type",))
    page.compare(comparisons.bars, RECORDED_CRIME_RATE, choice)
    page.compare(comparisons.funnel, RECORDED_CRIME_RATE, choice)
    page.compare(comparisons.matrix, RECORDED_CRIME_RATE, choice, by=("area_code", "crime_type"))


def hot_spots() -> None:
    """Show where crime with a location gathers, down to small areas."""
    page.map(maps.hexagons, RECORDED_CRIME, choice, by=("hexagon",))
    page.chart(comparisons.bars, RECORDED_CRIME_RATE, choice, by=("small_area_code",))


def outcomes() -> None:
    """Show how cases end, with the warning that goes with it."""
    page.note(
        "These are the last outcomes on the day a file was issued. Recent months are unfinished, "
        "so shares from files issued on different dates do not compare."
    )
    page.chart(comparisons.outcomes, OUTCOME_SHARE, choice, by=("crime_type", "outcome_group"))


def antisocial_behaviour() -> None:
    """Show antisocial behaviour on its own: it is never part of recorded crime."""
    page.cards((ANTISOCIAL_BEHAVIOUR, ANTISOCIAL_BEHAVIOUR_RATE), choice)
    page.trend(trends.control, ANTISOCIAL_BEHAVIOUR, choice)
    page.compare(comparisons.bars, ANTISOCIAL_BEHAVIOUR_RATE, choice)


def without_location() -> None:
    """Show the share of records that no map and no district figure can hold."""
    page.trend(trends.control, CRIME_WITHOUT_LOCATION, choice)


page.questions(
    Question("Change", "Is it changing, and where the most?", changing),
    Question("Types and areas", "How much is there, and where is it high?", compared),
    Question("Hot spots", "Where does it gather?", hot_spots),
    Question("Outcomes", "How do cases end?", outcomes),
    Question(
        "Antisocial behaviour", "What of behaviour that is not a crime?", antisocial_behaviour
    ),
    Question("No location", "How much cannot be placed?", without_location),
)
