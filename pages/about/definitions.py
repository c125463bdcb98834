"""Definitions: what each figure means, from the catalogue; what each return holds, by contract."""

from dashboard.metrics.catalogue import METRICS
from dashboard.ui import answers, dictionary
from dashboard.ui.page import Question, open_page

page = open_page("definitions")
choice = page.filters(because="Definitions are the same for every choice, so no filter applies.")
page.answer(answers.definitions, choice)


def figures() -> None:
    """Show one box per figure."""
    page.terms(METRICS)


def returns() -> None:
    """Show the data dictionary, one table at a time, with its template."""
    page.part(dictionary.show)


page.questions(
    Question("Figures", "Which figures are there?", figures),
    Question("Returns", "What does each return hold?", returns),
)
