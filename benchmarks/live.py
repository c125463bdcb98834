"""How long an open page takes to show a version that was just published."""

import shutil
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import duckdb

from benchmarks.browser import Reader, open_browser
from benchmarks.pages import our_server
from benchmarks.report import Section, Spread
from dashboard.ui.freshness import EVERY_SECONDS
from schemas.published import POINTER_NAME

_PAGES: Final = {
    "overview": "/",
    "crime explorer, one district": "/crime?area=E07000236",
    "crime explorer, all questions": "/crime?view=All+on+one+page",
}
_ALL: Final = "the last of these three, open at once"
_CARDS: Final = "[...document.querySelectorAll('.wm-card')].map((each) => each.innerText).join()"
_SHOWN: Final = f"""([version, before]) =>
    document.querySelector('.st-key-freshness')?.innerText.includes(version)
    && {_CARDS} !== before"""
_SAID: Final = (
    "Seconds from the moment in which `CURRENT` names a new version of the whole sample to the "
    "moment in which a card of a page, opened before in Chromium, holds its new figure: "
    "median (least–greatest). The page looks every second and a half; then the version is opened "
    "and checked, every block, and the page made anew from it. "
    "The aim is five seconds.",
)


@dataclass(frozen=True)
class Published:
    """A data folder in which one version of the sample after the other is published."""

    data_dir: Path
    first: Path

    def write(self, number: int) -> str:
        """Write the next version beside the one served: each count of crime is one higher."""
        name = f"wh-{number}-{number:08x}"
        path = self.data_dir / "published" / f"{name}.duckdb"
        shutil.copyfile(self.first, path)
        with duckdb.connect(str(path)) as connection:
            connection.execute(
                "update meta_build set version_name = ?, version_number = ?", [name, number]
            )
            connection.execute(f"update cube_crime set record_count = record_count + {number}")
        return name

    def switch(self, name: str) -> None:
        """Let the pointer name a version, in one step, as publishing does."""
        pointer = self.data_dir / "published" / POINTER_NAME
        beside = pointer.with_suffix(".tmp")
        beside.write_text(f"{name}.duckdb", encoding="utf-8")
        beside.replace(pointer)


def measure_live(sample: Path, *, out: Path, rounds: int = 7, patience: float = 90) -> Section:
    """Publish versions under open pages; `sample` is a published file of the sample."""
    published = Published(out / "live", sample)
    shutil.rmtree(published.data_dir, ignore_errors=True)
    (published.data_dir / "published").mkdir(parents=True)
    published.switch(published.write(1))
    found = _measure(published, out, rounds, patience)
    return Section(
        key="live",
        title="From a new version to the figure on an open page",
        said=_SAID,
        columns=("page", "seconds"),
        rows=tuple((name, spread.words(1, "")) for name, spread in found.items()),
        raw={name: asdict(spread) for name, spread in found.items()},
    )


def _measure(published: Published, out: Path, rounds: int, patience: float) -> dict[str, Spread]:
    found: dict[str, Spread] = {}
    numbers = iter(range(2, 1000))
    with our_server(published.data_dir, out) as server, open_browser(patience=patience) as reader:
        for name, path in _PAGES.items():
            reader.load(server.url + path)
            seconds = [_seconds([reader], published, next(numbers)) for _ in range(rounds)]
            found[name] = Spread(tuple(seconds))
        with ExitStack() as windows:
            readers = [windows.enter_context(reader.another()) for _ in _PAGES]
            for each, path in zip(readers, _PAGES.values(), strict=True):
                each.load(server.url + path)
            seconds = [_seconds(readers, published, next(numbers)) for _ in range(rounds)]
            found[_ALL] = Spread(tuple(seconds))
    return found


def _seconds(readers: Sequence[Reader], published: Published, number: int) -> float:
    """Return the seconds from the switch until the last of the pages shows the new figure."""
    name = published.write(number)
    before = [str(each.page.evaluate(_CARDS)) for each in readers]
    # Somewhere else each time between two looks of the page.
    time.sleep((number * 0.7) % EVERY_SECONDS)
    began = time.perf_counter()
    published.switch(name)
    for each, card in zip(readers, before, strict=True):
        each.wait_for(_SHOWN, [name, card])
    taken = time.perf_counter() - began
    for each in readers:
        each.settle()
    return taken
