"""Settings of the dashboard, read once from `WM_…` environment variables."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from dashboard.errors import UnknownChoice

Mode = Literal["production", "development"]

_DEFAULT_DATA_DIR: Final = Path(__file__).resolve().parent.parent / "data"
_DEFAULT_CONTACT: Final = "the analyst team in the commissioner's office"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Where the data lies and how the dashboard runs.

    `mode` is 'development' only when asked for: it signs in a named staff viewer.
    `contact` is whom a reader is told to ask when data is not available.
    """

    data_dir: Path = _DEFAULT_DATA_DIR
    mode: Mode = "production"
    contact: str = _DEFAULT_CONTACT


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Return the settings that `WM_DATA_DIR`, `WM_MODE` and `WM_CONTACT` give.

    Raises UnknownChoice when `WM_MODE` is neither production nor development.
    """
    values = os.environ if environ is None else environ
    return Settings(
        data_dir=Path(values.get("WM_DATA_DIR") or _DEFAULT_DATA_DIR),
        mode=_mode(values.get("WM_MODE") or "production"),
        contact=values.get("WM_CONTACT") or _DEFAULT_CONTACT,
    )


def _mode(word: str) -> Mode:
    if word == "production":
        return "production"
    if word == "development":
        return "development"
    raise UnknownChoice("WM_MODE must be production or development. Correct it and start again.")
