"""A click on a district of the gap map opens its profile."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, open_at

pytestmark = pytest.mark.browser


def test_a_click_on_a_district_opens_its_profile(tab: Page, server: Server) -> None:
    open_at(tab, server, "/gaps?view=Map")
    drawing = tab.get_by_test_id("stPlotlyChart")
    drawing.scroll_into_view_if_needed()
    box = drawing.bounding_box()
    assert box is not None
    # Shropshire fills the north-west of the map; its west has no office that covers it.
    tab.mouse.move(box["x"] + box["width"] / 2 - 110, box["y"] + 0.31 * box["height"])
    # A mark is known to the drawing once the pointer rests on it, as a reader's does.
    expect(drawing.locator(".hovertext")).to_contain_text("Shropshire")
    tab.mouse.down()
    tab.mouse.up()
    expect(tab.get_by_role("tab", name="One district")).to_have_attribute("aria-selected", "true")
    expect(tab.get_by_text("Services for domestic abuse that work in Shropshire")).to_be_visible()
