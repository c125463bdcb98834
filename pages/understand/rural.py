"""Rural crime: how crime differs in rural places, and whether support reaches them."""

from dashboard.charts import comparisons, rural, trends
from dashboard.metrics.rural import (
    RURAL_FLAGGED,
    RURAL_PROXY,
    RURAL_PROXY_RATE,
    RURAL_SHARE,
    RURAL_URBAN_DENSITY,
    RURAL_URBAN_DENSITY_RATIO,
    RURAL_URBAN_RATE,
    RURAL_URBAN_RATIO,
)
from dashboard.metrics.rural_help import (
    DISTANCE,
    SUPPORT_RATIO,
    SUPPORT_REACH,
    TRAVEL_BANDS,
    WITHIN_REACH,
    WITHIN_REACH_OF_OUTREACH,
)
from dashboard.ui import rural as parts
from dashboard.ui.page import Question, open_page

page = open_page("rural")
choice = page.filters("area", "period", "crime_type", "compare_with")
page.answer(parts.answer, choice)
page.cards((RURAL_URBAN_RATIO, RURAL_PROXY, parts.support_card, parts.reach_card), choice)


def compared() -> None:
    """Show rural beside urban, per resident, by crime type and district."""
    page.chart(rural.ratios, RURAL_URBAN_RATIO, choice, by=("crime_type",))
    page.chart(rural.paired, RURAL_URBAN_RATE, choice, by=("crime_type", "rural_class"))
    page.compare(rural.ratios, RURAL_URBAN_RATIO, choice)
    page.compare(rural.paired, RURAL_URBAN_RATE, choice, by=("area_code", "rural_class"))


def by_land() -> None:
    """Show the same per hectare: farms cover much of the land, and few people live on it."""
    page.note("By land instead of by residents: farms cover much of it, and few people live there.")
    page.chart(comparisons.bars, RURAL_URBAN_DENSITY, choice, by=("rural_class",))
    page.chart(rural.ratios, RURAL_URBAN_DENSITY_RATIO, choice, by=("crime_type",))


def share() -> None:
    """Show how much of recorded crime is rural, by month, type and district."""
    page.trend(trends.control, RURAL_SHARE, choice)
    page.compare(comparisons.bars, RURAL_SHARE, choice)


def proxy() -> None:
    """Show the proxy basket: its trend, where it gathers and where its rate is high."""
    page.note(
        "A proxy: burglary, criminal damage and arson, other theft and vehicle crime in rural "
        "places. police.uk has no name for farm-type crime: these stand in for it, and hold much "
        "that has nothing to do with farms."
    )
    page.cards((RURAL_PROXY, RURAL_PROXY_RATE), choice)
    page.trend(trends.control, RURAL_PROXY, choice)
    page.part(lambda numbers, _: parts.proxy_map(numbers, choice))
    page.compare(comparisons.bars, RURAL_PROXY_RATE, choice)
    page.chart(comparisons.bars, RURAL_PROXY, choice, by=("small_area_code",))


def farm() -> None:
    """Show farm-type crime as the force flags it, or what is needed to show it."""
    page.note(
        "Another lens: not where a crime happened, but what kind it was. The two are not added up."
    )
    if page.part(lambda numbers, _: parts.has_farm_crime(numbers)):
        page.trend(trends.control, RURAL_FLAGGED, choice)
        page.chart(comparisons.bars, RURAL_FLAGGED, choice, by=("rural_theme",))
        page.compare(comparisons.bars, RURAL_FLAGGED, choice)


def further() -> None:
    """Show places further from a major town apart from those nearer to one."""
    page.note(
        "Far from a major town: more than 30 minutes' drive from a town of 75,000 people or more, "
        "which the 2021 classes call further."
    )
    page.chart(comparisons.bars, RURAL_URBAN_RATE, choice, by=("town_class",))
    page.chart(comparisons.bars, RURAL_PROXY_RATE, choice, by=("town_class",))
    page.chart(rural.travel_bands, TRAVEL_BANDS, choice, by=("town_class", "travel_band"))
    page.chart(comparisons.bars, DISTANCE, choice, by=("town_class",))


def support() -> None:
    """Show who is supported beside what is recorded."""
    page.compare(rural.ratios, SUPPORT_RATIO, choice)
    page.compare(rural.paired, SUPPORT_REACH, choice, by=("area_code", "rural_class"))


def way_to_help() -> None:
    """Show how far help is from rural and from urban places."""
    page.chart(comparisons.bars, WITHIN_REACH, choice, by=("rural_class",))
    page.chart(comparisons.bars, WITHIN_REACH_OF_OUTREACH, choice, by=("rural_class",))
    page.compare(comparisons.bars, WITHIN_REACH, choice)
    page.chart(comparisons.bars, DISTANCE, choice, by=("rural_class",))


page.questions(
    Question("Rural and urban", "How does crime differ in rural places?", compared),
    Question("By land", "And by land instead of residents?", by_land),
    Question("Rural share", "How much of crime is rural, and is that changing?", share),
    Question("Proxy basket", "Is there more or less of what stands in for farm crime?", proxy),
    Question("Farm crime", "How much farm-type crime does the force flag?", farm),
    Question("Far from a town", "How do places further from a town stand?", further),
    Question("Support", "Does support reach rural places?", support),
    Question("Way to help", "How far is help from rural places?", way_to_help),
)
