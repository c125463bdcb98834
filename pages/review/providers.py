"""Provider performance: outputs, outcomes, waits, returns and value, one framework for all."""

from dashboard.charts import comparisons, trends
from dashboard.charts.capacity import capacity
from dashboard.charts.score_changes import score_changes
from dashboard.metrics.funding import SPEND
from dashboard.metrics.metric import Metric
from dashboard.metrics.outcome import PAIRED, SCORE_CHANGE
from dashboard.metrics.people import PEOPLE_SUPPORTED, RETURNED_ACTIVE, RETURNED_NEW
from dashboard.metrics.provider import (
    CONTRACTS_ENDING,
    CONTRACTS_ENDING_SOON,
    COST_PER_IMPROVED,
    COST_PER_PERSON,
    RETURNS_ON_TIME,
    USE_OF_CAPACITY,
    VALUE_ENDING,
)
from dashboard.metrics.waiting import (
    ACCEPTANCE_TO_START,
    ACCEPTANCE_TO_START_90TH,
    CONTACTED_IN_TIME,
    REFERRAL_TO_CONTACT,
    REFERRAL_TO_CONTACT_90TH,
)
from dashboard.ui import provider_money, provider_profile, quality_supplied
from dashboard.ui import providers as parts
from dashboard.ui.page import Question, open_page

page = open_page("providers")
choice = parts.whole_force(
    page.filters(
        "period",
        "compare_with",
        because="Services are held for the whole force, and their people by crime group, which is "
        "not a police.uk type.",
        own=(provider_profile.PROVIDER,),
        about=PEOPLE_SUPPORTED,
    )
)
page.part(lambda numbers, _: parts.show_status(numbers, choice))
page.answer(parts.answer, choice)
page.cards((PEOPLE_SUPPORTED, PAIRED, RETURNS_ON_TIME, CONTRACTS_ENDING), choice)


def framework() -> None:
    """Show every service by the same measures."""
    page.note(
        "Services differ in whom they are for, so that no rank is made of them: read a row against "
        "its own past and its contract. What scores say is unsafe where under half are paired."
    )
    page.part(lambda numbers, _: provider_profile.show_framework(numbers, choice))


def activity() -> None:
    """Show whom services newly supported: as counted, and as they returned it."""
    page.trend(trends.control, PEOPLE_SUPPORTED, choice)
    page.part(lambda numbers, _: parts.counted_and_returned(numbers, choice))
    page.chart(comparisons.bars, PEOPLE_SUPPORTED, choice, by=("provider_id",))
    page.trend(trends.control, RETURNED_NEW, choice, by=("quarter",))


def outcomes() -> None:
    """Show the share of scores paired first, then what those that are paired say."""
    page.note(
        "First how many have a score at entry and at exit: those who stop coming are missing, and "
        "under half what is left says little. Then what the pairs say. No cause is claimed: there "
        "is nobody to compare with."
    )
    page.chart(comparisons.bars, PAIRED, choice, by=("service_id",))
    page.trend(trends.control, PAIRED, choice)
    page.part(lambda numbers, _: parts.improved_by_service(numbers, choice))
    page.chart(score_changes, SCORE_CHANGE, choice, by=("scale",))


def in_use() -> None:
    """Show how full services are."""
    page.chart(capacity, USE_OF_CAPACITY, choice, by=("service_id",))
    page.trend(trends.control, RETURNED_ACTIVE, choice, by=("quarter",))


def wait(median: Metric, ninetieth: Metric) -> None:
    """Show one wait by service."""
    page.part(lambda numbers, _: parts.wait_by_service(numbers, choice, median, ninetieth))


def waits() -> None:
    """Show how long people wait at each service, beside what its contract allows."""
    page.chart(comparisons.bars, CONTACTED_IN_TIME, choice, by=("service_id",))
    wait(REFERRAL_TO_CONTACT, REFERRAL_TO_CONTACT_90TH)
    wait(ACCEPTANCE_TO_START, ACCEPTANCE_TO_START_90TH)


def cost() -> None:
    """Show what a service costs for each person and for each improved outcome."""
    page.note(COST_PER_PERSON.caveat)
    page.chart(comparisons.bars, COST_PER_PERSON, choice, by=("service_id",))
    page.note(COST_PER_IMPROVED.caveat)
    page.chart(comparisons.bars, COST_PER_IMPROVED, choice, by=("service_id",))


def returns() -> None:
    """Show which returns came, and when."""
    page.listing(quality_supplied.returns_by_quarter)
    page.chart(comparisons.bars, RETURNS_ON_TIME, choice, by=("provider_id",))
    page.listing(quality_supplied.returns_to_chase)


def contracts() -> None:
    """Show when contracts end, what they are worth and whom they serve."""
    page.cards((CONTRACTS_ENDING_SOON, CONTRACTS_ENDING, VALUE_ENDING), choice)
    page.part(lambda numbers, _: provider_money.contracts(numbers, choice))


def money() -> None:
    """Show what is spent, for what and where, beside need."""
    page.chart(comparisons.bars, SPEND, choice, by=("objective",))
    page.chart(comparisons.bars, SPEND, choice, by=("stream",))
    page.chart(comparisons.bars, SPEND, choice, by=("area_code",))
    page.chart(comparisons.bars, SPEND, choice, by=("crime_group",))
    page.part(lambda numbers, _: provider_money.spend_and_need(numbers, choice))


def profile() -> None:
    """Show one provider on one page."""
    page.part(lambda numbers, _: provider_profile.show_profile(numbers, choice))


page.questions(
    Question("Framework", "How does each service do, by the same measures?", framework),
    Question("Profile", "What should be said at a provider’s contract meeting?", profile),
    Question("Activity", "Whom do services support, and do they count as we do?", activity),
    Question("Outcomes", "Do people leave better than they came?", outcomes),
    Question("Capacity", "Are services too full, or too empty?", in_use),
    Question("Waits", "How long do people wait at each service?", waits),
    Question("Cost", "What does support cost?", cost),
    Question("Returns", "Which returns are due, in, late or refused?", returns),
    Question("Contracts", "Which contracts end, and whom do they serve?", contracts),
    Question("Spend", "What is spent, and is it where the need is?", money),
)
