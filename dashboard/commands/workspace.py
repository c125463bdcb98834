"""Backup and restore of what readers saved: `python -m dashboard workspace`."""

import argparse
import getpass
import sys
from pathlib import Path

from dashboard.audit import NotRecorded, append
from dashboard.audit_event import Action, Event
from dashboard.settings import load_settings
from dashboard.workspace import backup, database
from dashboard.workspace.backup import Contents


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `workspace backup`, `workspace restore` and `workspace check`."""
    workspace = commands.add_parser("workspace", help="back up what readers saved, or restore it")
    actions = workspace.add_subparsers(dest="action", required=True, metavar="ACTION")
    for name, run, needs, told in (
        ("backup", _backup, None, "write a backup into a new file, while the dashboard runs"),
        ("restore", _restore, None, "put a backup in the place of what is there, kept aside"),
        ("check", _check, "?", "look through a backup, or through what is there"),
    ):
        one = actions.add_parser(name, help=told)
        one.add_argument("file", type=Path, metavar="FILE", nargs=needs)
        one.add_argument("--data-dir", type=Path, help="instead of WM_DATA_DIR")
        one.set_defaults(run=run)


def _backup(options: argparse.Namespace) -> int:
    data_dir = _data_dir(options)
    contents = backup.make(data_dir, options.file)
    _print(options.file, contents)
    _record("backed_up", contents, data_dir)
    return 0


def _restore(options: argparse.Namespace) -> int:
    data_dir = _data_dir(options)
    done = backup.restore(data_dir, options.file)
    _print(options.file, done.contents)
    print(f"Restored. What was there before is in {done.aside}.")
    if done.is_log_left:
        print("The audit log goes on from the one in the backup, and was left as it is.")
    _record("restored", done.contents, data_dir)
    return 0


def _check(options: argparse.Namespace) -> int:
    if options.file:
        _print(options.file, backup.check(options.file))
        return 0
    fault = database.fault_here(_data_dir(options))
    print(f"What readers saved {fault}." if fault else "What readers saved can be read.")
    return 1 if fault else 0


def _data_dir(options: argparse.Namespace) -> Path:
    return options.data_dir or load_settings().data_dir


def _print(file: Path, contents: Contents) -> None:
    held = "1 file" if len(contents.files) == 1 else f"{len(contents.files)} files"
    print(f"{file}: made {contents.made_at}, {held}, whole.")


def _record(action: Action, contents: Contents, data_dir: Path) -> None:
    """Write down what was done; a log that takes no line does not undo it."""
    try:
        reader = f"command line: {getpass.getuser()}"
        append(data_dir, Event(action=action, reader=reader, role=None, what=contents.made_at))
    except (NotRecorded, OSError, KeyError):
        print(
            "dashboard: this could not be written to the audit log; see `audit verify`.",
            file=sys.stderr,
        )
