"""Settings come from the environment, and a wrong one is said at once."""

from pathlib import Path

import pytest

from dashboard.errors import UnknownChoice
from dashboard.settings import load_settings


def test_defaults_are_production_and_the_data_folder() -> None:
    settings = load_settings({})
    assert settings.mode == "production"
    assert settings.data_dir.name == "data"


def test_variables_are_read(tmp_path: Path) -> None:
    settings = load_settings({"WM_DATA_DIR": str(tmp_path), "WM_MODE": "development"})
    assert (settings.data_dir, settings.mode) == (tmp_path, "development")


def test_sign_in_is_by_openid_for_eight_hours_and_nobody_has_a_role_unless_told() -> None:
    settings = load_settings({})
    assert (settings.sign_in, settings.claim, settings.max_session_hours) == ("openid", "sub", 8)
    assert (settings.environment, settings.roles_file) == ("test", None)


def test_how_readers_sign_in_is_read(tmp_path: Path) -> None:
    settings = load_settings(
        {
            "WM_ENVIRONMENT": "production",
            "WM_SIGN_IN": "header",
            "WM_IDENTITY_CLAIM": "email",
            "WM_USER_HEADER": "X-Forwarded-User",
            "WM_ROLES_FILE": str(tmp_path / "roles.toml"),
            "WM_MAX_SESSION_HOURS": "2.5",
        }
    )
    assert (settings.environment, settings.sign_in) == ("production", "header")
    assert (settings.claim, settings.user_header) == ("email", "X-Forwarded-User")
    assert (settings.roles_file, settings.max_session_hours) == (tmp_path / "roles.toml", 2.5)


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("WM_MODE", "debug"),
        ("WM_ENVIRONMENT", "prod"),
        ("WM_SIGN_IN", "none"),
        ("WM_IDENTITY_CLAIM", "name"),
        ("WM_MAX_SESSION_HOURS", "0"),
        ("WM_MAX_SESSION_HOURS", "-1"),
        ("WM_MAX_SESSION_HOURS", "25"),
        ("WM_MAX_SESSION_HOURS", "nan"),
        ("WM_MAX_SESSION_HOURS", "long"),
    ],
)
def test_an_unknown_word_is_refused_and_its_variable_named(name: str, word: str) -> None:
    with pytest.raises(UnknownChoice, match=f"{name} must be"):
        load_settings({name: word})
