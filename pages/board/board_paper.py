"""Board paper: chosen figures, in order, with words, as Word or PowerPoint."""

from functools import partial

from dashboard.ui import paper as parts
from dashboard.ui import paper_arrange, paper_kept, paper_making, paper_preview
from dashboard.ui.page import Question, open_page

page = open_page("board_paper")
choice = page.filters(
    because="Each figure stays as it was when it was added, with the filters of then: none "
    "applies here.",
)
held = page.part(parts.held)
page.answer(partial(parts.answer, held), choice)
parts.tell()

page.questions(
    Question(
        "Figures and words",
        "Which figures, in which order and in which words?",
        partial(paper_arrange.show, held),
    ),
    Question("Preview", "How will it read?", partial(paper_preview.show, held)),
    Question("Documents", "Is it ready to be written?", partial(paper_making.show, held)),
    Question("Papers kept", "Which papers were made before?", partial(paper_kept.show, held)),
)
