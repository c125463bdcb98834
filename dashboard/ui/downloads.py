"""Files to take away: offered to those who may, and only while each can be recorded."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Final

import streamlit as st

from dashboard.access import may_do
from dashboard.audit import NotRecorded, check
from dashboard.charts.chart import Chart
from dashboard.export import FORMATS, FileFormat, Leaving, export, file_name
from dashboard.settings import Settings, load_settings
from dashboard.ui import filters, markup
from dashboard.ui.cache import kept, warehouse
from dashboard.ui.identity import current_reader
from dashboard.warehouse import Warehouse
from schemas.supplied.field import Contract

_FORMAT_WORDS: Final[Mapping[FileFormat, str]] = {
    "png": "Picture for print (PNG)",
    "svg": "Picture that scales (SVG)",
    "csv": "Table (CSV)",
    "xlsx": "Table (Excel)",
}


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


def _can_be_recorded(settings: Settings) -> bool:
    """Return True when the audit log takes another line; else say why nothing is offered."""
    try:
        check(settings.data_dir)
    except NotRecorded as refusal:
        markup.box("notice", str(refusal), "Whoever runs the dashboard should be told.")
        return False
    return True


def _button(what: Chart | Contract, file_format: FileFormat, words: str, *, key: str) -> None:
    leaving = _leaving()
    # A callable, so that bytes are made on the click and never wait at an open address. The rerun
    # says why there is no file, where the log stopped taking lines since the button was shown.
    st.download_button(
        words,
        data=lambda: export(what, file_format, leaving=leaving).content,
        file_name=file_name(what, file_format),
        key=key,
        icon=":material/download:" if isinstance(what, Contract) else None,
        on_click="rerun",
        type="secondary" if isinstance(what, Contract) else "tertiary",
    )


def _leaving() -> Leaving:
    settings = load_settings()
    reader = current_reader(settings)
    return Leaving(
        reader=reader.key,
        role=reader.role,
        page=filters.page_shown(),
        data_dir=settings.data_dir,
        filters={name: st.query_params.get_all(name) for name in st.query_params},
        protection=_protection(warehouse(settings.data_dir)),
    )


def _protection(served: Warehouse) -> str:
    """Return what tells the small-number policy of a version from any other."""

    def fingerprint() -> str:
        numbers = sorted(served.table("meta_protection").select("name", "value").rows())
        return sha256(repr(numbers).encode()).hexdigest()[:12] if numbers else ""

    return kept(served.version, ("protection",), fingerprint)
