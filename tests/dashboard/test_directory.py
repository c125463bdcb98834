"""The directory of services: read, searched, and gathered into places."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.directory.places import places
from dashboard.directory.read import directory
from dashboard.directory.search import NAMES, Wanted, matching, read_wanted, write_wanted
from dashboard.directory.service import Directory, Service, months_on
from dashboard.warehouse import open_warehouse
from tests.support.tiny_directory import (
    COURT_HELP,
    FRIENDS,
    HELPLINE,
    SAFE_HOUSE,
    add_directory,
    remove_directory,
)
from tests.support.tiny_warehouse import BROMSGROVE, REDDITCH, write_version


def one(listed: Directory, service_id: str) -> Service:
    return next(each for each in listed.services if each.record["service_id"] == service_id)


def changed(service: Service, **fields: object) -> Service:
    return replace(service, record={**service.record, **fields})


# Reading


def test_no_directory_is_no_service(tmp_path: Path) -> None:
    remove_directory(write_version(tmp_path))
    opened = open_warehouse(tmp_path)
    assert directory(opened).services == ()
    opened.close()


def test_services_stand_by_name_with_their_provider(listed: Directory) -> None:
    assert [(each.name, each.provider) for each in listed.services] == [
        ("Court help", "Lantern"),
        ("Friends <b>& more</b>", "Harbour"),
        ("Helpline", "Lantern"),
        ("Safe house", "Harbour"),
    ]


def test_a_confidential_site_has_no_position(listed: Directory) -> None:
    (site,) = one(listed, SAFE_HOUSE).sites
    assert site.is_confidential
    assert (site.latitude, site.longitude) == (None, None)


# Contracts and checks, as of 1 November 2026


@pytest.mark.parametrize(
    ("end", "within_six", "within_twelve", "has_ended"),
    [
        (date(2026, 10, 31), False, False, True),
        (date(2026, 11, 1), True, True, False),
        (date(2027, 4, 30), True, True, False),
        (date(2027, 5, 1), False, True, False),
        (date(2027, 10, 31), False, True, False),
        (date(2027, 11, 1), False, False, False),
        (None, False, False, False),
    ],
)
def test_when_a_contract_ends(
    listed: Directory, end: date | None, within_six: bool, within_twelve: bool, has_ended: bool
) -> None:
    service = changed(one(listed, HELPLINE), contract_end=end)
    assert service.ends_within(6) is within_six
    assert service.ends_within(12) is within_twelve
    assert service.has_ended is has_ended


def test_a_service_that_nobody_funds_has_no_contract(listed: Directory) -> None:
    friends = one(listed, FRIENDS)
    assert friends.contract_end is None


@pytest.mark.parametrize(
    ("checked", "is_overdue"),
    [(date(2026, 5, 1), False), (date(2026, 4, 30), True), (None, True)],
)
def test_an_entry_is_to_be_confirmed_after_six_months(
    listed: Directory, checked: date | None, is_overdue: bool
) -> None:
    assert changed(one(listed, HELPLINE), last_verified=checked).is_check_overdue is is_overdue


@pytest.mark.parametrize(
    ("route", "commissioner", "is_ours"),
    [
        ("CONTRACT", "PCC", True),
        ("CO_COMMISSIONED", "JOINT", True),
        ("CONTRACT", "LA", False),
        ("NATIONAL", "MOJ", False),
        ("NOT_FUNDED", "PCC", False),
    ],
)
def test_what_the_commissioner_pays_for(
    listed: Directory, route: str, commissioner: str, is_ours: bool
) -> None:
    service = changed(one(listed, HELPLINE), funding_route=route, commissioner=commissioner)
    assert service.is_ours is is_ours


def test_months_on_keeps_to_the_end_of_shorter_months() -> None:
    assert months_on(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert months_on(date(2026, 11, 1), -6) == date(2026, 5, 1)


# Search


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), {HELPLINE, SAFE_HOUSE, COURT_HELP, FRIENDS}),
        (Wanted(search="LANTERN"), {HELPLINE, COURT_HELP}),
        (Wanted(search="redditch abuse"), {SAFE_HOUSE}),
        (Wanted(search="polish"), {HELPLINE}),
        (Wanted(search="zebra"), set()),
        (Wanted(crime="DA"), {HELPLINE, SAFE_HOUSE}),
        (Wanted(group="DA"), {HELPLINE, SAFE_HOUSE}),
        (Wanted(group="SV"), {HELPLINE, COURT_HELP}),
        (Wanted(group="ELDER"), {HELPLINE, FRIENDS}),
        (Wanted(crime="DA", group="ELDER"), {HELPLINE}),
        (Wanted(mode="REMOTE"), {HELPLINE}),
        (Wanted(mode="OFFICE"), {COURT_HELP, FRIENDS}),
        (Wanted(mode="REFUGE_NOT_LOCATED"), {SAFE_HOUSE}),
        (Wanted(self_referral=True), {HELPLINE, COURT_HELP, FRIENDS}),
        (Wanted(unreported=True), {HELPLINE, SAFE_HOUSE, FRIENDS}),
    ],
)
def test_what_is_found(listed: Directory, wanted: Wanted, found: set[str]) -> None:
    shown = matching(listed, wanted, districts=None)
    assert {each.record["service_id"] for each in shown} == found


@pytest.mark.parametrize(
    ("districts", "found"),
    [
        ({REDDITCH}, {HELPLINE, SAFE_HOUSE, FRIENDS}),
        ({BROMSGROVE}, {HELPLINE, COURT_HELP, FRIENDS}),
        (set(), set()),
    ],
)
def test_a_service_is_found_where_it_works(
    listed: Directory, districts: set[str], found: set[str]
) -> None:
    shown = matching(listed, Wanted(), districts=frozenset(districts))
    assert {each.record["service_id"] for each in shown} == found


def test_not_known_is_not_yes(listed: Directory) -> None:
    helpline = changed(one(listed, HELPLINE), self_referral=None)
    only = replace(listed, services=(helpline,))
    assert matching(only, Wanted(self_referral=True), districts=None) == ()


# The address


def test_what_is_wanted_is_read_as_it_was_written() -> None:
    wanted = Wanted(
        search="court help",
        crime="DA",
        group="CYP",
        mode="OFFICE",
        self_referral=True,
        unreported=True,
    )
    written = write_wanted(wanted)
    assert set(written) == set(NAMES)
    assert read_wanted({name: (value,) for name, value in written.items()}) == wanted


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("crime", ("<script>alert(1)</script>",)),
        ("group", ("DA' OR 1=1--",)),
        ("mode", ("../../etc",)),
        ("self", ("maybe",)),
        ("unreported", ("",) * 2),
        ("search", ("x" * 81,)),
        ("search", ("one", "two")),
        ("search", ("nul\x00",)),
        ("crime", ("DA", "SV")),
    ],
)
def test_a_bad_value_gives_a_notice_and_nothing_is_asked_for(
    name: str, values: tuple[str, ...]
) -> None:
    read = read_wanted({name: values})
    assert read.problems == (f"Filter {name} not recognised; it is left out.",)
    assert read.is_any


@given(
    st.dictionaries(st.sampled_from([*NAMES, "other"]), st.lists(st.text(), max_size=3).map(tuple))
)
def test_any_address_is_read_and_what_is_kept_can_be_written(
    parameters: dict[str, tuple[str, ...]],
) -> None:
    read = read_wanted(parameters)
    again = read_wanted({name: (value,) for name, value in write_wanted(read).items()})
    assert again == replace(read, problems=())


# Places


def test_sites_near_one_another_are_one_place(listed: Directory) -> None:
    found = [
        sorted(service.record["service_id"] for service in place.services)
        for place in places(listed.services)
    ]
    assert found == [[COURT_HELP, FRIENDS], [COURT_HELP]]


def test_no_place_is_made_of_a_confidential_site(listed: Directory) -> None:
    assert places([one(listed, SAFE_HOUSE)]) == ()


def test_the_file_is_read_only_once(tmp_path: Path) -> None:
    add_directory(write_version(tmp_path))
    opened = open_warehouse(tmp_path)
    assert directory(opened) is directory(opened)
    opened.close()
