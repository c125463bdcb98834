"""Loading data: the template of a return, the check of a file, and its way to the loader."""

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboard.metrics.metric import Choice
from dashboard.ui import figure, load_faults, markup
from dashboard.ui.check_file import CheckedFile, CheckFailed, check_file
from dashboard.ui.load_inbox import put_into_inbox
from dashboard.ui.numbers import Numbers
from dashboard.warehouse import Warehouse

_KINDS: Final = ("csv", "xlsx", "geojson", "json")
_ROUND: Final = "load_round"
_CHECK: Final = "load_check"
_SENT: Final = "load_sent"

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Check:
    """What is known of the file that lies in the box: what was found, or why nothing was."""

    file_id: str
    found: CheckedFile | None
    problem: str = ""


def answer(numbers: Numbers, _: Choice) -> str:
    """Say what this page does with a file."""
    return (
        "Drop a file below and every fault is listed by cell. Nothing of it is kept until you "
        "send it, and a file with details that name people cannot be sent."
    )


def check(numbers: Numbers, data_dir: Path) -> None:
    """Show the box for a file, what the check found in it, and the way to send it."""
    _show_sent()
    file = st.file_uploader(
        "A file to check: CSV, Excel or boundaries as GeoJSON, up to 20 MB",
        type=_KINDS,
        key=f"load_file_{st.session_state.get(_ROUND, 0)}",
    )
    if file is None:
        st.session_state.pop(_CHECK, None)
        return
    st.session_state.pop(_SENT, None)
    checked = _checked(file, data_dir)
    if checked.found is None:
        markup.box("problem", "The file could not be checked.", checked.problem)
        return
    _show_verdict(checked.found)
    _show_tables(checked.found, numbers.warehouse)
    _offer_to_send(file, checked.found, data_dir)


def _checked(file: UploadedFile, data_dir: Path) -> _Check:
    """Return what is known of this very file; it is looked at once."""
    known: _Check | None = st.session_state.get(_CHECK)
    if known and known.file_id == file.file_id:
        return known
    with st.spinner("Checking the file. A file of 20,000 rows takes some seconds."):
        made = _check_now(file, data_dir)
    st.session_state[_CHECK] = made
    return made


def _check_now(file: UploadedFile, data_dir: Path) -> _Check:
    try:
        found = check_file(file.getvalue(), file.name, data_dir=data_dir)
    except CheckFailed as failed:
        return _Check(file.file_id, None, str(failed))
    except OSError as error:
        _log.error("A file cannot be checked: %s", error.strerror)
        return _Check(file.file_id, None, "The server has no room for it. Tell the analyst team.")
    return _Check(file.file_id, found)


def _show_verdict(found: CheckedFile) -> None:
    title = f" It was taken for: {found.title}." if found.title else ""
    if found.refusals:
        markup.box("problem", f"{found.file_name} cannot be sent.", f"The reasons follow.{title}")
    elif found.faults:
        aside = f"{_aside(found)} would be set aside."
        advice = "Correct them and check the file again, or send the rest."
        markup.box("notice", aside, f"{advice}{title}")
    else:
        markup.box("notice", "No fault was found.", f"{_read(found)} read.{title}")


def _show_tables(found: CheckedFile, warehouse: Warehouse) -> None:
    if found.refusals:
        figure.show_listing(load_faults.refusals(found, warehouse), key="load_refusals")
    if found.faults:
        figure.show_listing(load_faults.faults(found, warehouse), key="load_faults")
    if found.oddities and not found.refusals:
        figure.show_listing(load_faults.oddities(found, warehouse), key="load_oddities")


def _offer_to_send(file: UploadedFile, found: CheckedFile, data_dir: Path) -> None:
    if found.refusals:
        return
    is_agreed = not found.faults or st.checkbox(
        f"Send it, although {_aside(found)} will be set aside", key=f"load_agree_{file.file_id}"
    )
    st.button(
        "Send the file to the loader",
        type="primary",
        icon=":material/send:",
        disabled=not is_agreed,
        on_click=_send,
        args=(file, data_dir),
    )


def _send(file: UploadedFile, data_dir: Path) -> None:
    """Hand the file over, and empty the box; what lay in it is forgotten."""
    try:
        name = put_into_inbox(file.getvalue(), file.name, data_dir=data_dir)
    except OSError as error:
        _log.error("A file cannot be put into the inbox: %s", error.strerror)
        st.session_state[_SENT] = ""
        return
    _forget(file)
    st.session_state[_SENT] = name
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def _forget(file: UploadedFile) -> None:
    """Drop the bytes now. Streamlit would keep them until the reader's session ends."""
    st.session_state.pop(_CHECK, None)
    context = get_script_run_ctx()
    if context and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        context.uploaded_file_mgr.remove_file(context.session_id, file.file_id)


def _show_sent() -> None:
    name = st.session_state.get(_SENT)
    if name:
        markup.box(
            "notice",
            f"Sent as {name}.",
            "The loader takes it at its next run; the figures then follow by themselves.",
        )
    elif name is not None:
        markup.box("problem", "The file could not be sent.", "Tell the analyst team.")


def _aside(found: CheckedFile) -> str:
    return f"{found.rows_set_aside:,} of {_read(found)}"


def _read(found: CheckedFile) -> str:
    return "one row" if found.rows_read == 1 else f"{found.rows_read or 0:,} rows"
