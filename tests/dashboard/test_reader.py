"""Who a reader is: by the claim that the office chose, for as long as the sign-in holds."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.access import STAFF, VIEWER
from dashboard.reader import NOBODY, Reader, reader_of_claims, reader_of_header
from dashboard.settings import Claim, Settings

NOW = 1_800_000_000.0
HOUR = 3600
CLAIMS = {
    "is_logged_in": True,
    "sub": "a1b2",
    "oid": "c3d4",
    "email": "staff@example.org",
    "email_verified": True,
    "name": "A reader",
    "iat": NOW - HOUR,
    "exp": NOW + 10 * HOUR,
}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    file = tmp_path / "roles.toml"
    file.write_text('[readers]\n"a1b2" = "viewer"\n"staff@example.org" = "staff"\n', "utf-8")
    return Settings(roles_file=file)


def asked(settings: Settings, **claims: object) -> Reader:
    return reader_of_claims({**CLAIMS, **claims}, settings, now=NOW)


def test_a_reader_has_key_name_and_role(settings: Settings) -> None:
    assert asked(settings) == Reader("a1b2", "A reader", VIEWER, "known")


@pytest.mark.parametrize(
    ("claim", "key", "role"),
    [("sub", "a1b2", VIEWER), ("oid", "c3d4", None), ("email", "staff@example.org", STAFF)],
)
def test_the_office_chooses_which_claim_is_the_key(
    settings: Settings, claim: Claim, key: str, role: str | None
) -> None:
    chosen = Settings(roles_file=settings.roles_file, claim=claim)
    assert (asked(chosen).key, asked(chosen).role) == (key, role)


@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_an_address_that_was_not_verified_is_nobodys(settings: Settings, verified: object) -> None:
    chosen = Settings(roles_file=settings.roles_file, claim="email")
    assert asked(chosen, email_verified=verified).role is None


@pytest.mark.parametrize("sub", [None, "", 7, ["a1b2"], {"a1b2": 1}, "A1B2"])
def test_a_claim_of_another_shape_has_no_role(settings: Settings, sub: object) -> None:
    assert asked(settings, sub=sub).role is None


@pytest.mark.parametrize("logged_in", [None, False, "yes", 1])
def test_who_is_not_signed_in_is_nobody(settings: Settings, logged_in: object) -> None:
    assert asked(settings, is_logged_in=logged_in) == NOBODY


@pytest.mark.parametrize(
    ("claims", "standing"),
    [
        ({"iat": NOW - 8 * HOUR + 1}, "known"),
        ({"iat": NOW - 8 * HOUR}, "too_old"),
        ({"exp": NOW}, "too_old"),
        ({"exp": NOW + 1}, "known"),
        ({"iat": NOW + 299}, "known"),
        ({"iat": NOW + 301}, "too_old"),
        ({"iat": None}, "too_old"),
        ({"exp": None}, "too_old"),
        ({"iat": "2026-11-26"}, "too_old"),
        ({"auth_time": NOW - 20 * HOUR}, "known"),
    ],
)
def test_a_sign_in_holds_for_some_hours(
    settings: Settings, claims: dict[str, object], standing: str
) -> None:
    reader = asked(settings, **claims)
    assert reader.standing == standing
    assert (reader.role is None) == (standing == "too_old")


def test_the_longest_age_is_a_setting(settings: Settings) -> None:
    short = Settings(roles_file=settings.roles_file, max_session_hours=0.5)
    assert asked(short).standing == "too_old"


@given(
    claims=st.dictionaries(
        st.sampled_from(sorted(CLAIMS)),
        st.none() | st.booleans() | st.floats(allow_nan=True) | st.text() | st.just("a1b2"),
    )
)
def test_no_claims_of_any_shape_fail_or_open_without_a_role_file(
    claims: dict[str, object],
) -> None:
    assert reader_of_claims(claims, Settings(), now=NOW).role is None


def test_behind_a_proxy_the_header_is_the_key(settings: Settings) -> None:
    assert reader_of_header("staff@example.org", settings).role == STAFF
    assert reader_of_header("other@example.org", settings).standing == "no_role"
    assert reader_of_header("", settings) == reader_of_header(None, settings) == NOBODY
