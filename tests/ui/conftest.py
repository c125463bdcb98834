"""A tiny published file, and the dashboard run over it without a browser."""

from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.support.tiny_warehouse import write_version

APP = Path(__file__).parents[2] / "app.py"
Run = Callable[..., AppTest]


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """Begin as a new server does: tests put other data under the same version."""
    st.cache_resource.clear()


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data folder with the tiny version published."""
    write_version(tmp_path)
    return tmp_path


@pytest.fixture
def run(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run one page as the development viewer, with the parameters of its address."""
    monkeypatch.setenv("WM_DATA_DIR", str(data_dir))
    monkeypatch.setenv("WM_MODE", "development")

    def run_page(page: str = "", **parameters: str | list[str]) -> AppTest:
        app = AppTest.from_file(str(APP), default_timeout=30)
        for name, value in parameters.items():
            app.query_params[name] = value
        app.run()
        if page:
            app.switch_page(page)
            for name, value in parameters.items():
                app.query_params[name] = value
            app.run()
        return app

    return run_page


def words(app: AppTest) -> str:
    """Return all the markup of a run as one text, without the style sheet."""
    written = [element.proto.body for element in app.get("html")]
    return " ".join(text for text in written if not text.startswith("<style>"))
