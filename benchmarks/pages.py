"""What a reader waits for and what the server pays, beside the dashboard most people write."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks.browser import Load, Reader, TookTooLong, open_browser
from benchmarks.processes import ROOT, Server, streamlit_server
from benchmarks.report import Section, Spread, ratio
from benchmarks.rows import GeneratedRows

FILTER: Final = "Area"
_DISTRICTS: Final = (
    "Shropshire",
    "Wychavon",
    "Herefordshire",
    "Redditch",
    "Bromsgrove",
    "Wyre Forest",
    "Malvern Hills",
    "Worcester",
)


@dataclass(frozen=True)
class Screen:
    """One page: its name here, its address, whether its area filter is turned and moves a card."""

    name: str
    path: str = "/"
    has_filter: bool = True
    moves_card: bool = True


OURS: Final = (
    Screen("overview"),
    Screen("crime explorer", "/crime"),
    Screen("crime, map", "/crime?view=Hot+spots"),
    Screen("crime, all questions", "/crime?view=All+on+one+page"),
    Screen("definitions", "/definitions", has_filter=False),
    Screen("data quality", "/data-quality", has_filter=False),
)
PLAIN: Final = (Screen("plain dashboard"),)


@dataclass(frozen=True)
class Effort:
    """How often each thing is done, how many seconds anything may take, and who came before."""

    loads: int
    reruns: int
    changes: int
    patience: float
    is_visited: bool = True

    def lighter(self) -> "Effort":
        """Return the effort for a dashboard that takes half a minute to draw."""
        return replace(self, loads=min(self.loads, 2), reruns=min(self.reruns, 3), changes=2)


USUAL_EFFORT: Final = Effort(loads=5, reruns=20, changes=6, patience=90)

_KINDS: Final = (
    ("first_words", "first visit, empty browser cache: words and cards, s", 2),
    ("first_drawn", "first visit, empty browser cache: all charts, s", 2),
    ("warm_words", "warm load: words and cards, s", 2),
    ("warm_drawn", "warm load: all charts, s", 2),
    ("change", "filter change to the last change on screen, s", 2),
    ("seen", "view seen before to the last change on screen, s", 2),
    ("rerun_cpu", "server CPU per rerun, nothing changed, ms", 0),
    ("change_cpu", "server CPU per filter change, ms", 0),
    ("seen_cpu", "server CPU per view seen before, ms", 0),
    ("change_kb", "received over the websocket per filter change, kB", 0),
    ("charts", "charts and maps on the page", 0),
    ("memory", "server memory at the end, MB", 0),
)
_SAID: Final = (
    "Median (least–greatest), headless Chromium with maps drawn in software, server on the same "
    "machine and already visited by another reader. The crime explorer opens on its first "
    "question; *map* and *all questions* are views of the same page. *Words and cards*: the last "
    "card stands there. *All charts*: the last change on the page, canvas included. All start at "
    "the latest twelve months; a change adds a district, and taking it out again is the view seen "
    "before. The map of the plain dashboard waits for no outside tiles.",
)
_COMPARED: Final = ("crime explorer", "crime, all questions")


def measure_pages(rows: GeneratedRows, *, out: Path, effort: Effort = USUAL_EFFORT) -> Section:
    """Drive both dashboards over the same rows and return the figures side by side."""
    ours = measure_screens(our_server(rows.data_dir, out), OURS, out, effort)
    lighter = effort.lighter() if rows.row_count > 1_000_000 else effort
    plain = measure_screens(plain_server(rows, out), PLAIN, out, lighter)
    found = {**ours, **plain}
    return Section(
        key=f"pages-{rows.row_count}",
        title=f"Pages over {rows.row_count:,} rows ({rows.months.count} months)",
        said=_SAID,
        columns=("", *found, *(f"plain ÷ {name}" for name in _COMPARED)),
        rows=tuple(_row(found, *kind) for kind in _KINDS),
        raw={
            name: {kind: asdict(spread) for kind, spread in spreads.items()}
            for name, spreads in found.items()
        },
    )


def our_server(data_dir: Path, out: Path) -> AbstractContextManager[Server]:
    """Serve the product over its published file, with the settings it ships."""
    settings = {"WM_DATA_DIR": str(data_dir), "WM_MODE": "development"}
    return streamlit_server(
        ROOT / "asgi.py", folder=ROOT, settings=settings, log=out / "our-server.log"
    )


def plain_server(rows: GeneratedRows, out: Path) -> AbstractContextManager[Server]:
    """Serve it from a folder without settings, so that Streamlit's defaults apply."""
    folder = out / "plain"
    folder.mkdir(parents=True, exist_ok=True)
    return streamlit_server(
        ROOT / "benchmarks" / "plain_dashboard.py",
        folder=folder,
        settings={"PLAIN_ROWS": str(rows.rows_path)},
        log=out / "plain-server.log",
    )


