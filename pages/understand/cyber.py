"""Cyber crime: how much fraud and cyber crime is reported, what it costs, and who is supported."""

from dashboard.charts import comparisons, cyber, ranges, trends
from dashboard.metrics.cyber import (
    ESTIMATED_FRAUD,
    ESTIMATED_MISUSE,
    FRAUD_VICTIMS_SUPPORTED,
    MISUSE_VICTIMS_SUPPORTED,
    ONLINE,
    ONLINE_SAID,
)
from dashboard.metrics.fraud import (
    FRAUD_LOSS,
    FRAUD_MEDIAN_LOSS,
    FRAUD_REPORT_RATE,
    FRAUD_REPORTS,
)
from dashboard.metrics.needs import UNREPORTED
from dashboard.ui import cyber as parts
from dashboard.ui.page import Question, open_page

page = open_page("cyber")
choice = page.filters(
    "area",
    "period",
    "compare_with",
    because=(
        "Crime types are those of police.uk, which holds no fraud. The area applies to estimates "
        "and to people supported: reports are held for whole forces."
    ),
    about=FRAUD_REPORTS,
)
page.answer(parts.answer, choice)
page.note(
    "police.uk holds no fraud: it is reported nationally, to Report Fraud (Action Fraud before). "
    "Its public view shows about thirteen months, so every monthly snapshot is kept here."
)
page.cards((FRAUD_REPORTS, FRAUD_REPORT_RATE, parts.median_card, parts.loss_card), choice)


def changing() -> None:
    """Show the reports by month over what is usual for them."""
    page.trend(trends.control, FRAUD_REPORTS, choice)


def kinds() -> None:
    """Show the reports by type, by kind of victim and by age."""
    page.chart(comparisons.bars, FRAUD_REPORTS, choice, by=("fraud_type",))
    page.chart(comparisons.bars, FRAUD_REPORTS, choice, by=("victim_type",))
    page.chart(comparisons.bars, FRAUD_REPORTS, choice, by=("age_band",))


def losses() -> None:
    """Show what victims say they lost: the median first, then the total."""
    page.note(
        "Losses are very uneven: one large loss outweighs hundreds of small ones. The median says "
        "what is usual, the total what it comes to."
    )
    page.chart(comparisons.bars, FRAUD_MEDIAN_LOSS, choice, by=("fraud_type",))
    page.chart(comparisons.bars, FRAUD_LOSS, choice, by=("fraud_type",))
    page.chart(comparisons.bars, FRAUD_LOSS, choice, by=("age_band",))


def other_forces() -> None:
    """Show the rates of all forces in the snapshots, with what chance alone would do."""
    page.note("A higher rate may be more fraud, or better reporting: reports cannot tell which.")
    page.chart(comparisons.funnel, FRAUD_REPORT_RATE, choice, by=("force_code",))
    page.chart(comparisons.bars, FRAUD_REPORT_RATE, choice, by=("force_code",))


def unreported() -> None:
    """Show what a survey finds, beside what is reported, with what it rests on."""
    page.note(
        "Estimates and reports count different things, so they stand side by side: incidents "
        "of adults that a survey finds, and reports that somebody made."
    )
    page.cards(
        (
            parts.estimate_card(ESTIMATED_FRAUD),
            parts.estimate_card(ESTIMATED_MISUSE),
            FRAUD_REPORTS,
        ),
        choice,
    )
    page.chart(cyber.not_reported, UNREPORTED, choice, by=("crime_group",))
    page.compare(ranges.ranges, ESTIMATED_FRAUD, choice)
    page.listing(parts.assumptions_used)


def online() -> None:
    """Show how often referrals say whether a crime was online, and then how many were."""
    page.chart(cyber.online_harms, ONLINE_SAID, choice, by=("crime_group",))
    page.chart(cyber.online_harms, ONLINE, choice, by=("crime_group",))


def supported() -> None:
    """Show who reached support, beside the reports."""
    page.note(
        "People come to support with and without a report, and from outside this period: reports "
        "and people supported stand beside each other, and neither is a share of the other."
    )
    page.cards((FRAUD_REPORTS, FRAUD_VICTIMS_SUPPORTED, MISUSE_VICTIMS_SUPPORTED), choice)
    page.trend(trends.control, FRAUD_VICTIMS_SUPPORTED, choice)
    page.compare(comparisons.bars, FRAUD_VICTIMS_SUPPORTED, choice)
    page.chart(comparisons.bars, FRAUD_VICTIMS_SUPPORTED, choice, by=("age_band",))


page.questions(
    Question("Change", "How many are reported, and is it changing?", changing),
    Question("Kinds", "What kind is it, and who is the victim?", kinds),
    Question("Losses", "What do victims lose?", losses),
    Question("Other forces", "How does the rate stand against other forces?", other_forces),
    Question("Unreported", "How much is never reported?", unreported),
    Question("Online harm", "How much stalking, harassment and sexual harm is online?", online),
    Question("Support", "How many victims reach support?", supported),
)
