"""A web server on 127.0.0.1 that serves files by byte ranges, and misbehaves when told to."""

import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PIECE = 64 * 1024


@dataclass(frozen=True)
class Answer:
    """What the server is about to send: bytes `start` up to `stop` of a file of `total`."""

    start: int
    stop: int
    total: int
    tag: str
    status: int = 206
    announced_total: int | None = None
    announced_start: int | None = None
    announced_length: int | None = None
    retry_after: str | None = None
    cut_after: int | None = None
    damaged: bool = False


Fault = Callable[[Answer], Answer]


def cut_after(count: int) -> Fault:
    """Send `count` bytes, then drop the connection."""
    return lambda answer: replace(answer, cut_after=count)


def busy(retry_after: str | None = None) -> Fault:
    """Answer 503, with or without Retry-After."""
    return lambda answer: replace(answer, status=503, retry_after=retry_after)


def ignore_ranges(answer: Answer) -> Answer:
    """Send the whole file with status 200."""
    return replace(answer, status=200, start=0, stop=answer.total)


def wrong_start(answer: Answer) -> Answer:
    """Say that the bytes begin elsewhere."""
    return replace(answer, announced_start=answer.start + 7)


def wrong_total(answer: Answer) -> Answer:
    """Say that the file is longer than it is."""
    return replace(answer, announced_total=answer.total + 1000)


def too_long(answer: Answer) -> Answer:
    """Announce more bytes than are sent."""
    return replace(answer, announced_length=answer.stop - answer.start + 5000)


def too_short(answer: Answer) -> Answer:
    """Announce and send one byte less than asked for."""
    return replace(answer, announced_length=max(0, answer.stop - answer.start - 1))


def damage(answer: Answer) -> Answer:
    """Change the bytes on the way."""
    return replace(answer, damaged=True)


@dataclass
class RangeServer:
    """The running server: what it serves, how it misbehaves, and what was asked of it.

    `faults` are used up one per request to a path in `files`; `always` applies to every one.
    `before_answer` is called with the number of the request and may change the server.
    """

    address: str
    files: dict[str, Path] = field(default_factory=dict)
    tag: str = '"first"'
    faults: deque[Fault] = field(default_factory=deque)
    always: Fault | None = None
    before_answer: Callable[[int], None] | None = None
    bytes_sent: int = 0
    asked: list[tuple[str, str | None]] = field(default_factory=list)

    def misbehave(self, answer: Answer) -> Answer:
        """Return the answer after the next fault and the constant one."""
        if self.faults:
            answer = self.faults.popleft()(answer)
        return self.always(answer) if self.always else answer


@contextmanager
def running_server() -> Iterator[RangeServer]:
    """Run a server on a free port until the block ends."""
    server = _Server(("127.0.0.1", 0), _Handler)
    described = RangeServer(f"http://127.0.0.1:{server.server_address[1]}")
    server.described = described  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield described
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Keep quiet when a client hangs up: some tests make it do so."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        state: RangeServer = self.server.described  # type: ignore[attr-defined]
        state.asked.append((self.path, self.headers.get("Range")))
        path = state.files.get(self.path)
        if path is None:
            self._empty(404)
            return
        if state.before_answer:
            state.before_answer(len(state.asked))
            path = state.files[self.path]
        answer = state.misbehave(self._honest(state, path))
        if answer.status == 503:
            self._empty(503, answer.retry_after)
        else:
            self._send(state, path, answer)

    def _honest(self, state: RangeServer, path: Path) -> Answer:
        total = path.stat().st_size
        first, last = self.headers["Range"].removeprefix("bytes=").split("-")
        stop = min(int(last) + 1, total)
        answer = Answer(start=int(first), stop=stop, total=total, tag=state.tag)
        condition = self.headers.get("If-Range")
        return ignore_ranges(answer) if condition not in (None, state.tag) else answer

    def _empty(self, status: int, retry_after: str | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        if retry_after is not None:
            self.send_header("Retry-After", retry_after)
        self.end_headers()

    def _send(self, state: RangeServer, path: Path, answer: Answer) -> None:
        self.send_response(answer.status)
        if answer.tag:
            self.send_header("ETag", answer.tag)
        length = answer.stop - answer.start
        if answer.status == 206:
            start = answer.start if answer.announced_start is None else answer.announced_start
            total = answer.total if answer.announced_total is None else answer.announced_total
            self.send_header("Content-Range", f"bytes {start}-{start + length - 1}/{total}")
        if answer.announced_length is not None:
            length, announced = min(length, answer.announced_length), answer.announced_length
        else:
            announced = length
        self.send_header("Content-Length", str(announced))
        self.end_headers()
        self._send_bytes(state, path, answer, length)

    def _send_bytes(self, state: RangeServer, path: Path, answer: Answer, length: int) -> None:
        left = length if answer.cut_after is None else min(length, answer.cut_after)
        self.close_connection = left < length or answer.announced_length is not None
        with path.open("rb") as file:
            file.seek(answer.start)
            while left:
                piece = file.read(min(left, PIECE))
                left -= len(piece)
                sent = bytes(byte ^ 0xFF for byte in piece) if answer.damaged else piece
                if not self._write(sent):
                    return
                state.bytes_sent += len(sent)

    def _write(self, piece: bytes) -> bool:
        try:
            self.wfile.write(piece)
        except OSError:  # the client has heard enough
            self.close_connection = True
            return False
        return True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep quiet: the tests read `asked`."""
