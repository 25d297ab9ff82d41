"""A real coturn on loopback, with the configuration that the program itself writes."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from remotehelp.broker.coturn import configuration

SECRET = b"a secret of this test alone"
LINES = ("syslog", "no-stdout-log", "listening-port=", "tls-listening-port=", "max-allocate-lifetime=")


class Coturn:
    """A running relay; ``port`` takes UDP, TCP and, with a certificate, TLS."""

    def __init__(self, port: int) -> None:
        self.port = port

    def uri(self, way: str = "udp", host: str = "127.0.0.1") -> str:
        return f"turns:{host}:{self.port}" if way == "tls" else f"turn:{host}:{self.port}?transport={way}"


@contextlib.contextmanager
def coturn(
    folder: Path,
    *,
    loopback: bool = True,
    lifetime_s: int = 600,
    certificate: tuple[Path, Path] | None = None,
    port: int | None = None,
) -> Iterator[Coturn]:
    """Start one; ``loopback`` lets it relay to this computer, which its configuration denies. Skips without coturn."""
    program = shutil.which("turnserver")
    if program is None:
        pytest.skip("coturn is not installed")
    folder.mkdir(parents=True, exist_ok=True)
    text = configuration("relay.test", SECRET)
    kept = [line for line in text.splitlines() if not line.startswith(LINES)]
    if loopback:
        kept = [line for line in kept if not line.startswith("denied-peer-ip=127.")] + ["allow-loopback-peers"]
    (folder / "turnserver.conf").write_text("\n".join([*kept, f"max-allocate-lifetime={lifetime_s}", ""]))
    port = port or free_port()
    command = [program, "-c", folder / "turnserver.conf", "-p", port, "-L", "127.0.0.1", "-E", "127.0.0.1"]
    command += ["--pidfile", folder / "pid", "--db", folder / "turndb", "--log-file", folder / "log", "--simple-log"]
    command += ["--min-port", 49160, "--max-port", 49359, "--tls-listening-port", free_port()]
    command += ["--cert", certificate[0], "--pkey", certificate[1]] if certificate else ["--no-tls", "--no-dtls"]
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen([str(part) for part in command], stdout=output, stderr=output)
    try:
        wait_for(port, folder)
        yield Coturn(port)
    finally:
        process.terminate()
        process.wait(10)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def wait_for(port: int, folder: Path) -> None:
    deadline = time.monotonic() + 15
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert time.monotonic() < deadline, (folder / "output").read_text()
            time.sleep(0.05)
        else:
            return
