"""A feature service on 127.0.0.1 that answers as ArcGIS does, page by page, and misbehaves."""

import json
import re
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Feature = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What the server is about to send."""

    body: bytes
    status: int = 200
    retry_after: str | None = None
    cut_after: int | None = None


Fault = Callable[[Answer], Answer]


def says(status: int, retry_after: str | None = None) -> Fault:
    """Answer with this status and nothing else."""
    return lambda answer: Answer(b"", status, retry_after)


def sends(body: object) -> Fault:
    """Answer with something else: bytes as they are, anything else as JSON."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return lambda answer: Answer(raw)


def reports(code: int, message: str) -> Fault:
    """Report a fault with status 200, as ArcGIS does."""
    return sends({"error": {"code": code, "message": message, "details": []}})


def cut_after(count: int) -> Fault:
    """Send `count` bytes of what was announced, then drop the connection."""
    return lambda answer: replace(answer, cut_after=count)


@dataclass
class FeatureServer:
    """The running server: its layers by service name, how many features a page has, its faults.

    `faults` are used up one per question; `always` applies to every one. `asked` holds the
    service and the parameters of each question.
    """

    address: str
    layers: dict[str, list[Feature]] = field(default_factory=dict)
    page: int = 2000
    flag_within: bool = False
    faults: deque[Fault] = field(default_factory=deque)
    always: Fault | None = None
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def answer(self, service: str, question: dict[str, str]) -> Answer:
        """Return what is sent, after the next fault and the constant one."""
        found = self._honest(service, question)
        found = self.faults.popleft()(found) if self.faults else found
        return self.always(found) if self.always else found

    def _honest(self, service: str, question: dict[str, str]) -> Answer:
        if service not in self.layers:
            return reports(400, "Invalid URL")(Answer(b""))
        code, listed = re.fullmatch(r"(\w+) IN \((.*)\)", question["where"]).groups()  # type: ignore[union-attr]
        wanted = set(listed.replace("'", "").split(","))
        held = [each for each in self.layers[service] if each["properties"][code] in wanted]
        start = int(question["resultOffset"])
        stop = start + min(self.page, int(question["resultRecordCount"]))
        answer: dict[str, Any] = {"type": "FeatureCollection", "features": held[start:stop]}
        if stop < len(held):
            flag = {"exceededTransferLimit": True}
            answer |= {"properties": flag} if self.flag_within else flag
        return Answer(json.dumps(answer).encode())


@contextmanager
def running_feature_server() -> Iterator[FeatureServer]:
    """Run a server on a free port until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    described = FeatureServer(f"http://127.0.0.1:{server.server_address[1]}/services")
    server.described = described  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield described
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        state: FeatureServer = self.server.described  # type: ignore[attr-defined]
        address = urlsplit(self.path)
        service = re.fullmatch(r"/services/(\w+)/FeatureServer/0/query", address.path)[1]  # type: ignore[index]
        question = {name: values[0] for name, values in parse_qs(address.query).items()}
        state.asked.append((service, question))
        answer = state.answer(service, question)
        self.send_response(answer.status)
        self.send_header("Content-Length", str(len(answer.body)))
        if answer.retry_after is not None:
            self.send_header("Retry-After", answer.retry_after)
        self.end_headers()
        self.close_connection = answer.cut_after is not None
        self.wfile.write(answer.body[: answer.cut_after])

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep quiet: the tests read `asked`."""
