"""The page of definitions: every figure can be found, and says how it is made."""

from html import escape

import pytest

from dashboard.metrics.catalogue import METRICS, SUBJECTS, metric
from dashboard.ui.definitions import formula, grouped
from tests.ui.conftest import Run, words

PROTECTED = "Counts of people are rounded, and hidden where they are small."
LIMITS = f"{PROTECTED} Whole numbers; 95% limits: Wilson."


def test_every_figure_is_on_the_page_and_a_word_narrows_them(run: Run) -> None:
    app = run("pages/about/definitions.py")
    assert not app.exception
    shown = words(app)
    assert [each.key for each in METRICS if f"<strong>{escape(each.label)}<" not in shown] == []
    app.text_input(key="find_figure").set_value("hearings record").run()
    narrowed = words(app)
    assert "Told of hearings: no record" in narrowed
    assert "Recorded crime rate" not in narrowed
    app.text_input(key="find_figure").set_value("<b>unheard</b>").run()
    assert "No figure has this word" in words(app)


def test_a_figure_is_found_by_its_number_whatever_the_letters() -> None:
    found = grouped(METRICS, "vc03")
    assert [each.key for each in found["The Victims' Code"]] == [
        "referral_on_time",
        "referral_late",
        "referral_no_record",
        "referral_on_time_of_recorded",
        "referral_not_due",
    ]
    assert list(grouped(METRICS, "  ")) == list(SUBJECTS)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("OV01", "The number of offences."),
        (
            "fraud_victims_supported",
            f"The number of: people whose support started, crime group: Fraud. {PROTECTED}",
        ),
        (
            "VC03",
            "100 × (victims whose referral was due less victims not referred in time) ÷ "
            f"victims whose referral was due. {LIMITS}",
        ),
        (
            "referral_no_record",
            f"100 × victims with no referral on record ÷ victims whose referral was due. {LIMITS}",
        ),
        (
            "referral_on_time_of_recorded",
            "100 × (victims whose referral was due less victims not referred in time) ÷ (victims "
            f"whose referral was due less victims with no referral on record). {LIMITS}",
        ),
        (
            "not_from_police",
            "100 × (referrals received by services less referrals received by services, source: "
            f"Police) ÷ referrals received by services. {LIMITS}",
        ),
        (
            "ways_in",
            f"100 × each part of the referrals received by services ÷ all of them. {LIMITS}",
        ),
        (
            "RJ02",
            "The median of: working days from the report of the crime to the referral. Given "
            "where enough people stand behind it.",
        ),
    ],
)
def test_a_formula_is_said_in_words(key: str, said: str) -> None:
    assert formula(metric(key)) == said
