"""The page of the Board paper: what was chosen, arranged, written, and kept."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path

import docx
import pptx
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.__main__ import main
from dashboard.export import Document
from dashboard.metrics.areas import areas
from dashboard.papers.recipe_check import read
from dashboard.warehouse import open_warehouse
from dashboard.workspace import baskets, papers
from schemas.supplied.lists import SEX
from tests.support.drafts import draft, item
from tests.support.leaving import recorded
from tests.ui.conftest import Run, words
from tests.ui.test_replay import OWNER, add

PAGE = "pages/board/board_paper.py"
ALL = "All on one page"


@pytest.fixture
def filled(data_dir: Path) -> Path:
    """A data folder with two figures, by hand, in the basket."""
    for name in "ab":
        baskets.add(data_dir, item(name), owner=OWNER)
    return data_dir


def press(app: AppTest, label: str) -> AppTest:
    (button,) = (each for each in app.button if each.label == label)
    return button.click().run()


def order(data_dir: Path) -> str:
    return "".join(each.origin.figure for each in baskets.read(data_dir, owner=OWNER).items)


def made(app: AppTest) -> Mapping[str, Document]:
    documents: Mapping[str, Document] = app.session_state["paper_made"].documents
    return documents


def test_an_empty_basket_says_how_to_begin(run: Run) -> None:
    app = run(PAGE, view=ALL)
    assert not app.exception
    shown = words(app)
    assert "No figure is chosen yet." in shown
    assert "press “Add to Board paper” below a figure" in shown
    assert "None yet. Making documents keeps the paper here" in shown


def test_figures_move_go_and_come_back_and_each_step_is_said(run: Run, filled: Path) -> None:
    app = press(run(PAGE), "Move 2 up")
    assert "is now number 1 of 2." in words(app)
    assert order(filled) == "ba"
    app = press(app, "Take 1 out")
    assert "is taken out." in words(app)
    assert order(filled) == "a"
    app = press(app, "Put it back")
    assert "is back as number 1." in words(app)
    assert order(filled) == "ba"
    assert not [each for each in app.button if each.label == "Put it back"]


def test_words_are_kept_as_they_are_left(run: Run, filled: Path) -> None:
    app = run(PAGE)
    first = baskets.read(filled, owner=OWNER).items[0].item_id
    app.text_input(key="paper_title").set_value("Autumn").run()
    app.text_area(key="paper_introduction").set_value("One.\n\nTwo.").run()
    app.text_input(key=f"heading_{first}").set_value("Mine").run()
    app.text_area(key=f"commentary_{first}").set_value("<b>Why</b>").run()
    held = baskets.read(filled, owner=OWNER)
    assert (held.title, held.introduction) == ("Autumn", "One.\n\nTwo.")
    assert (held.items[0].heading, held.items[0].commentary) == ("Mine", "<b>Why</b>")
    shown = words(run(PAGE, view="Preview"))
    assert '<p class="wm-text">Two.</p>' in shown
    assert "<h3>Mine</h3>" in shown
    assert "&lt;b&gt;Why&lt;/b&gt;" in shown


def test_figures_of_other_versions_are_named_with_the_way_to_the_newest(
    run: Run, filled: Path
) -> None:
    newest = open_warehouse(filled).version
    alone = f"All of it is of version wh-1-0badcafe; the newest is {newest}."
    assert alone in words(run(PAGE))
    add(run("pages/understand/crime.py"), "control_recorded_crime_month")
    app = run(PAGE)
    shown = words(app)
    assert (
        f"Not all of it is of the newest version, {newest}: figures 1 and 2: wh-1-0badcafe" in shown
    )
    assert f"figure 3: {newest}." in shown
    links = [each.label for each in app.page_link]
    assert links.count("open it on the newest") == 2
    assert links.count("open it there") == 1


def test_a_figure_of_a_page_that_is_gone_stays_and_can_be_taken_out(
    run: Run, data_dir: Path
) -> None:
    baskets.add(data_dir, item("a", page="of_last_year"), owner=OWNER)
    app = run(PAGE)
    assert not app.exception
    assert "Version wh-1-0badcafe, a newer one is" in words(app)
    assert not [each for each in app.page_link if each.label == "open it on the newest"]
    press(app, "Take 1 out")
    assert order(data_dir) == ""


def test_a_paper_without_a_title_is_not_made(run: Run, filled: Path) -> None:
    app = run(PAGE, view="Documents")
    assert "The paper has no title yet." in words(app)
    assert "Make the documents" not in [each.label for each in app.button]


def test_documents_are_made_kept_and_offered_until_the_paper_changes(
    run: Run, filled: Path
) -> None:
    baskets.write_words(filled, owner=OWNER, title="Autumn")
    app = press(run(PAGE, view=ALL), "Make the documents")
    assert not app.exception
    assert [each.label for each in app.download_button] == [
        "Download for Word",
        "Download for PowerPoint",
        "Download the recipe",
    ]
    assert read(made(app)["json"].content).title == "Autumn"
    assert not recorded(filled)  # nothing has left yet
    (kept,) = papers.listed(filled, owner=OWNER)
    assert kept.title == "Autumn"
    app = press(app, "Move 1 down")
    assert "The paper was changed since its documents were made" in words(app)
    assert not app.download_button


def test_a_kept_paper_is_opened_in_place_of_what_was_there_and_the_way_back_is_offered(
    run: Run, filled: Path
) -> None:
    papers.save(filled, draft(item("x"), title="Spring"), owner=OWNER)
    app = press(run(PAGE, view=ALL), "Open “Spring”")
    assert "“Spring” is open, with one figure." in words(app)
    assert order(filled) == "x"
    assert app.text_input(key="paper_title").value == "Spring"
    press(app, "Back to what was there")
    assert order(filled) == "ab"


def test_a_removed_paper_can_be_kept_again(run: Run, filled: Path) -> None:
    papers.save(filled, draft(item("x"), title="Spring"), owner=OWNER)
    app = press(run(PAGE, view="Papers kept"), "Remove “Spring”")
    assert papers.listed(filled, owner=OWNER) == ()
    press(app, "Keep it")
    assert [each.title for each in papers.listed(filled, owner=OWNER)] == ["Spring"]


def test_a_workspace_that_cannot_be_read_is_said_and_nothing_breaks(run: Run, filled: Path) -> None:
    (filled / "workspace" / "workspace.sqlite3").write_bytes(b"no database" * 500)
    app = run(PAGE, view=ALL)
    assert not app.exception
    assert "Your paper cannot be opened." in words(app)
    app = run("pages/understand/crime.py")
    app.button(key="add_cards_1").click().run()
    assert "restore it from the backup" in words(app)


# Round trip: what stands in the document is what the command line prints.


METRICS = {
    "recorded_crime": ("pages/understand/crime.py", "Types and areas", "crime_type", "{:,.0f}"),
    "recorded_crime_rate": ("pages/understand/crime.py", "Types and areas", "area_code", "{:,.1f}"),
    "who_is_supported": ("pages/understand/needs.py", "Equality", "sex", "{:,.0f}"),
}
PLACES = {"OUTSIDE": "Outside the force area", "NONE": "No location recorded"}
LIMITS = ("95% limit, lower", "95% limit, upper")


def test_numbers_in_both_documents_are_those_of_the_command_line(
    run: Run, data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for key, (page, view, by, _) in METRICS.items():
        add(run(page, view=view), f"bars_{key}_{by}")
    baskets.write_words(data_dir, owner=OWNER, title="Autumn")
    app = press(run(PAGE, view="Documents"), "Make the documents")
    document = docx.Document(io.BytesIO(made(app)["docx"].content))
    tables = [[[cell.text for cell in row.cells] for row in each.rows] for each in document.tables]
    names = _names(data_dir)
    drawn = _drawn(made(app)["pptx"].content)
    each_one = zip(METRICS.items(), tables, drawn, strict=True)
    for (key, (_, _, by, form)), (headings, *rows), bars in each_one:
        told = {names.get(row[by], row[by]): row for row in _printed(capsys, data_dir, key, by)}
        assert rows
        for name, *cells in rows:
            said = dict(zip(headings[1:], cells, strict=True))
            assert cells[0] == _text(told[name]["value"], told[name]["marker"], form), (key, name)
            for heading, column in zip(LIMITS, ("lower", "upper"), strict=True):
                if heading in said:
                    assert said[heading] == _text(told[name][column], "–", form), (key, name)
        for name, value in bars.items():
            assert form.format(value) == _text(told[name]["value"], "", form), (key, name)
        shown = {name for name, *_ in rows}
        assert not {
            name for name, row in told.items() if float(row["value"] or 0) and name not in shown
        }
    assert any("[c]" in row for row in tables[-1])


def _drawn(content: bytes) -> list[dict[str, float]]:
    """Return what each chart of a presentation draws, by name."""
    return [
        dict(
            zip(shape.chart.plots[0].categories, shape.chart.plots[0].series[0].values, strict=True)
        )
        for slide in pptx.Presentation(io.BytesIO(content)).slides
        for shape in slide.shapes
        if shape.has_chart
    ]


def _printed(
    capsys: pytest.CaptureFixture[str], data_dir: Path, key: str, by: str
) -> list[dict[str, str]]:
    capsys.readouterr()
    version = open_warehouse(data_dir).version
    period = () if key == "who_is_supported" else ("--from", "2025-10", "--to", "2026-09")
    asked = ["metric", key, "--by", by, "--as-at", version, *period]
    assert main([*asked, "--data-dir", str(data_dir)]) == 0
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


def _names(data_dir: Path) -> dict[str, str]:
    return {**{each.code: each.name for each in areas(open_warehouse(data_dir))}, **SEX, **PLACES}


def _text(value: str, marker: str, form: str) -> str:
    return form.format(float(value)) if value else marker
