"""Load data: choose a return, check a file and see every fault, send it to the loader."""

from dashboard.ui import load, load_state, load_template
from dashboard.ui.page import open_page

page = open_page("load")
choice = page.filters(because="Files are checked whole, so no filter applies here.")
page.answer(load.answer, choice)

page.section("Which return is it?")
page.part(load_template.show)

page.section("Is the file right?")
page.part(load.check)

page.section("What became of the files that were sent?")
page.part(load_state.show)
