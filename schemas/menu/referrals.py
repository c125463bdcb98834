"""Counts of referrals, of the people behind them, and of their scores.

A referral belongs to the month in which the service received it, whatever happened to it later,
so that each step is a part of the step before. People belong to the month in which their support
started, closed cases to the month in which it ended.
"""

from dataclasses import replace
from typing import Final

from schemas.cells import Change, Measure, View, Wait
from schemas.menu.levels import (
    CRIME_BY_MONTH,
    EVERYWHERE,
    FORCE,
    MONTH_ENDS,
    both,
    by,
    force_by,
    month_ends_by,
)
from schemas.supplied.referral_fields import END_REASON

_TABLE: Final = "referrals"
_WAIT: Final = 3
"""Months after which hardly anybody waits any more who was referred before the first file."""

_STAY: Final = 6
"""Months after which few cases are still open that began before the first file."""

REPEAT_MONTHS: Final = 12
"""Months in which an earlier referral makes a person a repeat victim."""

_STEP: Final = (EVERYWHERE, *force_by("crime_group", "source", "service_id"))
_SERVICE: Final = (EVERYWHERE, *force_by("service_id"))
_ONLINE: Final = (FORCE, *force_by("crime_group"))


def _part(key: str, label: str, part_of: str | None, views: tuple[View, ...]) -> Measure:
    return Measure(key=key, label=label, table=_TABLE, views=views, part_of=part_of)


def _closed(key: str, label: str, part_of: str | None) -> Measure:
    return replace(_part(key, label, part_of, _SERVICE), settles=_STAY)


_RECEIVED: Final = (
    _part(
        "referrals",
        "Referrals received by services",
        None,
        (
            *(EVERYWHERE, CRIME_BY_MONTH, *by("source", "priority_flag")),
            *force_by("provider_id", "service_id"),
            *(both("crime_group", "source"), both("source", "service_id")),
        ),
    ),
    replace(
        _part("online_completed", "Referrals that say if it was online", "referrals", _ONLINE),
        hides_rest=False,
    ),
    _part("online_yes", "Referrals with an online part", "online_completed", _ONLINE),
    # An attempt is no step of its own: nearly all referrals have one, so that the rest is small.
    _part("contacted", "Referrals with contact made", "referrals", _STEP),
    _part("assessed", "Referrals with needs assessed by the service", "contacted", _STEP),
    # Acceptance is no step of its own: nearly all who are accepted start, so that one of the two
    # would always be hidden for the few between them.
    _part("started", "Referrals with support started", "assessed", _STEP),
    _part("completed", "Referrals with support completed", "started", _STEP),
    Measure(
        key="ended_before_support",
        label="Referrals that ended before support",
        table=_TABLE,
        part_of="referrals",
        views=(
            *(EVERYWHERE, *force_by("crime_group", "service_id", "end_reason")),
            *(both("crime_group", "end_reason"), both("service_id", "end_reason")),
        ),
        # Support that was completed has begun.
        only=(("end_reason", tuple(reason for reason in END_REASON if reason != "COMPLETED")),),
    ),
    _part(
        "handed_on",
        "Referrals handed on to another service",
        "referrals",
        (EVERYWHERE, *force_by("crime_group")),
    ),
    _part(
        "contacted_in_time",
        "Referrals with contact made in the contract's time",
        "contacted",
        _SERVICE,
    ),
    _closed("cases_closed", "Cases closed after support", None),
    _closed("cases_paired", "Closed cases with scores at entry and exit", "cases_closed"),
)

_PEOPLE: Final = (
    Measure(
        key="people_supported",
        label="People whose support started",
        table=_TABLE,
        adds_up=False,
        settles=_WAIT,
        views=(
            *(EVERYWHERE, CRIME_BY_MONTH),
            *by("priority_flag", "age_band", "sex", "ethnic_group", "disability", "rural_urban"),
            *force_by("provider_id", "service_id"),
            both("crime_group", "age_band"),
        ),
    ),
    Measure(
        key="repeat_people_supported",
        label="People whose support started and who were referred for another crime before",
        table=_TABLE,
        part_of="people_supported",
        adds_up=False,
        settles=REPEAT_MONTHS,
        views=(EVERYWHERE, *force_by("crime_group")),
    ),
    Measure(
        key="waiting",
        label="People accepted and waiting for support at the end of the month",
        table=_TABLE,
        adds_up=False,
        settles=_WAIT,
        # Only months: a longer period would repeat the people of its last month.
        views=(MONTH_ENDS, *month_ends_by("service_id", "wait_band")),
    ),
)


def _score(key: str, label: str, part_of: str | None) -> Measure:
    # Of services by domain nearly all would be hidden.
    views = (FORCE, *force_by("service_id", "domain"))
    return Measure(
        key=key, label=label, table="outcome_scores", part_of=part_of, settles=_STAY, views=views
    )


_SCORES: Final = (
    _score("scores_paired", "Scores at entry and exit", None),
    _score("scores_improved", "Scores better at exit than at entry", "scores_paired"),
)

REFERRALS: Final[tuple[Measure, ...]] = (*_RECEIVED, *_PEOPLE, *_SCORES)

WAITS: Final[tuple[Wait, ...]] = (
    Wait(
        key="report_to_referral",
        label="Working days from the report of the crime to the referral",
        people="referrals",
        views=(EVERYWHERE, *force_by("crime_group", "source")),
    ),
    Wait(
        key="referral_to_contact",
        label="Working days from receipt of the referral to the first contact",
        people="contacted",
        views=(EVERYWHERE, *force_by("service_id")),
    ),
    Wait(
        key="acceptance_to_start",
        label="Working days from acceptance to the start of support",
        people="started",
        views=(EVERYWHERE, *force_by("service_id")),
    ),
)

CHANGES: Final[tuple[Change, ...]] = (
    Change(
        key="score_change",
        label="Change in score from entry to exit, for the better",
        people="scores_paired",
        views=(*force_by("scale"), both("service_id", "scale")),
    ),
)
