"""Gap map: where need is greater than provision, for whom, and how sure that is."""

from dashboard.ui import gap_answer, gap_maps, gap_matrix, gap_profile, gap_reach
from dashboard.ui import gaps as parts
from dashboard.ui.page import Question, open_page

page = open_page("gaps")
choice = page.filters(
    "area",
    because="Services are as they stand now and need is that of a year: neither has months, "
    "police.uk crime types or a comparison.",
    own=parts.FILTERS,
)
asked = page.part(lambda numbers, _: parts.asked(numbers, choice))
page.answer(lambda numbers, _: gap_answer.answer(numbers, asked), choice)
page.part(lambda numbers, _: gap_answer.cards(numbers, asked))


def matrix() -> None:
    """Show what each priority group finds in each district, and the services behind it."""
    page.part(lambda numbers, _: gap_matrix.show(numbers, asked))


def districts() -> None:
    """Show need, provision, access or unmet need by district, with what lies over the map."""
    page.part(lambda numbers, _: gap_maps.by_district(numbers, asked))


def hexagons() -> None:
    """Show need or access within districts."""
    page.part(lambda numbers, _: gap_maps.by_hexagon(numbers, asked))


def profile() -> None:
    """Show one district: need, support, services, the nearest help, contracts that end."""
    page.part(lambda numbers, _: gap_profile.show(numbers, asked))


def reach() -> None:
    """Show who lives beyond reach of help."""
    page.part(lambda numbers, _: gap_reach.show(numbers, asked))


def journeys() -> None:
    """Show what is assumed of journeys, and let it be tried out."""
    page.part(lambda numbers, _: gap_reach.show_journeys(numbers, asked))
    page.part(lambda numbers, _: gap_reach.show_trial(numbers, asked))
    page.listing(gap_reach.listed)


page.questions(
    Question("Matrix", "Which groups have no specialist help where they live?", matrix),
    Question("Map", "Where is need greater than provision?", districts),
    Question("Within districts", "Where within districts are need and access?", hexagons),
    Question(gap_profile.PROFILE, "What stands behind one district?", profile),
    Question("Reach", "Who lives beyond reach of help?", reach),
    Question("Journeys", "How far is within reach, and what if it were otherwise?", journeys),
)
