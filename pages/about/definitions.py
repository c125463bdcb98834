"""Definitions: what each figure means, straight from the catalogue."""

from dashboard.metrics.catalogue import METRICS
from dashboard.ui import answers
from dashboard.ui.page import open_page

page = open_page("definitions")
choice = page.filters(because="Definitions are the same for every choice, so no filter applies.")
page.answer(answers.definitions, choice)

page.section("Which figures are there?")
page.terms(METRICS)
