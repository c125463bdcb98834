"""Data quality: what was loaded, set aside, late or missing, and what to send back."""

from dashboard.ui import (
    answers,
    quality,
    quality_boundaries,
    quality_faults,
    quality_send_back,
    quality_supplied,
)
from dashboard.ui.page import open_page

page = open_page("data_quality")
choice = page.filters(because="Every file is listed, so no filter applies here.")
page.answer(answers.data_quality, choice)

page.section("Is every source up to date?")
page.listing(quality.sources)

page.section("Which returns are due, and which are late?")
page.listing(quality_supplied.returns_by_quarter)
page.listing(quality_supplied.returns_to_chase)

page.section("Which files came, and what became of their rows?")
page.listing(quality_supplied.supplied_files)
page.listing(quality.files)

page.section("Why were rows set aside?")
page.listing(quality_faults.set_aside_reasons)

page.section("What should be sent back, and to whom?")
page.part(quality_send_back.show)

page.section("What was loaded with a warning?")
page.listing(quality_faults.oddities)

page.section("Which months are missing?")
page.listing(quality.missing_months)

page.section("Which boundaries do maps draw?")
page.listing(quality_boundaries.boundaries)

page.section("How much do the files leave unsaid?")
page.listing(quality.unknown_shares)
