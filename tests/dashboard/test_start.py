"""What the dashboard refuses to start with, in one line that names the setting."""

from pathlib import Path
from typing import Any

import pytest

from dashboard.settings import PROGRAM, Environment, Settings
from dashboard.start import is_this_machine, start_problem

HERE = "127.0.0.1"
SECRET = "3f9c1e7ab2d84056917c0be5a4d2f8613f9c1e7ab2d84056917c0be5a4d2f861"  # noqa: S105
AUTH = {
    "redirect_uri": "https://insight.example.org/oauth2callback",
    "cookie_secret": SECRET,
    "client_id": "insight",
    "client_secret": "from the provider",
    "server_metadata_url": "https://login.example.org/.well-known/openid-configuration",
}
PRODUCTION = Settings(environment="production")
DEVELOPMENT = Settings(mode="development")


def problem(settings: Settings = PRODUCTION, *, address: str | None = HERE, **changed: Any) -> str:
    said = start_problem(settings, address=address, auth={**AUTH, **changed})
    assert "\n" not in said
    return said


def test_what_is_set_up_starts() -> None:
    assert problem() == ""
    assert problem(address="0.0.0.0") == ""  # sign-in is asked for wherever the reader comes from
    assert start_problem(DEVELOPMENT, address=HERE, auth={}) == ""
    assert start_problem(Settings(sign_in="header"), address="::1", auth={}) == ""


def test_without_sign_in_it_starts_closed_unless_the_environment_is_production() -> None:
    assert start_problem(Settings(), address=HERE, auth={}) == ""
    assert "redirect_uri is missing" in start_problem(PRODUCTION, address=HERE, auth={})


@pytest.mark.parametrize(
    ("settings", "address", "auth", "named"),
    [
        (Settings(mode="development", environment="production"), HERE, {}, "WM_ENVIRONMENT"),
        (DEVELOPMENT, "0.0.0.0", {}, "server.address"),
        (DEVELOPMENT, "192.0.2.7", {}, "server.address"),
        (DEVELOPMENT, None, {}, "server.address"),
        (DEVELOPMENT, HERE, AUTH, "[auth]"),
    ],
)
def test_development_mode_starts_on_this_machine_only_and_never_in_production(
    settings: Settings, address: str | None, auth: dict[str, str], named: str
) -> None:
    said = start_problem(settings, address=address, auth=auth)
    assert said.startswith("WM_MODE=development")
    assert named in said


@pytest.mark.parametrize("address", ["0.0.0.0", "::", None, "", "insight.example.org"])
def test_a_trusted_header_needs_an_address_that_only_this_machine_reaches(
    address: str | None,
) -> None:
    assert "WM_SIGN_IN=header" in start_problem(
        Settings(sign_in="header"), address=address, auth={}
    )


@pytest.mark.parametrize("key", AUTH)
@pytest.mark.parametrize("value", [None, "", 7])
def test_b63_a_missing_key_is_named(key: str, value: object) -> None:
    changed: dict[str, Any] = {key: value}
    assert problem(**changed).startswith(f"{key} is missing")


@pytest.mark.parametrize("secret", ["xxx", "x" * 64, "abc" * 20, SECRET[:31], "change-me"])
def test_b63_a_weak_cookie_secret_is_refused(secret: str) -> None:
    said = problem(cookie_secret=secret)
    assert said.startswith("cookie_secret")
    assert secret not in said


@pytest.mark.parametrize(
    ("address", "environment", "starts"),
    [
        ("https://insight.example.org/oauth2callback", "production", True),
        ("https://insight.example.org/oauth2callback", "test", True),
        ("http://insight.example.org/oauth2callback", "production", False),
        ("http://insight.example.org/oauth2callback", "test", False),
        ("http://localhost:8501/oauth2callback", "test", True),
        ("http://127.0.0.1:8501/oauth2callback", "test", True),
        ("http://localhost:8501/oauth2callback", "production", False),
        ("https://insight.example.org/", "production", False),
    ],
)
def test_b63_the_way_back_is_encrypted(
    address: str, environment: Environment, starts: bool
) -> None:
    said = problem(Settings(environment=environment), redirect_uri=address)
    assert (said == "") == starts
    assert said == "" or said.startswith("redirect_uri")


@pytest.mark.parametrize(
    ("address", "starts"),
    [
        ("https://login.example.org/.well-known/openid-configuration", True),
        ("http://login.example.org/.well-known/openid-configuration", False),
        ("http://localhost:8080/.well-known/openid-configuration", True),
        ("login.example.org/.well-known/openid-configuration", False),
    ],
)
def test_what_the_provider_says_of_itself_comes_encrypted(address: str, starts: bool) -> None:
    said = problem(server_metadata_url=address)
    assert (said == "") == starts
    assert said == "" or said.startswith("server_metadata_url")


@pytest.mark.parametrize("place", ["data/roles.toml", "roles.toml", "docs/../data/../roles.toml"])
def test_the_role_file_lies_outside_the_program(place: str) -> None:
    assert "WM_ROLES_FILE" in problem(Settings(roles_file=PROGRAM / place))


def test_a_link_from_outside_does_not_hide_a_role_file_within(tmp_path: Path) -> None:
    link = tmp_path / "roles.toml"
    link.symlink_to(PROGRAM / "data" / "roles.toml")
    assert "WM_ROLES_FILE" in problem(Settings(roles_file=link))
    assert problem(Settings(roles_file=tmp_path / "other.toml")) == ""


@pytest.mark.parametrize(
    ("address", "is_here"),
    [(HERE, True), ("127.8.8.8", True), ("::1", True), ("localhost", True), ("0.0.0.0", False)],
)
def test_an_address_of_this_machine(address: str, is_here: bool) -> None:
    assert is_this_machine(address) == is_here
