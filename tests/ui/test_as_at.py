"""A page shows any kept version that its address names, says so, and carries it on."""

import ast
import re
from datetime import date
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.ui.cache import builds
from dashboard.ui.health import check
from schemas.published import POINTER_NAME, SCHEMA_VERSION
from tests.support.tiny_warehouse import write_version
from tests.ui.conftest import APP, Run, words

pytestmark = pytest.mark.slow  # each test runs whole pages, several times over

MARK = "You are looking at data as at"
NOT_KEPT = "The version in the address is not kept here; the newest is shown."
UNREADABLE = "The version in the address cannot be read by this dashboard; the newest is shown."
ROOT = APP.parent


@pytest.fixture
def first(data_dir: Path) -> str:
    """The name of an earlier version: two months shorter, and with twice the crimes."""
    path = write_version(data_dir, 1)
    with duckdb.connect(str(path)) as connection:
        connection.execute("update cube_crime set record_count = 2 * record_count")
        for table in ("cube_crime", "cube_outcome", "meta_coverage"):
            connection.execute(f"delete from {table} where month > '2026-07-01'")
        connection.execute("update meta_source set period_to = '2026-07-01'")
    return path.stem


@pytest.fixture
def second(data_dir: Path, first: str) -> str:
    """The name of the version that is served."""
    return write_version(data_dir, 2).stem


def line_of(app: AppTest) -> str:
    return next(text for text in bodies(app) if " · version " in text)


def bodies(app: AppTest) -> list[str]:
    return [element.proto.body for element in app.get("html")]


def number_of(app: AppTest) -> int:
    """Return the number on the first card."""
    found = re.search(r"wm-number[^>]*>([\d,]+)", words(app))
    assert found
    return int(found[1].replace(",", ""))


def links_of(app: AppTest) -> list[str]:
    return [element.proto.query_string for element in app.get("page_link")]


def test_an_earlier_version_is_shown_unmistakably_and_every_link_carries_it(
    run: Run, first: str, second: str
) -> None:
    app = run("pages/understand/cyber.py", as_at=first)
    assert not app.exception
    assert f"version {first}<" in line_of(app)
    assert f"{MARK} 1 November 2026, not the newest." in words(app)
    assert f"The newest, {second}, was loaded on 2 November 2026, 09:00." in words(app)
    links = links_of(app)
    assert len(links) > 15
    assert all(f"as_at={first}" in link for link in links)
    app.button(key="as_at_newest").click().run()
    assert f"version {second}<" in line_of(app)
    assert MARK not in words(app)
    assert "as_at" not in app.query_params
    assert not any("as_at" in link for link in links_of(app))


def test_the_menu_offers_each_version_and_reads_none_while_it_is_closed(
    run: Run, data_dir: Path, first: str, second: str
) -> None:
    app = run()
    assert not app.radio
    app.session_state["as_at_menu"] = True
    app.run()
    (radio,) = app.radio
    assert radio.options == [
        "The newest, always",
        "2 November 2026, 09:00",
        "1 November 2026, 09:00",
    ]
    assert [each.version_name for each in builds(data_dir)] == [second, first]
    app.radio(key="as_at_choice").set_value(first).run()
    assert app.query_params["as_at"] == first
    assert MARK in words(app)
    app.session_state["as_at_menu"] = True
    app.run().radio(key="as_at_choice").set_value("").run()
    assert "as_at" not in app.query_params
    assert MARK not in words(app)


def test_the_newest_chosen_by_name_stays_when_newer_data_arrives(
    run: Run, data_dir: Path, second: str
) -> None:
    app = run(as_at=second)
    assert MARK not in words(app)
    third = write_version(data_dir, 3).stem
    shown = words(app.run())
    assert f"{MARK} 2 November 2026, not the newest." in shown
    assert "<strong>New data has arrived.</strong> This page stays with the version" in shown
    assert f"version {second}<" in line_of(app)
    app.button(key="as_at_newest").click().run()
    assert f"version {third}<" in line_of(app)
    assert "New data has arrived" not in words(app)


