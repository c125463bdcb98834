"""Overview: what changed, and what the Board should look at."""

from dashboard.charts import multiples, trends
from dashboard.metrics.catalogue import metric
from dashboard.metrics.crime import RECORDED_CRIME, RECORDED_CRIME_RATE
from dashboard.metrics.strategy import OBJECTIVES
from dashboard.ui import answers, cards, look_here, quality, quality_supplied, signal_list
from dashboard.ui.page import Question, open_page

page = open_page("overview")
choice = page.filters("area", "period", "crime_type", "compare_with")

BY_OBJECTIVE = {
    "referral_on_time": "A",
    "key_event_on_time": "B",
    "recorded_crime": "C",
    "contacted_in_time": "C",
    "waiting": "C",
    "scores_improved": "D",
    "overall_satisfied": "D",
    "commitments_with_evidence": "E",
}
page.cards([cards.tied(metric(key), letter) for key, letter in BY_OBJECTIVE.items()], choice)
page.answer(answers.overview, choice)  # after the cards, which need not wait for its scan
page.note("; ".join(f"{letter}: {words}" for letter, words in OBJECTIVES.items()) + ".")

page.section("What should the Board look at?")
page.look_here(choice)

page.section("How does recorded crime stand, and which measures fall short?")
page.cards(
    (
        RECORDED_CRIME_RATE,
        cards.yearly_change(RECORDED_CRIME),
        cards.quarterly_change(RECORDED_CRIME),
        cards.latest_month,
    ),
    choice,
)
wide, narrow = page.row()
with wide:
    page.trend(trends.control, RECORDED_CRIME, choice)
with narrow:
    page.part(lambda numbers, _: look_here.show_measures(numbers, choice))

page.section("How does each district compare with its own past?")
page.trend(multiples.multiples, RECORDED_CRIME, choice, by=("month", "area_code"))


def late() -> None:
    """Show when each source came and when more is due, and the returns that are late."""
    page.listing(quality.sources)
    page.listing(quality_supplied.returns_to_chase)


def every_signal() -> None:
    """Show all that the scan found, those that may be chance included."""
    page.part(lambda numbers, _: signal_list.show(numbers, choice))


page.questions(
    Question("New and late", "What is new in the data, and what is late?", late),
    Question("Every signal", "What did the scan find, and what may be chance?", every_signal),
    in_address=False,
)
