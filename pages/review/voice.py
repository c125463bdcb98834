"""Voice of the victim: what victims say, complain of and win on review, and what follows."""

from dataclasses import replace

from dashboard.charts import comparisons, trends
from dashboard.metrics.complaints import (
    ACKNOWLEDGED_IN_TIME,
    ANSWERED_IN_TIME,
    COMPLAINT_RATE,
    COMPLAINTS,
    HANDLED_IN_TIME,
    REVIEWS_ACKNOWLEDGED,
    REVIEWS_IN_TIME,
    REVIEWS_OVERTURNED,
    REVIEWS_REQUESTED,
)
from dashboard.metrics.lessons import LESSONS_CLOSED
from dashboard.metrics.voice import (
    ANSWERS,
    COMMENTS,
    HELPED,
    KEPT_INFORMED,
    KNOW_OF_CODE,
    NEGATIVE,
    OFFERED_SUPPORT,
    RESPONSE_RATE,
    SATISFIED,
    STAGES,
)
from dashboard.ui import voice as parts
from dashboard.ui.page import Question, open_page

page = open_page("voice")
choice = page.filters(
    "area",
    "period",
    "compare_with",
    because=(
        "Crime types are those of police.uk; victims' answers are coded by crime group. The area "
        "applies to satisfaction over all: the rest is held for the whole force, since districts "
        "would make small groups."
    ),
    about=ANSWERS,
)
force = replace(choice, areas=())
page.answer(parts.answer, choice)
page.cards(
    (
        parts.response_card,
        SATISFIED,
        *map(parts.of_force, (KEPT_INFORMED, ANSWERED_IN_TIME, REVIEWS_IN_TIME)),
        parts.closed_card,
    ),
    choice,
)


def response() -> None:
    """Show how many of those asked answer: first of all, since all else rests on it."""
    page.note(
        "Only those who answer are heard. Where fewer than one in five answer, those who are "
        "content and those who are not may answer unequally: such shares are indicative."
    )
    page.trend(trends.control, RESPONSE_RATE, force)
    page.chart(comparisons.bars, RESPONSE_RATE, force, by=("crime_group",))


def satisfaction() -> None:
    """Show satisfaction by stage with its limits, then over time."""
    page.part(
        lambda numbers, _: parts.side_by_side(
            numbers,
            force,
            {"Over all": SATISFIED, **STAGES, "Being kept informed": KEPT_INFORMED},
            about="Satisfaction by stage",
        )
    )
    page.trend(trends.control, SATISFIED, choice)
    page.trend(trends.control, KEPT_INFORMED, force)
    page.part(
        lambda numbers, _: parts.side_by_side(
            numbers,
            force,
            {"Know of the Victims' Code": KNOW_OF_CODE, "Were offered support": OFFERED_SUPPORT},
            about="Told of their rights and of support",
        )
    )
    page.part(
        lambda numbers, _: parts.side_by_side(
            numbers, force, HELPED, about="What people say whom a service supported"
        )
    )


def for_whom() -> None:
    """Show satisfaction by crime group, by district and by who was asked."""
    page.chart(comparisons.bars, SATISFIED, force, by=("crime_group",))
    page.compare(comparisons.bars, SATISFIED, choice)
    page.chart(comparisons.bars, SATISFIED, force, by=("population",))
    page.chart(comparisons.bars, KEPT_INFORMED, force, by=("crime_group",))
    page.chart(comparisons.bars, KNOW_OF_CODE, force, by=("crime_group",))


def complained_of() -> None:
    """Show complaints by theme, right and organisation, and for each thousand victims."""
    page.note("More complaints can mean that it is easier to complain: neither good nor bad.")
    page.cards((COMPLAINTS, COMPLAINT_RATE), force)
    page.trend(trends.control, COMPLAINTS, force)
    page.chart(comparisons.bars, COMPLAINTS, force, by=("theme",))
    page.chart(comparisons.bars, COMPLAINTS, force, by=("code_right",))
    page.chart(comparisons.bars, COMPLAINT_RATE, force, by=("organisation",))
    page.chart(comparisons.matrix, COMPLAINTS, force, by=("organisation", "theme"))


