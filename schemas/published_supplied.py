"""The published tables of supplied data that is not about people, and the record of supplied files.

The columns of the first follow from the contracts, so that no field can be forgotten or drift.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from schemas.protection import RECORD_BASE
from schemas.published_table import Column, Table
from schemas.supplied.contracts import CONTRACTS, contract
from schemas.supplied.directory import CONFIDENTIAL_SITE
from schemas.supplied.field import SAMPLE_FIELD, Field, Kind

PUBLISHED_AS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "providers": "dim_provider",
        "services": "dim_service",
        "service_areas": "fact_service_area",
        "service_groups": "fact_service_group",
        "service_sites": "fact_service_site",
        "lessons_log": "fact_lesson",
        "funding": "fact_funding",
        "assumption": "dim_assumption",
        "ref_code_standard": "dim_code_standard",
        "ref_target": "dim_target",
        "ref_commitment": "dim_commitment",
        "delivery_plan": "fact_delivery_plan",
        "code_checklist": "dim_code_evidence",
        "ref_duty": "dim_duty",
        "fraud_reports": "fact_fraud_report",
    }
)
"""Supplied table → the published table that holds its rows."""

KEPT_BACK: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({"lessons_log": ("action",)})
"""Fields of those tables of which the contract says that they are never published."""

RETURN_MEASURES: Final = (
    "CONTACTS",
    "SESSIONS",
    "FTE_IDVA",
    "FTE_ISVA",
    "FTE_OTHER",
    "VACANCY_FTE",
    "CASE_STUDIES",
    "SPEND_GBP",
)
"""Measures of providers' returns that do not count people."""

ABOUT_PEOPLE: Final = tuple(each.table for each in CONTRACTS if each.is_about_people)

_SQL_TYPES: Final[Mapping[Kind, str]] = MappingProxyType(
    {
        "key": "varchar",
        "id": "varchar",
        "text": "varchar",
        "code": "varchar",
        "codes": "varchar[]",
        "date": "date",
        "month": "date",
        "quarter": "date",
        "financial_year": "date",
        "integer": "bigint",
        "decimal": "double",
    }
)
_RENAMED: Final = {"from": "valid_from", "to": "valid_to"}


def published_name(field: Field) -> str:
    """Return the name of a field's published column; words of SQL have another."""
    return _RENAMED.get(field.name, field.name)


def published_fields(table: str) -> tuple[Field, ...]:
    """Return the fields of a supplied table that are published.

    Left out are the sample's mark, and what the contract says is never published.

    Raises:
        KeyError: no such table is supplied.
    """
    kept_back = KEPT_BACK.get(table, ())
    return tuple(
        each
        for each in contract(table).fields
        if each is not SAMPLE_FIELD and each.name not in kept_back
    )


def _directory_tables() -> tuple[Table, ...]:
    return tuple(
        Table(
            name,
            contract(table).row,
            tuple(_column(each) for each in published_fields(table)),
            sorted_by=tuple(_RENAMED.get(each, each) for each in contract(table).unique),
            checks=_CHECKS.get(table, ()),
        )
        for table, name in PUBLISHED_AS.items()
    )


def _column(field: Field) -> Column:
    return Column(published_name(field), _SQL_TYPES[field.kind], field.meaning)


def _is_coarse(column: str) -> str:
    return f"{column} is null or {column} >= {RECORD_BASE} and {column} % {RECORD_BASE} = 0"


