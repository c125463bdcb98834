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


def test_unknown_mode_is_refused() -> None:
    with pytest.raises(UnknownChoice, match="WM_MODE must be"):
        load_settings({"WM_MODE": "debug"})
