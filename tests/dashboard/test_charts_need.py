"""What ranges, ratios to one, the funnel of shares and the table of layers say."""

from dataclasses import replace

from dashboard.charts import key, words
from dashboard.charts.bars import bars
from dashboard.charts.need_layers import Layers, need_layers
from dashboard.charts.ranges import ranges
from dashboard.charts.representation import representation
from dashboard.charts.share_funnel import share_funnel
from dashboard.metrics.harm import COST
from tests.support.need_results import Range, against_one, estimates, layers, shares

NOTHING: Range = (None, None, None)
WHOLE = shares({"E23000016": (2_600, 10_000)})


def test_a_range_is_said_with_its_central_value_to_the_nearest_hundred() -> None:
    chart = ranges(estimates({"DA": ((62_537, 83_383, 104_229), "AGREED")}))
    assert chart.headline == "Estimated victims: Domestic abuse, 83,400 (62,500 to 104,200)"
    assert "83,400 (62,500 to 104,200)" in chart.alt
    assert chart.table.rows == (("Domestic abuse", 62_500, 83_400, 104_200, "agreed"),)
    assert chart.period == "one year, at the rates of the assumptions"


def test_ranges_that_overlap_are_no_clear_difference() -> None:
    far = {"DA": ((90, 100, 110), "AGREED"), "SV": ((10, 20, 30), "AGREED")}
    assert ranges(estimates(far)).headline.startswith("Estimated victims: highest for domestic")
    near = {**far, "STALK": ((70, 80, 95), "DRAFT")}
    assert "no clear difference between the highest" in ranges(estimates(near)).headline


def test_placeholders_are_hatched_and_named_in_the_key_and_the_table() -> None:
    chart = ranges(
        estimates({"DA": ((500, 900, 1_000), "DRAFT"), "SV": ((1, 2, 3), "TRIED")}),
    )
    assert chart.series[0].tones == ("context", "third")
    assert len(key.range_lines(chart)) == 2
    assert chart.headline.endswith("900 (500 to 1,000), DRAFT")
    assert [row[-1] for row in chart.table.rows] == ["DRAFT", "tried out, not agreed"]


def test_what_has_no_estimate_is_named_and_is_not_zero() -> None:
    chart = ranges(estimates({"DA": ((1, 900, 1_000), "AGREED"), "LD": (NOTHING, "")}))
    assert chart.series[0].x == ("Domestic abuse",)
    assert "No published estimate, which is not zero: Learning disabled." in chart.notes
    assert chart.table.rows[-1] == ("Learning disabled", None, "[x]", None, "no estimate")


def test_a_value_without_a_range_says_so_and_is_drawn_as_a_mark() -> None:
    chart = ranges(estimates({"DA": ((None, 900, None), "AGREED")}))
    assert "900 (no range is given)" in chart.headline
    assert (chart.series[0].lower, chart.series[0].upper) == ((900,), (900,))


def test_twenty_bars_are_drawn_and_the_table_has_all() -> None:
    many = {f"E{place:02}": ((1.0, float(place), 99.0), "AGREED") for place in range(1, 26)}
    chart = ranges(estimates(many))
    assert chart.series[0].y == tuple(range(25, 5, -1))
    assert len(chart.table.rows) == 25
    assert chart.notes[0] == "The 20 highest of 25 are drawn; the table has all."


def test_money_is_said_in_millions_of_pounds() -> None:
    cost = replace(estimates({"DA": ((400, 600, 800), "DRAFT")}), metric=COST)
    assert "£600 million (£400 million to £800 million)" in ranges(cost).headline


def test_no_estimate_at_all_is_a_sentence_and_no_drawing() -> None:
    chart = ranges(estimates({"LD": (NOTHING, "")}))
    assert chart.series == ()
    assert chart.headline == "Estimated victims: no estimate for West Mercia"


def test_groups_are_missing_only_where_their_limits_lie_below_one() -> None:
    chart = representation(
        against_one(
            {
                "CYBER": ((0.2, 0.3, 0.4), ""),
                "DA": ((0.9, 1.2, 1.8), ""),
                "SV": ((1.5, 2.0, 3.0), ""),
                "STALK": (NOTHING, "[c]"),
                "LD": (NOTHING, "[x]"),
            }
        )
    )
    assert chart.headline == "Fewer than expected: cyber. More than expected: sexual violence"
    assert chart.series[0].tones == ("main", "context", "main")
    assert "Hidden to protect people ([c]): Stalking and harassment." in chart.notes
    assert "No published estimate: Learning disabled." in chart.notes


def test_without_a_clear_difference_the_headline_says_so() -> None:
    chart = representation(against_one({"DA": ((0.9, 1.2, 1.8), "")}))
    assert chart.headline.endswith("no clear difference for any priority group")


def test_names_with_an_and_of_their_own_are_told_apart() -> None:
    few = {"CYBER": ((0.2, 0.3, 0.4), ""), "STALK": ((0.3, 0.4, 0.5), "")}
    headline = representation(against_one(few)).headline
    assert headline == "Fewer than expected: cyber; stalking and harassment"


