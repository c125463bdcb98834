"""Entries of the directory in plain words."""

from dataclasses import replace

import pytest

from dashboard.directory import words
from dashboard.directory.service import Directory, Group, Service
from tests.support.tiny_directory import FRIENDS, HELPLINE, SAFE_HOUSE


def one(listed: Directory, service_id: str) -> Service:
    return next(each for each in listed.services if each.record["service_id"] == service_id)


def changed(service: Service, **fields: object) -> Service:
    return replace(service, record={**service.record, **fields})


@pytest.mark.parametrize(
    ("least", "most", "said"),
    [
        (None, None, "any age"),
        (0, 120, "any age"),
        (18, 120, "aged 18 and over"),
        (0, 17, "aged up to 17"),
        (16, 25, "aged 16 to 25"),
    ],
)
def test_ages_in_words(listed: Directory, least: int | None, most: int | None, said: str) -> None:
    fields = {"eligibility_min_age": least, "eligibility_max_age": most}
    assert words.ages(changed(one(listed, HELPLINE), **fields)) == said


def test_entries_in_words(listed: Directory) -> None:
    helpline, house, friends = (one(listed, each) for each in (HELPLINE, SAFE_HOUSE, FRIENDS))
    assert words.places(helpline, listed) == words.EVERY_PLACE
    assert words.places(house, listed) == "Redditch"
    assert words.groups(helpline) == "Everyone"
    assert words.groups(friends) == "Made for older people; also burglary of a home"
    assert words.eligibility(house) == "Women and girls, aged 18 and over"
    assert words.contract(helpline) == (
        "1 April 2024 to 31 March 2027; can be extended by 12 months"
    )
    assert words.value(helpline) == "£100,000 a year"
    assert words.value(house) == words.NOT_GIVEN
    assert words.payer(house) == "Contract; Council"
    assert words.checked(friends) == "30 April 2026 (over six months ago)"
    assert words.checked(house) == "Never"
    assert words.languages(helpline) == "English, Polish"
    assert words.seen_at(helpline) == "By telephone or online only"


def test_a_crime_within_a_priority_group_is_named_so() -> None:
    assert words.group_name(Group("DA", "CYP", is_specialist=True)) == (
        "Domestic abuse (children and young people)"
    )


def test_a_service_that_nobody_funds_has_no_contract_to_tell(listed: Directory) -> None:
    assert words.contract(one(listed, FRIENDS)) == "None"
