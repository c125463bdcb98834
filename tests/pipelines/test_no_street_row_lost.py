"""Promises that hold whatever the file: no row lost, no surprise, order without meaning."""

import random
import tempfile
from pathlib import Path

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.csv_rows import FIRST_DATA_LINE, read_rows
from pipelines.errors import FileRefused
from pipelines.reference import load_reference
from pipelines.sources.police_uk_rows import prepare
from pipelines.validate import validate
from schemas.rule_contract import contract_of
from schemas.street_crime import COLUMN_NAMES, PREPARED, rules
from tests.support.street_rows import (
    AS_OF,
    POLICY,
    antisocial,
    cleaned,
    csv_bytes,
    csv_line,
    rows,
    spoilt,
)

MARKS = (
    '"',
    '""',
    ",",
    "\n",
    "\r",
    "\r\n",
    "\0",
    "",
    " ",
    '","',
    '\n"',
    "\x0c",
    "\u2028",
    "é",
    "x",
)
VALUES = ("2026-13", "2026-08", "E01", "0", "No Location", "Burglary", "-2.7")
SCRAPS = st.sampled_from((*MARKS, *VALUES))
MANGLE = st.tuples(st.integers(0, 5_000), st.integers(0, 3), SCRAPS)
NAMES = ("a", "b", "c")
WIDE = settings(max_examples=150)


def _mangled(content: bytes, mangles: list[tuple[int, int, str]]) -> bytes:
    header = content.index(b"\n") + 1
    for place, removed, added in mangles:
        at = header + place % (len(content) - header)
        content = content[:at] + added.encode() + content[at + removed :]
    return content


@WIDE
@given(mangles=st.lists(MANGLE, max_size=8))
def test_whatever_is_mangled_read_is_loaded_and_set_aside(
    mangles: list[tuple[int, int, str]],
) -> None:
    refused = _refused(_mangled(csv_bytes([*rows(40), antisocial()]), mangles))
    assert refused is None or refused.reason != "ROWS_LOST"


@WIDE
@given(content=st.binary(max_size=300))
def test_any_bytes_are_refused_in_plain_words(content: bytes) -> None:
    refused = _refused(content)
    assert refused is not None
    assert str(refused).isprintable()
    assert refused.reason != "ROWS_LOST"


@WIDE
@given(parts=st.lists(st.sampled_from(["1", "2", ",", ",", "\n", "\n", '"', "\r", "\0"])))
def test_rows_read_and_faults_are_all_the_rows_there_are(parts: list[str]) -> None:
    data = "".join(parts).encode()
    found = read_rows(data, NAMES)
    lines = [*found.frame["line"], *(fault.line for fault in found.faults)]
    assert found.row_count == len(lines) == len(set(lines))
    assert all(FIRST_DATA_LINE <= line <= data.count(b"\n") + FIRST_DATA_LINE for line in lines)


@WIDE
@given(bad=st.integers(0, 29))
def test_one_bad_line_costs_no_other_line(bad: int) -> None:
    lines = [csv_line(row) for row in rows(30)]
    lines[bad] = lines[bad].replace("On or", '"On or')
    found = read_rows("\n".join(lines).encode(), COLUMN_NAMES)
    expected = [place + FIRST_DATA_LINE for place in range(30) if place != bad]
    assert found.frame["line"].to_list() == expected


@settings(max_examples=30)
@given(seed=st.integers(0, 1_000))
def test_the_order_of_rows_changes_nothing_in_the_tally(seed: int) -> None:
    lines = [*spoilt("Month", "2026-13", "2026-12"), antisocial(), antisocial(), *rows(5)]
    lines[10] |= {"Longitude": "-2.9", "Location": "Elsewhere"}
    shuffled = random.Random(seed).sample(lines, len(lines))
    with tempfile.TemporaryDirectory() as folder:
        first, second = cleaned(Path(folder), lines), cleaned(Path(folder), shuffled)
    assert _ordered(first.tally).equals(_ordered(second.tally))
    assert first.rows_set_aside == second.rows_set_aside
    assert _told(first.warnings).equals(_told(second.warnings))


@settings(max_examples=40)
@given(mangles=st.lists(st.tuples(st.integers(0, 39), st.integers(0, 11), SCRAPS), max_size=10))
def test_the_rows_set_aside_are_those_that_pandera_finds(
    mangles: list[tuple[int, int, str]],
) -> None:
    values = [[row[name] or None for name in COLUMN_NAMES] for row in rows(40)]
    for place, column, scrap in mangles:
        values[place][column] = scrap or None
    frame = pl.DataFrame(
        values, schema=dict.fromkeys(COLUMN_NAMES, pl.String), orient="row"
    ).with_row_index("line", offset=FIRST_DATA_LINE)
    prepared = prepare(frame, policy=POLICY, reference=load_reference()).frame
    all_rules = rules(as_of=AS_OF, file_month=None)
    checked = validate(prepared, all_rules, columns=PREPARED)
    contract_of(PREPARED, all_rules).validate(checked.accepted, lazy=True)
    assert checked.accepted.height + checked.faults["line"].n_unique() == 40
    assert not set(checked.accepted["line"]) & set(checked.faults["line"])


def _refused(content: bytes) -> FileRefused | None:
    """Return the refusal, if any; `cleaned` asserts that rows read = loaded + set aside."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            cleaned(Path(folder), content)
        except FileRefused as refused:
            return refused
    return None


def _ordered(tally: pl.DataFrame) -> pl.DataFrame:
    return tally.sort(tally.columns)


def _told(warnings: pl.DataFrame) -> pl.DataFrame:
    return warnings.select("reason", "detail", "row_count").sort("reason", "detail")
