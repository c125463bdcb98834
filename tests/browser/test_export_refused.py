"""A file that cannot be recorded does not leave, also where it was already offered."""

from pathlib import Path

import pytest
from playwright.sync_api import Download, Page, expect

from dashboard.audit import audit_files, audit_folder
from tests.browser.conftest import open_at, serve, settle
from tests.support.leaving import recorded
from tests.support.tiny_warehouse import write_version

pytestmark = pytest.mark.browser
REFUSAL = "The export could not be recorded, so it was not made."


def test_b85_a_click_after_the_log_was_changed_gets_the_reason_and_no_file(
    tab: Page, tmp_path: Path
) -> None:
    write_version(tmp_path)
    with serve(tmp_path) as server:
        open_at(tab, server, "/crime?area=E07000234")
        excel = tab.get_by_role("button", name="Table (Excel)")
        tab.get_by_role("button", name="Download").first.click()
        with tab.expect_download():
            tab.get_by_role("button", name="Table (CSV)").click()
        (line,) = recorded(tmp_path)
        assert (line["page"], line["filters"]) == ("crime", {"area": ["E07000234"]})
        left: list[Download] = []
        tab.on("download", lambda download: left.append(download))
        (log,) = audit_files(audit_folder(tmp_path))
        log.write_text(log.read_text().replace('"cells":', '"cells":1'))
        excel.click()
        tab.get_by_text(REFUSAL).wait_for()
        settle(tab)
        expect(excel).to_have_count(0)
        assert left == []
