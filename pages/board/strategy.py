"""Strategy: whether each objective and commitment is being delivered, and on what evidence."""

from functools import partial

from dashboard.charts import comparisons
from dashboard.metrics.strategy import EVIDENCED
from dashboard.ui import plan_form
from dashboard.ui import strategy as parts
from dashboard.ui.page import Question, open_page
from dashboard.ui.plan_shown import plan_shown
from dashboard.ui.strategy_report import highlights

page = open_page("strategy")
choice = page.filters(
    because="Commitments are those of the whole force, as they stand now: no filter applies. Each "
    "measure is shown over its own latest period."
)
plan = page.part(plan_shown)
page.answer(partial(parts.answer, plan), choice)
of_plan = (parts.late_card, parts.risk_card, parts.stale_card)
page.cards((parts.evidence_card, *(partial(card, plan) for card in of_plan)), choice)


def commitments() -> None:
    """Show the eighteen commitments one by one."""
    page.note(
        "The words are ours, in short; the strategy has them in full. Owners are roles. A "
        "commitment without evidence says so: that is a finding, and no zero."
    )
    page.part(lambda numbers, _: parts.commitments(plan, numbers))


def measured() -> None:
    """Show what the measures say, and how far they cover the commitments."""
    page.note(
        "A verdict speaks of the measure, not of the commitment: what is measured is a sign of "
        "delivery, never the whole of it."
    )
    page.part(lambda numbers, _: parts.measured(plan, numbers))
    page.chart(comparisons.bars, EVIDENCED, choice, by=("objective",))


def delivery() -> None:
    """Show what is open in the delivery plan, and let staff change it."""
    page.note(
        "Staff send the plan as one sheet on the page Load data, or change an entry here. Of each "
        "entry the later of the two is shown, and its last column says which that is."
    )
    page.part(lambda numbers, data_dir: plan_form.show(plan, numbers, data_dir))
    page.part(lambda numbers, _: parts.open_entries(plan, numbers))


def report() -> None:
    """Show the highlight report, which prints as it stands."""
    page.part(lambda numbers, _: highlights(plan, numbers))


page.questions(
    Question(
        "Commitments", "Is each commitment being delivered, and on what evidence?", commitments
    ),
    Question("Evidence", "What do the measures say?", measured),
    Question("Delivery plan", "What is due, late or at risk?", delivery),
    Question("Highlight report", "What should the Board know of each objective?", report),
)
