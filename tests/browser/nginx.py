"""The nginx file of `deploy/`, run as it is but for names and ports, with its own certificate."""

import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from tests.browser.conftest import PATIENCE, PROJECT, free_port

FILE = PROJECT / "deploy" / "nginx.conf"
_AROUND = """\
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


@dataclass(frozen=True)
class Proxy:
    """An nginx: where it listens with and without TLS, and what a client needs to trust it."""

    port: int
    plain_port: int
    trust: ssl.SSLContext

    @property
    def address(self) -> str:
        """Return what a reader types."""
        return f"https://localhost:{self.port}"


@contextmanager
def nginx(folder: Path, *, before: str, port: int, sign_on: str = "") -> Iterator[Proxy]:
    """Start nginx with the file, before a dashboard, and stop that very process afterwards.

    Args:
        folder: of its own, for what nginx writes.
        before: the address of the dashboard.
        port: to listen on.
        sign_on: the address of a single-sign-on proxy; with it the file is used that way.
    """
    program, plain_port = _program(), free_port()
    site = _site(folder, before=before, port=port, sign_on=sign_on, plain_port=plain_port)
    (folder / "site.conf").write_text(site, encoding="utf-8")
    (folder / "nginx.conf").write_text(_AROUND.format(folder=folder), encoding="utf-8")
    trust = _certificate(folder)
    process = subprocess.Popen([program, "-c", str(folder / "nginx.conf"), "-p", str(folder)])
    try:
        _wait_until_open(port, process)
        yield Proxy(port, plain_port, trust)
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def _program() -> str:
    """Return nginx; skip, or fail where browser tests are required, when there is none."""
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if not found and os.environ.get("WM_REQUIRE_BROWSER") == "1":
        pytest.fail("no nginx: install it")
    return found or pytest.skip("no nginx: install it")


def _site(folder: Path, *, before: str, port: int, sign_on: str, plain_port: int) -> str:
    """Return the file with what an office sets, set: each of these must stand in it."""
    text = FILE.read_text(encoding="utf-8")
    if sign_on:
        text = _changed(text, "#sso ", "")
        text = _changed(text, "127.0.0.1:4180", urlsplit(sign_on).netloc)
    for old, new in (
        ("https://insight.example.org", f"https://localhost:{port}"),
        ("insight.example.org", "localhost"),
        ("/etc/ssl/insight", str(folder)),
        ("127.0.0.1:8501", urlsplit(before).netloc),
        ("listen 443", f"listen 127.0.0.1:{port}"),
        ("listen 80", f"listen 127.0.0.1:{plain_port}"),
    ):
        text = _changed(text, old, new)
    return text


def _changed(text: str, old: str, new: str) -> str:
    assert old in text, f"{old} does not stand in {FILE.name}"
    return text.replace(old, new)


def _certificate(folder: Path) -> ssl.SSLContext:
    """Write a key and a certificate for this machine, signed by itself; return trust in it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "privkey.pem").write_bytes(private)
    public = folder / "fullchain.pem"
    public.write_bytes(certificate.public_bytes(Encoding.PEM))
    return ssl.create_default_context(cafile=public)


def _wait_until_open(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("nginx ended, or did not start: its error log says why")
