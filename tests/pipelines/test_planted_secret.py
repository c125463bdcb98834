"""A hidden count and a person's key are planted, and looked for in all that leaves the loader."""

import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from dashboard.charts import bars
from dashboard.errors import UnknownChoice
from dashboard.export import FORMATS, FileFormat, export
from dashboard.metrics.catalogue import METRICS
from dashboard.metrics.evaluate import evaluate
from dashboard.metrics.metric import Choice, Metric, Result
from dashboard.warehouse import Warehouse, open_warehouse
from pipelines.places import Places
from pipelines.status import status
from schemas.codes import HIDDEN
from tests.support.leaving import leaving, recorded
from tests.support.loading import query
from tests.support.planted import (
    PLANTED_PERSON,
    REDDITCH,
    SECRET_COUNT,
    traces,
)

pytestmark = pytest.mark.slow  # the load that it shares with others takes some seconds

ABOUT_PEOPLE = [metric for metric in METRICS if metric.measure]


@pytest.fixture(scope="module")
def warehouse(planted: Places) -> Warehouse:
    return open_warehouse(planted.data_dir)


def test_the_secret_is_really_there_and_really_hidden(planted: Places) -> None:
    """Without this, every search below could succeed because nothing was loaded."""
    kept = pl.concat(map(pl.read_parquet, planted.supplied.glob("referrals/*.parquet")))
    is_secret = (pl.col("la_code") == REDDITCH) & (pl.col("crime_group") == "HOMICIDE")
    assert kept.filter(is_secret).height == SECRET_COUNT
    assert PLANTED_PERSON in kept["person_key"]
    cells = query(
        planted,
        "select marker, count from cube_protected_count where measure = 'referrals' "
        f"and area_code = '{REDDITCH}' and value_1 = 'HOMICIDE' and split_2 = ''",
    )
    assert cells
    assert set(cells) == {(HIDDEN, None)}
    whole = query(
        planted,
        "select max(count) from cube_protected_count where measure = 'referrals' "
        f"and area_code = '{REDDITCH}' and split_1 = ''",
    )
    assert whole[0][0] > SECRET_COUNT


def test_it_is_in_no_table_of_the_published_file(planted: Places) -> None:
    tables = [name for (name,) in query(planted, "select table_name from duckdb_tables()")]
    for name in tables:
        rows = query(planted, f"select * from {name}")
        assert traces(repr(rows).encode()) == [], name


def test_it_is_in_no_byte_of_the_published_folder(planted: Places) -> None:
    for path in planted.published.rglob("*"):
        texts = [found for found in traces(path.read_bytes()) if "key" in found]
        assert texts == [], path.name


def test_it_is_in_no_status_report_or_log(planted: Places) -> None:
    told = json.dumps(status(planted), default=str).encode()
    assert [found for found in traces(told) if "key" in found] == []
    logs = [*planted.audit.rglob("*"), planted.published / "last-load.json"]
    for path in logs:
        assert traces(path.read_bytes()) == [], path.name


@pytest.mark.parametrize("metric", ABOUT_PEOPLE, ids=lambda metric: metric.key)
def test_it_is_in_no_answer_and_in_no_download(metric: Metric, warehouse: Warehouse) -> None:
    for result in _answers(metric, warehouse):
        assert traces(repr(result.frame.rows()).encode()) == [], result.by


@pytest.mark.parametrize("file_format", FORMATS)
def test_it_is_in_no_file_of_a_chart(
    file_format: FileFormat, warehouse: Warehouse, tmp_path: Path
) -> None:
    referrals = next(metric for metric in ABOUT_PEOPLE if metric.key == "referrals")
    result = evaluate(
        referrals, Choice(areas=(REDDITCH,)), warehouse=warehouse, by=("crime_group",)
    )
    assert HIDDEN in set(result.frame["marker"])
    chart = bars.bars(result)
    assert traces(chart.alt.encode()) == []
    content = export(chart, file_format, leaving=leaving(tmp_path)).content
    assert traces(_readable(content, file_format)) == []


@pytest.mark.parametrize("file_format", FORMATS)
def test_b86_where_every_cell_is_hidden_the_file_holds_markers_and_their_note_and_no_count(
    file_format: FileFormat, warehouse: Warehouse, tmp_path: Path
) -> None:
    referrals = next(metric for metric in ABOUT_PEOPLE if metric.key == "referrals")
    of_homicide = replace(referrals, of=(("crime_group", "HOMICIDE"),))
    chart = bars.bars(evaluate(of_homicide, Choice(), warehouse=warehouse, by=("area_code",)))
    assert {row[1] for row in chart.table.rows} == {HIDDEN}
    made = _readable(export(chart, file_format, leaving=leaving(tmp_path)).content, file_format)
    assert traces(made) == []
    if file_format in ("csv", "xlsx"):
        told = f"{HIDDEN} hidden to protect people".encode()
        assert (made.count(HIDDEN.encode()), told in made) == (len(chart.table.rows) + 2, True)
    (line,) = recorded(tmp_path)
    assert line["hidden"] == len(chart.table.rows)


def _answers(metric: Metric, warehouse: Warehouse) -> Iterator[Result]:
    breakdowns = [(), *((each,) for each in metric.breakdowns)]
    for by in (*breakdowns, *(("area_code", each) for each in metric.breakdowns)):
        if len(set(by)) < len(by):
            continue
        try:
            yield evaluate(metric, Choice(), warehouse=warehouse, by=by)
        except UnknownChoice:
            continue  # not declared for this area and period


def _readable(content: bytes, file_format: str) -> bytes:
    """Return what a file says: an Excel file unpacked, a drawing without the shapes of letters."""
    if file_format == "svg":
        return re.sub(rb' d="[^"]*"', b"", content)
    if file_format != "xlsx":
        return content
    book = openpyxl.load_workbook(io.BytesIO(content))
    return repr([[cell.value for cell in row] for sheet in book for row in sheet]).encode()