def test_only_proper_names_keep_their_capital_inside_a_sentence() -> None:
    result = against_one({"CYBER": ((0.2, 0.3, 0.4), "")})
    named = replace(
        result, names={"W": "White", "E07000237": "Worcester", "P": "HMCTS", "DA": "Domestic"}
    )
    said = [
        words.inside(named, column, code)
        for column, code in (
            *(("ethnic_group", "W"), ("area_code", "E07000237")),
            *(("owner", "P"), ("priority_flag", "DA")),
        )
    ]
    assert said == ["White", "Worcester", "HMCTS", "domestic"]


def test_the_funnel_of_shares_names_districts_beyond_chance() -> None:
    # Round 26%, at 1,000 the 99.8% limits are 3.09 × 1.39 points away: 21.7 to 30.3.
    places = {"E07000236": (260, 1_000), "E07000237": (310, 1_000), "E07000238": (200, 1_000)}
    chart = share_funnel(shares(places), WHOLE)
    assert "beyond chance, Worcester above; Wychavon below the force" in chart.headline
    row = chart.table.rows[0]
    assert [round(float(str(cell)), 1) for cell in row[3:5]] == [21.7, 30.3]


def test_beyond_chance_is_a_concern_only_where_it_is_worse() -> None:
    places = {"E07000236": (260, 1_000), "E07000237": (310, 1_000), "E07000238": (200, 1_000)}
    found = shares(places)
    tones = {
        better: share_funnel(replace(found, metric=replace(found.metric, better=better)), WHOLE)
        .series[0]
        .tones
        for better in ("context", "higher", "lower")
    }
    assert tones == {
        "context": ("main", "third", "third"),
        "higher": ("main", "improving", "concern"),
        "lower": ("main", "concern", "improving"),
    }


def test_people_who_live_elsewhere_are_no_point_of_the_funnel() -> None:
    places = {"E07000236": (260, 1_000), "E07000237": (310, 1_000), "OUT": (20, 60)}
    chart = share_funnel(shares(places), WHOLE)
    assert chart.series == ()
    assert chart.headline == "A funnel needs the shares of three places or more"


def test_layers_have_one_panel_each_with_the_groups_in_one_order() -> None:
    chart = need_layers(four_layers())
    assert [series.panel for series in chart.series] == [
        *("Recorded: national reports", "Estimated victims in a year"),
        *("Estimated need in a year", "Take-up, % of the estimated need"),
    ]
    assert {series.x for series in chart.series} == {
        ("Cyber", "Domestic abuse", "Learning disabled")
    }
    assert [series.y for series in chart.series] == [
        *((7_489, None, None), (9_000, 3_000, None), (2_000, 1_200, None), (50, 10, None)),
    ]
    assert chart.series[2].tones[:2] == ("main", "context")


def test_layers_say_in_words_what_they_lack_and_add_nothing_up() -> None:
    recorded, victims, need, take_up = need_layers(four_layers()).series
    assert recorded.labels[1] == "Domestic abuse: not available"
    assert victims.labels[2] == need.labels[2] == "Learning disabled: no published estimate"
    assert take_up.labels[2] == "Learning disabled: [c]; no published estimate"
    row = need_layers(four_layers()).table.rows[1]
    assert row == (
        *("Domestic abuse", "not available", 1_500, 3_000, 6_000, 300, 1_200, 3_000),
        *(120, 4, 10, 40, "DRAFT"),
    )


def test_the_headline_of_layers_keeps_what_is_clear_from_what_is_not() -> None:
    assert need_layers(four_layers()).headline == (
        "Fewer come to support than need it, even at the low estimate, in one of two priority "
        "groups; no clear difference between need and support in one of two priority groups "
        "with an estimate (DRAFT)"
    )
    nothing = four_layers(take_up=dict.fromkeys(("CYBER", "DA", "LD"), (NOTHING, "")))
    assert need_layers(nothing, "Cyber").headline.startswith("Cyber: without an estimate of need")


def four_layers(take_up: dict[str, tuple[Range, str]] | None = None) -> Layers:
    shares_of_need: dict[str, tuple[Range, str]] = {
        "CYBER": ((25, 50, 200), "AGREED"),
        "DA": ((4, 10, 40), "DRAFT"),
        "LD": (NOTHING, ""),
    }
    return layers(
        {
            "CYBER": ((8_000, 9_000, 9_500), "AGREED"),
            "DA": ((1_500, 3_000, 6_000), "AGREED"),
            "LD": (NOTHING, ""),
        },
        {
            "CYBER": ((500, 2_000, 4_000), "AGREED"),
            "DA": ((300, 1_200, 3_000), "DRAFT"),
            "LD": (NOTHING, ""),
        },
        take_up=take_up or shares_of_need,
        people={"CYBER": 1_000, "DA": 120, "LD": None},
    )


def test_bars_of_people_have_no_average_since_their_counts_are_never_added_up() -> None:
    places = shares({"E07000236": (260, 1_000), "E07000237": (310, 1_000)})
    assert bars(places).levels == ()
