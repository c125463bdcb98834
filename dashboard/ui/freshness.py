"""How fresh the figures are, and what tells an open page that there are newer ones."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import streamlit as st

from dashboard.charts.words import joined
from dashboard.errors import DashboardError, WarehouseUnavailable
from dashboard.settings import Settings
from dashboard.ui import cache, health, markup
from dashboard.ui.shell import page_of
from dashboard.version import Subject
from dashboard.warehouse import Warehouse, last_load
from schemas.codes import SAMPLE_NOTICE

EVERY_SECONDS: Final = 3
"""How often an open page looks; with a second to redraw, news shows within five seconds."""
_FAILED = ("failed", "held")


def show_banners(warehouse: Warehouse, data_dir: Path) -> None:
    """Write what a reader must know before any figure: invented, outdated, or newly loaded."""
    if warehouse.build.is_invented:
        markup.box("banner", *_invented(warehouse.build.subjects))
    problem = _problem(warehouse, data_dir)
    if problem:
        markup.box("problem", f"{problem}.")
    before = st.session_state.get("shown_version", warehouse.version)
    if before != warehouse.version:
        markup.box("notice", "New data has arrived.", "The figures are up to date; filters kept.")
    st.session_state["shown_version"] = warehouse.version


def show_line(warehouse: Warehouse) -> None:
    """Write the period covered, the day of loading and the version, with where to read more."""
    build = warehouse.build
    loaded = in_london(build.built_at)
    moment = f"loaded {day(loaded.date())}, {loaded:%H:%M}"
    line = f"{_covered(build.subjects)}{moment} · version {warehouse.version} ·"
    with st.container(horizontal=True, vertical_alignment="center", key="freshness", gap="xsmall"):
        markup.quiet(line, width="content")
        st.page_link(page_of("data_quality"), label="data quality", icon="")


def watch(warehouse: Warehouse, data_dir: Path) -> None:
    """Show the page again, with its filters, as soon as something else is to be shown."""
    _watch(data_dir, (warehouse.version, _problem(warehouse, data_dir)))


@st.fragment(run_every=EVERY_SECONDS)
def _watch(data_dir: Path, shown: tuple[str, str]) -> None:
    try:
        served = cache.warehouse(data_dir)
    except DashboardError:
        st.rerun()
    if (served.version, _problem(served, data_dir)) != shown:
        st.rerun()


@st.fragment(run_every=EVERY_SECONDS)
def watch_for_return() -> None:
    """Show the page again as soon as there is data to show."""
    if health.check().is_ready:
        st.rerun()


def day(when: date) -> str:
    """Return a day as people write it: '3 November 2025'."""
    return f"{when.day} {when:%B %Y}"


def in_london(moment: datetime) -> datetime:
    """Return a moment of universal time as the clocks in London show it."""
    return moment.replace(tzinfo=UTC).astimezone(ZoneInfo("Europe/London"))


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


def _problem(warehouse: Warehouse, data_dir: Path) -> str:
    return warehouse.problem or _failed_load(data_dir, warehouse)


def _failed_load(data_dir: Path, warehouse: Warehouse) -> str:
    """Return words when the latest load published nothing; empty when it did or is unknown."""
    told = last_load(data_dir)
    if told is None or told.get("outcome") not in _FAILED:
        return ""
    started = str(told.get("started_at") or "")[:10]
    when = f"Update of {day(date.fromisoformat(started))}" if started else "The last update"
    shown = warehouse.build.data_to or warehouse.build.as_of_date
    return f"{when} failed its checks; showing data to {day(shown)}"


def show_unavailable(error: DashboardError, settings: Settings) -> None:
    """Write that there is no data to show, since when, and whom to ask; watch for its return."""
    known = error.last_known if isinstance(error, WarehouseUnavailable) else None
    markup.title("Data is not available")
    markup.answer(f"{error} This page shows the figures again as soon as they are back.")
    if known:
        markup.quiet(f"The last figures published went to {day(known)}.")
    markup.quiet(f"If it lasts, ask {settings.contact}.")
    watch_for_return()
