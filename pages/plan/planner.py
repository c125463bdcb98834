"""Capacity planner: what happens to unmet need if services are added, moved, changed or ended."""

from functools import partial

from dashboard.ui import (
    planner,
    planner_best,
    planner_figures,
    planner_forms,
    planner_groups,
    planner_saved,
)
from dashboard.ui.page import Question, open_page

page = open_page("planner")
choice = page.filters(
    because="A scenario is about a year and the whole force area: no filter applies. Choose the "
    "priority group below.",
    own=planner.FILTERS,
)
asked = page.part(planner.ask)
page.answer(partial(planner.answer, asked), choice)
planner.cards(asked)


def change() -> None:
    """Show the changes, a form to make another, and what they do by district."""
    planner_forms.show(asked)
    planner_figures.districts(asked)


page.questions(
    Question("Change", "What do we change, and where does unmet need fall or rise?", change),
    Question("Access", "Who has help within reach?", partial(planner_figures.access, asked)),
    Question("Groups", "For whom is there more, or less?", partial(planner_groups.groups, asked)),
    Question("Best places", "Where would more places do most?", partial(planner_best.best, asked)),
    Question("Save and compare", "Which scenario does most?", partial(planner_saved.saved, asked)),
)
