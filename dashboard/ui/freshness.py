"""How fresh the figures are, and what tells an open page that there are newer ones."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

import streamlit as st

from dashboard.charts.words import joined
from dashboard.directory.words import day
from dashboard.errors import DashboardError, WarehouseUnavailable
from dashboard.reader import Reader
from dashboard.settings import Settings, load_settings
from dashboard.ui import as_at, cache, downloads, health, markup
from dashboard.ui.as_at import Shown
from dashboard.ui.identity import current_reader
from dashboard.ui.moments import in_london
from dashboard.ui.shell import page_of
from dashboard.version import Subject
from dashboard.warehouse import Warehouse, last_load, number_of
from schemas.codes import SAMPLE_NOTICE

EVERY_SECONDS: Final = 1.5
"""How often an open page looks. The Overview of a new version takes two and a half seconds of
work, so that news shows within five; a look costs the server five thousandths of one."""
_FAILED = ("failed", "held")
_SERVED: Final = "served_version"
_State = tuple[str, str]


def show_banners(shown: Shown, data_dir: Path) -> None:
    """Write what a reader must know before any figure: another version, invented, outdated, new.

    All stand in one container: what comes and goes here moves no other element of the page, so
    that nothing that is typed or opened there is lost.
    """
    with st.container(key="banners"):
        as_at.show_notice(shown)
        if shown.warehouse.build.is_invented:
            markup.box("banner", *_invented(shown.warehouse.build.subjects))
        _show_problem(shown, data_dir)
        _show_arrival(shown)


def show_line(shown: Shown, data_dir: Path) -> None:
    """Write the period covered, the day of loading and the version, with the way to others."""
    warehouse = shown.warehouse
    loaded = in_london(warehouse.build.built_at)
    moment = f"loaded {day(loaded.date())}, {loaded:%H:%M}"
    line = f"{_covered(warehouse.build.subjects)}{moment} · version {warehouse.version}"
    with st.container(horizontal=True, vertical_alignment="center", key="freshness", gap="xsmall"):
        markup.quiet(line, width="content")
        st.page_link(
            page_of("data_quality"), label="data quality", icon="", query_params=as_at.carried()
        )
        as_at.show_menu(shown, data_dir)


def watch(shown: Shown, data_dir: Path) -> None:
    """Show the page again, with its filters, as soon as something else is served or told.

    So it is closed, too, once its reader's role or sign-in has ended, and says why a download was
    refused.
    """
    known = (shown.served.version, _state(shown.served, data_dir))
    _watch(data_dir, known, current_reader(load_settings()))


@st.fragment(run_every=EVERY_SECONDS)
def _watch(data_dir: Path, known: tuple[str, _State], reader: Reader) -> None:
    if current_reader(load_settings()) != reader or downloads.was_refused():
        st.rerun()
    try:
        served = cache.warehouse(data_dir)
    except DashboardError:
        st.rerun()
    if (served.version, _state(served, data_dir)) != known:
        st.rerun()


@st.fragment(run_every=EVERY_SECONDS)
def watch_for_return() -> None:
    """Show the page again as soon as there is data to show."""
    if health.check().is_ready:
        st.rerun()


def _show_problem(shown: Shown, data_dir: Path) -> None:
    problem, refused = _state(shown.served, data_dir)
    if problem:
        markup.box("problem", "Of the newest version:" if shown.is_other else "", f"{problem}.")
    if refused:
        markup.box("notice", f"{refused}.", "What was published before stays.")


def _show_arrival(shown: Shown) -> None:
    """Say once that another version is served than when this reader last looked."""
    served = shown.served.version
    before = st.session_state.get(_SERVED, served)
    st.session_state[_SERVED] = served
    if before == served:
        return
    if number_of(before) > number_of(served):
        markup.box("notice", "The newest data was taken back.", "The version before it is served.")
    elif shown.is_other:
        markup.box("notice", "New data has arrived.", "This page stays with the version chosen.")
    else:
        markup.box("notice", "New data has arrived.", "The figures are up to date; filters kept.")


def _invented(subjects: Sequence[Subject]) -> tuple[str, str]:
    """Return the banner's lead and text; where only some figures are invented, which those are."""
    invented = [each.name for each in subjects if each.is_invented]
    real = [each.name for each in subjects if not each.is_invented]
    if not real:
        return f"{SAMPLE_NOTICE}.", "Not about real people, crimes or services."
    return (
        f"{SAMPLE_NOTICE}: {joined(invented)}.",
        f"Figures on {joined(real)} are not invented.",
    )


def _covered(subjects: Sequence[Subject]) -> str:
    """Return how far the data goes, of each subject where they differ."""
    months = {each.name: f"{each.data_to:%B %Y}" for each in subjects if each.data_to}
    if len(set(months.values())) == 1:
        return f"Data to {next(iter(months.values()))} · "
    parts = ", ".join(f"{name} to {month}" for name, month in months.items())
    return f"Data: {parts} · " if parts else ""


def _state(served: Warehouse, data_dir: Path) -> _State:
    """Return what went wrong with the newest data, and that files of it were refused."""
    told = last_load(data_dir) or {}
    return served.problem or _failed_load(told, served), _refused(told)


def _failed_load(told: Mapping[str, object], served: Warehouse) -> str:
    """Return words when the latest load published nothing; empty when it did or is unknown."""
    if told.get("outcome") not in _FAILED:
        return ""
    shown = served.build.data_to or served.build.as_of_date
    return f"{_update(told)} failed its checks; showing data to {day(shown)}"


def _refused(told: Mapping[str, object]) -> str:
    files = told.get("refused")
    if not isinstance(files, list) or not files:
        return ""
    are = "file was" if len(files) == 1 else "files were"
    return f"{_update(told)}: {len(files):,} {are} refused"


def _update(told: Mapping[str, object]) -> str:
    try:
        started = date.fromisoformat(str(told.get("started_at"))[:10])
    except ValueError:
        return "The last update"
    return f"Update of {day(started)}"


def show_unavailable(error: DashboardError, settings: Settings) -> None:
    """Write that there is no data to show, since when, and whom to ask; watch for its return."""
    known = error.last_known if isinstance(error, WarehouseUnavailable) else None
    markup.title("Data is not available")
    markup.answer(f"{error} This page shows the figures again as soon as they are back.")
    if known:
        markup.quiet(f"The last figures published went to {day(known)}.")
    markup.quiet(f"If it lasts, ask {settings.contact}.")
    watch_for_return()
