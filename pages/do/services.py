"""Services: who offers what, to whom, where, at what cost, until when."""

from functools import partial

from dashboard.ui import answers, services
from dashboard.ui.page import Question, open_page

page = open_page("services")
choice = page.filters(
    "area",
    because="The directory is as it stands now: it has no months and no police.uk crime types, and "
    "nothing to compare with. Choose the crime below.",
    own=services.FILTERS,
)
page.answer(answers.services, choice)
found = page.part(lambda numbers, _: services.find(numbers, choice))
services.cards(found)

page.questions(
    Question("Directory", "Which services are there?", partial(services.entries, found)),
    Question("Map", "Where do they see people?", partial(services.sites, found)),
    Question("Contracts", "Which contracts end next?", partial(services.contracts, found)),
    Question(
        "To confirm", "Which entries may be out of date?", partial(services.unconfirmed, found)
    ),
)
