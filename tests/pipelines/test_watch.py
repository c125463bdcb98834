"""The watch loads what comes, waits for what is not whole, and outlives what goes wrong."""

import argparse
import re
import signal
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from pipelines import commands
from pipelines.lock import load_lock
from pipelines.places import Places
from pipelines.watch import watch
from tests.support.loading import PROJECT, command, load, rows_by_month, run
from tests.support.street_files import file_name, write_street

AS_OF = ("--as-of", "2026-11-01")
Step = Callable[[], object]


class Over(Exception):
    """The steps of a test are over."""


@pytest.fixture
def places(tmp_path: Path) -> Places:
    places = Places(tmp_path / "data")
    places.create()
    return places


class Watched:
    """A watch over a real folder; between two of its looks one step of the test is done."""

    def __init__(self, inbox: Path, *ends: bool) -> None:
        self.loads: list[list[str]] = []
        self.told: list[str] = []
        self._inbox = inbox
        self._ends = iter(ends)

    def during(self, steps: Sequence[Step], first_pause: float = 0.0) -> "Watched":
        """Watch until the steps are over."""
        left = iter(steps)

        def wait(_: float) -> None:
            step = next(left, None)
            if step is None:
                raise Over
            step()

        with pytest.raises(Over):
            watch(
                self._inbox, self._load, tell=self.told.append, first_pause=first_pause, wait=wait
            )
        return self

    def _load(self) -> bool:
        self.loads.append(sorted(path.name for path in self._inbox.iterdir()))
        return next(self._ends, True)


def nothing() -> None:
    """Let one look go by."""


def test_what_lies_there_and_what_comes_is_loaded_once(places: Places) -> None:
    write_street(places.inbox, "2026-07", 2)
    steps = (nothing, nothing, lambda: write_street(places.inbox, "2026-08", 2), nothing, nothing)
    found = Watched(places.inbox).during(steps)
    names = [file_name("2026-07"), file_name("2026-08")]
    assert found.loads == [names[:1], names]
    assert found.told == ["1 file has changed; loading once nothing changes any more."]


def test_a_file_that_is_still_being_copied_waits_until_it_is_whole(places: Places) -> None:
    path = places.inbox / file_name("2026-09")
    sizes: list[int] = []

    def grow() -> None:
        with path.open("a", encoding="utf-8") as file:
            file.write("x" * 100)

    found = Watched(places.inbox)
    steps = (grow, grow, grow, nothing, lambda: sizes.append(path.stat().st_size))
    assert found.during(steps).loads == [[path.name]]
    assert sizes == [300]


def test_a_load_that_failed_is_tried_again_until_it_is_done(places: Places) -> None:
    found = Watched(places.inbox, False, False, True).during([nothing] * 6)
    assert len(found.loads) == 3
    assert len(found.told) == 2


def test_the_next_try_waits_but_a_change_of_the_inbox_does_not(places: Places) -> None:
    steps = [nothing] * 4 + [lambda: write_street(places.inbox, "2026-08", 2), nothing, nothing]
    found = Watched(places.inbox, False, False).during(steps, first_pause=10)
    assert len(found.loads) == 2
    again = "Trying again in 10 seconds, or as soon as the inbox changes."
    assert found.told[0] == found.told[-1] == again


def test_a_folder_that_is_missing_is_waited_for(places: Places) -> None:
    away = places.inbox.with_name("away")
    steps = (
        lambda: places.inbox.rename(away),
        *(nothing, nothing),
        lambda: away.rename(places.inbox),
        *(nothing, nothing),
    )
    found = Watched(places.inbox).during(steps)
    assert found.loads == [[]]
    assert found.told == [
        f"{places.inbox} is missing or cannot be read; waiting for it.",
        f"{places.inbox} is there again.",
    ]


@pytest.mark.slow
def test_a_load_that_breaks_off_is_told_without_its_words_and_recorded(
    places: Places, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def break_off(*_: object, **__: object) -> None:
        raise RuntimeError("Smith, 1 High Street")

    write_street(places.inbox, "2026-08", 2)
    monkeypatch.setattr("pipelines.build.make_plan", break_off)
    asked = argparse.Namespace(
        data_dir=places.data_dir, inbox=None, as_of=None, allow_older=False, approve=[]
    )
    assert commands._load_and_tell(asked) is False
    told = "".join(capsys.readouterr())
    assert "The load broke off (RuntimeError at test_watch.py:" in told
    record = (places.published / "last-load.json").read_text(encoding="utf-8")
    assert '"outcome": "failed"' in record
    assert "Smith" not in told + record


def start(places: Places, *arguments: str) -> subprocess.Popen[str]:
    """Start a watch and return when it says so."""
    process = subprocess.Popen(
        command("watch", *AS_OF, *arguments, places=places),
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    read_until(process, "Watching ")
    return process


def read_until(process: subprocess.Popen[str], words: str) -> None:
    """Read what a process says up to a line with these words."""
    assert process.stdout
    said = []
    for line in process.stdout:
        said.append(line)
        if words in line:
            return
    raise AssertionError(f"it ended without {words!r}: {said}")


@pytest.mark.slow
def test_a_second_watch_is_refused_and_the_first_ends_on_a_signal(places: Places) -> None:
    first = start(places)
    second = run("watch", *AS_OF, places=places)
    first.send_signal(signal.SIGINT)
    said, _ = first.communicate(timeout=60)
    assert second.returncode == 4
    assert re.search(rf"Another watch is running \(pid {first.pid}, since ", second.stderr)
    assert first.returncode == 0
    assert re.search(r"\d\d:\d\d:\d\d Stopped; what is published is whole\.", said)


@pytest.mark.slow
def test_it_waits_for_a_load_by_hand_and_stops_in_the_middle_of_its_own(places: Places) -> None:
    write_street(places.inbox, "2026-08", 20)
    watching = None
    with load_lock(places):
        watching = start(places)
        read_until(watching, "Another load is running")
    write_street(places.inbox, "2026-09", 30_000)
    read_until(watching, "Loading.")
    watching.send_signal(signal.SIGTERM)
    said, _ = watching.communicate(timeout=60)
    assert watching.returncode == 0
    assert "Stopped; what is published is whole." in said
    assert not list(places.published.glob("wh-*"))
    assert load(places).outcome == "published"
    assert rows_by_month(places) == {"2026-08": 20, "2026-09": 30_000}
    assert not [*places.published.glob(".*"), *places.cleaned.glob(".*")]
