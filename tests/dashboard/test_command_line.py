"""The same numbers from the command line, with errors in one line."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.__main__ import main
from dashboard.metrics.catalogue import METRICS
from tests.support.tiny_fraud import REPORTS
from tests.support.tiny_warehouse import BROMSGROVE, REDDITCH, write_version

PROJECT = Path(__file__).parents[2]
Captured = pytest.CaptureFixture[str]


def run(capsys: Captured, *words: str) -> tuple[int, str, str]:
    code = main(words)
    out = capsys.readouterr()
    return code, out.out, out.err


def test_catalogue_lists_every_metric(capsys: Captured) -> None:
    code, out, _ = run(capsys, "metrics", "--format", "json")
    assert code == 0
    assert [row["key"] for row in json.loads(out)] == [each.key for each in METRICS]
    code, out, _ = run(capsys, "metrics", "--format", "csv")
    assert len(list(csv.DictReader(io.StringIO(out)))) == len(METRICS)


def test_metric_prints_one_row_per_combination(capsys: Captured, tiny_data: Path) -> None:
    words = ("metric", "recorded_crime", "--by", "month,area_code", "--format", "csv")
    period = ("--from", "2026-08", "--to", "2026-09", "--data-dir", str(tiny_data))
    chosen = ("--crime-type", "burglary", "Shoplifting", "--area", BROMSGROVE, REDDITCH)
    code, out, err = run(capsys, *words, *period, *chosen)
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == ("month,area_code,numerator,denominator,value,lower,upper,marker")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [(row["month"], row["area_code"], row["numerator"]) for row in rows] == [
        ("2026-08", BROMSGROVE, "19"),
        ("2026-08", REDDITCH, "20"),
        ("2026-09", BROMSGROVE, "19"),
        ("2026-09", REDDITCH, "20"),
    ]


def test_json_keeps_floats_in_full_and_nulls(capsys: Captured, tiny_data: Path) -> None:
    code, out, _ = run(
        capsys, "metric", "OV02", "--by", "area_code", "--format", "json",
        "--data-dir", str(tiny_data),
    )  # fmt: skip
    rows = {row["area_code"]: row for row in json.loads(out)}
    assert code == 0
    assert rows[BROMSGROVE]["value"] == 1000 * 212 / 12_000
    assert (rows["NONE"]["value"], rows["NONE"]["marker"]) == (None, "[z]")


def test_figures_about_people_are_printed_as_published(capsys: Captured, tiny_data: Path) -> None:
    place = ("--data-dir", str(tiny_data))
    code, out, err = run(capsys, "metric", "VC03", "--by", "area_code", *place)
    assert (code, err) == (0, "")
    rows = [tuple(row.values()) for row in csv.DictReader(io.StringIO(out))]
    assert [(row[0], *row[1:4], row[-1]) for row in rows] == [
        (BROMSGROVE, "180", "200.0", "90.0", ""),
        (REDDITCH, "", "100.0", "90.0", ">="),
        ("OUT", "30", "45.0", "", "[c]"),
        ("NK", "", "100.0", "10.0", "<="),
    ]
    code, out, _ = run(capsys, "metric", "RJ02", "--area", REDDITCH, "--format", "json", *place)
    empty = dict.fromkeys(("numerator", "denominator", "value", "lower", "upper"))
    assert json.loads(out) == [{**empty, "marker": "[c]"}]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("metric", "RJ06", "--by", "month"), "cannot be broken down by 'month'"),
        (("metric", "RJ07"), "not loaded"),
        (
            ("metric", "referrals", "--by", "source,area_code,quarter"),
            "“Referrals received” by source is not published for districts by quarter",
        ),
        (("metric", "referrals", "--area", BROMSGROVE, REDDITCH), "never summed"),
        (
            ("metric", "referrals", "--from", "2026-08", "--to", "2026-09"),
            "Nearest: September 2026",
        ),
        (("metric", "nonsense"), "There is no metric 'nonsense'."),
        (("metric", "OV01", "--by", "colour"), "cannot be broken down by 'colour'"),
        (("metric", "OV01", "--area", "X"), "There is no area with the code 'X'."),
        (("metric", "OV01", "--crime-type", "Fraud"), "There is no crime type 'Fraud'."),
        (("metric", "OV01", "--from", "2026-13"), "--from '2026-13' is not a month."),
        (("metric",), "the following arguments are required: KEY"),
        (("dance",), "invalid choice: 'dance'"),
    ],
)
def test_bad_words_exit_2_with_one_line(
    capsys: Captured, tiny_data: Path, words: tuple[str, ...], said: str
) -> None:
    place = ("--data-dir", str(tiny_data)) if words[0] == "metric" else ()
    code, out, err = run(capsys, *words, *place)
    assert (code, out) == (2, "")
    assert said in err
    assert len(err.splitlines()) == 1


def test_no_data_exits_3_with_one_line(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "dashboard", "metric", "OV01"],
        cwd=PROJECT,
        env={**os.environ, "WM_DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (3, "")
    assert ran.stderr == "dashboard: Nothing is published yet.\n"


def test_starts_without_what_only_screens_and_loads_need(tiny_data: Path) -> None:
    """These take seconds to import, which whoever asks for one figure would wait for."""
    asked = ["metric", "OV01", "--data-dir", str(tiny_data)]
    code = (
        "import sys; from dashboard.__main__ import main; "
        f"main({asked!r}); print(*sys.modules, file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    loaded = set(ran.stderr.split())
    assert "duckdb" in loaded
    assert loaded & {"streamlit", "plotly", "pydeck", "matplotlib", "pandera"} == set()


def test_a_kept_version_is_asked_for_by_name(capsys: Captured, tmp_path: Path) -> None:
    older = write_version(tmp_path, 1, fraud=REPORTS[:1]).stem
    newest = write_version(tmp_path, 2).stem
    words = ("metric", "fraud_reports", "--data-dir", str(tmp_path))
    answers = [
        run(capsys, *words, "--as-at", older),
        run(capsys, *words, "--as-at", newest),
        run(capsys, *words),
    ]
    assert [code for code, _, _ in answers] == [0, 0, 0]
    assert answers[0][1] != answers[1][1] == answers[2][1]
    code, out, err = run(capsys, *words, "--as-at", "wh-9-00000000")
    assert (code, out) == (2, "")
    assert f"is not kept here. Versions kept: {newest}, {older}." in err
