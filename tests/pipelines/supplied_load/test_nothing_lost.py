"""Whatever is spoilt in a file of referrals: no row is lost, and no value is told."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.errors import FileRefused
from pipelines.supplied.context import Known
from pipelines.supplied.examine import examine
from pipelines.supplied.received import receive
from pipelines.supplied.settings import Rules, SuppliedPolicy
from schemas.supplied.contracts import contract
from tests.support.prepared_rows import AS_OF, prepared
from tests.support.supplied_files import referrals, write_rows

ROWS = 12
NAMES = contract("referrals").names
DIRECTORY = Known(
    {
        table: prepared(table, {}).select(contract(table).names)
        for table in ("providers", "services", "service_areas")
    }
)
SPOILT = ("", " ", "X", "2026-13-01", "46206", "9999-12-31", '"', ",", "\n", "\0", "NK|NK", "1E+15")


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(st.integers(0, ROWS - 1), st.sampled_from(NAMES), st.sampled_from(SPOILT)),
        max_size=6,
    ),
    st.lists(st.tuples(st.integers(0, 4_000), st.sampled_from(('"', ",", "\n", "\0"))), max_size=2),
)
def test_rows_read_are_loaded_and_set_aside(
    changes: list[tuple[int, str, str]], scraps: list[tuple[int, str]]
) -> None:
    rows = referrals(ROWS)
    for place, name, value in changes:
        rows[place][name] = value
    with tempfile.TemporaryDirectory() as folder:
        content = write_rows(Path(folder), rows).read_bytes()
    for at, scrap in scraps:
        at = content.index(b"\n") + 1 + at % (len(content) - content.index(b"\n"))
        content = content[:at] + scrap.encode() + content[at:]
    try:
        received = receive(content, "referrals.csv", sha256="", policy=SuppliedPolicy())
    except FileRefused:
        return
    found = examine(received, known=DIRECTORY, rules=Rules(as_of=AS_OF))
    assert found.rows_read == found.rows_loaded + found.rows_set_aside
    assert "ROWS_LOST" not in [refusal.reason for refusal in found.refusals]
    assert set(found.set_aside["value"]) <= {""}
