"""The audit log: a line before the bytes, chained, and no file where the line cannot be written."""

import hashlib
import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from dashboard.audit import HEAD, NotRecorded, append, audit_files, audit_folder, check
from dashboard.audit_event import Event
from dashboard.audit_verify import verify
from dashboard.export import Document, MayNotLeave, export
from schemas.codes import HIDDEN
from schemas.supplied.contracts import contract
from tests.support.leaving import chart_of, leaving, recorded

REFUSAL = "The export could not be recorded, so it was not made."
EVENT = Event(action="signed_in", reader="viewer@example.org", role="viewer", what="")
CHART = chart_of(("Redditch", 15), ("Wychavon", HIDDEN))
IN_ANOTHER_PROCESS = """
import resource, signal, sys
from pathlib import Path
from dashboard.audit import append
from dashboard.audit_event import Event
data_dir, most_bytes, lines = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
for _ in range(lines):
    append(data_dir, Event(action="signed_in", reader="viewer@example.org", role=None, what=""))
"""


def log_of(data_dir: Path) -> Path:
    (path,) = audit_files(audit_folder(data_dir))
    return path


def test_an_export_is_recorded_with_who_what_and_the_hash_of_its_bytes(tmp_path: Path) -> None:
    made = export(CHART, "csv", leaving=leaving(tmp_path))
    (line,) = recorded(tmp_path)
    assert line["number"] == 1
    assert (line["reader"], line["role"]) == ("viewer@example.org", "viewer")
    assert (line["action"], line["what"]) == ("export", "referrals-by-area.csv")
    assert (line["page"], line["version"]) == ("crime", CHART.version)
    assert (line["cells"], line["hidden"]) == (4, 1)
    assert line["sha256"] == hashlib.sha256(made.content).hexdigest()
    assert datetime.fromisoformat(line["at"]).tzinfo == UTC
    assert len(line["request"]) == 16


def test_a_paper_and_a_template_are_recorded_too(tmp_path: Path) -> None:
    later = replace(CHART, version="wh-4-0badcafe")
    paper = Document("board-paper-7", b"PK", (CHART, later))
    assert export(paper, "docx", leaving=leaving(tmp_path)).file_name == "board-paper-7.docx"
    export(contract("vrr"), "xlsx", leaving=leaving(tmp_path))
    of_paper, of_template = recorded(tmp_path)
    assert of_paper["version"] == "wh-3-0badcafe wh-4-0badcafe"
    assert (of_paper["cells"], of_paper["hidden"]) == (8, 2)
    assert (of_template["what"], of_template["cells"]) == ("vrr-template.xlsx", 0)


def test_a_role_that_may_not_download_gets_no_file_and_is_recorded(tmp_path: Path) -> None:
    with pytest.raises(MayNotLeave):
        export(CHART, "csv", leaving=leaving(tmp_path, role=None))
    (line,) = recorded(tmp_path)
    assert (line["action"], line["role"], line["sha256"]) == ("denied", None, "")


def test_filters_are_recorded_by_known_names_and_values_and_never_as_typed(tmp_path: Path) -> None:
    asked = {
        "area": ("E07000234", "Ann Other, Bromsgrove"),
        "type": ("Burglary", "Burglary of Ann Other"),
        "period": ("latest_12_months",),
        "search": ("Ann Other",),
        "role": ("admin",),
        "as_at": ("wh-3-1a2b3c4d",),
        "group": ("Ann Other", "Domestic abuse"),
        "change": ("add.site.ludlow.DA-SV.120.85000", "Ann Other wants more"),
    }
    export(CHART, "csv", leaving=replace(leaving(tmp_path), filters=asked))
    (line,) = recorded(tmp_path)
    assert line["filters"] == {
        "area": ["E07000234"],
        "period": ["latest_12_months"],
        "type": ["Burglary"],
        "group": ["Domestic abuse"],
        "change": ["add.site.ludlow.DA-SV.120.85000"],
        "as_at": ["wh-3-1a2b3c4d"],
    }
    assert "Ann" not in log_of(tmp_path).read_text()


def test_a_line_too_long_to_be_read_again_is_refused_and_the_log_goes_on(tmp_path: Path) -> None:
    """Such as of an address that somebody wrote with the same area a thousand times."""
    append(tmp_path, EVENT)
    long = replace(leaving(tmp_path), filters={"area": ["E07000234"] * 3000})
    with pytest.raises(NotRecorded, match=REFUSAL):
        export(CHART, "csv", leaving=long)
    append(tmp_path, EVENT)
    assert (verify(tmp_path).lines, verify(tmp_path).fault) == (2, "")


def test_the_longest_line_is_read_again_also_before_a_long_one_that_was_cut_short(
    tmp_path: Path,
) -> None:
    append(tmp_path, EVENT)
    longest = 16_383 - len(log_of(tmp_path).read_bytes().strip())
    append(tmp_path, replace(EVENT, what="x" * longest))
    with log_of(tmp_path).open("ab") as log:
        log.write(b"x" * 16_383)
    append(tmp_path, EVENT)
    assert (verify(tmp_path).lines, verify(tmp_path).fault) == (4, "")
    with pytest.raises(NotRecorded):
        append(tmp_path, replace(EVENT, what="x" * (longest + 1)))


