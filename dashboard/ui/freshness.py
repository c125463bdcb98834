"""How fresh the figures are, and what tells an open page that there are newer ones."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import streamlit as st

from dashboard.errors import DashboardError
from dashboard.ui import health, markup
from dashboard.ui.shell import page_file
from dashboard.warehouse import Warehouse, current_version
from schemas.codes import SAMPLE_NOTICE
from schemas.published import LAST_LOAD_NAME

_EVERY_SECONDS = 3
_FAILED = ("failed", "held")


def show_banners(warehouse: Warehouse, data_dir: Path) -> None:
    """Write what a reader must know before any figure: invented, outdated, or newly loaded."""
    if warehouse.build.is_invented:
        markup.box("banner", f"{SAMPLE_NOTICE}.", "Not about real people, crimes or services.")
    problem = warehouse.problem or _failed_load(data_dir, warehouse)
    if problem:
        markup.box("problem", f"{problem}.")
    before = st.session_state.get("shown_version", warehouse.version)
    if before != warehouse.version:
        markup.box("notice", "New data has arrived.", "The figures are up to date; filters kept.")
    st.session_state["shown_version"] = warehouse.version


def show_line(warehouse: Warehouse) -> None:
    """Write the period covered, the day of loading and the version, with where to read more."""
    build = warehouse.build
    until = f"Data to {build.data_to:%B %Y} · " if build.data_to else ""
    loaded = _in_london(build.built_at)
    line = f"{until}loaded {day(loaded.date())}, {loaded:%H:%M} · version {warehouse.version} ·"
    with st.container(horizontal=True, vertical_alignment="center", key="freshness", gap="xsmall"):
        markup.quiet(line, width="content")
        st.page_link(page_file("data_quality"), label="data quality")


@st.fragment(run_every=_EVERY_SECONDS)
def watch(data_dir: Path, shown: str) -> None:
    """Show the page again, with its filters, as soon as another version is published."""
    try:
        current = current_version(data_dir)
    except DashboardError:
        current = ""
    if current != shown:
        st.rerun()


@st.fragment(run_every=_EVERY_SECONDS)
def watch_for_return() -> None:
    """Show the page again as soon as there is data to show."""
    if health.check().is_ready:
        st.rerun()


def day(when: date) -> str:
    """Return a day as people write it: '3 November 2025'."""
    return f"{when.day} {when:%B %Y}"


def _in_london(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC).astimezone(ZoneInfo("Europe/London"))


def _failed_load(data_dir: Path, warehouse: Warehouse) -> str:
    """Return words when the latest load published nothing; empty when it did or is unknown."""
    try:
        told = json.loads((data_dir / "published" / LAST_LOAD_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    if not isinstance(told, dict) or told.get("outcome") not in _FAILED:
        return ""
    started = str(told.get("started_at") or "")[:10]
    when = f"Update of {day(date.fromisoformat(started))}" if started else "The last update"
    shown = warehouse.build.data_to or warehouse.build.as_of_date
    return f"{when} failed its checks; showing data to {day(shown)}"
