"""Every fault of a file at once; nothing is loaded."""

import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from pipelines.boundaries.examine import examine_boundaries
from pipelines.boundaries.reading import is_boundary_file
from pipelines.checked import CheckedFile, as_lines, as_record
from pipelines.errors import FileRefused, printable
from pipelines.offered import (
    OfferedFile,
    is_street_file,
    is_supplied_name,
    look_through,
    offered_file,
)
from pipelines.places import Places
from pipelines.policy import Policy, load_policy
from pipelines.reference import Reference, load_reference
from pipelines.sources.police_uk import examine
from pipelines.supplied.check import check_supplied

_ALL_WELL: Final = 0
_FAULTS_FOUND: Final = 1


def check_files(
    paths: Sequence[Path], *, as_json: bool, as_of: date, places: Places | None = None
) -> int:
    """Print every fault of the files; return 0 when there is none, 1 otherwise.

    `places` holds the policy, and the published lists that supplied files are held against.

    Raises:
        PolicyRefused: the policy cannot be followed.
    """
    checked = find_faults(paths, as_of=as_of, places=places)
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
    places: Places | None = None,
    reference: Reference | None = None,
) -> list[CheckedFile]:
    """Return what is found in each file; folders are looked through.

    A file is a street file by its name or header, else a supplied one by its ending, else one of
    boundaries by its ending or first character, else a street file. Supplied files are held
    against each other as well; they come last.
    """
    street: list[OfferedFile | FileRefused] = []
    supplied: list[OfferedFile] = []
    boundaries: list[OfferedFile] = []
    for path in paths:
        _sort(path, street, supplied, boundaries)
    policy = load_policy(places.policy if places else None)
    return [
        *(_checked(each, as_of, policy, reference or load_reference()) for each in street),
        *(_checked_boundaries(each) for each in boundaries),
        *check_supplied(supplied, as_of=as_of, places=places),
    ]


def _sort(
    path: Path,
    street: list[OfferedFile | FileRefused],
    supplied: list[OfferedFile],
    boundaries: list[OfferedFile],
) -> None:
    if path.suffix.lower() == ".zip" or path.is_dir():
        found = look_through(path)
        street += [*found.refusals, *found.files]
        supplied += found.supplied
        boundaries += found.boundaries
        if not (found.files or found.refusals or found.supplied or found.boundaries):
            message = f"{path.name} holds no file that could be loaded. Check the place."
            street.append(FileRefused(path.name, message, reason="NO_FILES"))
    elif is_supplied_name(path.name) and not is_street_file(path):
        supplied.append(offered_file(path))
    elif not is_street_file(path) and is_boundary_file(path):
        boundaries.append(offered_file(path))
    else:
        street.append(offered_file(path))


def _checked(
    offered: OfferedFile | FileRefused, as_of: date, policy: Policy, reference: Reference
) -> CheckedFile:
    if isinstance(offered, FileRefused):
        return CheckedFile(offered.file_name, (offered,), None)
    found = examine(offered, as_of=as_of, policy=policy, reference=reference)
    return CheckedFile(offered.file_name, found.refusals, found.cleaned)


def _checked_boundaries(offered: OfferedFile) -> CheckedFile:
    try:
        found = examine_boundaries(offered.read_bytes(), offered.file_name)
    except FileRefused as refusal:
        return CheckedFile(offered.file_name, (refusal,), None, map_of="")
    rows = found if found.rows_read else None
    map_of = found.layer.source_name if found.layer else ""
    return CheckedFile(offered.file_name, found.refusals, rows, map_of=map_of)