Found = dict[str, Spread]


def measure_screens(
    serving: AbstractContextManager[Server],
    screens: Sequence[Screen],
    out: Path,
    effort: Effort,
) -> dict[str, Found]:
    """Measure each screen of one dashboard, with one server for all; keep a picture of each."""
    found = {}
    with serving as server:
        if effort.is_visited:
            _first_reader(server, effort)
        for screen in screens:
            with open_browser(patience=effort.patience) as reader:
                visit = _Visit(server, reader, screen, effort)
                found[screen.name] = visit.measure()
                with suppress(TookTooLong):
                    reader.picture(out / f"{screen.name.replace(' ', '-')}.png")
    return found


def _first_reader(server: Server, effort: Effort) -> None:
    """Let somebody else come first: a server that has just started is not what is measured."""
    with open_browser(patience=effort.patience) as reader, suppress(TookTooLong):
        reader.load(server.url)


class _Visit:
    """One reader on one screen; what could not be measured in time is left out."""

    def __init__(self, server: Server, reader: Reader, screen: Screen, effort: Effort) -> None:
        self._server = server
        self._reader = reader
        self._screen = screen
        self._effort = effort
        self._found: Found = {}

    def measure(self) -> Found:
        """Return one spread for each kind of measurement that could be made."""
        try:
            self._loads()
            self._reruns()
            if self._screen.has_filter:
                self._changes()
        except TookTooLong as error:
            print(f"{self._screen.name}: {error}")
        self._keep("memory", [self._server.memory_mb()])
        return self._found

    def _loads(self) -> None:
        first = self._load()
        self._keep("first_words", [first.words])
        self._keep("first_drawn", [first.drawn])
        warm = [self._load() for _ in range(self._effort.loads)]
        self._keep("warm_words", [load.words for load in warm])
        self._keep("warm_drawn", [load.drawn for load in warm])
        self._keep("charts", [self._reader.chart_count()])

    def _load(self) -> Load:
        return self._reader.load(self._server.url + self._screen.path)

    def _reruns(self) -> None:
        """Average over groups: the system counts processor time in hundredths of a second."""
        group = max(1, self._effort.reruns // 4)
        means = []
        for _ in range(self._effort.reruns // group):
            began = self._server.cpu_seconds()
            for _ in range(group):
                self._reader.rerun()
            means.append((self._server.cpu_seconds() - began) * 1000 / group)
        self._keep("rerun_cpu", means)

    def _changes(self) -> None:
        districts = _DISTRICTS[: self._effort.changes]
        new, seen = [], []
        before = self._reader.first_card()
        for district in districts:
            new.append(self._paid(partial(self._reader.choose, FILTER, district)))
            moved = self._reader.first_card() != before
            assert moved or not self._screen.moves_card, "the filter changed nothing"
            seen.append(self._paid(partial(self._reader.take_back, FILTER)))
            assert self._reader.first_card() == before, "the view is not the one before"
        for name, paid in (("change", new), ("seen", seen)):
            self._keep(name, [seconds for seconds, _, _ in paid])
            self._keep(f"{name}_cpu", [cpu for _, cpu, _ in paid])
            self._keep(f"{name}_kb", [received for _, _, received in paid])

    def _paid(self, act: Callable[[], float]) -> tuple[float, float, float]:
        """Return the seconds waited, the server's milliseconds, and the kB received."""
        began, held = self._server.cpu_seconds(), self._reader.received_kb()
        seconds = act()
        cpu = (self._server.cpu_seconds() - began) * 1000
        return seconds, cpu, self._reader.received_kb() - held

    def _keep(self, name: str, values: Sequence[float]) -> None:
        self._found[name] = Spread(tuple(values))


def _row(found: dict[str, Found], kind: str, words: str, decimals: int) -> tuple[str, ...]:
    cells = (
        spreads[kind].words(decimals, "") if kind in spreads else "–" for spreads in found.values()
    )
    return (words, *cells, *(_ratio(found[name], found[PLAIN[0].name], kind) for name in _COMPARED))


def _ratio(ours: Found, other: Found, kind: str) -> str:
    if kind not in ours or kind not in other:
        return "–"
    return ratio(ours[kind].median, other[kind].median)
