"""Keeps cleaned files, so that a file that was validated once is not read again.

A cleaned file is kept under the sha256 of its content and a hash of the rules it was cleaned by:
`<sha256>-<rules>.parquet` (the tally), `.json` (counts, faults, warnings; written last, so that
its presence means that the pair is complete).
"""

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from pipelines.ledger import ForceMonth, LedgerFile
from pipelines.policy import Policy
from pipelines.rules_hash import hash_of_rules

if TYPE_CHECKING:
    from pipelines.sources.police_uk import CleanedFile

_RULES: Final = (
    "schemas/codes.py",
    "schemas/rule.py",
    "schemas/street_crime.py",
    "pipelines/csv_*.py",
    "pipelines/faults.py",
    "pipelines/placeholders.py",
    "pipelines/validate.py",
    "pipelines/sources/*.py",
    "data/reference/*.csv",
)
_FUTURE_MONTH: Final = "FUTURE_MONTH"


@dataclass(frozen=True)
class KeptFile:
    """A cleaned file as kept: everything but the tally, which stays on disk.

    content: for each force and month, the rows loaded and the sha256 of their sorted tally.
    """

    sha256: str
    is_invented: bool
    rows_read: int
    rows_loaded: int
    rows_set_aside: int
    content: Mapping[ForceMonth, tuple[int, str]]
    set_aside: tuple[dict[str, Any], ...]
    warnings: tuple[dict[str, Any], ...]
    as_of: date
    tally_path: Path

    @property
    def rows_by_month(self) -> dict[ForceMonth, int]:
        """Return the rows loaded for each force and month."""
        return {key: rows for key, (rows, _) in self.content.items()}

    def tally(self) -> pl.DataFrame:
        """Return the accepted rows counted; the columns of `CleanedFile.tally`."""
        return pl.read_parquet(self.tally_path)


def rules_hash(policy: Policy) -> str:
    """Return a short hash of all that decides how a file is cleaned: code, reference, policy."""
    return hash_of_rules(policy, _RULES)


def keep(cleaned: "CleanedFile", folder: Path, *, rules: str, as_of: date) -> KeptFile:
    """Write a cleaned file into `folder` and return it as kept."""
    record_path = folder / f"{cleaned.sha256}-{rules}.json"
    tally_path = record_path.with_suffix(".parquet")
    _write_whole(tally_path, lambda path: cleaned.tally.write_parquet(path, compression="lz4"))
    kept = KeptFile(
        sha256=cleaned.sha256,
        is_invented=cleaned.is_invented,
        rows_read=cleaned.rows_read,
        rows_loaded=cleaned.rows_loaded,
        rows_set_aside=cleaned.rows_set_aside,
        content=_content(cleaned.tally),
        set_aside=tuple(cleaned.set_aside.to_dicts()),
        warnings=tuple(cleaned.warnings.to_dicts()),
        as_of=as_of,
        tally_path=tally_path,
    )
    text = json.dumps(_to_json(kept), ensure_ascii=False)
    _write_whole(record_path, lambda path: path.write_text(text, encoding="utf-8"))
    return kept


def find_kept(sha256: str, folder: Path, *, rules: str, as_of: date) -> KeptFile | None:
    """Return the kept file, or None when it must be cleaned (again).

    Rows of a future month are judged by the day of loading, so a file that had any is cleaned
    again on another day.
    """
    kept = _read(folder / f"{sha256}-{rules}.json")
    if kept is None or (kept.as_of != as_of and _has_future_rows(kept)):
        return None
    return kept


def find_kept_by_any_rules(file: LedgerFile, folder: Path) -> KeptFile | None:
    """Return what is kept of a file that was loaded before and is not offered now.

    The rules may have changed since; it counts as it was loaded until it is offered again.
    """
    found = (_read(path) for path in folder.glob(f"{file.sha256}-*.json"))
    return next((kept for kept in found if kept and kept.rows_by_month == file.rows_by_month), None)


def content_sha256(content: Mapping[ForceMonth, tuple[int, str]]) -> str:
    """Return one hash of what is counted, whatever the order in which it was loaded."""
    lines = (
        f"{key.force_code} {key.month} {rows} {digest}\n"
        for key, (rows, digest) in sorted(content.items())
    )
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _content(tally: pl.DataFrame) -> dict[ForceMonth, tuple[int, str]]:
    months = tally.partition_by("force_code", "month", as_dict=True)
    return {
        ForceMonth(str(force_code), month): (int(part["record_count"].sum()), _digest(part))
        for (force_code, month), part in months.items()
    }


def _digest(part: pl.DataFrame) -> str:
    ordered = part.select(sorted(part.columns)).sort(pl.all())
    return hashlib.sha256(ordered.write_csv().encode()).hexdigest()


def _has_future_rows(kept: KeptFile) -> bool:
    return any(fault["reason"] == _FUTURE_MONTH for fault in kept.set_aside)


def _to_json(kept: KeptFile) -> dict[str, Any]:
    return {
        "sha256": kept.sha256,
        "is_invented": kept.is_invented,
        "rows_read": kept.rows_read,
        "rows_loaded": kept.rows_loaded,
        "rows_set_aside": kept.rows_set_aside,
        "content": [
            [key.force_code, key.month.isoformat(), rows, digest]
            for key, (rows, digest) in kept.content.items()
        ],
        "set_aside": kept.set_aside,
        "warnings": kept.warnings,
        "as_of": kept.as_of.isoformat(),
        "tally_bytes": kept.tally_path.stat().st_size,
    }


def _read(path: Path) -> KeptFile | None:
    """Return what `path` records; None when it is absent or damaged, which costs a re-read."""
    tally_path = path.with_suffix(".parquet")
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        if tally_path.stat().st_size != record.pop("tally_bytes"):
            return None
    except (OSError, ValueError):
        return None
    record["content"] = {
        ForceMonth(force_code, date.fromisoformat(month)): (rows, digest)
        for force_code, month, rows, digest in record["content"]
    }
    record["set_aside"] = tuple(record["set_aside"])
    record["warnings"] = tuple(record["warnings"])
    record["as_of"] = date.fromisoformat(record["as_of"])
    return KeptFile(**record, tally_path=tally_path)


def _write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Write beside, then rename: a process killed here leaves no half file under the name."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    write(beside)
    beside.replace(path)