def _quoted(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


_CHECKS: Final[Mapping[str, tuple[str, ...]]] = {
    "service_sites": (
        f"site_type <> '{CONFIDENTIAL_SITE}' or latitude is null and longitude is null",
    ),
}
_IS_ABOUT_PEOPLE: Final = f"table_name in ({_quoted(ABOUT_PEOPLE)})"

_FILE: Final = (
    Column("file_sha256", "varchar", "The file"),
    Column("file_name", "varchar", "Its name"),
    Column("table_name", "varchar", "Supplied table, such as referrals; empty if not recognised"),
    Column("sender", "varchar", "Who sent it, by code; empty when there is one sender"),
)

_RECORDS: Final = (
    Table(
        "fact_return",
        "service, quarter and measure of a provider's return that does not count people",
        (
            Column("provider_id", "varchar", "The provider, as in the directory"),
            Column("service_id", "varchar", "The service, as in the directory"),
            Column("quarter", "date", "First day of the quarter"),
            Column("measure", "varchar", "What the figure is, such as SPEND_GBP"),
            Column("value", "double", "The figure, of the whole service"),
        ),
        sorted_by=("provider_id", "service_id", "quarter", "measure"),
        checks=(f"measure in ({_quoted(RETURN_MEASURES)})",),
    ),
    Table(
        "meta_supplied_file",
        "supplied file that was offered, newest load last",
        (
            Column("load_number", "integer", "Order of loading"),
            *_FILE,
            Column("periods", "varchar", "Periods it holds, such as 2026-27 Q1, 2026-27 Q2"),
            Column("status", "varchar", "loaded, replaced or refused"),
            Column("rows_read", "integer", "Rows loaded plus rows set aside, as given here"),
            Column(
                "rows_loaded",
                "integer",
                "Rows that passed the contract; of tables about people in hundreds, empty when few",
            ),
            Column("rows_set_aside", "integer", "Rows that did not"),
            Column("warning_count", "integer", "Kinds of oddity in rows that were loaded"),
            Column("loaded_at", "timestamp", "When, UTC"),
            Column("message", "varchar", "Why it was refused or replaced; empty when loaded"),
            Column("is_invented", "boolean", "True when the rows are the invented sample"),
        ),
        sorted_by=("load_number",),
        checks=(
            f"case when {_IS_ABOUT_PEOPLE} then {_is_coarse('rows_loaded')} else true end",
            f"case when {_IS_ABOUT_PEOPLE} or status <> 'refused' then"
            " rows_read is not distinct from rows_loaded + rows_set_aside else true end",
            "status in ('loaded', 'replaced', 'refused')",
        ),
    ),
    Table(
        "meta_supplied_fault",
        "fault of a row set aside, or file, rule and column with rows loaded with a warning",
        (
            *_FILE,
            Column("kind", "varchar", "set aside or warning"),
            Column("line", "integer", "Row in the file, the header being 1; empty for a warning"),
            Column("column_name", "varchar", "Column at fault; empty when the whole row is"),
            Column("value", "varchar", "What stood there; always empty for tables about people"),
            Column("reason", "varchar", "Reason code, such as NEGATIVE_INTERVAL"),
            Column("rule_id", "varchar", "Rule of the data dictionary, such as R04; may be empty"),
            Column("expected", "varchar", "What was expected; of a warning, what was found"),
            Column("advice", "varchar", "What to do"),
            Column(
                "row_count",
                "integer",
                "Rows concerned; of warnings about people in hundreds, empty when few",
            ),
        ),
        sorted_by=("file_name", "kind", "line"),
        checks=(
            "kind in ('set aside', 'warning')",
            f"case when {_IS_ABOUT_PEOPLE} then value = '' else true end",
            f"case when {_IS_ABOUT_PEOPLE} and kind = 'warning' then {_is_coarse('row_count')}"
            " else true end",
        ),
    ),
    Table(
        "meta_return_due",
        "provider and quarter for which a return is due",
        (
            Column("provider_id", "varchar", "The provider, as in the directory"),
            Column("quarter", "date", "First day of the quarter"),
            Column("due_on", "date", "Day by which it is due"),
            Column("received_on", "date", "Day it was submitted; empty while it was not"),
            Column("status", "varchar", "on time, late, not received, not yet due or refused"),
            Column("file_name", "varchar", "File that counts, or was refused; empty if none came"),
        ),
        sorted_by=("provider_id", "quarter"),
        checks=("status in ('on time', 'late', 'not received', 'not yet due', 'refused')",),
    ),
)

SUPPLIED_TABLES: Final[tuple[Table, ...]] = (*_directory_tables(), *_RECORDS)
