"""The page on which staff check a file and send it, run without a browser."""

import json
import stat
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.ui.load_inbox import put_into_inbox
from schemas.published import LAST_LOAD_NAME
from tests.support.boundaries import district_features, feature, geojson
from tests.support.street_files import file_name, street_csv
from tests.ui.conftest import Run, words

pytestmark = pytest.mark.slow

PAGE = "pages/about/load.py"
MONTH = "2024-09"
NAME = file_name(MONTH)
GOOD = street_csv(MONTH, 30).encode()
SEND = "Send the file to the loader"


def drop(app: AppTest, content: bytes, name: str = NAME) -> AppTest:
    """Drop a file into the box, and wait for what the check says."""
    return app.file_uploader[0].set_value((name, content, "text/csv")).run(timeout=90)


def faulty() -> bytes:
    return GOOD.replace(MONTH.encode() + b",", b"2024-13,", 1)


def with_contact() -> bytes:
    lines = GOOD.decode().strip().split("\n")
    return "\n".join(
        [f"{lines[0]},Contact", *(f"{line},jo.bloggs@example.org" for line in lines[1:]), ""]
    ).encode()


def button(app: AppTest) -> bool | None:
    """Return whether the button that sends is on; None when it is not there."""
    return next((not each.disabled for each in app.button if each.label == SEND), None)


def inbox(data_dir: Path) -> list[Path]:
    return sorted((data_dir / "inbox").glob("**/*"))


def test_a_good_file_can_be_sent_and_the_box_is_empty_again(run: Run, data_dir: Path) -> None:
    app = drop(run(PAGE), GOOD)
    assert not app.exception
    assert "No fault was found." in words(app)
    assert "30 rows read." in words(app)
    assert button(app)
    next(each for each in app.button if each.label == SEND).click().run()
    (sent,) = inbox(data_dir)
    assert (sent.name, sent.read_bytes()) == (NAME, GOOD)
    assert stat.S_IMODE(sent.stat().st_mode) == 0o600
    assert f"Sent as {NAME}." in words(app)
    assert app.file_uploader[0].value is None
    assert "load_check" not in app.session_state


def test_where_the_inbox_hands_on_its_group_the_loader_may_read_what_is_sent(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    folder.chmod(0o2770)
    sent = folder / put_into_inbox(GOOD, NAME, data_dir=tmp_path)
    assert stat.S_IMODE(sent.stat().st_mode) == 0o640


def test_rows_that_would_be_set_aside_must_be_agreed_to(run: Run, data_dir: Path) -> None:
    app = drop(run(PAGE), faulty())
    shown = words(app)
    assert "1 of 30 rows would be set aside." in shown
    assert "One fault in one row" in shown
    assert "The month cannot be read" in shown
    assert "BAD_MONTH" not in shown
    assert button(app) is False
    app.checkbox[0].check().run()
    assert button(app)
    assert inbox(data_dir) == []


def test_a_file_with_details_of_people_cannot_be_sent_and_is_not_repeated(
    run: Run, data_dir: Path
) -> None:
    app = drop(run(PAGE), with_contact())
    shown = words(app)
    assert f"{NAME} cannot be sent." in shown
    assert "column Contact line 2 looks like an e-mail address" in shown
    assert button(app) is None
    assert "bloggs" not in str(app.main)
    assert inbox(data_dir) == []


def test_a_file_is_checked_once_and_another_file_anew(run: Run) -> None:
    app = drop(run(PAGE), GOOD)
    known = app.session_state["load_check"]
    app.run()
    assert app.session_state["load_check"] is known
    drop(app, faulty())
    assert app.session_state["load_check"] is not known
    assert "1 of 30 rows would be set aside." in words(app)


def test_a_full_or_closed_inbox_is_told_and_the_file_stays_in_the_box(
    run: Run, data_dir: Path
) -> None:
    (data_dir / "inbox").write_text("a file where the folder should be", encoding="utf-8")
    app = drop(run(PAGE), GOOD)
    next(each for each in app.button if each.label == SEND).click().run()
    assert not app.exception
    assert "The file could not be sent." in words(app)
    assert app.file_uploader[0].value is not None


def test_the_template_of_the_return_that_was_chosen_is_offered(run: Run) -> None:
    app = run(PAGE)
    assert not app.get("download_button")
    app.selectbox(key="load_return").select("referrals").run()
    assert not app.exception
    (offered,) = app.get("download_button")
    assert offered.proto.label == "Download the template (Excel)"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (
            {"outcome": "published", "started_at": "2026-11-20T08:00:00Z"},
            "The last load (20 November 2026, 08:00) published what came. No file was refused.",
        ),
        ({"outcome": "held", "refused": "?"}, "The last load is held:"),
        ({"outcome": "new word", "started_at": "?"}, "The last load ended in a way"),
    ],
)
def test_the_page_says_how_the_last_load_ended(
    run: Run, data_dir: Path, told: dict[str, str], said: str
) -> None:
    (data_dir / "published" / LAST_LOAD_NAME).write_text(json.dumps(told), encoding="utf-8")
    assert said in words(run(PAGE))


def test_the_files_that_the_last_load_refused_are_listed_with_the_reason(
    run: Run, data_dir: Path
) -> None:
    told = {"outcome": "unchanged", "refused": [{"file_name": "a.csv", "message": "a.csv is X."}]}
    (data_dir / "published" / LAST_LOAD_NAME).write_text(json.dumps(told), encoding="utf-8")
    shown = words(run(PAGE))
    assert "1 file was refused" in shown
    assert "a.csv is X." in shown


def test_a_map_of_the_country_can_be_sent_and_other_areas_are_counted_not_faulted(
    run: Run, data_dir: Path
) -> None:
    others = [feature(None, LAD24CD=f"E0900000{n}") for n in range(1, 4)]
    raw = geojson([*others, *district_features()])
    app = drop(run(PAGE), raw, "lad.geojson")
    assert not app.exception
    shown = words(app)
    assert "No fault was found." in shown
    assert "12 rows read. It was taken for: Local authority districts 2024." in shown
    assert "areas outside West Mercia and were set aside" in shown
    assert button(app)
    next(each for each in app.button if each.label == SEND).click().run()
    (sent,) = inbox(data_dir)
    assert (sent.name, sent.read_bytes()) == ("lad.geojson", raw)


def test_a_map_with_faults_cannot_be_sent_and_says_why_without_codes(run: Run) -> None:
    app = drop(run(PAGE), geojson(district_features()[:8]), "lad.geojson")
    shown = words(app)
    assert "lad.geojson cannot be sent." in shown
    assert "An area is missing" in shown
    assert "lacks 1 of the 9 districts of West Mercia: Wyre Forest (E07000239)" in shown
    assert "MISSING_AREA" not in shown
    assert button(app) is None


def test_an_area_without_a_code_is_found_by_its_number(run: Run) -> None:
    nowhere = feature(None, LAD24CD="nowhere")
    shown = words(drop(run(PAGE), geojson([*district_features(), nowhere]), "lad.json"))
    assert "1 of 10 rows would be set aside." in shown
    assert "area 10" in shown
    assert "The code of the area cannot be read" in shown
