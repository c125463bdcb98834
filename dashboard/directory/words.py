"""An entry of the directory in plain words: for whom, where, when, by whom paid, until when."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from dashboard.directory.service import UNFUNDED, Directory, Group, Service
from schemas.supplied.directory import SITE_TYPE
from schemas.supplied.directory_service import (
    ACCESSIBLE,
    CAPACITY_UNIT,
    COMMISSIONER,
    ELIGIBLE_SEX,
    FUNDING_ROUTE,
    OLDEST,
    SERVICE_STREAM,
)
from schemas.supplied.lists import CRIME_GROUP, PRIORITY_FLAG, SOURCE, SUPPORT_TYPES, YES_NO

EVERY_PLACE: Final = "Whole force area"
NOT_GIVEN: Final = "not given"
REMOTE: Final = "REMOTE"
MODES: Final[Mapping[str, str]] = {**SITE_TYPE, REMOTE: "By telephone or online only"}
"""Where a service sees people: the kinds of its sites, or no site at all."""


def modes(service: Service) -> tuple[str, ...]:
    """Return the codes of where it sees people, each once."""
    held = {site.site_type for site in service.sites}
    return tuple(each for each in SITE_TYPE if each in held) or (REMOTE,)


def places(service: Service, directory: Directory) -> str:
    """Return the districts that it works in."""
    if service.is_everywhere:
        return EVERY_PLACE
    return listed([name for code, name in directory.districts.items() if code in service.areas])


def groups(service: Service) -> str:
    """Return the people that it is for; those it is made for stand first."""
    if not service.groups:
        return "Everyone"
    specialist = [group_name(each) for each in service.groups if each.is_specialist]
    others = [group_name(each) for each in service.groups if not each.is_specialist]
    if not specialist:
        return listed(others)
    also = f"; also {listed(others).lower()}" if others else ""
    return f"Made for {listed(specialist).lower()}{also}"


def group_name(group: Group) -> str:
    """Return the name of one group: a crime, a priority group, or one within the other."""
    crime = CRIME_GROUP.get(group.crime_group or "", "")
    people = PRIORITY_FLAG.get(group.priority_flag or "", "")
    return f"{crime} ({people.lower()})" if crime and people else crime or people


def eligibility(service: Service) -> str:
    """Return the sex and the ages to which it is open."""
    sex = ELIGIBLE_SEX.get(service.record["eligibility_sex"] or "ANY", "")
    return f"{sex}, {ages(service)}"


def ages(service: Service) -> str:
    """Return the ages to which it is open."""
    least = service.record["eligibility_min_age"] or 0
    most = service.record["eligibility_max_age"]
    has_end = most is not None and most < OLDEST
    if least and has_end:
        return f"aged {least} to {most}"
    if least:
        return f"aged {least} and over"
    return f"aged up to {most}" if has_end else "any age"


def routes(service: Service) -> str:
    """Return from whom it takes referrals."""
    known = [code for code in service.record["referral_routes"] or () if code != "NK"]
    return listed([SOURCE[code] for code in known])


def support(service: Service) -> str:
    """Return the kinds of support that it gives."""
    return listed([SUPPORT_TYPES[code] for code in service.record["support_types"] or ()])


def opening(service: Service) -> str:
    """Return when it can be reached."""
    hours = service.record["opening_hours"] or NOT_GIVEN
    is_late = service.record["out_of_hours"] == "Y"
    return f"{hours}; also in evenings or at weekends" if is_late else hours


def languages(service: Service) -> str:
    """Return the languages that it works in."""
    said = str(service.record["languages"] or "").split(";")
    return listed([each.strip() for each in said if each.strip()])


def seen_at(service: Service) -> str:
    """Return where it sees people, with the number of sites of each kind."""
    kinds = [site.site_type for site in service.sites]
    counted = [f"{MODES[each]}: {kinds.count(each)}" for each in modes(service) if each in kinds]
    return "; ".join(counted) or MODES[REMOTE]


def route(service: Service) -> str:
    """Return how it is paid for."""
    return FUNDING_ROUTE.get(service.record["funding_route"] or "", NOT_GIVEN)


def payer(service: Service) -> str:
    """Return how it is paid for, and by whom."""
    by = COMMISSIONER.get(service.record["commissioner"] or "", "")
    is_funded = service.record["funding_route"] != UNFUNDED
    return f"{route(service)}; {by}" if by and is_funded else route(service)


def funding(service: Service) -> str:
    """Return how it is paid for, by whom, and from which stream."""
    stream = SERVICE_STREAM.get(service.record["stream"] or "", "")
    return f"{payer(service)}; {stream}" if stream else payer(service)


def contract(service: Service) -> str:
    """Return the dates of the contract, and by how much it can be extended."""
    start, end = service.record["contract_start"], service.contract_end
    if service.record["funding_route"] == UNFUNDED:
        return "None"
    more = service.record["extension_option_months"]
    ended = " (ended)" if service.has_ended else ""
    dates = (
        f"{_or_not_given(start)} to {day(end)}{ended}" if end else f"From {_or_not_given(start)}"
    )
    return f"{dates}; can be extended by {more} months" if more and not ended else dates


def value(service: Service) -> str:
    """Return the pounds a year by contract."""
    pounds: float | None = service.record["annual_value_gbp"]
    return NOT_GIVEN if pounds is None else f"£{pounds:,.0f} a year"


def capacity(service: Service) -> str:
    """Return the contracted capacity with its unit."""
    held, unit = service.record["capacity_value"], service.record["capacity_unit"]
    if held is None or not unit:
        return NOT_GIVEN
    return f"{held:,.0f} {CAPACITY_UNIT[unit].lower()}"


def access(service: Service) -> str:
    """Return whether it can be reached without steps."""
    return ACCESSIBLE.get(service.record["accessible_site"] or "", NOT_GIVEN)


def yes_or_no(service: Service, column: str) -> str:
    """Return what a yes-or-no field of the entry says."""
    return YES_NO.get(service.record[column] or "", NOT_GIVEN)


def checked(service: Service) -> str:
    """Return when the provider last confirmed the entry, and whether that is long ago."""
    said = last_checked(service)
    is_old = service.is_check_overdue and service.record["last_verified"]
    return f"{said} (over six months ago)" if is_old else said


def last_checked(service: Service) -> str:
    """Return the day on which the provider last confirmed the entry."""
    when: date | None = service.record["last_verified"]
    return day(when) if when else "Never"


def day(when: date) -> str:
    """Return a day as people write it: '3 November 2025'."""
    return f"{when.day} {when:%B %Y}"


def listed(names: list[str]) -> str:
    """Return names separated by commas; says so when there is none."""
    return ", ".join(names) or NOT_GIVEN.capitalize()


def _or_not_given(when: date | None) -> str:
    return day(when) if when else NOT_GIVEN
