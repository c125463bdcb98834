"""Child processes: what they cost, and servers that are always ended by their own number."""

import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx
import psutil

ROOT: Final = Path(__file__).parents[1]
_POLL_SECONDS: Final = 0.1


@dataclass(frozen=True)
class Usage:
    """What one finished child process cost, its own children included."""

    exit_code: int
    wall_seconds: float
    cpu_seconds: float
    peak_mb: float


def run_child(command: Sequence[str], *, log: Path, timeout: float) -> Usage:
    """Run a command in the root of the checkout to its end and return what it cost.

    Output goes to `log`. Raises TimeoutError, after ending the child, when it takes too long.
    """
    began = time.perf_counter()
    with log.open("wb") as output:
        child = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT)
        status, used = _wait(child, began + timeout)
    return Usage(
        exit_code=os.waitstatus_to_exitcode(status),
        wall_seconds=time.perf_counter() - began,
        cpu_seconds=used.ru_utime + used.ru_stime,
        peak_mb=used.ru_maxrss / 1024,
    )


def _wait(child: subprocess.Popen[bytes], deadline: float) -> tuple[int, resource.struct_rusage]:
    """Poll with wait4, because it alone says what this one child used."""
    while True:
        number, status, used = os.wait4(child.pid, os.WNOHANG)
        if number:
            child.returncode = os.waitstatus_to_exitcode(status)
            return status, used
        if time.perf_counter() > deadline:
            child.kill()
            child.wait()
            raise TimeoutError(f"{' '.join(child.args)} took too long and was ended")  # type: ignore[arg-type]
        time.sleep(0.01)


@dataclass(frozen=True)
class Server:
    """A running server of ours."""

    url: str
    process: psutil.Process

    def cpu_seconds(self) -> float:
        """Return the processor time used so far, children included."""
        family = [self.process, *self.process.children(recursive=True)]
        return sum(sum(each.cpu_times()[:2]) for each in family)

    def memory_mb(self) -> float:
        """Return the resident memory, children included."""
        family = [self.process, *self.process.children(recursive=True)]
        return float(sum(each.memory_info().rss for each in family)) / 2**20


@contextmanager
def streamlit_server(
    script: Path, *, folder: Path, settings: Mapping[str, str], log: Path
) -> Iterator[Server]:
    """Serve a script on a free local port until the block ends.

    `folder` is the working folder, whose `.streamlit/config.toml` applies, if there is one;
    `settings` are further environment variables. Raises TimeoutError when it does not come up.
    """
    port = _free_port()
    command = _streamlit_command(script, port)
    with log.open("wb") as output:
        child = subprocess.Popen(
            command, cwd=folder, env=_environment(settings), stdout=output, stderr=output
        )
        try:
            server = Server(f"http://127.0.0.1:{port}", psutil.Process(child.pid))
            _until_healthy(server, child)
            yield server
        finally:
            _end(child)


def _streamlit_command(script: Path, port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "streamlit", "run", str(script)),
        *("--server.headless", "true", "--server.address", "127.0.0.1"),
        *("--server.port", str(port), "--browser.gatherUsageStats", "false"),
    ]


def _environment(settings: Mapping[str, str]) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if name[:3] != "WM_"}
    return {**inherited, **settings}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _until_healthy(server: Server, child: subprocess.Popen[bytes]) -> None:
    deadline = time.perf_counter() + 60
    while time.perf_counter() < deadline and child.poll() is None:
        try:
            httpx.get(f"{server.url}/_stcore/health", timeout=5).raise_for_status()
            return
        except httpx.HTTPError:
            time.sleep(_POLL_SECONDS)
    raise TimeoutError(f"no dashboard came up at {server.url}")


def _end(child: subprocess.Popen[bytes]) -> None:
    child.send_signal(signal.SIGTERM)
    try:
        child.wait(timeout=10)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
