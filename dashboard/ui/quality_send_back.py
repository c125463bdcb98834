"""The faults to send back, of everyone or of one sender, to be downloaded as a workbook."""

from pathlib import Path
from typing import Final

import streamlit as st

from dashboard.ui import figure, quality_faults
from dashboard.ui.cache import kept
from dashboard.ui.numbers import Numbers

_EVERYONE: Final = "Everyone"


def show(numbers: Numbers, _: Path) -> None:
    """Show the faults of the sender that is chosen; the download holds all of them."""
    warehouse = numbers.warehouse
    senders = kept(numbers.version, ("senders",), lambda: quality_faults.senders(warehouse))
    chosen = st.selectbox("Sent by", [_EVERYONE, *senders], key="send_back_to")
    sender = "" if chosen == _EVERYONE else chosen
    made = kept(
        numbers.version,
        ("send back", sender),
        lambda: quality_faults.faults(warehouse, sender),
    )
    figure.show_listing(made, key="send_back")
