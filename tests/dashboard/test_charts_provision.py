"""What the matrix of help says: words in every cell, names in its table, and what it leaves out."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from dashboard.charts import static
from dashboard.charts.chart import Chart
from dashboard.charts.provision_matrix import provision_matrix
from dashboard.directory.eligibility import Seeker
from dashboard.directory.provision import provision
from dashboard.directory.read import directory
from dashboard.metrics.evaluate import evaluate
from dashboard.metrics.metric import Choice
from dashboard.metrics.provision import WITHOUT_SPECIALIST
from dashboard.metrics.provision_cells import provision_cells
from dashboard.warehouse import Warehouse, open_warehouse
from tests.support.tiny_directory import add_directory, remove_directory
from tests.support.tiny_warehouse import write_version


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """The tiny version, its helpline ended: help for older people and, in Redditch, after abuse."""
    folder = tmp_path_factory.mktemp("ended")
    path = write_version(folder)
    add_directory(path)
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "update dim_service set contract_end = '2026-10-31' where service_id = 'S-1'"
        )
    warehouse = open_warehouse(folder)
    yield warehouse
    warehouse.close()


def matrix(warehouse: Warehouse, seeker: Seeker | None = None, words: str = "") -> Chart:
    listed = directory(warehouse)
    return provision_matrix(
        evaluate(WITHOUT_SPECIALIST, Choice(), warehouse=warehouse),
        provision_cells(Choice(), warehouse, seeker),
        provision(listed, seeker),
        directory=listed,
        as_of=warehouse.build.as_of_date,
        seeker=words,
    )


def test_the_headline_names_need_without_any_service_first(ended: Warehouse) -> None:
    assert matrix(ended).headline == (
        "No service at all: cyber in Bromsgrove and Redditch; domestic abuse in Bromsgrove; sexual "
        "violence in Bromsgrove and Redditch; one more group. No specialist in 7 of 8 pairs of a "
        "group and a district with need"
    )


def test_every_cell_has_a_word_and_a_star_where_some_are_left_out(ended: Warehouse) -> None:
    chart = matrix(ended)
    labels = {series.name: series.labels for series in chart.series}
    assert len(labels) == 16
    assert labels["Domestic abuse"] == ("None", "Specialist*")
    assert labels["Older people"] == ("Specialist", "Specialist")
    assert chart.series[0].x == ("Bromsgrove", "Redditch")
    assert chart.notes[0] == (
        "* The best help leaves out, of domestic abuse: people under 18; men and boys aged 18 and "
        "over."
    )


def test_the_table_names_the_services_and_begins_where_there_are_none(ended: Warehouse) -> None:
    rows = matrix(ended).table.rows
    assert rows[0][2] == "None"
    (abuse,) = (row for row in rows if row[:2] == ("Domestic abuse", "Redditch"))
    assert abuse[2:4] == ("Specialist", "people under 18; men and boys aged 18 and over")
    assert abuse[4] == pytest.approx(800)
    assert abuse[5:] == ("estimate", "1: Safe house", "0", "0")
    (disabled,) = (row for row in rows if row[:2] == ("Disabled", "Redditch"))
    assert disabled[4:6] == ("[x]", "not known")


def test_the_text_alternative_has_the_counts(ended: Warehouse) -> None:
    alt = matrix(ended).alt
    assert "specialist 3, general 0, remote only 0, none 29" in alt


def test_who_looks_for_help_changes_cells_and_is_said(ended: Warehouse) -> None:
    chart = matrix(ended, Seeker(sex="M"), "men and boys")
    labels = {series.name: series.labels for series in chart.series}
    assert labels["Domestic abuse"] == ("None", "None")
    assert ", for men and boys, as of 1 November 2026" in chart.subtitle


def test_groups_that_the_seeker_cannot_be_of_have_no_row(ended: Warehouse) -> None:
    names = [series.name for series in matrix(ended, Seeker(age="65+"), "people of 65").series]
    assert "Children and young people" not in names
    assert "Older people" in names


def test_it_is_drawn_on_paper_with_its_words(ended: Warehouse) -> None:
    chart = matrix(ended)
    assert static.svg(chart).startswith(b"<?xml")
    assert static.svg(chart) == static.svg(chart)


def test_without_a_directory_it_says_so(tmp_path: Path) -> None:
    remove_directory(write_version(tmp_path))
    warehouse = open_warehouse(tmp_path)
    chart = matrix(warehouse)
    assert not chart.series
    assert not chart.table.rows
    assert chart.headline == "No help can be shown: no directory of services is loaded"
    assert "No directory of services is loaded" in " ".join(chart.notes)
    warehouse.close()
