"""Victims' Code: whether rights are given, and in time, by right, agency and area."""

from dashboard.charts import comparisons, trends
from dashboard.metrics.catalogue import metric
from dashboard.metrics.victims_code_duties import DUTIES, Duty
from dashboard.ui import code as parts
from dashboard.ui import code_lists
from dashboard.ui.page import Question, open_page

page = open_page("code")
choice = page.filters(
    "area",
    "period",
    "compare_with",
    because="Crime types are those of police.uk; victims' cases have crime groups, shown below. "
    "The area applies to referrals, confirmation, needs and statements: updates and complaints "
    "are published for the whole force, since districts would make small groups.",
    about=metric("code_victims"),
)
force = parts.whole(choice)
page.answer(parts.answer, choice)
page.note(
    "Management information, made here from what agencies send: not a statutory measure of "
    "compliance, since none has been prescribed."
)
page.cards(parts.CARDS, choice)


def bands(duties: tuple[Duty, ...], about: str, by: tuple[str, ...] = ()) -> None:
    """Show duties of the whole force as bands."""
    page.part(lambda numbers, _: parts.bands(numbers, force, duties, about=about, by=by))


def in_time() -> None:
    """Show every duty with a clock, and standard and enhanced rights apart."""
    page.note(
        "Working days of England and Wales. The day of the event is day 0; after an event on a "
        "weekend or a bank holiday the next working day is day 1; done by the end of the last day "
        "is in time. Only duties whose last day has passed count."
    )
    bands(DUTIES, "Duties with a clock")
    page.part(lambda numbers, _: parts.beside(numbers, force))
    bands(DUTIES, "Duties with a clock", ("enhanced",))
    bands(DUTIES[1:2], DUTIES[1].what, ("event",))


def over_time() -> None:
    """Show how each duty changed, and whether its target will reliably be met."""
    page.trend(trends.control, metric("referral_on_time"), choice)
    for duty in DUTIES[1:3]:
        page.trend(trends.control, metric(duty.keys[0]), force)


def at_court() -> None:
    """Show the same of charge, hearings and outcome."""
    for duty in DUTIES[3:]:
        page.trend(trends.control, metric(duty.keys[0]), force)


def rights() -> None:
    """Show the twelve rights, and which have no measure."""
    page.part(lambda numbers, _: code_lists.rights(numbers, choice))


def agencies() -> None:
    """Show who gives which updates in time."""
    page.note(
        "The agency is the one that has to tell the victim, by its role. Referrals and decisions "
        "not to investigate are duties of the police alone: see the first tab."
    )
    bands((DUTIES[1], *DUTIES[3:]), "Updates to victims", ("owner",))


def areas() -> None:
    """Show districts side by side, and which differ by more than chance."""
    page.part(lambda numbers, _: parts.funnel(numbers, choice, metric("referral_on_time")))
    page.compare(comparisons.bars, metric("referral_on_time"), choice)
    page.compare(comparisons.bars, metric("written_confirmation"), choice)
    page.compare(comparisons.bars, metric("needs_assessed"), choice)


def crimes() -> None:
    """Show crime groups side by side, where these are published."""
    page.note("By the crime of the case. Groups of few victims are hidden [c] or said as bounds.")
    page.chart(comparisons.bars, metric("referral_on_time"), force, by=("crime_group",))
    bands(DUTIES[2:3], DUTIES[2].what, ("crime_group",))
    page.chart(comparisons.bars, metric("written_confirmation"), force, by=("crime_group",))
    page.chart(comparisons.bars, metric("needs_assessed"), force, by=("crime_group",))


def needs() -> None:
    """Show confirmation, needs assessed, enhanced rights and personal statements."""
    page.note(
        "Enhanced rights come from the assessment of needs, not from the crime: hold their share "
        "against the crimes that usually carry them."
    )
    page.trend(trends.control, metric("written_confirmation"), choice)
    page.trend(trends.control, metric("needs_assessed"), choice)
    page.chart(comparisons.bars, metric("enhanced_victims"), force, by=("crime_group",))
    page.trend(trends.control, metric("vps_offered"), choice)
    page.chart(comparisons.bars, metric("vps_made"), force, by=("crime_group",))


def complaints() -> None:
    """Show complaints acknowledged or answered within ten working days, by organisation."""
    page.note("Acknowledged and answered in full are two things: each has its own figure.")
    for key in ("handled", "answered", "acknowledged"):
        by = ("organisation",)
        page.chart(comparisons.bars, metric(f"complaints_{key}_on_time"), force, by=by)
    page.trend(trends.control, metric("complaints_handled_on_time"), force)


def checklist() -> None:
    """Show the evidence of each right, and which providers' websites tell of the Code."""
    page.part(lambda numbers, _: parts.checklist(numbers))
    page.listing(code_lists.evidence)
    page.listing(code_lists.websites)


def law() -> None:
    """Show the legal status of each duty with its day, and the standards with theirs."""
    page.listing(code_lists.law)
    page.listing(code_lists.standards)


page.questions(
    Question("In time", "Which duties are done in time?", in_time),
    Question("Change", "Is it getting better, and will the target be met?", over_time),
    Question("At court", "Are victims told of charge, hearings and outcome in time?", at_court),
    Question("Rights", "Which of the twelve rights are measured?", rights),
    Question("Agencies", "Which agency tells victims in time?", agencies),
    Question("Areas", "Do districts differ by more than chance?", areas),
    Question("Crimes", "Do victims of some crimes fare worse?", crimes),
    Question("Needs and statements", "Are needs assessed and statements offered?", needs),
    Question("Complaints", "Are complaints answered within ten working days?", complaints),
    Question("Checklist", "Of which rights is there evidence?", checklist),
    Question("Law and standards", "What does the law ask, and since when?", law),
)
