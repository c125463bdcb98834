"""Each page, run without a browser over a tiny published file."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.access import PAGES
from dashboard.charts.chart import Chart
from dashboard.export import FileFormat, export
from dashboard.metrics.crime import RECORDED_CRIME
from dashboard.metrics.evaluate import evaluate
from dashboard.metrics.metric import Choice
from dashboard.metrics.period import named_period
from dashboard.ui import quality, quality_faults, quality_supplied
from dashboard.warehouse import Warehouse, open_warehouse
from schemas.published import POINTER_NAME
from tests.support.leaving import leaving
from tests.support.tiny_warehouse import write_version
from tests.ui.conftest import Run, words

LISTINGS = (
    quality.sources,
    quality.files,
    quality_faults.set_aside_reasons,
    quality_faults.faults,
    quality_faults.oddities,
    quality_supplied.supplied_files,
    quality_supplied.returns_by_quarter,
    quality_supplied.returns_to_chase,
    quality.missing_months,
    quality.unknown_shares,
)
FILES = [entry.file for entry in PAGES]


@pytest.mark.parametrize("file", FILES)
def test_a_page_runs_and_has_one_heading(run: Run, file: str) -> None:
    app = run("" if file.endswith("overview.py") else file)
    assert not app.exception
    assert words(app).count("<h1>") == 1


def test_the_card_shows_what_evaluate_gives(run: Run, data_dir: Path) -> None:
    warehouse = open_warehouse(data_dir)
    period = named_period("latest_12_months", warehouse)
    choice = Choice().during(period.first_month, period.last_month)
    value = evaluate(RECORDED_CRIME, choice, warehouse=warehouse).frame["value"][0]
    shown = re.search(r'Recorded crime</p><p class="wm-number[^>]*>([\d,]+)', words(run()))
    assert shown
    assert shown.group(1) == f"{value:,.0f}"


@pytest.mark.parametrize("file", FILES)
def test_b72_without_a_pointer_every_page_says_so(run: Run, data_dir: Path, file: str) -> None:
    (data_dir / "published" / POINTER_NAME).unlink()
    app = run("" if file.endswith("overview.py") else file)
    assert not app.exception
    assert "Data is not available" in words(app)
    assert "wm-number" not in words(app)


def test_b72_a_pointer_to_a_missing_file_recovers_without_a_restart(
    run: Run, data_dir: Path
) -> None:
    pointer = data_dir / "published" / POINTER_NAME
    named = pointer.read_text(encoding="utf-8")
    pointer.write_text("wh-99-00000000.duckdb", encoding="utf-8")
    app = run()
    assert "Data is not available" in words(app)
    pointer.write_text(named, encoding="utf-8")
    assert "wm-number" in words(app.run())


@pytest.mark.parametrize(
    ("parameters", "named"),
    [
        ({"district": "Redditch' OR 1=1--"}, "district"),
        ({"area": "Redditch' OR 1=1--"}, "area"),
    ],
)
def test_b65_an_unknown_area_gives_a_notice_and_the_default(
    run: Run, parameters: dict[str, str], named: str
) -> None:
    app = run(**parameters)
    assert not app.exception
    assert f"Filter {named} not recognised; showing all" in words(app)
    assert "1=1" not in words(app)


def test_b66_a_hostile_value_is_never_repeated(run: Run) -> None:
    app = run(provider="<script>alert(1)</script>", area="![](http://x/)")
    assert not app.exception
    assert "Filter provider not recognised" in words(app)
    assert "alert(1)" not in words(app)
    assert "http://x/" not in words(app)


@pytest.mark.parametrize(
    "parameters", [{"from": "2026-99-99"}, {"from": "2030-01-01", "to": "2020-01-01"}]
)
def test_b67_a_period_that_cannot_be_names_the_parameter(
    run: Run, parameters: dict[str, str]
) -> None:
    app = run(**parameters)
    assert not app.exception
    assert "Filter from not recognised; showing the default period" in words(app)


@pytest.mark.parametrize(
    "value",
    ["x" * 10_240, ["a"] * 500, "\x00", "\ufffd", "👮" * 40],
    ids=["long", "repeated", "null", "not UTF-8", "emoji"],
)
def test_b68_a_monstrous_parameter_is_a_notice(run: Run, value: str | list[str]) -> None:
    app = run(area=value)
    assert not app.exception
    assert "Filter area not recognised" in words(app)


def test_b78_nothing_selected_says_so_and_offers_a_reset(run: Run, data_dir: Path) -> None:
    app = run("pages/understand/crime.py", type="Theft from the person", period="latest_quarter")
    assert not app.exception
    assert "No records match these filters: theft from the person, West Mercia, " in words(app)
    assert not app.get("plotly_chart")
    assert "Reset the filters" in [button.label for button in app.button]


def test_a_new_version_is_shown_on_the_next_run_with_a_quiet_notice(
    run: Run, data_dir: Path
) -> None:
    app = run()
    write_version(data_dir, number=2)
    app.run()
    assert not app.exception
    assert "New data has arrived" in words(app)


@pytest.mark.parametrize("make", LISTINGS, ids=lambda make: make.__name__)
@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_each_listing_can_be_downloaded(
    data_dir: Path, make: Callable[[Warehouse], Chart], file_format: FileFormat
) -> None:
    assert export(make(open_warehouse(data_dir)), file_format, leaving=leaving(data_dir)).content


def test_filters_that_do_not_apply_are_off_with_the_reason(run: Run) -> None:
    app = run("pages/about/definitions.py")
    assert all(widget.disabled for widget in [*app.multiselect, *app.selectbox])
    assert "no filter applies" in words(app)


def test_the_reader_is_named_in_the_sidebar(run: Run) -> None:
    assert "Development viewer (staff)" in words(run())
