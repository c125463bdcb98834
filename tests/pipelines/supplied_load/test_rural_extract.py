"""The force's extract of rural crime, from the inbox to the figure that a page shows."""

from datetime import date

from dashboard.metrics.catalogue import metric
from dashboard.metrics.evaluate import evaluate
from dashboard.metrics.metric import Choice
from dashboard.warehouse import open_warehouse
from pipelines.places import Places
from tests.support.loading import load, query
from tests.support.street_files import write_street
from tests.support.supplied_files import cells, write_rows

NAME = "rural_crimes_2026-27Q2_POLICE.csv"
THEMES = {"LIVESTOCK": 42, "FUEL": 23, "HERITAGE": 3}


def extract(**changes: str) -> list[dict[str, str]]:
    """Rows of July to September: 42 of livestock, 23 of fuel, 3 of heritage."""
    themes = [theme for theme, count in THEMES.items() for _ in range(count)]
    return [
        cells(
            "rural_crimes",
            case_key=f"R-{number:04}",
            month_recorded=f"2026-{7 + number % 3:02}",
            rural_theme=theme,
            **changes,
        )
        for number, theme in enumerate(themes)
    ]


def test_an_extract_is_published_as_protected_counts_by_theme(places: Places) -> None:
    write_street(places.inbox, "2026-09", 20)
    write_rows(places.inbox, extract(), "rural_crimes", NAME)
    report = load(places)
    assert (report.outcome, report.exit_code) == ("published", 0)
    warehouse = open_warehouse(places.data_dir)
    quarter = Choice(first_month=date(2026, 7, 1), last_month=date(2026, 9, 1))
    by_theme = evaluate(metric("RU04"), quarter, warehouse=warehouse, by=("rural_theme",))
    found = dict(by_theme.frame.select("rural_theme", "value").iter_rows())
    shown = {theme: found[theme] for theme in THEMES}
    assert shown["LIVESTOCK"] in (40, None)
    assert shown["HERITAGE"] is None
    assert by_theme.names["LIVESTOCK"] == "Livestock"
    total = evaluate(metric("RU04"), quarter, warehouse=warehouse).frame["value"].item()
    assert total == 70
    warehouse.close()


def test_no_row_of_the_extract_is_published(places: Places) -> None:
    write_rows(places.inbox, extract(), "rural_crimes", NAME)
    load(places)
    tables = [name for (name,) in query(places, "select table_name from information_schema.tables")]
    assert not [name for name in tables if "rural" in name]
    small = "select count(*) from cube_protected_count where count between 1 and 9"
    assert query(places, small) == [(0,)]


def test_an_extract_with_a_crime_number_is_refused_whole(places: Places) -> None:
    rows = [{**row, "crime_number": "22/1234/26"} for row in extract()]
    write_rows(places.inbox, rows, "rural_crimes", NAME)
    report = load(places)
    assert report.exit_code != 0 or any("crime_number" in each for each in report.warnings)
    assert query(places, "select count(*) from meta_source where source_key = 'rural_crimes'") == [
        (0,)
    ]
