"""What is computed once and kept: opened versions, results, charts and drawings.

Every key begins with the version, so a new version never meets an old answer. What is kept here
is shared by all readers: nothing may change it.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any, Final, TypeVar

import streamlit as st

from dashboard.errors import VersionNotKept
from dashboard.version import BuildInfo
from dashboard.warehouse import (
    Warehouse,
    build_of,
    current_version,
    is_kept,
    kept_versions,
    open_kept,
    open_warehouse,
)

_RETRY_SECONDS: Final = 5.0

T = TypeVar("T")


def warehouse(data_dir: Path, version: str | None = None) -> Warehouse:
    """Return the version being served, or this very one, opened once for all readers.

    Raises:
        WarehouseUnavailable: there is nothing to serve; the next call tries again.
        VersionNotKept: the version asked for is not kept here or cannot be read.
    """
    if version is None:
        return _opened(str(data_dir), current_version(data_dir)).warehouse
    if not is_kept(data_dir, version):
        raise VersionNotKept("is not kept here")
    return _opened_earlier(str(data_dir), version)


def builds(data_dir: Path) -> list[BuildInfo]:
    """Return what each kept version that can be read says of itself, newest first."""
    found = (_build_of(str(data_dir), version) for version in kept_versions(data_dir))
    return [build for build in found if build]


def kept(version: str, what: tuple[Hashable, ...], make: Callable[[], T]) -> T:
    """Return the answer kept for `what` in a version, and make it the first time."""
    answer: T = _answers().get((version, what), make)
    return answer


def kept_drawing(version: str, what: tuple[Hashable, ...], make: Callable[[], T]) -> T:
    """Return a drawing kept for `what` in a version. They are larger, so fewer are kept."""
    drawing: T = _drawings().get((version, what), make)
    return drawing


class _Opened:
    """An opened version and when; one served in place of a faulty version is tried again."""

    def __init__(self, data_dir: str, version: str) -> None:
        self.warehouse = open_warehouse(Path(data_dir), version)
        self._path = Path(data_dir, "published", f"{version}.duckdb")
        self._since = monotonic()

    def is_usable(self) -> bool:
        """True while the file is there and, for a stand-in, for a few seconds."""
        if self.warehouse.problem and monotonic() - self._since > _RETRY_SECONDS:
            return False
        return self._path.exists()


@st.cache_resource(max_entries=3, show_spinner=False, validate=lambda it: it.is_usable())
def _opened(data_dir: str, version: str) -> _Opened:
    return _Opened(data_dir, version)


@st.cache_resource(max_entries=3, show_spinner=False)
def _opened_earlier(data_dir: str, version: str) -> Warehouse:
    return open_kept(Path(data_dir), version)


@st.cache_resource(max_entries=200, show_spinner=False, validate=lambda it: it is not None)
def _build_of(data_dir: str, version: str) -> BuildInfo | None:
    return build_of(Path(data_dir), version)


class _Store:
    """A number of answers, each made once; beyond that the one not asked for longest goes.

    Streamlit's own caches read their arguments anew at each call, ten times what looking up a
    name costs, and a page asks for forty answers at each rerun.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, _Answer] = OrderedDict()
        self._lock = Lock()

    def get(self, name: Hashable, make: Callable[[], Any]) -> Any:
        """Return the answer of that name; another reader who asks meanwhile waits for it."""
        with self._lock:
            answer = self._kept.setdefault(name, _Answer())
            self._kept.move_to_end(name)
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return answer.get(make)


class _Answer:
    """An answer that is made when it is first asked for; if that fails, the next one tries."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._made: tuple[Any] | None = None

    def get(self, make: Callable[[], Any]) -> Any:
        """Return the answer."""
        if self._made is None:
            with self._lock:
                if self._made is None:
                    self._made = (make(),)
        return self._made[0]


@st.cache_resource(show_spinner=False)
def _answers() -> _Store:
    return _Store(4000)


@st.cache_resource(show_spinner=False)
def _drawings() -> _Store:
    return _Store(400)
