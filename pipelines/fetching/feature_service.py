"""Areas of one layer of an ArcGIS feature service, asked for by code, page by page, as GeoJSON."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

import httpx

from pipelines.fetching.answers import TRY_LATER, asked_wait, in_words
from pipelines.fetching.faults import BOUNDARIES_BY_HAND, FetchError, Interruption
from pipelines.fetching.patience import Patience, Retries

CODES_AT_ONCE: Final = 100
"""Codes in one question, whose address then has some 1,500 characters."""

LARGEST_ANSWER: Final = 50_000_000
"""Bytes of one answer. A hundred small areas have under one million, nine districts under two."""

_NO_SUCH_LAYER: Final = (HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)


class LayerNotThere(Exception):
    """The service has no such layer, or no longer by this name."""


@dataclass(frozen=True)
class Layer:
    """A layer: the name of its service, the property that holds codes, and that of names."""

    service: str
    code_property: str
    name_property: str

    def address(self, folder: str) -> str:
        """Return where questions are put to it."""
        return f"{folder}{self.service}/FeatureServer/0/query"


@dataclass(frozen=True)
class Questions:
    """How questions are put: the client, the services' folder, and how patiently."""

    client: httpx.Client
    folder: str
    patience: Patience

    def features(
        self, layer: Layer, codes: Sequence[str], *, on_held: Callable[[int], None]
    ) -> list[dict[str, Any]]:
        """Return the features of these codes in their order; `on_held` is told how many it has.

        Raises:
            LayerNotThere: the server does not know the layer.
            FetchError: it lacks some of the codes, or answers with something else.
            NoNetwork: it could not be reached, or kept failing.
        """
        held: dict[str, dict[str, Any]] = {}
        for start in range(0, len(codes), CODES_AT_ONCE):
            asked = codes[start : start + CODES_AT_ONCE]
            for page in self._pages(layer, asked):
                held |= _by_code(page, layer, asked)
                on_held(len(held))
        _check_all(layer, codes, held)
        return [held[code] for code in codes]

    def _pages(self, layer: Layer, codes: Sequence[str]) -> Iterator[list[dict[str, Any]]]:
        """Yield the pages of one question, until the server says that there are no more."""
        position = 0
        while True:
            answer = self._patiently(layer, _question(layer, codes, position))
            page = answer["features"]
            yield page
            position += len(page)
            if not _has_more(answer):
                return
            if not page or position > len(codes):
                raise _odd(layer, "says again and again that there is more, and sends nothing new")

    def _patiently(self, layer: Layer, question: Mapping[str, str]) -> dict[str, Any]:
        address = layer.address(self.folder)
        retries = Retries(self.patience, address=address, by_hand=BOUNDARIES_BY_HAND)
        while True:
            try:
                return _understood(self._answer(address, question), layer)
            except Interruption as fault:
                retries.wait_after(fault, progressed=False)

    def _answer(self, address: str, question: Mapping[str, str]) -> bytes:
        try:
            with self.client.stream("GET", address, params=dict(question)) as response:
                _check_status(response, address)
                return _limited(response, address)
        except httpx.TransportError as fault:
            raise Interruption(in_words(fault)) from fault
        except httpx.TooManyRedirects as fault:
            raise FetchError(
                f"{address}: the server sends us round in circles. {BOUNDARIES_BY_HAND}"
            ) from fault


def _question(layer: Layer, codes: Sequence[str], position: int) -> dict[str, str]:
    listed = ",".join(f"'{code}'" for code in codes)
    return {
        "where": f"{layer.code_property} IN ({listed})",
        "outFields": f"{layer.code_property},{layer.name_property}",
        "orderByFields": layer.code_property,
        "returnGeometry": "true",
        "outSR": "4326",
        "geometryPrecision": "6",
        "resultOffset": str(position),
        "resultRecordCount": str(CODES_AT_ONCE),
        "f": "geojson",
    }


def _check_status(response: httpx.Response, address: str) -> None:
    status = response.status_code
    if status in TRY_LATER:
        raise Interruption(f"the server answered {status}", wait_seconds=asked_wait(response))
    if status in _NO_SUCH_LAYER:
        raise LayerNotThere(f"the server answered {status}")
    if status != HTTPStatus.OK:
        raise FetchError(
            f"{address}: the server answered {status}, expected 200. {BOUNDARIES_BY_HAND}"
        )


def _limited(response: httpx.Response, address: str) -> bytes:
    """Return the body, never more than LARGEST_ANSWER of it in memory."""
    pieces: list[bytes] = []
    room = LARGEST_ANSWER
    for piece in response.iter_bytes():
        pieces.append(piece)
        room -= len(piece)
        if room < 0:
            raise FetchError(
                f"{address}: the answer has more than {LARGEST_ANSWER:,} bytes, expected far "
                f"fewer. Nothing was taken. {BOUNDARIES_BY_HAND}"
            )
    return b"".join(pieces)


def _understood(body: bytes, layer: Layer) -> dict[str, Any]:
    """Return the answer as GeoJSON; what may be a passing fault is an interruption."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError) as fault:
        raise Interruption("the server answered with something that is not JSON") from fault
    if not isinstance(answer, dict):
        raise _odd(layer, "answered with a list or a single value, expected GeoJSON")
    if isinstance(answer.get("error"), dict):
        _raise_error(answer["error"])
    features = answer.get("features")
    if answer.get("type") != "FeatureCollection" or not isinstance(features, list):
        raise _odd(layer, "answered with something else than a GeoJSON FeatureCollection")
    return answer


def _raise_error(error: Mapping[str, Any]) -> None:
    """Tell a fault that the server reports with status 200, as ArcGIS does."""
    code, said = error.get("code"), str(error.get("message", ""))[:200]
    if isinstance(code, int) and (code in TRY_LATER or code >= HTTPStatus.INTERNAL_SERVER_ERROR):
        raise Interruption(f"the server reported a fault of its own ({said})")
    raise LayerNotThere(f"the server reported: {said}")


def _has_more(answer: Mapping[str, Any]) -> bool:
    """Return whether a page is not the last; the flag stands in one of two places."""
    within = answer.get("properties")
    flags = (answer, within if isinstance(within, dict) else {})
    return any(each.get("exceededTransferLimit") is True for each in flags)


def _by_code(page: Sequence[Any], layer: Layer, asked: Sequence[str]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for feature in page:
        properties = feature.get("properties") if isinstance(feature, dict) else None
        code = (properties or {}).get(layer.code_property)
        if not isinstance(code, str) or code not in asked:
            raise _odd(layer, f"sent {str(code)[:20]!r}, which was not asked for")
        found[code] = feature
    return found


def _check_all(layer: Layer, codes: Sequence[str], held: Mapping[str, object]) -> None:
    lacking = [code for code in codes if code not in held]
    if lacking:
        some = ", ".join(lacking[:5])
        raise _odd(layer, f"lacks {len(lacking):,} of {len(codes):,} areas, such as {some}")


def _odd(layer: Layer, what: str) -> FetchError:
    return FetchError(f"{layer.service} {what}. Nothing was taken. {BOUNDARIES_BY_HAND}")
