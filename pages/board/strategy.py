"""Strategy: whether each objective and commitment is being delivered, and on what evidence."""

from dashboard.charts import comparisons
from dashboard.metrics.strategy import EVIDENCED
from dashboard.ui import strategy as parts
from dashboard.ui.page import Question, open_page
from dashboard.ui.strategy_report import highlights

page = open_page("strategy")
choice = page.filters(
    because="Commitments are those of the whole force, as they stand now: no filter applies. Each "
    "measure is shown over its own latest period."
)
page.answer(parts.answer, choice)
page.cards((parts.evidence_card, parts.late_card, parts.risk_card, parts.stale_card), choice)


def commitments() -> None:
    """Show the eighteen commitments one by one."""
    page.note(
        "The words are ours, in short; the strategy has them in full. Owners are roles. A "
        "commitment without evidence says so: that is a finding, and no zero."
    )
    page.part(lambda numbers, _: parts.commitments(numbers))


def measured() -> None:
    """Show what the measures say, and how far they cover the commitments."""
    page.note(
        "A verdict speaks of the measure, not of the commitment: what is measured is a sign of "
        "delivery, never the whole of it."
    )
    page.part(lambda numbers, _: parts.measured(numbers))
    page.chart(comparisons.bars, EVIDENCED, choice, by=("objective",))


def plan() -> None:
    """Show what is open in the delivery plan."""
    page.note(
        "Staff keep the plan as one sheet and send it on the page Load data; its template stands "
        "there too."
    )
    page.part(lambda numbers, _: parts.open_entries(numbers))


def report() -> None:
    """Show the highlight report, which prints as it stands."""
    page.part(lambda numbers, _: highlights(numbers))


page.questions(
    Question(
        "Commitments", "Is each commitment being delivered, and on what evidence?", commitments
    ),
    Question("Evidence", "What do the measures say?", measured),
    Question("Delivery plan", "What is due, late or at risk?", plan),
    Question("Highlight report", "What should the Board know of each objective?", report),
)
