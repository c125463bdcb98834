"""Files to take away: offered to those who may, and only while each can be recorded."""

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from threading import Event
from typing import Any, Final

import streamlit as st

from dashboard.access import may_do
from dashboard.audit import NotRecorded, check
from dashboard.charts.chart import Chart
from dashboard.errors import DashboardError
from dashboard.export import (
    FORMATS,
    Document,
    FileFormat,
    Leaving,
    charts_of,
    export,
    file_name,
)
from dashboard.settings import Settings, load_settings
from dashboard.ui import as_at, filters, markup
from dashboard.ui.cache import kept
from dashboard.ui.identity import current_reader, reader_told
from schemas.supplied.field import Contract

_FORMAT_WORDS: Final[Mapping[FileFormat, str]] = {
    "png": "Picture for print (PNG)",
    "svg": "Picture that scales (SVG)",
    "csv": "Table (CSV)",
    "xlsx": "Table (Excel)",
}
_REFUSED: Final = "is_download_refused"


def menu(chart: Chart, key: str, formats: tuple[FileFormat, ...] = FORMATS) -> None:
    """Offer a chart as a file of each format; nothing to a reader who may not take it away."""
    settings = load_settings()
    if not may_do(current_reader(settings).role, "download"):
        return
    shown = st.popover("Download", icon=":material/download:", key=f"menu_{key}", on_change="rerun")
    if not shown.open:
        return
    with shown:
        if _can_be_recorded(settings):
            for file_format in formats:
                _button(chart, file_format, _FORMAT_WORDS[file_format], key=f"{file_format}_{key}")


def template(contract: Contract, *, key: str) -> None:
    """Offer the template of a supplied table; nothing to a reader who may not take it away."""
    settings = load_settings()
    if may_do(current_reader(settings).role, "download") and _can_be_recorded(settings):
        _button(contract, "xlsx", "Download the template (Excel)", key=key)


def documents(
    made: Mapping[FileFormat, Document], words: Mapping[FileFormat, str], *, key: str
) -> None:
    """Offer a paper in each of its formats; nothing to a reader who may not take it away."""
    settings = load_settings()
    if may_do(current_reader(settings).role, "download") and _can_be_recorded(settings):
        for file_format, label in words.items():
            _button(made[file_format], file_format, label, key=f"{key}_{file_format}")


def _can_be_recorded(settings: Settings) -> bool:
    """Return True when the audit log takes another line; else say why nothing is offered."""
    try:
        check(settings.data_dir)
    except NotRecorded as refusal:
        markup.box("notice", str(refusal), "Whoever runs the dashboard should be told.")
        return False
    return True


def _button(
    what: Chart | Contract | Document, file_format: FileFormat, words: str, *, key: str
) -> None:
    leaving, told = _leaving(what, load_settings()), st.user.to_dict()
    is_refused = _refusal()

    def bytes_of() -> bytes:
        try:
            return export(what, file_format, leaving=as_of_now(leaving, told)).content
        except DashboardError:
            is_refused.set()
            raise

    # A callable, so that bytes are made on the click and never wait at an open address. The click
    # makes nothing on the page anew: buttons that are replaced while a file is handed over lose it.
    st.download_button(
        words,
        data=bytes_of,
        file_name=file_name(what, file_format),
        key=key,
        icon=None if isinstance(what, Chart) else ":material/download:",
        on_click="ignore",
        type="tertiary" if isinstance(what, Chart) else "secondary",
    )


def was_refused() -> bool:
    """Return True, once, after a click got no file: the page, made anew, says why."""
    refusal = _refusal()
    was = refusal.is_set()
    refusal.clear()
    return was


def _refusal() -> Event:
    """Return what a click sets, which runs beside the page and cannot write to it."""
    refusal: Event = st.session_state.setdefault(_REFUSED, Event())
    return refusal


def _leaving(what: Chart | Contract | Document, settings: Settings) -> Leaving:
    reader = current_reader(settings)
    return Leaving(
        reader=reader.key,
        role=reader.role,
        page=filters.page_shown(),
        data_dir=settings.data_dir,
        filters={name: st.query_params.get_all(name) for name in st.query_params},
        protection=_protection(what, settings.data_dir),
    )


def as_of_now(leaving: Leaving, told: Mapping[str, Any]) -> Leaving:
    """Return it with the role that the reader has on the click: the page may have stood for hours.

    A click runs beside the page, where nobody is signed in; what the sign-in told is known from
    then, and whether it still holds is asked again.
    """
    settings = load_settings()
    if settings.mode == "development":
        return leaving
    return replace(leaving, role=reader_told(told, settings).role)


def _protection(what: Chart | Contract | Document, data_dir: Path) -> str:
    """Return what tells the small-number policy of the version shown from that of any other.

    Nothing for what is not of that version alone.
    """
    versions = {chart.version for chart in charts_of(what)}
    if not versions or versions != {(shown := as_at.shown(data_dir).warehouse).version}:
        return ""

    def fingerprint() -> str:
        numbers = sorted(shown.table("meta_protection").select("name", "value").rows())
        return sha256(repr(numbers).encode()).hexdigest()[:12] if numbers else ""

    return kept(shown.version, ("protection",), fingerprint)
