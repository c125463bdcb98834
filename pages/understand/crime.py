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
from dashboard.ui.page import open_page

page = open_page("crime")
choice = page.filters("area", "period", "crime_type", "compare_with")
page.answer(answers.crime, choice)
page.cards((RECORDED_CRIME, RECORDED_CRIME_RATE, CRIME_WITHOUT_LOCATION), choice)

page.section("Is it changing?")
page.trend(trends.control, RECORDED_CRIME, choice)
page.change(comparisons.largest_changes, RECORDED_CRIME, choice, by=("area_code", "crime_type"))

page.section("How much is there, and where is it high for the people who live there?")
page.chart(comparisons.bars, RECORDED_CRIME, choice, by=("crime_type",))
page.chart(comparisons.bars, RECORDED_CRIME_RATE, choice, by=("area_code",))
page.chart(comparisons.funnel, RECORDED_CRIME_RATE, choice, by=("area_code",))
page.chart(comparisons.matrix, RECORDED_CRIME_RATE, choice, by=("area_code", "crime_type"))

page.section("Where are the hot spots?")
page.map(maps.hexagons, RECORDED_CRIME, choice, by=("hexagon",))
page.chart(comparisons.bars, RECORDED_CRIME_RATE, choice, by=("small_area_code",))

page.section("How do cases end?")
page.chart(comparisons.outcomes, OUTCOME_SHARE, choice, by=("crime_type", "outcome_group"))
page.note(
    "The last outcome on the day the file was issued. Recent months are unfinished, so shares "
    "from files issued on different dates do not compare."
)

page.section("What of antisocial behaviour, which is not crime?")
page.cards((ANTISOCIAL_BEHAVIOUR, ANTISOCIAL_BEHAVIOUR_RATE), choice)
page.trend(trends.control, ANTISOCIAL_BEHAVIOUR, choice)

page.section("How much has no location?")
page.trend(trends.control, CRIME_WITHOUT_LOCATION, choice)
