"""Each rule of the cases is broken by a row that breaks nothing else."""

from datetime import date

from tests.support.prepared_rows import broken, level_of, spoilt

TABLE = "code_cases"


def test_a_good_case_breaks_nothing() -> None:
    assert spoilt(TABLE) == []


def test_k01_business_victim_is_counted_and_kept() -> None:
    found = spoilt(TABLE, victim_type="BUSINESS", person_key=None)
    assert found == ["K01 BUSINESS_VICTIM victim_type"]
    assert level_of(TABLE, found[0]) == "W"


def test_a_person_needs_a_person_key() -> None:
    found = spoilt(TABLE, person_key=None)
    assert found == ["MISSING_VALUE person_key"]
    assert level_of(TABLE, found[0]) == "E"


def test_k02_recorded_before_reported_is_set_aside() -> None:
    found = spoilt(TABLE, date_recorded=date(2026, 6, 30))
    assert found == ["K02 NEGATIVE_INTERVAL date_recorded"]
    assert level_of(TABLE, found[0]) == "E"


def test_k03_referred_without_consent_is_set_aside() -> None:
    for consent in ("N", "NOT_ASKED", None):
        found = spoilt(TABLE, consent_to_refer=consent)
        assert found == ["K03 REFERRED_WITHOUT_CONSENT consent_to_refer"]
        assert level_of(TABLE, found[0]) == "E"


def test_k03_consent_that_is_not_required_is_enough() -> None:
    assert spoilt(TABLE, consent_to_refer="NOT_REQUIRED") == []
    assert spoilt(TABLE, consent_to_refer="N", referred_date=None) == []


def test_k04_referred_before_assessment_warns() -> None:
    found = spoilt(TABLE, referred_date=date(2026, 7, 1))
    assert found == ["K04 REFERRED_BEFORE_ASSESSMENT referred_date"]
    assert level_of(TABLE, found[0]) == "W"


def test_k05_recorded_two_days_after_the_report_warns() -> None:
    found = spoilt(TABLE, date_recorded=date(2026, 7, 3))
    assert found == ["K05 RECORDED_LATE date_recorded"]
    assert level_of(TABLE, found[0]) == "W"


def test_k06_statement_made_but_never_offered_is_set_aside() -> None:
    found = spoilt(TABLE, vps_offered_date=None)
    assert found == ["K06 STATEMENT_WITHOUT_OFFER vps_offered_date"]
    assert level_of(TABLE, found[0]) == "E"


def test_k07_not_assessed_after_five_working_days_warns() -> None:
    late = {"enhanced": "NOT_ASSESSED", "enhanced_reason": None}
    found = spoilt(TABLE, **late)
    assert found == ["K07 ASSESSMENT_OVERDUE enhanced"]
    assert level_of(TABLE, found[0]) == "W"


def test_k07_not_assessed_by_the_due_day_itself_is_no_oddity() -> None:
    late = {"enhanced": "NOT_ASSESSED", "enhanced_reason": None}
    assert spoilt(TABLE, **late, _assessed_due=date(2026, 11, 1)) == []
    assert spoilt(TABLE, **late, _assessed_due=None) == []


def test_two_victims_of_one_case_are_no_copies() -> None:
    assert broken(TABLE, {}, {"person_key": "b3f9c2d1e8b74650"}) == {}


def test_the_same_victim_of_one_case_with_other_content_is_set_aside_twice() -> None:
    changed = {"crime_group": "STALK"}
    assert broken(TABLE, {}, changed) == {"CONFLICTING_DUPLICATE person_key": [2, 3]}
