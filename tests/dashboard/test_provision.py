"""Which help there is for whom and where, and how often need has none: worked out by hand.

Of the tiny directory: Helpline, by telephone, is for everyone; Safe house, in Redditch, is made for
women of 18 and over after domestic abuse; Friends for older people; Court help has ended.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.directory.eligibility import AGES, SEXES, Seeker, not_taken, takes
from dashboard.directory.provision import LEVELS, is_for, is_made_for, provision
from dashboard.directory.service import Directory, Group, Service
from dashboard.errors import UnknownChoice
from dashboard.metrics.catalogue import metric
from dashboard.metrics.evaluate import evaluate
from dashboard.metrics.gaps import gaps
from dashboard.metrics.metric import Choice
from dashboard.metrics.provision_cells import provision_cells
from dashboard.metrics.provision_nearest import nearest_help
from dashboard.warehouse import Warehouse, open_warehouse
from schemas.supplied.lists import PRIORITY_FLAG
from tests.support.tiny_cells import cell
from tests.support.tiny_directory import (
    COURT_HELP,
    FRIENDS,
    HELPLINE,
    SAFE_HOUSE,
    add_directory,
    remove_directory,
)
from tests.support.tiny_warehouse import BROMSGROVE, HOME, OTHER, REDDITCH, write_version

DISTRICTS = (BROMSGROVE, REDDITCH)
ANYONE = Seeker()
SPECIALIST = metric("groups_without_specialist")
ANY_SERVICE = metric("groups_without_service")
SEEKERS = st.builds(
    Seeker,
    age=st.sampled_from(["", *AGES]),
    sex=st.sampled_from(["", *SEXES]),
    other_language=st.booleans(),
    out_of_hours=st.booleans(),
    self_referral=st.booleans(),
)


def one(listed: Directory, service_id: str) -> Service:
    return next(each for each in listed.services if each.record["service_id"] == service_id)


def changed(service: Service, **fields: object) -> Service:
    return replace(service, record={**service.record, **fields})


def with_only(listed: Directory, *services: Service) -> Directory:
    return replace(listed, services=services)


# Whom a service takes


@pytest.mark.parametrize(
    ("ages", "sex", "flag", "seeker", "is_taken"),
    [
        ((None, None), None, "DA", ANYONE, True),
        ((18, 120), "ANY", "CYP", ANYONE, False),
        ((17, 120), "ANY", "CYP", ANYONE, True),
        ((None, 64), "ANY", "ELDER", ANYONE, False),
        ((55, None), "ANY", "ELDER", ANYONE, True),
        ((18, 120), "F", "DA", Seeker(sex="M"), False),
        ((18, 120), "F", "DA", Seeker(sex="F"), True),
        ((18, 120), "F", "DA", Seeker(age="16-17"), False),
        ((None, 17), "ANY", "CSE", Seeker(age="18-64"), False),
    ],
)
def test_ages_and_sex_decide_whom_it_takes(
    listed: Directory,
    ages: tuple[int | None, int | None],
    sex: str | None,
    flag: str,
    seeker: Seeker,
    is_taken: bool,
) -> None:
    service = changed(
        one(listed, HELPLINE),
        eligibility_min_age=ages[0],
        eligibility_max_age=ages[1],
        eligibility_sex=sex,
    )
    assert takes(service, flag, seeker) is is_taken


@pytest.mark.parametrize(
    ("languages", "speaks_more"),
    [
        ("English; Polish", True),
        ("English, interpreters on request", True),
        ("English", False),
        ("", False),
        (None, False),
    ],
)
def test_a_service_for_those_who_speak_no_english(
    listed: Directory, languages: str | None, speaks_more: bool
) -> None:
    service = changed(one(listed, HELPLINE), languages=languages)
    assert takes(service, "DA", Seeker(other_language=True)) is speaks_more


def test_hours_and_self_referral_count_when_they_are_asked_for(listed: Directory) -> None:
    service = changed(one(listed, HELPLINE), out_of_hours=None, self_referral="N")
    assert takes(service, "DA", ANYONE)
    assert not takes(service, "DA", Seeker(out_of_hours=True))
    assert not takes(service, "DA", Seeker(self_referral=True))
    assert takes(changed(service, out_of_hours="Y"), "DA", Seeker(out_of_hours=True))


@pytest.mark.parametrize(
    ("offers", "flag", "said"),
    [
        ([(18, 120, "F")], "DA", "people under 18; men and boys aged 18 and over"),
        ([(18, 120, "ANY")], "DA", "people under 18"),
        ([(18, 120, "ANY"), (None, 17, "ANY")], "DA", ""),
        ([(None, None, "F")], "DA", "men and boys"),
        ([(None, 15, "ANY")], "CYP", "people aged 16 and 17"),
        ([(55, None, "M")], "ELDER", "women and girls"),
        ([(16, 64, "ANY")], "DA", "people under 16 or aged 65 and over"),
    ],
)
def test_whom_services_leave_out_is_said(
    listed: Directory, offers: list[tuple[int | None, int | None, str]], flag: str, said: str
) -> None:
    services = [
        changed(
            one(listed, HELPLINE),
            eligibility_min_age=least,
            eligibility_max_age=most,
            eligibility_sex=sex,
        )
        for least, most, sex in offers
    ]
    assert not_taken(services, flag, ANYONE) == said


# For whom a service is


@pytest.mark.parametrize(
    ("groups", "flag", "is_so", "is_special"),
    [
        ((), "MH", True, False),
        ((Group("DA", None, True),), "DA", True, True),
        ((Group("STALK", None, False),), "STALK", True, False),
        ((Group("DA", None, True),), "MH", False, False),
        ((Group("BURG_RES", None, False),), "MH", True, False),
        ((Group("BURG_RES", None, False),), "RURAL", False, False),
        ((Group(None, "ELDER", False),), "MH", False, False),
        ((Group("DA", "CYP", True),), "CYP", True, True),
        ((Group("CSA", None, True),), "SV", True, True),
    ],
)
def test_the_groups_that_an_entry_names_decide_for_whom_it_is(
    listed: Directory, groups: tuple[Group, ...], flag: str, is_so: bool, is_special: bool
) -> None:
    service = replace(one(listed, HELPLINE), groups=groups)
    assert is_for(service, flag) is is_so
    assert is_made_for(service, flag) is is_special


# Provision


@pytest.mark.parametrize(
    ("flag", "district", "level", "names"),
    [
        ("DA", BROMSGROVE, "remote", [HELPLINE]),
        ("DA", REDDITCH, "specialist", [SAFE_HOUSE, HELPLINE]),
        ("ELDER", BROMSGROVE, "specialist", [FRIENDS, HELPLINE]),
        ("SV", BROMSGROVE, "remote", [HELPLINE]),
        ("MH", REDDITCH, "remote", [HELPLINE]),
    ],
)
def test_each_cell_has_its_services_the_best_first(
    listed: Directory, flag: str, district: str, level: str, names: list[str]
) -> None:
    found = provision(listed)[flag, district]
    assert found.level == level
    assert [each.record["service_id"] for each in found.services] == names


def test_every_group_has_a_cell_in_every_district(listed: Directory) -> None:
    assert set(provision(listed)) == {
        (flag, district) for flag in PRIORITY_FLAG for district in listed.districts
    }


def test_a_group_that_the_seeker_cannot_be_of_has_no_cell(listed: Directory) -> None:
    found = provision(listed, Seeker(age="65+"))
    assert ("CYP", REDDITCH) not in found
    assert found["ELDER", REDDITCH].level == "specialist"


def test_whom_the_best_help_leaves_out_stands_in_the_cell(listed: Directory) -> None:
    said = provision(listed)["DA", REDDITCH].without
    assert said == "people under 18; men and boys aged 18 and over"


@pytest.mark.parametrize(
    ("start", "end", "level"),
    [
        (date(2024, 4, 1), date(2026, 10, 31), "none"),
        (date(2024, 4, 1), date(2026, 11, 1), "remote"),
        (date(2026, 11, 2), date(2027, 3, 31), "none"),
        (None, None, "remote"),
    ],
)
def test_a_contract_counts_from_its_first_to_its_last_day(
    listed: Directory, start: date | None, end: date | None, level: str
) -> None:
    helpline = changed(one(listed, HELPLINE), contract_start=start, contract_end=end)
    assert provision(with_only(listed, helpline))["RTC", REDDITCH].level == level


@given(seeker=SEEKERS, gone=st.sets(st.sampled_from([HELPLINE, SAFE_HOUSE, COURT_HELP, FRIENDS])))
def test_who_asks_for_more_or_finds_fewer_services_never_finds_better_help(
    listed: Directory, seeker: Seeker, gone: set[str]
) -> None:
    rank = list(LEVELS).index
    kept = [each for each in listed.services if each.record["service_id"] not in gone]
    fewer = provision(with_only(listed, *kept), seeker)
    every = provision(listed)
    assert all(rank(each.level) <= rank(every[where].level) for where, each in fewer.items())


# Need without help

REFERRED = [
    cell("referrals", HOME, 1_000),
    cell("referrals", HOME, 360, "priority_flag", "ELDER"),
    cell("referrals", HOME, 15, "priority_flag", "RTC"),
    cell("referrals", HOME, None, "priority_flag", "LD"),
]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """The tiny version with its directory and, of the force, 360 referrals of older people.

    15 are of road traffic. Need: DA 400 and 800, SV 10 and 27, STALK 40 and 80, CYBER 120 and 240,
    as estimated in Bromsgrove and Redditch; of older people 120 and 240, of road traffic 5 and 10,
    as the referrals are shared out by 12,000 and 24,000 residents.
    """
    folder = tmp_path_factory.mktemp("served")
    add_directory(write_version(folder, cells=REFERRED))
    warehouse = open_warehouse(folder)
    yield warehouse
    warehouse.close()


def value(found: Warehouse, which: object, **choice: object) -> tuple[float, float]:
    result = evaluate(which, Choice(**choice), warehouse=found)  # type: ignore[arg-type]
    return result.frame["value"][0], result.frame["denominator"][0]


def test_need_is_estimated_or_shared_out_and_counts_from_ten_people(served: Warehouse) -> None:
    cells = provision_cells(Choice(), served)
    need = {row[:2]: row[2] for row in cells.select("priority_flag", "area_code", "need").rows()}
    assert need["DA", BROMSGROVE] == pytest.approx(400)
    assert need["SV", REDDITCH] == pytest.approx(20_000 * 2 / 3 * 0.02 * 0.1)
    assert need["ELDER", BROMSGROVE] == pytest.approx(120)
    assert need["RTC", BROMSGROVE] == pytest.approx(5)
    assert need["LD", REDDITCH] is None
    above = set(cells.filter("has_need").select("priority_flag", "area_code").rows())
    both = {(flag, code) for flag in ("DA", "SV", "STALK", "CYBER", "ELDER") for code in DISTRICTS}
    assert above == both | {("RTC", REDDITCH)}


def test_few_groups_have_a_specialist(served: Warehouse) -> None:
    assert value(served, SPECIALIST) == (8, 11)
    assert value(served, SPECIALIST, areas=(BROMSGROVE,)) == (4, 5)
    by_group = evaluate(SPECIALIST, Choice(), warehouse=served, by=("priority_flag",)).frame
    assert dict(by_group.filter(by_group["value"] > 0).select("priority_flag", "value").rows()) == {
        "RTC": 1,
        "CYBER": 2,
        "DA": 1,
        "SV": 2,
        "STALK": 2,
    }


def test_the_helpline_is_some_service_for_all(served: Warehouse) -> None:
    assert value(served, ANY_SERVICE) == (0, 11)


def test_when_the_helpline_ends_all_but_two_groups_have_no_service(tmp_path: Path) -> None:
    path = write_version(tmp_path)
    add_directory(path)
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "update dim_service set contract_end = '2026-10-31' where service_id = 'S-1'"
        )
    warehouse = open_warehouse(tmp_path)
    assert value(warehouse, ANY_SERVICE) == (7, 8)
    warehouse.close()


def test_the_notes_say_on_what_need_rests_and_where_it_is_unknown(served: Warehouse) -> None:
    (note,) = evaluate(SPECIALIST, Choice(), warehouse=served).notes
    assert note.startswith("Need is estimated of 4 groups; of the others it is the force's")
    assert "It is not known of: rural; modern slavery;" in note


def test_without_a_directory_there_is_no_value(tmp_path: Path) -> None:
    remove_directory(write_version(tmp_path))
    warehouse = open_warehouse(tmp_path)
    frame = evaluate(SPECIALIST, Choice(), warehouse=warehouse).frame
    assert (frame["value"][0], frame["marker"][0]) == (None, "[x]")
    warehouse.close()


def test_the_overview_names_each_group_that_has_no_service_somewhere(tmp_path: Path) -> None:
    path = write_version(tmp_path, cells=REFERRED)
    add_directory(path)
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "update fact_service_area set la_code = ? where service_id = ?", [REDDITCH, HELPLINE]
        )
    warehouse = open_warehouse(tmp_path)
    found = [each for each in gaps(Choice(), warehouse) if each.metric.id == "GM05"]
    warehouse.close()
    assert [each.own for each in found] == [
        (("group", name),)
        for name in ("Cyber", "Domestic abuse", "Sexual violence", "Stalking and harassment")
    ]
    assert found[1].sentence == (
        "Services for priority groups, domestic abuse: none at all in Bromsgrove, where about 400 "
        "people a year need support"
    )


# The nearest help


def test_the_nearest_place_is_by_road_for_half_of_the_residents(
    served: Warehouse, listed: Directory
) -> None:
    """Friends is 5.39 km away in a straight line, 7.01 by road, at 30 km an hour for two thirds."""
    found = nearest_help(served, Choice(), services=[one(listed, FRIENDS)], district=BROMSGROVE)
    assert found
    assert (found.service, found.share) == ("Friends <b>& more</b>", 1)
    assert found.minutes == pytest.approx(60 * 1.3 * 5.392 / 30, rel=1e-3)


def test_confidential_places_and_telephones_are_no_nearest_help(
    served: Warehouse, listed: Directory
) -> None:
    services = [one(listed, SAFE_HOUSE), one(listed, HELPLINE)]
    assert nearest_help(served, Choice(), services=services, district=REDDITCH) is None


def test_only_districts_of_the_home_force_are_counted(served: Warehouse) -> None:
    with pytest.raises(UnknownChoice, match="home force"):
        evaluate(SPECIALIST, Choice(areas=(OTHER,)), warehouse=served)
