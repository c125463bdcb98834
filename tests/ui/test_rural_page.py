"""The page on rural crime, run without a browser over the tiny file, people and services in it."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from tests.support.rural_results import PEOPLE
from tests.support.tiny_cells import cell
from tests.support.tiny_directory import add_directory
from tests.support.tiny_warehouse import BROMSGROVE, HOME, NORTH, OTHER, REDDITCH, write_version
from tests.ui.conftest import Run, words

PAGE = "pages/understand/rural.py"
ALL = "All on one page"
FARM = "Farm crime"
FLAGGED = [
    cell("rural_flagged", HOME, 70),
    cell("rural_flagged", HOME, 45, "rural_theme", "LIVESTOCK"),
    cell("rural_flagged", HOME, None, "rural_theme", "HERITAGE"),
    cell("rural_flagged", BROMSGROVE, 30),
    *(
        cell("rural_flagged", HOME, 25, period=("month", month, month))
        for month in (date(2026, 7, 1), date(2026, 8, 1), date(2026, 9, 1))
    ),
]


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data folder with people by their home and a directory of services."""
    add_directory(write_version(tmp_path, cells=PEOPLE))
    return tmp_path


def test_the_answer_is_made_from_the_data(run: Run) -> None:
    shown = words(run(PAGE))
    assert "Rural places record 12.0 offences per 1,000 residents a year, urban ones 12.6" in shown
    assert "no clear difference, 0.95 times the urban rate" in shown
    assert (
        "Within an assumed 30 minutes of help (DRAFT) live 100% of rural and 100% of urban" in shown
    )


def test_cards_say_what_they_are_held_against(run: Run) -> None:
    shown = words(run(PAGE))
    assert "Rural rate over urban rate" in shown
    assert "Rural proxy basket" in shown
    assert "Support in rural places over urban" in shown
    assert "1.68" in shown
    assert "Clearly higher: 95% limits" in shown


def test_every_question_is_answered(run: Run) -> None:
    app = run(PAGE, view=ALL)
    assert not app.exception
    shown = words(app)
    for said in (
        "How does crime differ in rural places?",
        "How much of crime is rural, and is that changing?",
        "A proxy: burglary, criminal damage and arson, other theft and vehicle crime",
        "Points are moved to the nearest of a fixed list of map points",
        "Far from a major town: more than 30 minutes",
        "And by land instead of residents?",
        "Does support reach rural places?",
        "How far is help from rural places?",
        "These are DRAFT, not agreed.",
        "marks a count hidden to protect people",
    ):
        assert said in shown, said
    assert "not shown." not in shown


@pytest.mark.slow
@pytest.mark.parametrize(
    "parameters",
    [
        {"area": REDDITCH},
        {"area": NORTH},
        {"area": [BROMSGROVE, REDDITCH]},
        {"type": "Shoplifting"},
        {"period": "latest_quarter"},
        {"from": "2025-01", "to": "2025-03"},
        {"compare": "similar_forces"},
        {"compare": "force_average", "area": BROMSGROVE},
        {"area": OTHER},
    ],
    ids=str,
)
def test_no_choice_breaks_the_page(run: Run, parameters: dict[str, str | list[str]]) -> None:
    app = run(PAGE, view=ALL, **parameters)
    assert not app.exception
    assert words(app).count("<h1>") == 1


def test_a_place_without_rural_areas_is_not_compared(run: Run) -> None:
    shown = words(run(PAGE, area=REDDITCH))
    assert "Rural and urban places cannot be compared for this choice." in shown


def test_missing_comparators_say_what_is_missing(run: Run) -> None:
    shown = words(run(PAGE, compare="similar_forces"))
    assert "Other forces are held as a whole, not by rural and urban areas." in shown


def test_a_type_outside_the_proxy_has_no_proxy(run: Run) -> None:
    shown = words(run(PAGE, type="Shoplifting"))
    assert "The rural proxy basket:" not in shown


def test_without_people_and_services_the_page_says_what_is_not_loaded(
    run: Run, tmp_path: Path
) -> None:
    for path in (tmp_path / "published").glob("*.duckdb"):
        path.unlink()
    write_version(tmp_path, number=2)
    app = run(PAGE, view=ALL)
    assert not app.exception
    shown = words(app)
    assert "Not available" in shown
    assert "load the directory of services" in shown


def test_without_an_extract_the_farm_lens_says_what_it_needs(run: Run) -> None:
    shown = words(run(PAGE, view=FARM))
    assert "Source not loaded: crimes with a rural flag." in shown
    assert "a key, the month, the theme and the district" in shown
    assert "The two are not added up." in shown


def test_with_an_extract_the_farm_lens_shows_themes(run: Run, data_dir: Path) -> None:
    path = write_version(data_dir, number=2, cells=[*PEOPLE, *FLAGGED])
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "insert into meta_source (source_key, subject, source_name, is_invented) "
            "values ('rural_crimes', 'victim services', 'Crimes with a rural flag', false)"
        )
    app = run(PAGE, view=FARM)
    assert not app.exception
    shown = words(app)
    assert "Source not loaded" not in shown
    assert "Crimes with a rural flag: livestock is the largest, 45" in shown
    assert "Crimes with a rural flag had too few months for a usual range" in shown
    assert "Bromsgrove" in shown
