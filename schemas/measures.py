"""The menu: every protected count of people, by what it is split, for which areas and periods.

Shares are made of two counts, a part and its whole. What is left when a part is taken from its
whole is protected too, so a chain says more than it lists: due ⊇ recorded ⊇ on time, and late is
what is recorded but not on time, "no record" what is due but not recorded. Two measures never
count the same thing by two ways, for protection could not know that they must agree.
"""

from typing import Final

from schemas.cells import Level, Measure, View

_FORCE: Final[tuple[Level, ...]] = (
    ("force", "month"),
    ("force", "quarter"),
    ("force", "year_to_date"),
    ("force", "year"),
)
_AREAS: Final[tuple[Level, ...]] = (
    ("partnership", "quarter"),
    ("partnership", "year_to_date"),
    ("partnership", "year"),
    ("district", "quarter"),
    ("district", "year_to_date"),
    ("district", "year"),
)
_DISTRICT_YEAR: Final[tuple[Level, ...]] = (("district", "year"),)
_DISTRICT_QUARTER: Final[tuple[Level, ...]] = (("district", "quarter"),)
_FORCE_SPLIT: Final[tuple[Level, ...]] = (("force", "quarter"), ("force", "year"))
_FORCE_YEAR: Final[tuple[Level, ...]] = (("force", "year"),)
_MONTH_ENDS: Final[tuple[Level, ...]] = (("force", "month"), ("partnership", "month"))

_ALL: Final = View(levels=(*_FORCE, *_AREAS))
_FORCE_ONLY: Final = View(levels=_FORCE)
_QUARTERS: Final = View(levels=(*_FORCE[1:], *_AREAS))
_QUARTERS_FORCE: Final = View(levels=_FORCE[1:])
_CRIME: Final = View(splits=("crime_group",), levels=(*_FORCE, *_DISTRICT_YEAR))
_CRIME_OFTEN: Final = View(
    splits=("crime_group",), levels=(*_FORCE, *_DISTRICT_QUARTER, *_DISTRICT_YEAR)
)


def _by(*splits: str) -> tuple[View, ...]:
    """Return a view for each split: the force by quarter and year, districts by year."""
    return tuple(View(splits=(split,), levels=(*_FORCE_SPLIT, *_DISTRICT_YEAR)) for split in splits)


def _force_by(*splits: str) -> tuple[View, ...]:
    return tuple(View(splits=(split,), levels=_FORCE_SPLIT) for split in splits)


def _both(first: str, second: str) -> View:
    return View(splits=(first, second), levels=_FORCE_YEAR)


def _measure(
    key: str, label: str, *, table: str, views: tuple[View, ...], part_of: str | None = None
) -> Measure:
    return Measure(key=key, label=label, table=table, views=views, part_of=part_of)


_PERSON: Final = ("priority_flag", "age_band", "sex", "ethnic_group", "disability", "enhanced")
_SERVICES: Final = ("rural_urban", "provider_id", "service_id")
_STEP: Final = (_ALL, _CRIME, *_by("service_id"), *_force_by("source"))


def _referral(key: str, label: str, part_of: str, *views: View) -> Measure:
    return _measure(key, label, table="referrals", views=views, part_of=part_of)


_REFERRALS: Final = (
    _measure(
        "referrals",
        "Referrals received by services",
        table="referrals",
        views=(
            *(_ALL, _CRIME_OFTEN, *_by("source", *_PERSON, *_SERVICES)),
            *(_both("crime_group", "source"), _both("source", "service_id")),
        ),
    ),
    _referral("online_completed", "Referrals that say if it was online", "referrals", _ALL, _CRIME),
    _referral("online_yes", "Referrals with an online part", "online_completed", _ALL, _CRIME),
    _referral("attempted", "Referrals with an attempt to make contact", "referrals", *_STEP),
    _referral("contacted", "Referrals with contact made", "attempted", *_STEP),
    _referral("assessed", "Referrals with needs assessed by the service", "contacted", *_STEP),
    _referral("accepted", "Referrals accepted by the service", "assessed", *_STEP),
    _referral("started", "Referrals with support started", "accepted", *_STEP),
    _referral("completed", "Referrals with support completed", "started", *_STEP),
    _referral(
        "ended_before_support",
        "Referrals that ended before support",
        "referrals",
        *(_ALL, _CRIME, *_by("service_id", "end_reason")),
        *(_both("crime_group", "end_reason"), _both("service_id", "end_reason")),
    ),
    _referral("handed_on", "Referrals handed on to another service", "referrals", _ALL, _CRIME),
    _referral(
        "contact_due",
        "Referrals with contact due under the contract",
        "referrals",
        *(_ALL, *_by("service_id")),
    ),
    _referral(
        "contacted_in_time",
        "Referrals with contact made in the contract's time",
        "contact_due",
        *(_ALL, *_by("service_id")),
    ),
    _referral("cases_closed", "Cases closed after support", "", _ALL, *_by("service_id")),
    _referral(
        "cases_paired",
        "Closed cases with scores at entry and exit",
        "cases_closed",
        *(_ALL, *_by("service_id")),
    ),
)

