"""Whether the audit log is as it was written: `python -m dashboard audit verify`."""

import argparse
import sys
from pathlib import Path

from dashboard.audit import audit_folder
from dashboard.audit_verify import Verified, verify
from dashboard.settings import load_settings
from schemas.audit_chain import Link


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `audit verify`."""
    audit = commands.add_parser("audit", help="check the log of what left and who was denied")
    actions = audit.add_subparsers(dest="action", required=True, metavar="ACTION")
    one = actions.add_parser("verify", help="follow the chain of the log; 1 where it is broken")
    one.add_argument(
        "--first",
        type=int,
        default=1,
        metavar="NUMBER",
        help="number of the first line kept, where files of earlier years were removed on purpose",
    )
    one.add_argument(
        "--noted",
        type=_noted,
        metavar="NUMBER:HASH",
        help="a line as `verify` told it earlier: the log must still hold that very line",
    )
    one.add_argument("--data-dir", type=Path, help="instead of WM_DATA_DIR")
    one.set_defaults(run=_verify)


def _noted(text: str) -> Link:
    number, _, noted = text.partition(":")
    return Link(int(number), noted)


def _verify(options: argparse.Namespace) -> int:
    data_dir = options.data_dir or load_settings().data_dir
    found = verify(data_dir, first=options.first, noted=options.noted)
    print(_said(found))
    for note in found.notes:
        print(f"note: {note}.")
    if not found.fault:
        return 0
    print(f"dashboard: {audit_folder(data_dir)}: {found.fault}.", file=sys.stderr)
    return 1


def _said(found: Verified) -> str:
    count = f"{found.lines:,} {'line' if found.lines == 1 else 'lines'}"
    if not found.lines:
        return f"{count} as written."
    return f"{count} as written. The last is {found.last.number}:{found.last.hash}"
