"""The broker inside the technician's program: a child that serves, and ends with it whatever happens."""

from __future__ import annotations

import asyncio
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from remotehelp.errors import ServiceUnavailable
from remotehelp.technician import own_broker
from remotehelp.technician.own_broker import OwnBroker, lan_address
from tests.helpers.roles import ROOT, Firm
from tests.helpers.waiting import wait_until

PROGRAM = (sys.executable, "-c", "from remotehelp.cli import cli, run; raise SystemExit(run(cli))")


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("REMOTEHELP_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(own_broker, "EVERYWHERE", "127.0.0.1")  # tests stay on loopback


@pytest.fixture
def usual_port(monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """The usual port, held by another program."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setattr(own_broker, "PORTS", (taken.getsockname()[1], 0))
        yield taken


def answers(port: int) -> bool:
    try:
        return httpx2.get(f"http://127.0.0.1:{port}/healthz", timeout=2).status_code == 200
    except httpx2.TransportError:
        return False


async def test_it_serves_this_organisation_until_it_is_stopped(tmp_path: Path, usual_port: socket.socket) -> None:
    broker = await OwnBroker.start(PROGRAM, tmp_path / "data", Firm(tmp_path).public)
    try:
        assert broker.port != usual_port.getsockname()[1]
        assert await asyncio.to_thread(answers, broker.port)
    finally:
        await broker.stop()
    assert not await asyncio.to_thread(answers, broker.port)
    await broker.stop()


@pytest.mark.parametrize("command", [("/bin/false",), ("/bin/echo", "not ready"), ("/no/such/program",)])
async def test_a_program_that_does_not_serve_is_one_sentence(tmp_path: Path, command: tuple[str, ...]) -> None:
    with pytest.raises(ServiceUnavailable, match="own_broker_failed"):
        await OwnBroker.start(command, tmp_path / "data", tmp_path)


async def test_a_program_that_says_nothing_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_broker, "START_S", 0.1)
    silent = tmp_path / "silent"
    silent.write_text("#!/bin/sh\nexec sleep 60\n")
    silent.chmod(0o700)
    with pytest.raises(ServiceUnavailable, match="own_broker_failed"):
        await OwnBroker.start((str(silent),), tmp_path / "data", tmp_path)


PARENT = """
import asyncio, sys
from pathlib import Path
from remotehelp.technician import own_broker
own_broker.EVERYWHERE, own_broker.PORTS = "127.0.0.1", (0,)
async def main():
    broker = await own_broker.OwnBroker.start(tuple(sys.argv[3:]), Path(sys.argv[1]), Path(sys.argv[2]))
    print(broker.port, broker._process.pid, flush=True)
    await asyncio.Event().wait()
asyncio.run(main())
"""


def test_it_ends_when_the_program_is_killed(tmp_path: Path) -> None:
    arguments = [str(tmp_path / "data"), str(Firm(tmp_path).public), *PROGRAM]
    parent = subprocess.Popen([sys.executable, "-c", PARENT, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    with parent:
        assert parent.stdout is not None
        port, pid = map(int, parent.stdout.readline().split())
        assert answers(port)
        parent.send_signal(signal.SIGKILL)
    wait_until(lambda: not runs(pid))
    assert not answers(port)


def runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_the_address_for_others_is_an_ipv4_address_of_this_computer() -> None:
    address = lan_address()
    with socket.create_server((address, 0)) as here:
        assert here.getsockname()[0] == address
