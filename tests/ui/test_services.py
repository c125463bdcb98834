"""The page on services, run without a browser over four invented services."""

import csv
import io
from pathlib import Path

import pytest

from dashboard.directory.read import directory
from dashboard.export import export
from dashboard.ui import services_tables
from dashboard.warehouse import open_warehouse
from schemas.codes import SAMPLE_NOTICE
from tests.support.leaving import leaving
from tests.support.tiny_directory import add_directory, remove_directory
from tests.support.tiny_warehouse import BROMSGROVE, NORTH, OTHER, REDDITCH
from tests.ui.conftest import Run, words

PAGE = "pages/do/services.py"
ALL = "All on one page"


@pytest.fixture
def published(data_dir: Path) -> Path:
    return next((data_dir / "published").glob("*.duckdb"))


@pytest.fixture(autouse=True)
def filled(published: Path) -> None:
    """Publish the directory."""
    add_directory(published)


def test_the_answer_is_made_from_the_data(run: Run) -> None:
    assert (
        "4 services for victims are listed; the commissioner pays for 1 of them now, alone or with "
        "others. 1 contract ends before 1 May 2027." in words(run(PAGE))
    )


def test_every_entry_says_all_that_the_directory_holds(run: Run) -> None:
    shown = words(run(PAGE))
    assert shown.count('<details class="wm-entry">') == 4
    for said in (
        "Mon-Sun 08:00-20:00",
        "English, Polish",
        "Police, The person",
        "Women and girls, aged 18 and over",
        "Made for older people; also burglary of a home",
        "1 April 2024 to 31 March 2027; can be extended by 12 months",
        "£100,000 a year",
        "Paid for nationally",
        "Not funded by any of these",
        "Never",
    ):
        assert said in shown, said


def test_what_is_out_of_date_is_flagged(run: Run) -> None:
    shown = words(run(PAGE))
    assert shown.count(">contract ended</span>") == 1
    assert shown.count(">not confirmed for six months</span>") == 2


def test_names_are_never_markup(run: Run) -> None:
    shown = words(run(PAGE))
    assert "Friends &lt;b&gt;&amp; more&lt;/b&gt;" in shown
    assert "<b>& more" not in shown


@pytest.mark.parametrize(
    ("parameters", "shown"),
    [
        ({}, 4),
        ({"area": REDDITCH}, 3),
        ({"area": NORTH}, 4),
        ({"area": OTHER}, 0),
        ({"area": BROMSGROVE, "self": "yes"}, 3),
        ({"crime": "DA"}, 2),
        ({"group": "ELDER", "unreported": "yes"}, 2),
        ({"mode": "REMOTE"}, 1),
        ({"search": "harbour  OLDER"}, 1),
        ({"search": "zebra"}, 0),
    ],
)
def test_the_address_selects(run: Run, parameters: dict[str, str], shown: int) -> None:
    app = run(PAGE, **parameters)
    assert not app.exception
    assert words(app).count('<details class="wm-entry">') == shown
    said = f"Showing {shown} of 4 services" if shown else "No service matches these filters"
    assert said in words(app)


def test_nothing_found_offers_a_reset_that_shows_all_again(run: Run) -> None:
    app = run(PAGE, search="zebra", area=REDDITCH)
    (button,) = [each for each in app.button if each.label == "Reset the filters"]
    button.click().run()
    assert "Showing 4 of 4 services" in words(app)
    assert app.text_input[0].value == ""


def test_a_filter_that_is_chosen_stands_in_the_address(run: Run) -> None:
    app = run(PAGE)
    app.text_input[0].input("court").run()
    assert app.query_params["search"] == "court"
    app.checkbox[0].check().run()
    assert app.query_params["self"] == "yes"
    assert "Showing 1 of 4 services" in words(app)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("crime", "<script>alert(1)</script>"),
        ("search", "x" * 500 + "<script>alert(1)</script>"),
        ("mode", "OFFICE' OR 1=1--"),
        ("self", "perhaps"),
    ],
)
def test_a_bad_value_gives_a_notice_and_all_services(run: Run, name: str, value: str) -> None:
    app = run(PAGE, **{name: value})
    assert not app.exception
    assert f"Filter {name} not recognised; it is left out." in words(app)
    assert "Showing 4 of 4 services" in words(app)
    assert value not in words(app)


def test_a_hostile_search_is_taken_as_text_and_not_repeated(run: Run) -> None:
    app = run(PAGE, search="<script>alert(1)</script>")
    assert not app.exception
    assert "No service matches these filters" in words(app)
    assert "alert(1)" not in words(app)


def test_shared_filters_that_do_not_apply_are_off_with_the_reason(run: Run) -> None:
    app = run(PAGE)
    off = {each.label: each.disabled for each in [*app.multiselect, *app.selectbox]}
    assert not off["Area"]
    assert all(off[name] for name in ("Period", "Crime type", "Compare with"))
    assert "it has no months" in words(app)


def test_all_questions_are_answered(run: Run) -> None:
    shown = words(run(PAGE, view=ALL))
    assert "Two contracts end within twelve months, one of them within six" in shown
    assert "3 of 4 services see people, at 5 sites" in shown
    assert "Confidential places have no point" in shown
    assert "2 of 4 entries were not confirmed within six months" in shown


def test_without_a_directory_the_page_says_what_to_do(run: Run, published: Path) -> None:
    remove_directory(published)
    app = run(PAGE)
    assert not app.exception
    shown = words(app)
    assert "No directory of services is loaded." in shown
    assert "“Services”, “Providers”" in shown
    assert "wm-number" not in shown


@pytest.mark.parametrize("is_invented", [True, False])
def test_the_table_leaves_with_every_column_and_its_own_notice(
    data_dir: Path, published: Path, is_invented: bool
) -> None:
    add_directory(published, is_invented=is_invented)
    opened = open_warehouse(data_dir)
    listed = directory(opened)
    content = export(
        services_tables.entries(listed.services, listed, opened), "csv", leaving=leaving(data_dir)
    ).content.decode("utf-8-sig")
    assert (SAMPLE_NOTICE in content) is is_invented
    rows = list(csv.reader(io.StringIO(content.partition("\r\n\r\n")[2])))
    assert rows[0][:2] == ["Service", "Provider"]
    assert {"Opening", "Languages", "Referrals from", "Contract", "Value"} <= set(rows[0])
    assert [row[0] for row in rows[1:]] == [each.name for each in listed.services]
