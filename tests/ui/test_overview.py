"""The Overview names what changed, links to what explains it, and counts what falls short."""

import re
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from dashboard.access import PAGES
from dashboard.metrics.catalogue import metric
from dashboard.metrics.watched import WATCHED, Watched
from tests.support.tiny_signals import CELLS
from tests.support.tiny_warehouse import BROMSGROVE, REDDITCH, write_version
from tests.ui.conftest import APP, Run, words

FILES = {entry.title: entry.file for entry in PAGES}
LEAP = "Referred to support in time, Redditch: 50% in the latest quarter"


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data folder in which referrals in time fall in Redditch."""
    write_version(tmp_path, cells=CELLS)
    return tmp_path


def test_one_click_leads_from_each_signal_and_gap_to_what_explains_it(run: Run) -> None:
    app = run()
    links = {
        each.proto.label: (each.proto.page, parse_qs(each.proto.query_string))
        for each in app.get("page_link")
    }
    leap = next(label for label in links if label.startswith(LEAP))
    assert links[leap] == ("code", {"area": [REDDITCH], "view": ["Change"]})
    rural = next(label for label in links if label.startswith("Support in rural places"))
    assert links[rural] == ("rural", {"area": [BROMSGROVE], "view": ["Support"]})
    unseen = next(label for label in links if label.startswith("Referrals by priority group"))
    assert links[unseen] == ("needs", {"view": ["Who is missing"]})


def test_what_falls_short_is_counted_and_named(run: Run) -> None:
    said = words(run())
    assert "Measures that signal concern: 0" in said
    assert "Targets that will not reliably be met: 2" in said
    alone = words(run(area=REDDITCH))
    assert "Measures that signal concern: 1" in alone


def test_the_answer_names_the_clearest_change(run: Run) -> None:
    assert "Look first at referred to support in time in Redditch (falling)." in words(run())


def test_the_cards_name_their_objectives(run: Run) -> None:
    named = set(re.findall(r"<small>Objective ([A-E])<", words(run())))
    assert named == set("ABCDE")


@pytest.mark.parametrize(
    "watched",
    [each for each in WATCHED if metric(each.key).page in FILES],
    ids=lambda watched: watched.key,
)
def test_each_watched_measure_has_a_tab_that_explains_it(watched: Watched) -> None:
    page = (APP.parent / FILES[metric(watched.key).page]).read_text(encoding="utf-8")
    assert re.search(rf'Question\(\s*"{watched.view}"', page)