def answered() -> None:
    """Show acknowledged and answered apart: a letter that says 'we have it' is no answer."""
    page.note(
        "Within ten working days of hearing of it, a complaint is acknowledged or answered. The "
        "two are given apart."
    )
    page.part(
        lambda numbers, _: parts.side_by_side(
            numbers,
            force,
            {
                "Acknowledged or answered": HANDLED_IN_TIME,
                "Acknowledged": ACKNOWLEDGED_IN_TIME,
                "Answered in full": ANSWERED_IN_TIME,
            },
            about="Complaints within ten working days",
        )
    )
    page.trend(trends.control, ACKNOWLEDGED_IN_TIME, force)
    page.trend(trends.control, ANSWERED_IN_TIME, force)
    page.chart(comparisons.bars, ACKNOWLEDGED_IN_TIME, force, by=("organisation",))
    page.chart(comparisons.bars, ANSWERED_IN_TIME, force, by=("organisation",))


def reviews() -> None:
    """Show what victims ask to be reviewed, and win: police and prosecution apart."""
    page.note(
        "Numbers are small, so four quarters are read together. Police and prosecution have "
        "schemes of their own and are never added up; the prosecution's has no limit of thirty "
        "working days here."
    )
    page.chart(comparisons.bars, REVIEWS_REQUESTED, force, by=("organisation",))
    page.part(lambda numbers, _: parts.rolling_years(numbers, force, REVIEWS_OVERTURNED, "POLICE"))
    page.part(lambda numbers, _: parts.rolling_years(numbers, force, REVIEWS_OVERTURNED, "CPS"))
    page.part(lambda numbers, _: parts.rolling_years(numbers, force, REVIEWS_IN_TIME, "POLICE"))
    page.part(
        lambda numbers, _: parts.rolling_years(numbers, force, REVIEWS_ACKNOWLEDGED, "POLICE")
    )


def themes() -> None:
    """Show what people speak of in their own words, and in which sense."""
    page.note("Themes only: no comment is loaded, so that nobody can be known by their words.")
    page.chart(comparisons.bars, COMMENTS, force, by=("theme",))
    page.chart(comparisons.bars, NEGATIVE, force, by=("theme",))
    page.chart(comparisons.matrix, COMMENTS, force, by=("theme", "sentiment"))


def lessons() -> None:
    """Show whether what was learnt was acted on."""
    page.cards((parts.closed_card, parts.logged_card, parts.overdue_card), force)
    page.chart(comparisons.bars, LESSONS_CLOSED, force, by=("theme",))
    page.chart(comparisons.bars, LESSONS_CLOSED, force, by=("organisation",))
    page.listing(parts.overdue)


def not_heard() -> None:
    """Show which groups answer less often than all, and say what is not known."""
    page.note(
        "Answers for each hundred victims of recorded crime: low means heard less often, whether "
        "people were not asked or did not answer. The tab Response tells the two apart."
    )
    page.part(lambda numbers, _: parts.heard(numbers, force, "crime_group"))
    page.part(lambda numbers, _: parts.heard(numbers, force, "area_code"))
    page.note(
        "Not known: whether men and women, young and old people, ethnic groups and disabled people "
        "answer as often as others. Answers are published by crime group, by district and by who "
        "was asked only; finer groups would be too small to protect. Nobody is asked who never "
        "reported to the police or to a service: they are not heard here at all."
    )


page.questions(
    Question("Response", "How many of those asked answer?", response),
    Question("Satisfaction", "How satisfied are victims, stage by stage?", satisfaction),
    Question("For whom", "Who is more and who is less satisfied?", for_whom),
    Question("Complaints", "What do victims complain of?", complained_of),
    Question("Answered", "Are complaints answered in ten working days?", answered),
    Question("Right to Review", "How often is a decision changed, and in time?", reviews),
    Question("Themes", "What do people speak of, and how?", themes),
    Question("Lessons", "Are lessons acted on?", lessons),
    Question("Not heard", "Who is not heard?", not_heard),
)
