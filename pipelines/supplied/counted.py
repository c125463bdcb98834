"""The rows that count: of each sender and period, those of the file that was loaded last."""

from collections.abc import Iterator
from itertools import groupby

import polars as pl

from pipelines.places import Places
from pipelines.supplied.context import CONTEXT_TABLES, Known
from pipelines.supplied.holdings import holding
from pipelines.supplied.log import SuppliedFile, SuppliedLog
from pipelines.supplied.store import no_rows, read_rows
from schemas.supplied.contracts import CONTRACTS
from schemas.supplied.contracts import contract as contract_of
from schemas.supplied.field import Contract


def rows_that_count(places: Places, log: SuppliedLog) -> dict[str, pl.DataFrame]:
    """Return, for every supplied table, the accepted rows that count now, each field typed.

    A table of which nothing is loaded has no rows.
    """
    return {each.table: _rows(places, log, each) for each in CONTRACTS}


def known_rows(places: Places, log: SuppliedLog) -> Known:
    """Return the rows that count of the tables that the rules of others look at."""
    return Known({table: _rows(places, log, contract_of(table)) for table in CONTEXT_TABLES})


def _rows(places: Places, log: SuppliedLog, contract: Contract) -> pl.DataFrame:
    rows = pl.concat([no_rows(contract), *_parts(places, log, contract)])
    # Seldom anything is repeated, and looking costs a quarter of what leaving out does.
    if not contract.unique or not rows.select(contract.unique).is_duplicated().any():
        return rows
    # A date that was corrected can move a row into another period; the later file is right.
    return rows.unique(contract.unique, keep="last", maintain_order=True)


def _parts(places: Places, log: SuppliedLog, contract: Contract) -> Iterator[pl.DataFrame]:
    """Yield the rows that no other file has replaced, in the order in which files were loaded."""
    counting: dict[str, set[tuple[str, str]]] = {}
    for key, sha256 in log.counting(contract.table).items():
        counting.setdefault(sha256, set()).add(key)
    files = [file for file in log.counted if file.table == contract.table]
    for is_whole, some in groupby(
        files, lambda file: set(file.holds) == counting.get(file.sha256, set())
    ):
        if is_whole:
            yield read_rows(places, contract, [file.sha256 for file in some])
        else:
            yield from (_left(places, contract, each, counting[each.sha256]) for each in some)


def _left(
    places: Places, contract: Contract, file: SuppliedFile, counting: set[tuple[str, str]]
) -> pl.DataFrame:
    """Return the rows of a file for the senders and periods of which it still counts."""
    wanted = pl.DataFrame(
        sorted(counting), schema={"_sender": pl.String, "_period": pl.String}, orient="row"
    )
    marked = read_rows(places, contract, [file.sha256]).with_columns(holding(contract))
    return marked.join(wanted, on=["_sender", "_period"], how="semi", maintain_order="left").select(
        contract.names
    )