_PEOPLE: Final = (
    Measure(
        key="people_supported",
        label="People whose support started",
        table="referrals",
        adds_up=False,
        views=(_ALL, _CRIME_OFTEN, *_by(*_PERSON, *_SERVICES), _both("crime_group", "age_band")),
    ),
    Measure(
        key="repeat_people_supported",
        label="People whose support started and who were referred for another crime before",
        table="referrals",
        part_of="people_supported",
        adds_up=False,
        views=(_ALL, _CRIME),
    ),
    Measure(
        key="waiting",
        label="People accepted and waiting for support at the end of the month",
        table="referrals",
        # Only months: a longer period would repeat the people of its last month.
        views=(
            View(levels=(*_MONTH_ENDS, ("district", "month"))),
            *(
                View(splits=(split,), levels=(("force", "month"),))
                for split in ("crime_group", "service_id", "wait_band")
            ),
        ),
    ),
)


def _case(key: str, label: str, part_of: str | None, *views: View) -> Measure:
    return _measure(key, label, table="code_cases", views=(_ALL, *views), part_of=part_of)


_DUTY: Final = (_CRIME_OFTEN, *_by("enhanced"))

_CASES: Final = (
    _case("code_victims", "Victims of recorded crime", None, _CRIME_OFTEN),
    _case("written_confirmation", "Victims with written confirmation", "code_victims", _CRIME),
    _case("needs_assessed", "Victims with needs assessed", "code_victims", _CRIME),
    _case("enhanced_victims", "Victims with enhanced rights", "needs_assessed", _CRIME),
    _case("referral_agreed", "Victims to be referred to support", "code_victims", *_DUTY),
    _case("referral_due", "Victims whose referral was due", "referral_agreed", *_DUTY),
    _case("referral_recorded", "Victims with a referral recorded", "referral_due", *_DUTY),
    _case("referral_on_time", "Victims referred in two working days", "referral_recorded", *_DUTY),
    _case("vps_reached", "Victims to be offered a personal statement", "code_victims", _CRIME),
    _case("vps_offered", "Victims offered a personal statement", "vps_reached", _CRIME),
    _case("vps_made", "Victims who made a personal statement", "vps_offered", _CRIME),
)

_UPDATE: Final = (
    _FORCE_ONLY,
    *_force_by("crime_group", "enhanced", "event", "owner"),
    *(_both("crime_group", "event"), _both("enhanced", "event"), _both("event", "owner")),
)


def _update(key: str, label: str, part_of: str | None) -> Measure:
    return _measure(key, label, table="case_updates", views=_UPDATE, part_of=part_of)


_UPDATES: Final = (
    _update("update_due", "Updates to victims that were due", None),
    _update("update_recorded", "Updates to victims that are recorded", "update_due"),
    _update("update_on_time", "Updates to victims given on time", "update_recorded"),
)


def _score(key: str, label: str, part_of: str | None) -> Measure:
    views = (_FORCE_ONLY, *_force_by("service_id", "domain"), _both("service_id", "domain"))
    return _measure(key, label, table="outcome_scores", views=views, part_of=part_of)


_SCORES: Final = (
    _score("scores_paired", "Scores at entry and exit", None),
    _score("scores_improved", "Scores better at exit than at entry", "scores_paired"),
)

MEASURES: Final[tuple[Measure, ...]] = (*_REFERRALS, *_PEOPLE, *_CASES, *_UPDATES, *_SCORES)
"""In the order in which they are counted: each part comes after its whole."""
