"""The victim sample: the same every time, marked, at scale, by the templates."""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from pipelines.sample.victims.catalogue import PROVIDERS
from pipelines.sample.victims.draws import keys
from pipelines.sample.victims.faults import FAULTS, Fault
from pipelines.sample.victims.files import SENDINGS, Sending
from pipelines.sample.victims.plan import victim_stream
from pipelines.sample.victims.services import SERVICES
from schemas.codes import SAMPLE_MARK
from schemas.supplied.contracts import CONTRACTS
from schemas.supplied.field import Contract

Read = Callable[[str], pl.DataFrame]

YEARS = 3
# The force has no extract of rural crime to imitate: the sample shows what the page says then.
SENT = [each for each in CONTRACTS if each.table != "rural_crimes"]


def _hashes(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*.csv"))
    }


@pytest.mark.slow
def test_second_run_writes_the_same_bytes(victim_folder: Path, sample_dir: Path) -> None:
    """One run is of a fixture, the other of the command, in a process of its own."""
    assert _hashes(sample_dir / "sample" / "victim_services") == _hashes(victim_folder)


def test_files_are_named_after_table_period_and_sender(victim_folder: Path) -> None:
    pattern = r"[a-z_]+(_\d{4}-\d{2}(Q[1-4])?)?_[A-Z0-9]+\.csv"
    names = [path.name for path in victim_folder.rglob("*.csv")]
    assert all(re.fullmatch(pattern, name) for name in names)
    assert {
        "referrals_2026-27Q2_P03.csv",
        "complaints_2025-26_POLICE.csv",
        "fraud_reports_2026-09_NATIONAL.csv",
        "assumption_OFFICE.csv",
    } <= set(names)


def test_every_supplied_table_but_the_rural_extract_is_there() -> None:
    assert {each.table for each in SENDINGS} == {each.table for each in SENT}


@pytest.mark.parametrize("sending", SENDINGS, ids=lambda each: each.table)
def test_every_row_says_that_it_is_invented(sending: Sending, every_row: Read) -> None:
    rows = every_row(sending.table)
    assert rows["sample_mark"].unique().to_list() == [SAMPLE_MARK]
    assert rows.columns.index("sample_mark") == len(rows.columns) - 2  # then only file


@pytest.mark.parametrize("contract", SENT, ids=lambda each: each.table)
def test_columns_are_those_of_the_template(contract: Contract, every_row: Read) -> None:
    columns = set(every_row(contract.table).columns) - {"line", "file"}
    required = {each.name for each in contract.fields if each.is_required}
    assert required <= columns <= set(contract.names)


@pytest.mark.parametrize("contract", SENT, ids=lambda each: each.table)
def test_values_are_of_the_contract_s_codes_and_patterns(contract: Contract, sound: Read) -> None:
    rows = sound(contract.table)
    for each in contract.fields:
        if each.name not in rows.columns:
            continue
        values = rows[each.name].drop_nulls()
        if each.is_required:
            assert len(values) == len(rows), each.name
        if each.codes:
            found = set(values.unique())
            if each.kind == "codes":
                found = {code for text in found for code in text.split("|")}
            assert found <= set(each.codes), each.name
        if each.pattern and each.kind in ("key", "id"):
            assert values.str.contains(f"^(?:{each.pattern})$").all(), each.name


def test_there_are_as_many_rows_as_stated(every_row: Read) -> None:
    assert len(every_row("referrals")) / YEARS == pytest.approx(25_500, rel=0.05)
    assert len(every_row("code_cases")) / YEARS == pytest.approx(45_500, rel=0.03)
    assert len(every_row("case_updates")) / YEARS == pytest.approx(80_000, rel=0.04)
    assert len(every_row("satisfaction")) / YEARS == pytest.approx(7_300, rel=0.05)
    assert len(every_row("complaints")) / YEARS == pytest.approx(950, rel=0.1)
    assert len(every_row("vrr")) / YEARS == pytest.approx(550, rel=0.1)
    assert len(every_row("fraud_reports")) == pytest.approx(29_000, rel=0.05)
    assert len(every_row("providers")) == len(PROVIDERS) == 14
    assert len(every_row("services")) == len(SERVICES) == 25


def test_services_are_of_every_kind(every_row: Read) -> None:
    services = every_row("services")
    assert set(services["funding_route"]) == {
        "CONTRACT",
        "GRANT",
        "IN_HOUSE",
        "CO_COMMISSIONED",
        "NATIONAL",
        "NOT_FUNDED",
    }
    assert set(services["commissioner"]) == {"PCC", "MOJ", "HO", "LA", "ICB", "JOINT"}
    assert set(services["stream"]) == {"CORE", "DA_SV", "ISVA_IDVA", "OTHER"}
    assert set(services["capacity_unit"]) == {
        "CASELOAD",
        "REFERRALS_YEAR",
        "SESSIONS_WEEK",
        "BEDS",
    }
    assert set(every_row("service_sites")["site_type"]) == {
        "OFFICE",
        "OUTREACH",
        "SARC",
        "REFUGE_NOT_LOCATED",
    }


def test_keys_never_look_like_an_identifier() -> None:
    found = keys(200_000, victim_stream(99))
    assert found.str.contains(r"^[A-Za-z0-9_-]{32}$").all()
    assert found.is_unique().all()
    assert not found.str.contains(r"\d\D?\D?\d").any()
    assert not found.str.contains(r"(?i)[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}").any()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda each: f"{each.file}:{each.line}")
def test_spoilt_lines_hold_what_the_list_says(fault: Fault, every_row: Read) -> None:
    tables = [each.table for each in SENDINGS if fault.file.startswith(f"{each.table}_")]
    table = max(tables, key=len)
    row = every_row(table).row(
        by_predicate=(pl.col("file") == fault.file) & (pl.col("line") == fault.line),
        named=True,
    )
    assert {name: row[name] or "" for name in fault.cells} == dict(fault.cells)


def test_every_spoilt_line_and_planted_change_is_documented() -> None:
    text = (Path(__file__).parents[3] / "docs/sample.md").read_text(encoding="utf-8")
    for fault in FAULTS:
        rule = f", {fault.rule_id}" if fault.rule_id else ""
        row = rf"\| `{re.escape(fault.file)}` \| {fault.line} \| .* \| `{fault.reason}`{rule} \|"
        assert re.search(row, text), fault
    for name in (
        "P06",
        "Redditch",
        "rural Herefordshire",
        "`LD`",
        "P11, 2025-26 Q4",
        "P10, 2026-27",
    ):
        assert name in text


def test_documented_numbers_of_rows_are_those_written(every_row: Read) -> None:
    text = (Path(__file__).parents[3] / "docs/sample.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| ([a-z_]+) \| ([\d,]+) \|", text, flags=re.MULTILINE)
    counts = {table: int(rows.replace(",", "")) for table, rows in listed if table != "directory"}
    assert len(counts) == 16
    assert {table: len(every_row(table)) for table in counts} == counts
