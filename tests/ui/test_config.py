"""The settings that keep the dashboard quick and closed: `.streamlit/config.toml` and `deploy/`."""

import re
import tomllib
from pathlib import Path

import pytest
from streamlit import login, logout
from streamlit.config import get_option
from streamlit.web.server.starlette.starlette_app_utils import (
    create_signed_value,
    decode_signed_value,
)
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from dashboard.settings import load_settings
from dashboard.start import start_problem

PROJECT = Path(__file__).parents[2]
CONFIG = PROJECT / ".streamlit" / "config.toml"
DEPLOY = PROJECT / "deploy"
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


def test_what_sign_in_relies_on_still_exists_in_this_streamlit() -> None:
    """Names of hidden settings, and that a sign-in's cookie is read as Streamlit writes it."""
    assert get_option("server.trustedUserHeaders") == {}
    assert (USER_COOKIE_NAME, callable(login), callable(logout)) == ("_streamlit_user", True, True)
    signed = create_signed_value("a secret", USER_COOKIE_NAME, "claims")
    assert decode_signed_value("a secret", USER_COOKIE_NAME, signed) == b"claims"
    assert decode_signed_value("another", USER_COOKIE_NAME, signed) is None


def test_no_secret_of_a_sign_in_is_in_the_repository() -> None:
    assert ".streamlit/secrets.toml" in (PROJECT / ".gitignore").read_text("utf-8").splitlines()
    held = tomllib.loads(CONFIG.read_text(encoding="utf-8"))
    assert "auth" not in held
    assert "trustedUserHeaders" not in held["server"]


@pytest.fixture
def service() -> list[str]:
    """Return the lines of the service file that set something."""
    text = (DEPLOY / "west-mercia-victims-insight.service").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if "=" in line and not line.startswith("#")]


def test_the_service_starts_the_guarded_dashboard_where_nginx_looks_for_it(
    service: list[str],
) -> None:
    start = next(line for line in service if line.startswith("ExecStart="))
    port = re.search(r"--server\.port (\d+)", start)
    assert port
    assert " asgi.py " in start
    nginx = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    assert set(re.findall(r"proxy_pass http://127\.0\.0\.1:(\d+);", nginx)) == {port[1], "4180"}


def test_the_service_runs_in_production_with_known_settings(service: list[str]) -> None:
    given = dict(line.split("=", 2)[1:] for line in service if line.startswith("Environment=WM_"))
    settings = load_settings(given)
    assert (settings.environment, settings.mode) == ("production", "production")
    assert settings.roles_file is not None
    assert start_problem(settings, address="127.0.0.1", auth={}).startswith("redirect_uri")
    known = set(
        re.findall(r"WM_[A-Z_]+", (PROJECT / "dashboard" / "settings.py").read_text("utf-8"))
    )
    assert set(given) <= known


@pytest.mark.parametrize(
    "line",
    [
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "ProtectHome=yes",
        "PrivateTmp=yes",
        "CapabilityBoundingSet=",
        "UMask=0077",
    ],
)
def test_the_service_is_shut_in(service: list[str], line: str) -> None:
    assert line in service
