"""Victim journey: from report to recovery, where people wait and where they fall out."""

from dashboard.charts import cohorts, comparisons, endings, flow, trends, wait_bands
from dashboard.metrics.journey import JOURNEY
from dashboard.metrics.metric import Metric
from dashboard.metrics.referral import (
    COMPLETED,
    CONTACTED,
    DECLINED,
    ENDED_BEFORE_SUPPORT,
    HANDED_ON,
    LED_TO_SUPPORT,
    NO_CAPACITY,
    NOT_FROM_POLICE,
    NOT_REACHED,
    RECEIVED,
    WAYS_IN,
)
from dashboard.metrics.waiting import (
    ACCEPTANCE_TO_START,
    ACCEPTANCE_TO_START_90TH,
    CONTACTED_IN_TIME,
    REFERRAL_TO_CONTACT,
    REFERRAL_TO_CONTACT_90TH,
    REPORT_TO_REFERRAL,
    REPORT_TO_REFERRAL_90TH,
    WAITING,
)
from dashboard.ui import journey as parts
from dashboard.ui.page import Question, open_page

page = open_page("journey")
choice = page.filters(
    "area",
    "period",
    "compare_with",
    because="Crime types are those of police.uk. The crimes of people who are supported are coded "
    "by crime group, by which some figures below are broken down.",
    about=RECEIVED,
)
page.answer(parts.answer, choice)
page.cards(
    (
        parts.cohort_card(LED_TO_SUPPORT),
        REPORT_TO_REFERRAL,
        parts.waiting_card,
        NOT_FROM_POLICE,
    ),
    choice,
)


def way() -> None:
    """Show how many come to each step, and where the share that comes to support is low."""
    page.note(
        "Three parts that are counted apart: victims of recorded crime, referrals to services from "
        "whoever sent them, and scores at the exit. Nobody is followed from one to the next, so "
        "more people can be referred than the police recorded as agreeing."
    )
    page.chart(flow.flow, JOURNEY, choice, by=("step",))
    page.compare(comparisons.bars, LED_TO_SUPPORT, choice)
    page.chart(comparisons.bars, LED_TO_SUPPORT, choice, by=("crime_group",))


def by_cohort() -> None:
    """Show whether more of each quarter's referrals come to contact, to support and to its end."""
    page.note(
        "Referrals are followed from the month in which a service received them. A cohort too "
        "young for a step is unfinished: it is hatched, and no reading is made of it."
    )
    for metric in (LED_TO_SUPPORT, CONTACTED, COMPLETED):
        page.trend(cohorts.cohorts, metric, choice, by=("quarter",))
    page.trend(trends.control, LED_TO_SUPPORT, choice)


def falling_out() -> None:
    """Show why referrals end before support, choice apart from failure."""
    page.note(
        "To decline support is a choice. Not to be reached, contact that would not be safe and no "
        "capacity are failures of the way. The two are never added up."
    )
    page.chart(endings.endings, ENDED_BEFORE_SUPPORT, choice, by=("end_reason",))
    for metric in (DECLINED, NOT_REACHED, NO_CAPACITY):
        page.trend(trends.control, metric, choice, by=("quarter",))
    page.chart(comparisons.bars, NOT_REACHED, choice, by=("service_id",))
    page.chart(comparisons.bars, NO_CAPACITY, choice, by=("service_id",))


def wait(median: Metric, ninetieth: Metric, *, by: str) -> None:
    """Show the median and the 90th percentile of one wait."""
    page.part(lambda numbers, _: parts.wait_figure(numbers, choice, median, ninetieth, by=by))


def waits() -> None:
    """Show how long people wait, at each place of the way."""
    page.note(
        "Half wait no longer than the median, nine in ten no longer than the 90th percentile. "
        "Working days, Monday to Friday without bank holidays; the day of the event is day 0."
    )
    page.trend(trends.control, REPORT_TO_REFERRAL, choice)
    page.trend(trends.control, REPORT_TO_REFERRAL_90TH, choice)
    wait(REPORT_TO_REFERRAL, REPORT_TO_REFERRAL_90TH, by="source")
    page.trend(trends.control, REFERRAL_TO_CONTACT_90TH, choice)
    wait(REFERRAL_TO_CONTACT, REFERRAL_TO_CONTACT_90TH, by="service_id")
    page.trend(trends.control, ACCEPTANCE_TO_START_90TH, choice)
    wait(ACCEPTANCE_TO_START, ACCEPTANCE_TO_START_90TH, by="service_id")


def in_time() -> None:
    """Show whether people are reached in the time of the contract, and which crimes wait long."""
    page.trend(trends.control, CONTACTED_IN_TIME, choice)
    page.chart(comparisons.bars, CONTACTED_IN_TIME, choice, by=("service_id",))
    page.compare(comparisons.bars, CONTACTED_IN_TIME, choice)
    wait(REPORT_TO_REFERRAL, REPORT_TO_REFERRAL_90TH, by="crime_group")


def waiting_now() -> None:
    """Show who waits at the end of the period, and for how long so far."""
    end = page.part(lambda numbers, _: parts.month_end(numbers, choice))
    page.chart(wait_bands.wait_bands, WAITING, end, by=("wait_band",))
    page.trend(trends.control, WAITING, choice)
    page.chart(comparisons.bars, WAITING, end, by=("service_id",))
    page.compare(comparisons.bars, WAITING, end)


def ways_in() -> None:
    """Show who refers people, and how many come without the police."""
    page.chart(comparisons.bars, WAYS_IN, choice, by=("source",))
    page.trend(trends.control, NOT_FROM_POLICE, choice)
    page.compare(comparisons.bars, NOT_FROM_POLICE, choice)
    page.chart(comparisons.bars, NOT_FROM_POLICE, choice, by=("crime_group",))


def hand_offs() -> None:
    """Show how many are handed on, and say what cannot be told."""
    page.note(
        "How many days lie between two services cannot be told: each service knows people by its "
        "own keys, so that nobody can be followed from one to the next, and no date of the "
        "hand-over is sent. A date of hand-over in the referrals would let it be measured."
    )
    page.trend(trends.control, HANDED_ON, choice)
    page.chart(comparisons.bars, HANDED_ON, choice, by=("crime_group",))
    page.compare(comparisons.bars, HANDED_ON, choice)


def restorative() -> None:
    """Show the way through services of restorative justice."""
    page.part(lambda numbers, _: parts.strand(numbers, choice, parts.RESTORATIVE))


def at_court() -> None:
    """Show the way of witnesses: sent by courts, and through services that help at court."""
    page.note(
        "What witness care tells victims of hearings and outcomes, and whether in time, stands on "
        "the page Victims’ Code. Here is the support that people get for and at court."
    )
    page.part(lambda numbers, _: parts.from_court(numbers, choice))
    page.part(lambda numbers, _: parts.strand(numbers, choice, parts.AT_COURT))


page.questions(
    Question("The way", "How many come to each step from report to recovery?", way),
    Question("Cohorts", "Do more of those referred come to support?", by_cohort),
    Question("Falling out", "Why do referrals end before support?", falling_out),
    Question("Waits", "How long do people wait?", waits),
    Question("In time", "Are people reached in time?", in_time),
    Question("Waiting now", "Who is waiting, and for how long so far?", waiting_now),
    Question("Ways in", "Who refers people, and how many come without the police?", ways_in),
    Question("Hand-offs", "How many are handed on to another service?", hand_offs),
    Question("Restorative justice", "How far do people come in restorative justice?", restorative),
    Question("Witness care", "How far do people come who need help at court?", at_court),
)
