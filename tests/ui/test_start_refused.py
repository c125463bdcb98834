"""A dashboard that is not safe to start ends with one line, and shows no page at all."""

import json
import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[2]


def _secrets(folder: Path, **auth: str) -> str:
    path = folder / "secrets.toml"
    lines = "".join(f"{key} = {json.dumps(value)}\n" for key, value in auth.items())
    path.write_text(f"[auth]\n{lines}", encoding="utf-8")
    return str(path)


def _started(**settings: str) -> subprocess.CompletedProcess[str]:
    """Start the server as a service does, on any free port; it is to end by itself."""
    return subprocess.run(
        [sys.executable, "-m", "streamlit", "run", "asgi.py", "--server.port", "0"],
        cwd=PROJECT,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        timeout=90,
    )


def _told(ended: subprocess.CompletedProcess[str]) -> str:
    """Return the one line on the error channel of a start that was refused."""
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr
    (line,) = ended.stderr.splitlines()
    return line


def test_development_mode_ends_where_the_environment_is_production() -> None:
    line = _told(_started(WM_MODE="development", WM_ENVIRONMENT="production"))
    assert line.startswith("The dashboard does not start: WM_MODE=development")


def test_b63_a_weak_secret_ends_the_start_and_is_not_repeated(tmp_path: Path) -> None:
    address = "https://insight.example.org"
    secrets = _secrets(
        tmp_path,
        redirect_uri=f"{address}/oauth2callback",
        cookie_secret="xxx-not-random",  # noqa: S106
        client_id="insight",
        client_secret="any",  # noqa: S106
        server_metadata_url=f"{address}/.well-known/openid-configuration",
    )
    line = _told(_started(WM_ENVIRONMENT="production", STREAMLIT_SECRETS_FILES=secrets))
    assert "cookie_secret" in line
    assert "xxx" not in line
