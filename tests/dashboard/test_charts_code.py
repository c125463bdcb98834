"""Charts of the Victims' Code: bands of duties, the grid of evidence, and bars about people."""

from dataclasses import replace

import pytest

from dashboard.charts import comparisons
from dashboard.charts.averages import average
from dashboard.charts.duty_bands import duty_bands
from dashboard.charts.evidence_grid import evidence_grid
from tests.support.code_results import Parts, Said, banded, checklist, evidenced
from tests.support.need_results import shares

POLICE: Parts = (160, 30, 10)
CARE: Parts = (90, 5, 5)


def test_bands_of_a_bar_add_up_and_no_record_is_its_own() -> None:
    chart = duty_bands([banded("Hearings", {"POLICE": POLICE, "WCU": CARE})], about="Hearings")
    assert [series.name for series in chart.series] == ["In time", "Late, but done", "No record"]
    assert [series.y for series in chart.series] == [(80.0, 90.0), (15.0, 5.0), (5.0, 5.0)]
    assert chart.series[0].x == ("Police", "Witness care")
    assert chart.table.rows == (
        ("Police", 80, 15, 5, 84, 200),
        ("Witness care", 90, 5, 5, 95, 100),
    )


def test_the_headline_names_the_least_only_where_the_difference_is_clear() -> None:
    clear = duty_bands([banded("A", {"POLICE": POLICE, "WCU": CARE})], about="Updates")
    assert clear.headline == "Done in time: 80% to 90%, least for police; no record: 5%"
    level = duty_bands([banded("A", {"POLICE": POLICE, "WCU": (81, 9, 10)})], about="Updates")
    assert level.headline == ("Done in time: 80% to 81%, no clear difference; no record: 5% to 10%")
    one = duty_bands([banded("A", {"POLICE": POLICE})], about="Updates")
    assert one.headline == "Police: in time 80%, late, but done 15% and no record 5%"


def test_what_is_hidden_is_not_drawn_and_said_in_the_table() -> None:
    chart = duty_bands([banded("A", {"POLICE": POLICE, "HMCTS": None, "CPS": ""})], about="Updates")
    assert chart.series[0].x == ("Police",)
    assert chart.table.rows[1] == ("Courts", *["[c]"] * 5)
    assert len(chart.table.rows) == 2, "an agency that has no such duty has no line"
    assert "hidden to protect people" in chart.notes[0]
    none = duty_bands([banded("A", {"HMCTS": None})], about="Updates")
    assert none.headline == "Updates: no share is available for this choice"
    assert none.series == ()


def test_duties_side_by_side_say_standard_and_enhanced_apart() -> None:
    parts: dict[str, Said] = {"Y": POLICE, "N": CARE, "NOT_ASSESSED": None}
    duties = [banded(name, parts, by="enhanced") for name in ("Referral", "Hearings")]
    chart = duty_bands(duties, about="Duties with a clock")
    assert chart.series[0].x == (
        *("Referral, enhanced", "Referral, standard"),
        *("Hearings, enhanced", "Hearings, standard"),
    )
    assert chart.caveat.startswith("Only duties whose last day has passed count.")


def test_the_grid_says_who_holds_evidence_of_what() -> None:
    chart = evidence_grid(evidenced(), checklist())
    assert chart.headline == "All who give it hold evidence of two of four rights"
    assert [(row.name, row.labels) for row in chart.series] == [
        ("1 Understand", ("part", "none")),
        ("4 Needs, support", ("held", "–")),
        ("6 Case updates", ("part", "–")),
        ("12 Complaints", ("held", "held")),
    ]
    assert chart.alt == (
        "Grid of rights by organisation. Rights evidenced: Police 2 of 4, Courts 1 of 2. "
        "Evidence is lacking somewhere of: understand; case updates."
    )
    assert chart.table.rows[-2:] == (
        ("Rights with evidence held", 2, 1),
        ("Rights that it gives", 4, 2),
    )


def test_counts_of_people_have_no_average_that_would_add_them_up() -> None:
    places = shares({"E07000236": (260, 1_000), "E07000237": (310, 1_000)})
    assert average(places) is None
    assert comparisons.bars(places).levels == ()


@pytest.mark.parametrize("code", ["OUT", "NK"])
def test_people_without_a_district_stand_last_and_are_not_ranked(code: str) -> None:
    places = shares({"E07000236": (260, 1_000), "E07000237": (310, 1_000), code: (900, 1_000)})
    names = {**places.names, code: "Elsewhere"}
    chart = comparisons.bars(replace(places, names=names))
    assert chart.series[0].x[-1] == "Elsewhere"
    assert chart.series[0].tones[-1] == "context"
    assert "Elsewhere" not in chart.headline