def test_a_version_that_was_taken_back_is_called_so(
    run: Run, data_dir: Path, first: str, second: str
) -> None:
    app = run()
    (data_dir / "published" / POINTER_NAME).write_text(f"{first}.duckdb", encoding="utf-8")
    assert "The newest data was taken back." in words(app.run())
    shown = words(run(as_at=second))
    assert f"{MARK} 2 November 2026, which was taken back." in shown


@pytest.mark.parametrize(
    "asked",
    ["wh-9-00000000", "../CURRENT", "<script>alert(1)</script>", "wh-1", "", "wh-" + "9" * 5000],
)
def test_a_name_that_is_none_of_ours_gives_a_notice_and_the_newest(
    run: Run, second: str, asked: str
) -> None:
    app = run(as_at=asked)
    assert not app.exception
    assert NOT_KEPT in words(app)
    assert f"version {second}<" in line_of(app)
    assert "as_at" not in app.query_params
    assert not asked or asked not in words(app) + "".join(links_of(app))
    assert NOT_KEPT not in words(app.run())


def test_two_names_at_once_give_a_notice_and_the_newest(run: Run, first: str, second: str) -> None:
    app = run(as_at=[first, second])
    assert NOT_KEPT in words(app)
    assert f"version {second}<" in line_of(app)


def test_a_version_of_another_schema_or_damaged_is_not_offered_and_not_shown(
    run: Run, data_dir: Path
) -> None:
    older = write_version(data_dir, 1, schema_version=SCHEMA_VERSION - 1)
    damaged = write_version(data_dir, 2)
    damaged.write_bytes(b"not a database")
    newest = write_version(data_dir, 4)
    misnamed = newest.with_name("wh-3-00000000.duckdb")
    misnamed.write_bytes(newest.read_bytes())
    carried = [each.version_name for each in builds(data_dir) if each.version_name != newest.stem]
    assert not {older.stem, damaged.stem, misnamed.stem}.intersection(carried)
    for path in (older, damaged, misnamed):
        app = run(as_at=path.stem)
        assert UNREADABLE in words(app)
        assert f"version {newest.stem}<" in line_of(app)


def test_a_version_removed_while_it_is_shown_gives_way_to_the_newest(
    run: Run, data_dir: Path, first: str, second: str
) -> None:
    app = run(as_at=first)
    (data_dir / "published" / f"{first}.duckdb").unlink()
    shown = words(app.run())
    assert NOT_KEPT in shown
    assert f"version {second}<" in line_of(app)


def test_figures_of_two_versions_never_mix(run: Run, first: str, second: str) -> None:
    page = "pages/understand/crime.py"
    newest, earlier = run(page), run(page, as_at=first)
    assert not earlier.exception
    assert number_of(newest) == 12 * 33 + 4 * 5 + 8 * 9
    assert number_of(earlier) == 2 * (12 * 33 + 6 * 5 + 6 * 9)
    assert "Data to July 2026" in line_of(earlier)
    newest.query_params["as_at"] = first
    assert number_of(newest.run()) == number_of(earlier)
    assert number_of(run(page)) == 488


def test_filters_that_an_earlier_version_does_not_know_fall_back(
    run: Run, first: str, second: str
) -> None:
    app = run("pages/understand/crime.py", period="custom", to="2026-09", **{"from": "2026-08"})
    assert app.selectbox(key="filter_last_month").value == date(2026, 9, 1)
    app.query_params["as_at"] = first
    app.run()
    assert not app.exception
    assert MARK in words(app)
    assert app.selectbox(key="filter_last_month").value == date(2026, 7, 1)
    assert app.query_params["to"] == "2026-07"


def test_health_stays_on_the_newest(run: Run, first: str, second: str) -> None:
    run(as_at=first)
    assert check().words == f"ready: {second}"


def test_every_link_within_the_product_carries_the_version() -> None:
    """A link to a page is given parameters, and these come from what carries the version."""
    files = [*ROOT.glob("dashboard/**/*.py"), *ROOT.glob("pages/**/*.py")]
    links = [
        (path.name, node)
        for path in files
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("page_link", "switch_page")
    ]
    assert len(links) >= 4
    without = [name for name, node in links if "query_params" not in {k.arg for k in node.keywords}]
    assert without == []
