"""Every fault of a file at once; nothing is loaded."""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from pipelines.errors import FileRefused, printable
from pipelines.offered import OfferedFile, look_through, offered_file
from pipelines.policy import Policy, load_policy
from pipelines.reference import Reference, load_reference
from pipelines.sources.police_uk import CleanedFile, Examined, examine

_ALL_WELL: Final = 0
_FAULTS_FOUND: Final = 1


@dataclass(frozen=True)
class CheckedFile:
    """What a check found in one file: reasons to refuse it, and what became of its rows."""

    file_name: str
    refusals: tuple[FileRefused, ...]
    cleaned: CleanedFile | None

    @property
    def is_faultless(self) -> bool:
        """Return whether the file would be loaded with all its rows."""
        return not self.refusals and self.cleaned is not None and not self.cleaned.rows_set_aside


def check_files(
    paths: Sequence[Path], *, as_json: bool, as_of: date, policy_path: Path | None = None
) -> int:
    """Print every fault of the files; return 0 when there is none, 1 otherwise.

    Raises:
        PolicyRefused: the policy cannot be followed.
    """
    checked = find_faults(paths, as_of=as_of, policy=load_policy(policy_path))
    if as_json:
        text = json.dumps([as_record(each) for each in checked], indent=2, ensure_ascii=False)
    else:
        text = "\n".join(printable(line) for each in checked for line in as_lines(each))
    sys.stdout.write(text + "\n")
    return _ALL_WELL if all(each.is_faultless for each in checked) else _FAULTS_FOUND


def find_faults(
    paths: Sequence[Path],
    *,
    as_of: date,
    policy: Policy | None = None,
    reference: Reference | None = None,
) -> list[CheckedFile]:
    """Return what is found in each file, in the order of the paths; folders are looked through.

    A path that names a file is taken for a street file, whatever it is called.
    """
    return [
        _checked(offered, as_of, policy or Policy(), reference or load_reference())
        for path in paths
        for offered in _offered(path)
    ]


def as_lines(checked: CheckedFile) -> Iterator[str]:
    """Return what is told about one file, line by line."""
    for refusal in checked.refusals:
        yield f"REFUSED  {refusal}"
    cleaned = checked.cleaned
    if cleaned is None:
        return
    for fault in cleaned.set_aside.iter_rows(named=True):
        where = f"{fault['column_name']} is" if fault["column_name"] else "the row is"
        yield (
            f"SET ASIDE  {checked.file_name}, line {fault['line']}: {where} '{fault['value']}', "
            f"expected {fault['expected']} ({fault['reason']}). {fault['advice']}"
        )
    for warning in cleaned.warnings.iter_rows(named=True):
        yield (
            f"WARNING  {checked.file_name}: {warning['row_count']:,} rows: "
            f"{warning['message']} ({warning['reason']})"
        )
    yield (
        f"{checked.file_name}: {cleaned.rows_read:,} rows read, {cleaned.rows_loaded:,} good, "
        f"{cleaned.rows_set_aside:,} set aside. "
        f"{'Would be refused.' if checked.refusals else 'Can be loaded.'}"
    )


def as_record(checked: CheckedFile) -> dict[str, Any]:
    """Return the same as plain values, for JSON. Row counts are null when rows are unreadable."""
    cleaned = checked.cleaned
    return {
        "file_name": checked.file_name,
        "is_refused": bool(checked.refusals),
        "refusals": [
            {"reason": refusal.reason, "message": str(refusal)} for refusal in checked.refusals
        ],
        "rows_read": cleaned.rows_read if cleaned else None,
        "rows_loaded": cleaned.rows_loaded if cleaned else None,
        "rows_set_aside": cleaned.rows_set_aside if cleaned else None,
        "is_invented": cleaned.is_invented if cleaned else None,
        "set_aside": cleaned.set_aside.to_dicts() if cleaned else [],
        "warnings": cleaned.warnings.to_dicts() if cleaned else [],
    }


def _offered(path: Path) -> Iterator[OfferedFile | FileRefused]:
    is_plain_file = path.suffix.lower() != ".zip" and not path.is_dir()
    if is_plain_file:
        yield offered_file(path)
        return
    found = look_through(path)
    yield from found.refusals
    yield from found.files
    if not found.files and not found.refusals:
        message = f"{path.name} holds no street file, expected …-street.csv. Check the place."
        yield FileRefused(path.name, message, reason="NO_STREET_FILE")


def _checked(
    offered: OfferedFile | FileRefused, as_of: date, policy: Policy, reference: Reference
) -> CheckedFile:
    if isinstance(offered, FileRefused):
        return CheckedFile(offered.file_name, (offered,), None)
    found: Examined = examine(offered, as_of=as_of, policy=policy, reference=reference)
    return CheckedFile(offered.file_name, found.refusals, found.cleaned)
