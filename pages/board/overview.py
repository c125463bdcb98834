"""Overview: what changed, and what the Board should look at."""

from dashboard.charts import multiples, trends
from dashboard.metrics.crime import (
    ANTISOCIAL_BEHAVIOUR,
    CRIME_WITHOUT_LOCATION,
    RECORDED_CRIME,
    RECORDED_CRIME_RATE,
)
from dashboard.ui import answers, cards, quality
from dashboard.ui.page import open_page

page = open_page("overview")
choice = page.filters("area", "period", "crime_type", "compare_with")
page.answer(answers.overview, choice)
page.cards(
    (
        RECORDED_CRIME,
        RECORDED_CRIME_RATE,
        ANTISOCIAL_BEHAVIOUR,
        CRIME_WITHOUT_LOCATION,
        cards.yearly_change(RECORDED_CRIME),
        cards.quarterly_change(RECORDED_CRIME),
        cards.signals,
        cards.latest_month,
    ),
    choice,
)

page.section("What should the Board look at?")
wide, narrow = page.row()
with wide:
    page.trend(trends.control, RECORDED_CRIME, choice)
with narrow:
    page.look_here(choice)

page.section("How does each district compare with its own past?")
page.trend(multiples.multiples, RECORDED_CRIME, choice, by=("month", "area_code"))

page.section("What is new in the data, and what is late?")
page.listing(quality.sources)
