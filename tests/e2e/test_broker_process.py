"""The broker as a real process: it says when it serves, ends when asked, and explains itself where it can't start."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from websockets.sync.client import ClientConnection, connect

from remotehelp.broker.store import Store
from remotehelp.messages import VERSION, Open, Opened, Welcome, decode_from_broker, encode_json

pytestmark = pytest.mark.e2e

DEADLINE_S = 20
START = """
import sys
from pathlib import Path
from remotehelp.broker.serve import run
from remotehelp.errors import HelpError
from remotehelp.sentences import explain
host, port, data, org = sys.argv[1:]
try:
    run(host, int(port), Path(data), Path(org) if org else None)
except HelpError as error:
    sys.exit(explain(error))
"""
ROOT = Path(__file__).parents[2]


def start(data: Path, port: int = 0, org: Path | str = "") -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", START, "127.0.0.1", str(port), str(data), str(org)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


@contextlib.contextmanager
def serving(data: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A broker that said that it is ready, and the address that it said."""
    process = start(data)
    try:
        yield process, first_line(process)
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    assert select.select([process.stdout], [], [], DEADLINE_S)[0], "it never said that it is ready"
    line = process.stdout.readline()
    ready = re.fullmatch(r"ready (http://127\.0\.0\.1:[0-9]+)\n", line)
    assert ready, (line, process.stderr.read() if process.stderr else "")
    return ready[1]


@contextlib.contextmanager
def program(url: str) -> Iterator[tuple[ClientConnection, Welcome]]:
    """A connected program and its welcome."""
    with connect(url.replace("http", "ws") + "/ws", proxy=None) as connection:
        welcome = decode_from_broker(connection.recv(timeout=DEADLINE_S))
        assert isinstance(welcome, Welcome)
        yield connection, welcome


def open_code(connection: ClientConnection) -> str:
    connection.send(encode_json(Open(VERSION, bytes(16))))
    opened = decode_from_broker(connection.recv(timeout=DEADLINE_S))
    assert isinstance(opened, Opened)
    return opened.nameplate


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Exit status, the rest of stdout, stderr."""
    out, err = process.communicate(timeout=DEADLINE_S)
    return process.returncode, out, err


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_in_good_order_while_programs_are_connected(tmp_path: Path, number: signal.Signals) -> None:
    with serving(tmp_path) as (process, url), program(url) as (connection, _):
        begin = time.monotonic()
        process.send_signal(number)
        status, out, err = ended(process)
        assert time.monotonic() - begin < 5
        connection.close()
        assert connection.close_code == 1012  # service restart (RFC 6455's registry)
    assert (status, out) == (0, "")
    assert "Traceback" not in err
    assert "level=error" not in err


def test_a_signal_before_it_serves_ends_it_too(tmp_path: Path) -> None:
    process = start(tmp_path)
    deadline = time.monotonic() + DEADLINE_S
    while not (tmp_path / "broker.sqlite3").exists():
        assert time.monotonic() < deadline
        time.sleep(0.001)
    process.terminate()
    status, _, err = ended(process)
    assert status == 0
    assert "Traceback" not in err


def test_a_restart_keeps_the_brokers_id_and_revives_no_code(tmp_path: Path) -> None:
    with serving(tmp_path) as (process, url), program(url) as (connection, before):
        code = open_code(connection)
        process.kill()  # the hard way: nothing can be saved at the end
        process.wait(DEADLINE_S)
    with serving(tmp_path) as (_, url), program(url) as (_, after):
        assert after.broker == before.broker
        assert after.nonce != before.nonce

    async def taken() -> dict[str, float]:
        store = await Store.open(tmp_path)
        try:
            return await store.taken(time.time())
        finally:
            await store.close()

    left = asyncio.run(taken())[code] - time.time()
    assert 500 < left <= 600  # not given to anybody else until its ten minutes are over


def explained(process: subprocess.Popen[str], *words: str) -> None:
    """It ended with one sentence on stderr and nothing on stdout."""
    status, out, err = ended(process)
    assert (status, out) == (1, "")
    assert err.count("\n") == 1
    assert all(word in err for word in words), err


def test_a_port_in_use_is_named_in_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        explained(start(tmp_path, port), f"port {port}", "Nothing was started")


def test_a_data_folder_that_can_not_be_written_is_named_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()  # root may write into any folder: below a file nobody may
    explained(start(tmp_path / "file" / "data"), str(tmp_path / "file" / "data"), "can't be written")


def test_an_organisation_folder_without_an_organisation_is_named_in_one_sentence(tmp_path: Path) -> None:
    explained(start(tmp_path / "data", org=tmp_path / "public"), str(tmp_path / "public"))
