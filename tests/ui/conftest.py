"""A tiny published file, and the dashboard run over it without a browser."""

from collections.abc import Callable, Iterator
from pathlib import Path
from zlib import crc32

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from dashboard.access import PAGES
from tests.support.tiny_warehouse import write_version

APP = Path(__file__).parents[2] / "app.py"
Run = Callable[..., AppTest]
_ADDRESSES = {entry.path for entry in PAGES}


@pytest.fixture(scope="session", autouse=True)
def _scanned_once() -> Iterator[None]:
    """Look for components in the installed packages once: each AppTest would, for half a second."""
    found = manifest_scanner.scan_component_manifests()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", lambda: found)
        yield


@pytest.fixture(scope="session")
def served() -> dict[str, int]:
    """What was in each file that a page was run over, by name of the file."""
    return {}


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data folder with the tiny version published."""
    write_version(tmp_path)
    return tmp_path


@pytest.fixture
def run(data_dir: Path, served: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run one page as the development viewer, with the parameters of its address."""
    monkeypatch.setenv("WM_DATA_DIR", str(data_dir))
    monkeypatch.setenv("WM_MODE", "development")

    def run_page(page: str = "", **parameters: str | list[str]) -> AppTest:
        _forget_other_data(data_dir, served)
        app = AppTest.from_file(str(APP), default_timeout=30)
        if page:
            # Straight to its address, as by a link: one run instead of two. Before the first run
            # Streamlit takes the file's name for the address, which is not so for every page.
            if Path(page).stem not in _ADDRESSES:
                app.run()
            app.switch_page(page)
        for name, value in parameters.items():
            app.query_params[name] = value
        return app.run()

    return run_page


def _forget_other_data(data_dir: Path, served: dict[str, int]) -> None:
    """Begin as a new server does where a test has changed what stands under a version's name."""
    for path in (data_dir / "published").glob("*.duckdb"):
        content = crc32(path.read_bytes())
        if served.setdefault(path.name, content) != content:
            st.cache_resource.clear()
            served.clear()
            served[path.name] = content


def words(app: AppTest) -> str:
    """Return all the markup of a run as one text, without the style sheet."""
    written = [element.proto.body for element in app.get("html")]
    return " ".join(text for text in written if not text.startswith("<style>"))
