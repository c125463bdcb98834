"""The planted secret is in nothing that a server sends to a page, with all its views.

What a browser draws and names, it draws and names from that.
"""

import base64
import json
import re
from collections.abc import Iterator
from typing import Final

import numpy as np
import plotly.graph_objects as go
import pytest

from dashboard.access import PAGES, PageEntry
from pipelines.places import Places
from tests.browser.conftest import Server, serve
from tests.browser.session import frames
from tests.support.planted import SECRET_COUNT, traces

pytestmark = pytest.mark.browser

_ARRAY: Final = re.compile(rb'"dtype":"(\w+)","bdata":"([^"]+)"')
"""How Plotly writes the numbers of a drawing: by kind, and packed."""


@pytest.fixture(scope="module")
def holding(planted: Places) -> Iterator[Server]:
    """Return a server over a load that hides the secret."""
    with serve(planted.data_dir) as running:
        yield running


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.key)
def test_it_is_not_in_what_a_page_is_sent(holding: Server, entry: PageEntry) -> None:
    address = f"/{entry.path}?view=All+on+one+page"
    sent = b"".join(frames(holding, address, reader=None))
    assert entry.question.encode() in sent, "the page was sent nothing to be searched"
    assert traces(sent) == []
    assert traces(_drawn(sent)) == []
    assert _drawn(sent) or entry.key != "crime"


def test_it_would_be_found_in_a_drawing() -> None:
    drawing = go.Figure(go.Bar(y=np.array([1, SECRET_COUNT]))).to_json().encode()
    assert traces(drawing) == []
    assert traces(_drawn(drawing)) == [str(SECRET_COUNT)]


def _drawn(sent: bytes) -> bytes:
    """Return the numbers of all drawings, written out."""
    arrays = (
        np.frombuffer(base64.b64decode(json.loads(b'"%b"' % packed)), kind.decode())
        for kind, packed in _ARRAY.findall(sent)
    )
    return b" ".join(b"%d" % number for array in arrays for number in array if number == number)