@pytest.mark.parametrize("umask", [0, 0o077])
def test_the_log_is_for_the_eyes_of_its_owner_whatever_the_umask(
    tmp_path: Path, umask: int
) -> None:
    before = os.umask(umask)
    try:
        append(tmp_path, EVENT)
    finally:
        os.umask(before)
    folder = audit_folder(tmp_path)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(folder.parent.stat().st_mode) & 0o027 == 0
    for path in (log_of(tmp_path), folder / HEAD, folder / "lock"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_chain_goes_on_in_the_file_of_the_next_year_and_a_clock_set_back_changes_nothing(
    tmp_path: Path,
) -> None:
    for day in ((2026, 12, 31), (2027, 1, 1), (2026, 12, 31)):
        append(tmp_path, EVENT, now=partial(datetime, *day, tzinfo=UTC))
    names = [path.name for path in audit_files(audit_folder(tmp_path))]
    assert names == ["exports-2026.jsonl", "exports-2027.jsonl"]
    first, second, third = recorded(tmp_path)
    assert second["previous"] == first["hash"]
    assert third["at"].startswith("2026-12-31")
    assert (verify(tmp_path).lines, verify(tmp_path).fault) == (3, "")


def test_b95_a_line_cut_short_by_a_crash_is_kept_aside_and_told_and_the_chain_goes_on(
    tmp_path: Path,
) -> None:
    append(tmp_path, EVENT)
    torn = b'{"number":2,"at":"2026-11-'
    with log_of(tmp_path).open("ab") as log:
        log.write(torn)
    assert "cut short" in " ".join(verify(tmp_path).notes)
    check(tmp_path)
    append(tmp_path, EVENT)
    _, told, after = recorded(tmp_path)
    assert (told["action"], told["what"]) == ("torn_line_set_aside", "torn-2.part")
    assert told["sha256"] == hashlib.sha256(torn).hexdigest()
    assert (audit_folder(tmp_path) / "torn-2.part").read_bytes() == torn
    assert after["number"] == 3
    assert (verify(tmp_path).fault, verify(tmp_path).notes) == ("", ())


def test_a_crash_between_setting_aside_and_telling_is_told_by_the_next_line(tmp_path: Path) -> None:
    append(tmp_path, EVENT)
    (audit_folder(tmp_path) / "torn-2.part").write_bytes(b'{"numb')
    append(tmp_path, EVENT)
    assert [line["action"] for line in recorded(tmp_path)][1:] == [
        "torn_line_set_aside",
        "signed_in",
    ]


def test_a_crash_between_line_and_head_stops_nothing(tmp_path: Path) -> None:
    append(tmp_path, EVENT)
    behind = (audit_folder(tmp_path) / HEAD).read_bytes()
    append(tmp_path, EVENT)
    (audit_folder(tmp_path) / HEAD).write_bytes(behind)
    assert verify(tmp_path).fault == ""
    append(tmp_path, EVENT)
    assert verify(tmp_path).lines == 3


def _edit_last_line(log: Path) -> None:
    log.write_text(log.read_text().replace("viewer@", "nobody@"))


def _cut_last_line(log: Path) -> None:
    log.write_text("".join(log.read_text().splitlines(keepends=True)[:-1]))


def _spoil_head(log: Path) -> None:
    (log.parent / HEAD).write_text("?")


def _put_a_folder_in_its_place(log: Path) -> None:
    log.unlink()
    log.mkdir()


def _put_a_file_in_place_of_the_folder(log: Path) -> None:
    for path in log.parent.iterdir():
        path.unlink()
    log.parent.rmdir()
    log.parent.touch()


@pytest.mark.parametrize(
    "spoil",
    [
        _edit_last_line,
        _cut_last_line,
        _spoil_head,
        _put_a_folder_in_its_place,
        _put_a_file_in_place_of_the_folder,
    ],
)
def test_b85_without_a_line_there_is_no_file(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    append(tmp_path, EVENT)
    append(tmp_path, EVENT)
    spoil(log_of(tmp_path))
    with pytest.raises(NotRecorded, match=REFUSAL):
        export(CHART, "csv", leaving=leaving(tmp_path))
    with pytest.raises(NotRecorded, match=REFUSAL):
        check(tmp_path)


def test_b85_a_full_disk_makes_no_file_and_leaves_a_log_that_goes_on(tmp_path: Path) -> None:
    """A limit on the size of files stops the write in the middle of the line, as a full disk."""
    append(tmp_path, EVENT)
    size = log_of(tmp_path).stat().st_size
    command = [sys.executable, "-c", IN_ANOTHER_PROCESS, str(tmp_path), str(size + 100), "1"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert f"NotRecorded: {REFUSAL}" in done.stderr
    append(tmp_path, EVENT)
    assert [line["action"] for line in recorded(tmp_path)][1:] == [
        "torn_line_set_aside",
        "signed_in",
    ]
    assert verify(tmp_path).fault == ""


def test_threads_and_processes_write_one_chain(tmp_path: Path) -> None:
    command = [sys.executable, "-c", IN_ANOTHER_PROCESS, str(tmp_path), "1000000", "8"]
    other = subprocess.Popen(command)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: append(tmp_path, EVENT), range(16)))
    assert other.wait(timeout=60) == 0
    assert (verify(tmp_path).lines, verify(tmp_path).fault) == (24, "")
    assert [line["number"] for line in recorded(tmp_path)] == list(range(1, 25))


def test_a_line_is_plain_json(tmp_path: Path) -> None:
    append(tmp_path, replace(EVENT, what="naïve\n\u2028"))
    (line,) = log_of(tmp_path).read_bytes().decode("ascii").splitlines()
    assert json.loads(line)["what"] == "naïve\n\u2028"
