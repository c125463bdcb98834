"""The sample's parts: weighted choices, raking, planted factors, faulty lines, calibration."""

import csv
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from pipelines.sample.calibration import load_calibration
from pipelines.sample.faults import FAULTS, spoil
from pipelines.sample.home import rake
from pipelines.sample.ladder import Ladder
from pipelines.sample.outcomes import outcome_ladder
from pipelines.sample.plan import MONTHS, PLANTED_CHANGES, PlantedChange
from schemas.codes import ROW_TYPES
from schemas.street_crime import COLUMN_NAMES

ROOT = Path(__file__).parents[2]


@given(
    arrays.arrays(float, (5, 7), elements=st.sampled_from([0.0, 0.001, 1.0, 250.0])),
    st.integers(0, 2**32),
)
def test_a_ladder_only_picks_options_that_have_weight(
    weights: np.ndarray[tuple[int, int], np.dtype[np.float64]], seed: int
) -> None:
    weights[:, 3] = 1.0
    sets = np.repeat(np.arange(5), 200)
    picked = Ladder.of(weights).pick(sets, np.random.default_rng(seed))
    assert (weights[sets, picked] > 0).all()


def test_a_ladder_picks_in_proportion_to_weight() -> None:
    ladder = Ladder.of(np.array([[1.0, 3.0], [0.0, 5.0]]))
    picked = ladder.pick(np.zeros(100_000, dtype=np.int64), np.random.default_rng(1))
    assert picked.mean() == pytest.approx(0.75, abs=0.01)


def test_raking_meets_both_margins_of_a_table() -> None:
    rows, columns = np.array([30.0, 70.0]), np.array([20.0, 30.0, 50.0])
    row = np.array([[0, 0, 0], [1, 1, 1]])
    column = np.array([[0, 1, 2], [0, 1, 2]])
    raked = rake(np.array([[1.0, 2.0, 3.0], [6.0, 5.0, 4.0]]), [(row, rows), (column, columns)])
    assert raked.sum(axis=1) == pytest.approx(rows)
    assert raked.sum(axis=0) == pytest.approx(columns)


@pytest.mark.parametrize("change", PLANTED_CHANGES, ids=lambda change: change.words)
def test_a_planted_change_leaves_the_months_before_it_alone(
    change: PlantedChange,
) -> None:
    factors = change.factors()
    first = MONTHS.index(change.first_month)
    assert (factors[:first] == 1).all()
    assert (factors[first:] != 1).all()


def test_months_run_from_october_2023_to_september_2026() -> None:
    assert MONTHS[0] == "2023-10"
    assert MONTHS[2:4] == ("2023-12", "2024-01")
    assert MONTHS[-1] == "2026-09"
    assert len(MONTHS) == 36


def test_the_open_share_never_leaves_its_bounds() -> None:
    for number in range(len(MONTHS)):
        rungs = outcome_ladder(load_calibration(), month_number=number).rungs
        assert (np.diff(rungs) >= 0).all()
        assert rungs.max() == len(ROW_TYPES)


def test_a_fault_touches_its_line_only() -> None:
    fault = FAULTS[0]
    line = ",".join(COLUMN_NAMES)
    content = "\n".join([line] * 400).encode()
    spoilt = spoil(content, force_code=fault.force_code, month=fault.month).decode().split("\n")
    changed = [number for number, text in enumerate(spoilt, start=1) if text != line]
    assert changed == [fault.line]
    assert fault.value is not None
    assert spoilt[fault.line - 1].split(",")[COLUMN_NAMES.index(fault.column)] == fault.value


def test_calibration_tables_are_listed_with_their_rows() -> None:
    with (ROOT / "data/manifest.csv").open(newline="", encoding="utf-8") as file:
        listed = {row["file"]: int(row["rows"]) for row in csv.DictReader(file)}
    for path in (ROOT / "data/reference").glob("sample_*.csv"):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert listed[f"reference/{path.name}"] == len(lines) - 1, path.name


def test_every_planted_change_and_fault_is_documented() -> None:
    text = (ROOT / "docs/sample.md").read_text(encoding="utf-8")
    for fault in FAULTS:
        assert f"| {fault.line} |" in text
        assert f"`{fault.reason}`" in text
    for name in ("Wychavon", "Telford and Wrekin", "Redditch", "Worcester", "Force C"):
        assert f"| {name} |" in text


@pytest.mark.real_data
@pytest.mark.skipif("WM_REAL_DATA" not in os.environ, reason="WM_REAL_DATA is not set")
@pytest.mark.parametrize(
    ("table", "source", "key", "value"),
    [
        ("mix", "crime_type_share_by_lad_2025", ("lad_code", "crime_type"), "n"),
        ("deprivation", "deprivation_gradient_2025", ("imd2025_decile",), "rows_incl_asb"),
        ("outcomes", "outcome_mix_by_type_2024_2025", ("crime_type", "last_outcome"), "n"),
        ("concentration", "lsoa_crime_distribution_2025", ("lad_code",), "rows_incl_asb"),
        ("locations", "location_text_top50_2025", ("location_text",), "n"),
    ],
)
def test_calibration_equals_the_published_totals(
    table: str, source: str, key: tuple[str, ...], value: str
) -> None:
    with (Path(os.environ["WM_REAL_DATA"]) / f"facts/{source}.csv").open(encoding="utf-8") as file:
        published = {tuple(row[name] for name in key): row[value] for row in csv.DictReader(file)}
    path = ROOT / f"data/reference/sample_{table}.csv"
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert rows
    for row in rows:
        values = list(row.values())
        assert published[tuple(values[: len(key)])] == row["rows"], values
