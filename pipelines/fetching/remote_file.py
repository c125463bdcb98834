"""One file on a web server, read by byte ranges, with every answer checked."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus

import httpx

from pipelines.fetching.answers import TRY_LATER, asked_wait, in_words
from pipelines.fetching.faults import BY_HAND, ArchiveReplaced, FetchError, Interruption
from pipelines.fetching.patience import Patience, Retries

NOT_THERE = frozenset({HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
CONTENT_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)")


class NotThere(Exception):
    """The server has no file at this address."""


@dataclass(frozen=True)
class RemoteFile:
    """A remote file of `size` bytes. `tag` names its version (empty: the server gives none)."""

    address: str
    size: int
    tag: str
    client: httpx.Client
    patience: Patience

    def read(self, start: int, stop: int) -> bytes:
        """Return the bytes from `start` up to, not including, `stop`. Raises as `pieces`."""
        return b"".join(self.pieces(start, stop))

    def pieces(self, start: int, stop: int) -> Iterator[bytes]:
        """Yield the same bytes as they arrive; after a cut, carry on where it happened.

        Raises:
            NoNetwork: the server kept failing.
            ArchiveReplaced: the file behind the address is another one now.
            FetchError: the server does not serve ranges.
        """
        retries = Retries(self.patience, address=self.address)
        position = start
        while position < stop:
            before = position
            try:
                for piece in self._one_answer(position, stop):
                    position += len(piece)
                    yield piece
            except NotThere as fault:
                raise ArchiveReplaced(self.address) from fault
            except Interruption as fault:
                retries.wait_after(fault, progressed=position > before)

    def _one_answer(self, start: int, stop: int) -> Iterator[bytes]:
        """Yield at most the bytes asked for, whatever the server sends."""
        missing = stop - start
        with _ranged_get(self.client, self.address, start, stop, tag=self.tag) as response:
            self._check_version(response)
            total = _checked_total(response, start, stop)
            if total not in (None, self.size):
                raise Interruption(f"the file's length was {self.size} bytes and is now {total}")
            for piece in response.iter_raw():
                yield piece[:missing]
                missing -= len(piece)
                if missing < 0:
                    return
        if missing:
            raise Interruption(f"the answer ended {missing} bytes early")

    def _check_version(self, response: httpx.Response) -> None:
        if self.tag and _version_tag(response) != self.tag:
            raise ArchiveReplaced(self.address)
        _refuse_whole_file(response, self.address)


def open_remote(client: httpx.Client, address: str, *, patience: Patience) -> RemoteFile:
    """Ask for the first byte: that tells whether the file is there, its length and its version.

    Raises:
        NotThere: the server has no such file.
        NoNetwork: the server could not be reached.
        FetchError: the server does not serve ranges.
    """
    retries = Retries(patience, address=address)
    while True:
        try:
            with _ranged_get(client, address, 0, 1, tag="") as response:
                _refuse_whole_file(response, address)
                size = _checked_total(response, 0, 1)
                if size is None:
                    raise FetchError(f"{address}: the server does not say how long the file is.")
                return RemoteFile(address, size, _version_tag(response), client, patience)
        except Interruption as fault:
            retries.wait_after(fault, progressed=False)


@contextmanager
def _ranged_get(
    client: httpx.Client, address: str, start: int, stop: int, *, tag: str
) -> Iterator[httpx.Response]:
    headers = {"Range": f"bytes={start}-{stop - 1}", "Accept-Encoding": "identity"}
    if tag.startswith('"'):  # a weak tag must not stand in If-Range (RFC 9110, 13.1.5)
        headers["If-Range"] = tag
    try:
        with client.stream("GET", address, headers=headers) as response:
            _check_status(response, address)
            yield response
    except httpx.TransportError as fault:
        raise Interruption(in_words(fault)) from fault
    except httpx.TooManyRedirects as fault:
        raise FetchError(f"{address}: the server sends us round in circles. {BY_HAND}") from fault


def _check_status(response: httpx.Response, address: str) -> None:
    status = response.status_code
    if status in NOT_THERE:
        raise NotThere(address)
    if status in TRY_LATER:
        raise Interruption(f"the server answered {status}", wait_seconds=asked_wait(response))
    if status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
        raise Interruption("the server says that the file ends before the bytes asked for")
    if status not in (HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT):
        raise FetchError(f"{address}: the server answered {status}, expected 206. {BY_HAND}")


def _refuse_whole_file(response: httpx.Response, address: str) -> None:
    if response.status_code == HTTPStatus.OK:
        raise FetchError(
            f"{address}: the server ignores byte ranges and would send the whole archive "
            f"(answer 200, expected 206). Nothing was taken. {BY_HAND}"
        )


def _checked_total(response: httpx.Response, start: int, stop: int) -> int | None:
    """Return the whole file's length as the answer gives it; None where it gives none."""
    described = response.headers.get("Content-Range", "nothing")
    found = CONTENT_RANGE.fullmatch(described)
    if not found or (int(found[1]), int(found[2])) != (start, stop - 1):
        raise Interruption(f"asked for bytes {start}-{stop - 1}, the answer says '{described}'")
    length = response.headers.get("Content-Length")
    if length is not None and length != str(stop - start):
        raise Interruption(f"asked for {stop - start} bytes, the answer announces {length}")
    return None if found[3] == "*" else int(found[3])


def _version_tag(response: httpx.Response) -> str:
    headers = response.headers
    return str(headers.get("ETag") or headers.get("Last-Modified") or "")
