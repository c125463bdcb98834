"""Settings of the dashboard, read once from `WM_…` environment variables."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeVar, get_args

from dashboard.errors import UnknownChoice

Mode = Literal["production", "development"]
Environment = Literal["production", "test"]
SignIn = Literal["openid", "header"]
Claim = Literal["sub", "oid", "email"]

PROGRAM: Final = Path(__file__).resolve().parent.parent
_DEFAULT_DATA_DIR: Final = PROGRAM / "data"
_DEFAULT_CONTACT: Final = "the analyst team in the commissioner’s office"
_DEFAULT_HEADER: Final = "X-Remote-User"
_DEFAULT_HOURS: Final = 8.0
_MOST_HOURS: Final = 24.0

Word = TypeVar("Word", bound=str)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Where the data lies, how the dashboard runs and how readers sign in.

    `mode` is 'development' only when asked for: it signs in a named staff viewer.
    `contact` is whom a reader is told to ask when data is not available.
    `environment` says what the machine is for; in production nothing unsafe starts.
    `claim` is what of a sign-in tells one person from another; `user_header` is what does so
    behind a single-sign-on proxy. Without a `roles_file` nobody has a role.
    """

    data_dir: Path = _DEFAULT_DATA_DIR
    mode: Mode = "production"
    contact: str = _DEFAULT_CONTACT
    environment: Environment = "test"
    sign_in: SignIn = "openid"
    claim: Claim = "sub"
    user_header: str = _DEFAULT_HEADER
    roles_file: Path | None = None
    max_session_hours: float = _DEFAULT_HOURS


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Return the settings that the `WM_…` variables give.

    Raises UnknownChoice for a word that a variable does not know.
    """
    values = os.environ if environ is None else environ
    roles_file = values.get("WM_ROLES_FILE")
    return Settings(
        data_dir=Path(values.get("WM_DATA_DIR") or _DEFAULT_DATA_DIR),
        mode=_one_of(get_args(Mode), "WM_MODE", values) or "production",
        contact=values.get("WM_CONTACT") or _DEFAULT_CONTACT,
        environment=_one_of(get_args(Environment), "WM_ENVIRONMENT", values) or "test",
        sign_in=_one_of(get_args(SignIn), "WM_SIGN_IN", values) or "openid",
        claim=_one_of(get_args(Claim), "WM_IDENTITY_CLAIM", values) or "sub",
        user_header=values.get("WM_USER_HEADER") or _DEFAULT_HEADER,
        roles_file=Path(roles_file) if roles_file else None,
        max_session_hours=_hours(values.get("WM_MAX_SESSION_HOURS")),
    )


def _one_of(words: tuple[Word, ...], name: str, values: Mapping[str, str]) -> Word | None:
    given = values.get(name)
    if not given:
        return None
    for word in words:
        if word == given:
            return word
    expected = " or ".join((", ".join(words[:-1]), words[-1]))
    raise UnknownChoice(f"{name} must be {expected}. Correct it and start again.")


def _hours(given: str | None) -> float:
    try:
        hours = float(given or _DEFAULT_HOURS)
    except ValueError:
        hours = 0
    if not 0 < hours <= _MOST_HOURS:
        raise UnknownChoice(
            f"WM_MAX_SESSION_HOURS must be a number of hours, at most {_MOST_HOURS:.0f}. "
            "Correct it and start again."
        )
    return hours
