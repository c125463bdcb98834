"""Brings official boundaries of the force area from the Open Geography Portal of ONS.

Districts and small areas (LSOA 2021) are asked for by code, so that only those of the force area
travel, and put at

    <inbox>/boundaries/districts.geojson
    <inbox>/boundaries/small-areas.geojson

each whole or not at all, and only when the build would take it.
"""

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx

from pipelines.boundaries.examine import examine_boundaries
from pipelines.fetching.alone import alone_in
from pipelines.fetching.faults import BOUNDARIES_BY_HAND, USAGE, FetchError
from pipelines.fetching.feature_service import Layer, LayerNotThere, Questions
from pipelines.fetching.patience import Patience
from pipelines.progress import Progress, no_progress
from pipelines.reference import load_reference

SERVICES_URL: Final = "https://services1.arcgis.com/ESMARspQHYMw9BZ9/arcgis/rest/services/"
"""The folder of ONS's feature services."""

DISTRICTS: Final = (
    Layer("Local_Authority_Districts_December_2024_Boundaries_UK_BGC", "LAD24CD", "LAD24NM"),
    Layer("Local_Authority_Districts_December_2024_Boundaries_UK_BUC", "LAD24CD", "LAD24NM"),
)
"""Generalised to 20 metres; where that is not there, to 500. Tried in turn."""

SMALL_AREAS: Final = (
    Layer(
        "Lower_layer_Super_Output_Areas_December_2021_Boundaries_EW_BGC_V5", "LSOA21CD", "LSOA21NM"
    ),
    Layer(
        "Lower_layer_Super_Output_Areas_December_2021_Boundaries_EW_BSC_V4", "LSOA21CD", "LSOA21NM"
    ),
)
"""Generalised to 20 metres; where that is not there, to 200."""

TIMEOUT: Final = httpx.Timeout(60.0, connect=5.0)
USUAL_PATIENCE: Final = Patience()
_LABEL: Final = "Fetching boundaries"


@dataclass(frozen=True)
class BoundariesReport:
    """What one fetch did: files brought, and files that were there already, the same."""

    fetched: tuple[str, ...]
    already_present: tuple[str, ...]

    @property
    def words(self) -> str:
        """The report in one line, for people."""
        names = f" ({', '.join(self.fetched)})" if self.fetched else ""
        return (
            f"Boundaries: {len(self.fetched)} files fetched{names}, "
            f"{len(self.already_present)} already there. Load them with: python -m pipelines build"
        )


def fetch_boundaries(
    *,
    inbox: Path,
    base_url: str | None = None,
    progress: Progress = no_progress,
    patience: Patience = USUAL_PATIENCE,
) -> BoundariesReport:
    """Bring the boundaries of the force area's districts and small areas into the inbox.

    Args:
        inbox: where the folder `boundaries` is made.
        base_url: folder of the services; else `WM_BOUNDARIES_URL`, else that of ONS.
        progress: told what is happening, areas held and areas wanted.
        patience: how often a question is put again.

    Raises:
        FetchError: `exit_code` 2 for what was asked, 3 for a fault of the service or the disk,
            4 while another fetch runs, 6 without a network.
    """
    folder = _folder(base_url)
    districts, small_areas = _codes()
    total = len(districts) + len(small_areas)
    wanted = (
        ("districts.geojson", DISTRICTS, districts, 0),
        ("small-areas.geojson", SMALL_AREAS, small_areas, len(districts)),
    )
    fetched: dict[str, bool] = {}
    with alone_in(inbox), httpx.Client(timeout=TIMEOUT, follow_redirects=True) as client:
        questions = Questions(client, folder, patience)
        for name, layers, codes, before in wanted:
            tell = _teller(progress, before, total)
            content = _content(_first_there(questions, layers, codes, tell))
            fetched[name] = _put(inbox / "boundaries" / name, content)
    return BoundariesReport(
        tuple(name for name, is_new in fetched.items() if is_new),
        tuple(name for name, is_new in fetched.items() if not is_new),
    )


def _folder(base_url: str | None) -> str:
    address = base_url or os.environ.get("WM_BOUNDARIES_URL") or SERVICES_URL
    if not address.startswith(("https://", "http://")):
        raise FetchError(
            f"The address of the boundaries is '{address}', expected one that begins with "
            "https://. Correct or unset WM_BOUNDARIES_URL.",
            exit_code=USAGE,
        )
    return address.rstrip("/") + "/"


def _codes() -> tuple[list[str], list[str]]:
    """Return the codes of our districts and of our small areas."""
    small = load_reference().small_areas
    return sorted(set(small["area_code"])), sorted(small["small_area_code"])


def _teller(progress: Progress, before: int, total: int) -> Callable[[int], None]:
    return lambda held: progress(_LABEL, before + held, total)


def _first_there(
    questions: Questions,
    layers: Sequence[Layer],
    codes: Sequence[str],
    tell: Callable[[int], None],
) -> list[dict[str, Any]]:
    """Return the features of the first layer that the server has."""
    said = []
    for layer in layers:
        try:
            return questions.features(layer, codes, on_held=tell)
        except LayerNotThere as fault:
            said.append(f"{layer.service} ({fault})")
    raise FetchError(
        f"{questions.folder} has none of these layers: {'; '.join(said)}. ONS may have renamed "
        f"them. {BOUNDARIES_BY_HAND}"
    )


def _content(features: Sequence[dict[str, Any]]) -> bytes:
    collection = {"type": "FeatureCollection", "features": list(features)}
    return json.dumps(collection, separators=(",", ":")).encode()


def _put(path: Path, content: bytes) -> bool:
    """Put the file into the inbox; return False when it is there already, the same.

    Raises:
        FetchError: the build would refuse it.
    """
    if path.is_file() and path.read_bytes() == content:
        return False
    if refusals := examine_boundaries(content, path.name).refusals:
        raise FetchError(
            f"What arrived would be refused, and was not kept: {refusals[0]} {BOUNDARIES_BY_HAND}"
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    part.replace(path)
    return True
