"""`fetch boundaries` against a service on this machine that behaves, and misbehaves."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.boundaries.examine import examine_boundaries
from pipelines.fetch_boundaries import (
    DISTRICTS,
    SMALL_AREAS,
    BoundariesReport,
    fetch_boundaries,
)
from pipelines.fetching import feature_service
from pipelines.fetching.faults import FetchError, NoNetwork
from pipelines.fetching.patience import Patience
from tests.support.boundaries import district_features, small_area_features
from tests.support.feature_server import (
    Fault,
    FeatureServer,
    cut_after,
    reports,
    running_feature_server,
    says,
    sends,
)

PROJECT = Path(__file__).parents[3]
HASTY = Patience(first_wait=0.001, longest_wait=0.001)
QUESTIONS = 1 + 9  # the districts in one, 804 small areas a hundred at a time


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FeatureServer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with running_feature_server() as running:
        running.layers[DISTRICTS[0].service] = district_features()
        running.layers[SMALL_AREAS[0].service] = small_area_features()
        yield running


def fetch(server: FeatureServer, inbox: Path, *, patience: Patience = HASTY) -> BoundariesReport:
    return fetch_boundaries(inbox=inbox, base_url=server.address, patience=patience)


def arrived(inbox: Path) -> list[str]:
    return sorted(path.name for path in inbox.rglob("*") if path.is_file() and path.name[0] != ".")


def codes_in(path: Path, code_property: str) -> list[str]:
    features = json.loads(path.read_bytes())["features"]
    return [each["properties"][code_property] for each in features]


def test_districts_and_small_areas_of_the_force_area_arrive_and_can_be_loaded(
    server: FeatureServer, tmp_path: Path
) -> None:
    told: list[tuple[int, int]] = []
    report = fetch_boundaries(
        inbox=tmp_path,
        base_url=server.address,
        patience=HASTY,
        progress=lambda label, done, total: told.append((done, total)),
    )
    assert report == BoundariesReport(("districts.geojson", "small-areas.geojson"), ())
    assert arrived(tmp_path) == ["districts.geojson", "small-areas.geojson"]
    assert len(server.asked) == QUESTIONS
    for name, rows in (("districts.geojson", 9), ("small-areas.geojson", 804)):
        found = examine_boundaries((tmp_path / "boundaries" / name).read_bytes(), name)
        assert (found.refusals, found.rows_loaded) == ((), rows)
    assert told[0] == (9, 813)
    assert told[-1] == (813, 813)


def test_what_is_asked_for_is_wgs84_as_geojson_and_only_ours(
    server: FeatureServer, tmp_path: Path
) -> None:
    fetch(server, tmp_path)
    service, question = server.asked[0]
    assert service == "Local_Authority_Districts_December_2024_Boundaries_UK_BGC"
    assert question["f"] == "geojson"
    assert question["outSR"] == "4326"
    assert question["where"].startswith("LAD24CD IN ('E06000019','E06000020',")
    assert max(len(asked["where"]) for _, asked in server.asked) < 1_600


@pytest.mark.parametrize("flag_within", [False, True])
def test_pages_are_followed_to_the_last(
    flag_within: bool, server: FeatureServer, tmp_path: Path
) -> None:
    server.page, server.flag_within = 30, flag_within
    fetch(server, tmp_path)
    assert len(server.asked) == 1 + 8 * 4 + 1
    codes = codes_in(tmp_path / "boundaries" / "small-areas.geojson", "LSOA21CD")
    assert len(set(codes)) == 804
    assert codes == sorted(codes)


def test_a_second_fetch_of_the_same_leaves_the_files_alone(
    server: FeatureServer, tmp_path: Path
) -> None:
    fetch(server, tmp_path)
    path = tmp_path / "boundaries" / "districts.geojson"
    before = path.stat().st_mtime_ns
    report = fetch(server, tmp_path)
    assert report.words.startswith("Boundaries: 0 files fetched, 2 already there.")
    assert path.stat().st_mtime_ns == before


def test_a_coarser_layer_is_taken_where_the_finer_is_gone(
    server: FeatureServer, tmp_path: Path
) -> None:
    server.layers[DISTRICTS[1].service] = server.layers.pop(DISTRICTS[0].service)
    fetch(server, tmp_path)
    assert [service for service, _ in server.asked[:2]] == [
        DISTRICTS[0].service,
        DISTRICTS[1].service,
    ]


def test_layers_that_were_renamed_are_named_with_the_way_out(
    server: FeatureServer, tmp_path: Path
) -> None:
    server.layers.clear()
    with pytest.raises(FetchError, match="ONS may have renamed them") as caught:
        fetch(server, tmp_path)
    message = str(caught.value)
    assert caught.value.exit_code == 3
    assert f"{DISTRICTS[0].service} (the server reported: Invalid URL)" in message
    assert "download the boundaries by hand at https://geoportal.statistics.gov.uk" in message
    assert arrived(tmp_path) == []


@pytest.mark.parametrize(
    ("good_answers", "fault"),
    [
        (0, says(503)),
        (3, says(429, "0")),
        (0, cut_after(0)),
        (3, cut_after(700)),
        (0, sends(b"<html>Service starting</html>")),
        (3, sends(b'{"type": "FeatureColl')),
        (0, reports(500, "Unable to perform query operation")),
    ],
)
def test_a_passing_fault_is_overcome(
    good_answers: int, fault: Fault, server: FeatureServer, tmp_path: Path
) -> None:
    server.faults.extend([lambda answer: answer] * good_answers + [fault, fault])
    fetch(server, tmp_path)
    assert len(arrived(tmp_path)) == 2
    assert len(server.asked) == QUESTIONS + 2


def test_a_server_that_keeps_failing_is_given_up_and_nothing_is_left(
    server: FeatureServer, tmp_path: Path
) -> None:
    server.always = says(503)
    with pytest.raises(NoNetwork, match=r"the server answered 503 \(5 tries\)") as caught:
        fetch(server, tmp_path)
    assert caught.value.exit_code == 6
    assert "geoportal.statistics.gov.uk" in str(caught.value)
    assert "data.police.uk" not in str(caught.value)
    assert len(server.asked) == 5
    assert arrived(tmp_path) == []


def test_no_network_is_one_line_with_what_to_do(tmp_path: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}"
    with pytest.raises(NoNetwork, match="no network connection to the server") as caught:
        fetch(FeatureServer(address), tmp_path)
    assert "\n" not in str(caught.value)


def test_the_wait_that_the_server_asks_for_is_kept_unless_it_is_an_hour(
    server: FeatureServer, tmp_path: Path
) -> None:
    waits: list[float] = []
    server.faults.append(says(429, "7"))
    fetch(server, tmp_path, patience=Patience(sleep=waits.append))
    assert waits == [7.0]
    server.always = says(429, "3600")
    with pytest.raises(NoNetwork):
        fetch(server, tmp_path, patience=Patience(sleep=waits.append))
    assert waits == [7.0]


ENDLESS = {"type": "FeatureCollection", "features": [], "exceededTransferLimit": True}
STRANGER = {"type": "Feature", "geometry": None, "properties": {"LAD24CD": "E09000001"}}


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (sends(ENDLESS), "says again and again that there is more"),
        (sends([1]), "answered with a list or a single value"),
        (sends({"features": []}), "something else than a GeoJSON FeatureCollection"),
        (sends({"type": "FeatureCollection", "features": []}), "lacks 9 of 9 areas"),
        (
            sends({"type": "FeatureCollection", "features": [STRANGER]}),
            "sent 'E09000001', which was not asked for",
        ),
        (sends({"type": "FeatureCollection", "features": [7]}), "sent 'None'"),
        (says(418), "the server answered 418, expected 200"),
    ],
)
def test_an_answer_that_makes_no_sense_is_refused_at_once(
    fault: Fault, words: str, server: FeatureServer, tmp_path: Path
) -> None:
    server.always = fault
    with pytest.raises(FetchError, match=words) as caught:
        fetch(server, tmp_path)
    assert caught.value.exit_code == 3
    assert len(server.asked) == 1
    assert arrived(tmp_path) == []


def test_a_page_that_comes_again_and_again_is_given_up(
    server: FeatureServer, tmp_path: Path
) -> None:
    features = district_features()
    server.always = sends({**ENDLESS, "features": features})
    with pytest.raises(FetchError, match="says again and again"):
        fetch(server, tmp_path)
    assert len(server.asked) <= 3


def test_an_answer_without_end_is_cut_off(
    server: FeatureServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feature_service, "LARGEST_ANSWER", 10_000)
    with pytest.raises(FetchError, match="has more than 10,000 bytes"):
        fetch(server, tmp_path)
    assert arrived(tmp_path) == []


def test_what_the_build_would_refuse_does_not_enter_the_inbox(
    server: FeatureServer, tmp_path: Path
) -> None:
    fetch(server, tmp_path)
    before = (tmp_path / "boundaries" / "districts.geojson").read_bytes()
    server.layers[DISTRICTS[0].service][2]["geometry"] = None
    with pytest.raises(FetchError, match="What arrived would be refused") as caught:
        fetch(server, tmp_path)
    assert "feature 3 (LAD24CD E06000051, Shropshire) has no geometry" in str(caught.value)
    assert (tmp_path / "boundaries" / "districts.geojson").read_bytes() == before


def test_an_address_that_is_none_is_not_asked(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="Correct or unset WM_BOUNDARIES_URL") as caught:
        fetch_boundaries(inbox=tmp_path, base_url="ftp://somewhere")
    assert caught.value.exit_code == 2


def run_fetch(address: str, data_dir: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipelines", "fetch", "boundaries", *options],
        cwd=PROJECT,
        env={
            **os.environ,
            "WM_BOUNDARIES_URL": address,
            "WM_DATA_DIR": str(data_dir),
            "NO_PROXY": "127.0.0.1",
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_says_what_came_and_what_to_do_next(
    server: FeatureServer, tmp_path: Path
) -> None:
    ended = run_fetch(server.address, tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout == (
        "Boundaries: 2 files fetched (districts.geojson, small-areas.geojson), 0 already there. "
        "Load them with: python -m pipelines build\n"
    )
    assert arrived(tmp_path / "inbox") == ["districts.geojson", "small-areas.geojson"]


def test_the_command_refuses_options_of_crime(tmp_path: Path) -> None:
    ended = run_fetch("http://127.0.0.1:9", tmp_path, "--months", "3")
    assert ended.returncode == 2
    assert ended.stderr.startswith("--months belongs to fetch crime")
