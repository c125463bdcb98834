"""What a table of the published file is: its columns, their meaning, what the file enforces."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column of a published table: name, DuckDB type, meaning."""

    name: str
    sql_type: str
    meaning: str


@dataclass(frozen=True)
class Table:
    """One published table. `row` completes the sentence "One row per …".

    checks: conditions that the database holds against every row.
    """

    name: str
    row: str
    columns: tuple[Column, ...]
    sorted_by: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()

    def ddl(self) -> str:
        """Return the statement that creates the table, empty."""
        columns = [f"{column.name} {column.sql_type}" for column in self.columns]
        lines = ",\n    ".join([*columns, *(f"check ({each})" for each in self.checks)])
        return f"create table {self.name} (\n    {lines}\n)"
