"""The way in from the command line: python -m pipelines COMMAND."""

import argparse
import os
import re
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pipelines import commands
from pipelines.errors import PipelineError
from pipelines.places import DATA_DIR_VARIABLE

EXIT_CODES = """exit codes:
  0  done: published, or nothing to do
  1  done, but some files were refused
  2  not understood
  3  failed, nothing published; the last good version stays
  4  another load is running
  5  held until someone approves a month with far fewer rows than usual
  6  no network
"""


# A month of one force is a small table: more threads cost Polars a tenth more time on it.
os.environ.setdefault("POLARS_MAX_THREADS", "1")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; see EXIT_CODES."""
    parsed = _parser().parse_args(arguments)
    try:
        code: int = parsed.run(parsed)
    except PipelineError as fault:
        print(fault, file=sys.stderr)
        return fault.exit_code
    except KeyboardInterrupt:
        print("Stopped; what is published is as it was.", file=sys.stderr)
        return 130
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m pipelines",
        description="Brings files in, checks them, and publishes them for the dashboard.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    added = parser.add_subparsers(required=True, metavar="COMMAND")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--data-dir",
        type=Path,
        metavar="DIR",
        help=f"folder of inbox, restricted and published (default: ${DATA_DIR_VARIABLE} or data/)",
    )
    _add_fetch(added, common)
    _add_sample(added, common)
    _add_check(added, common)
    _add_build(added, common)
    _add_watch(added, common)
    _add_rollback(added, common)
    _add_status(added, common)
    return parser


_Added = argparse._SubParsersAction


def _add_fetch(added: "_Added[argparse.ArgumentParser]", common: argparse.ArgumentParser) -> None:
    purpose = "bring crime from data.police.uk, or boundaries from ONS, into the inbox"
    command = _command(added, common, "fetch", purpose)
    command.add_argument("source", choices=("crime", "boundaries"), help="what to fetch")
    command.add_argument(
        "--force",
        action="extend",
        nargs="+",
        metavar="NAME",
        help="force as police.uk writes it in file names; may be repeated (default: west-mercia)",
    )
    command.add_argument("--months", type=int, help="how many months of crime (default: 36)")
    command.add_argument(
        "--archive", type=_month, metavar="YYYY-MM", help="archive of crime (default: newest)"
    )
    command.add_argument("--inbox", type=Path, metavar="DIR", help="where to put them")
    command.add_argument("--base-url", metavar="URL", help="another address to fetch from")
    command.set_defaults(run=commands.fetch)


def _add_sample(added: "_Added[argparse.ArgumentParser]", common: argparse.ArgumentParser) -> None:
    command = _command(added, common, "sample", "write the invented sample and publish it")
    command.add_argument(
        "--if-empty", action="store_true", help="do nothing when something is published"
    )
    command.add_argument("--out", type=Path, metavar="DIR", help="where to write the files")
    command.set_defaults(run=commands.sample)


def _add_check(added: "_Added[argparse.ArgumentParser]", common: argparse.ArgumentParser) -> None:
    command = _command(added, common, "check", "print every fault of a file; load nothing")
    command.add_argument("files", type=Path, nargs="+", metavar="FILE")
    command.add_argument("--json", action="store_true", help="print as JSON")
    command.add_argument("--as-of", type=_day, metavar="YYYY-MM-DD", help="read as today")
    command.set_defaults(run=commands.check)


def _add_build(added: "_Added[argparse.ArgumentParser]", common: argparse.ArgumentParser) -> None:
    command = _command(added, common, "build", "load the inbox and publish a new version")
    _add_load_options(command)
    command.add_argument("--json", action="store_true", help="print the report as JSON")
    command.set_defaults(run=commands.build)


def _add_watch(added: "_Added[argparse.ArgumentParser]", common: argparse.ArgumentParser) -> None:
    command = _command(added, common, "watch", "load whatever is put into the inbox, until stopped")
    _add_load_options(command)
    command.add_argument(
        "--for", dest="seconds", type=float, metavar="SECONDS", help="stop after this long"
    )
    command.set_defaults(run=commands.watch)


def _add_rollback(
    added: "_Added[argparse.ArgumentParser]", common: argparse.ArgumentParser
) -> None:
    command = _command(added, common, "rollback", "serve an earlier version again")
    command.add_argument("--to", metavar="VERSION", help="which (default: the one before)")
    command.set_defaults(run=commands.rollback)


def _add_status(added: "_Added[argparse.ArgumentParser]", common: argparse.ArgumentParser) -> None:
    command = _command(added, common, "status", "say what is published")
    command.add_argument("--json", action="store_true", help="print as JSON")
    command.set_defaults(run=commands.status)


def _add_load_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--inbox", type=Path, metavar="DIR", help="files to load (default: inbox/)"
    )
    command.add_argument(
        "--as-of", type=_day, metavar="YYYY-MM-DD", help="the day that clocks read as today"
    )
    command.add_argument(
        "--allow-older", action="store_true", help="let an older archive replace a newer one"
    )
    command.add_argument(
        "--approve",
        action="append",
        type=_month,
        default=[],
        metavar="YYYY-MM",
        help="publish this month, or load supplied files of a period that begins with it, although "
        "there are far fewer rows than usual or than are loaded; may be repeated",
    )


def _command(
    added: "_Added[argparse.ArgumentParser]",
    common: argparse.ArgumentParser,
    name: str,
    purpose: str,
) -> argparse.ArgumentParser:
    return added.add_parser(
        name,
        parents=[common],
        help=purpose,
        description=f"{purpose[0].upper()}{purpose[1:]}.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def _month(text: str) -> str:
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a month; write YYYY-MM")
    return text


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; write YYYY-MM-DD") from None


if __name__ == "__main__":
    sys.exit(main())
