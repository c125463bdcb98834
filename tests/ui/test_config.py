"""The settings that keep the dashboard quick and closed stand in `.streamlit/config.toml`."""

import tomllib
from pathlib import Path

import pytest
from streamlit.config import get_option

CONFIG = Path(__file__).parents[2] / ".streamlit" / "config.toml"
REQUIRED = {
    "server.headless": True,
    "server.address": "127.0.0.1",
    "server.fileWatcherType": "none",
    "server.enableStaticServing": False,
    "server.enableXsrfProtection": True,
    "server.enableCORS": True,
    "server.maxUploadSize": 20,
    "server.disconnectedSessionTTL": 600,
    "runner.postScriptGC": False,
    "runner.magicEnabled": False,
    "runner.fastReruns": True,
    "client.showErrorDetails": "none",
    "client.toolbarMode": "minimal",
    "client.disableDataExport": True,
    "client.showSidebarNavigation": True,
    "browser.gatherUsageStats": False,
    "theme.base": "light",
    "theme.primaryColor": "#12436D",
}


@pytest.mark.parametrize(("name", "expected"), REQUIRED.items())
def test_the_setting_is_as_decided(name: str, expected: object) -> None:
    section, key = name.split(".")
    assert tomllib.loads(CONFIG.read_text(encoding="utf-8"))[section][key] == expected


def test_no_setting_of_server_runner_or_client_is_undecided() -> None:
    held = tomllib.loads(CONFIG.read_text(encoding="utf-8"))
    present = {
        f"{section}.{key}"
        for section in ("server", "runner", "client", "browser")
        for key in held[section]
    }
    assert present == {name for name in REQUIRED if not name.startswith("theme.")}


def test_the_hidden_speed_setting_still_exists_in_this_streamlit() -> None:
    assert get_option("runner.postScriptGC") is not None


def test_the_agent_interface_stays_off() -> None:
    held = tomllib.loads(CONFIG.read_text(encoding="utf-8"))
    assert "enableAgentApi" not in held["server"]
