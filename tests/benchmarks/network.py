"""The line between the two sides: a network namespace each, joined by a cable or by an emulated line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from typing import NamedTuple

from remotehelp.demo.processes import program
from remotehelp.demo.waiting import StageError, wait_for
from tests.benchmarks import programs

ADDRESSES = {"host": "10.77.0.1", "viewer": "10.77.0.2"}
DEVICES = {"host": "vh", "viewer": "vv"}
READY_S = 10.0
PROBE = "import socket, sys; socket.create_connection((sys.argv[1], 9), 1)"
OFFLOADS = ("tx", "tso", "gso", "gro")


class Line(NamedTuple):
    """One way: delay in ms, loss as a part, rate in bit/s, the queue before it in ms."""

    delay_ms: float
    loss: float
    rate: float
    queue_ms: float


PROFILES: dict[str, Line | None] = {
    "lan": None,
    "dsl": Line(20, 0.0, 10e6, 200),
    "bad": Line(75, 0.02, 2e6, 300),
}


class Network:
    """Two namespaces, ``host`` and ``viewer``; with a line of ``profile`` between them, a third that plays the line."""

    def __init__(self, profile: str) -> None:
        self._line = PROFILES[profile]
        self._emulator: subprocess.Popen[bytes] | None = None

    def up(self) -> None:
        """Raises StageError where it can't be made: only root may."""
        if self._line is None:
            self._cable()
        else:
            self._emulated()
        for side, device in DEVICES.items():
            _ip("-n", namespace(side), "addr", "add", f"{ADDRESSES[side]}/24", "dev", device)
            _ip("-n", namespace(side), "link", "set", device, "up")
            _ip("-n", namespace(side), "route", "add", "default", "dev", device)
        if self._line is not None:
            self._emulate(self._line)
        wait_for(self._reaches, READY_S, "the two sides don't reach each other")

    def down(self) -> None:
        """Take all of it away again."""
        if self._emulator is not None:
            self._emulator.kill()
            self._emulator.wait()
            self._emulator = None
        for side in ("host", "viewer", "middle"):
            with suppress(StageError):
                _ip("netns", "del", namespace(side))

    def sent(self) -> dict[str, int]:
        """Bytes that each side has sent so far, with all headers."""
        return {side: _sent(side) for side in DEVICES}

    def _cable(self) -> None:
        for side in DEVICES:
            _add(side)
        ends = ("type", "veth", "peer", "name", DEVICES["viewer"], "netns", namespace("viewer"))
        _ip("-n", namespace("host"), "link", "add", DEVICES["host"], *ends)

    def _emulated(self) -> None:
        for side in (*DEVICES, "middle"):
            _add(side)
        for side, device in DEVICES.items():
            ends = ("type", "veth", "peer", "name", f"m{device}", "netns", namespace("middle"))
            _ip("-n", namespace(side), "link", "add", device, *ends)
            _ip("-n", namespace("middle"), "link", "set", f"m{device}", "up")
            self._plain_packets(side, device)

    def _plain_packets(self, side: str, device: str) -> None:
        """The emulator takes packets of one MTU with whole checksums only."""
        switches = [word for name in OFFLOADS for word in (name, "off")]
        _run(*inside(side), program("ethtool"), "-K", device, *switches)

    def _emulate(self, line: Line) -> None:
        rates = (line.delay_ms, line.loss, line.rate, line.rate, line.queue_ms)
        words = [*inside("middle"), str(programs.path("netemu")), "mvh", "mvv", *map(str, rates)]
        self._emulator = subprocess.Popen(words)

    def _reaches(self) -> bool:
        """Whether the other side answers, if only that nothing listens there."""
        words = [*inside("viewer"), sys.executable, "-c", PROBE, ADDRESSES["host"]]
        return "refused" in subprocess.run(words, capture_output=True, text=True).stderr


def namespace(side: str) -> str:
    """The name of a side's namespace, of this process alone."""
    return f"rhb{os.getpid()}-{side}"


def inside(side: str) -> list[str]:
    """The words before a command that is to run on that side of the line; the process keeps its id."""
    return [program("nsenter"), f"--net=/run/netns/{namespace(side)}", "--"]


def _add(side: str) -> None:
    _ip("netns", "add", namespace(side))
    _ip("-n", namespace(side), "link", "set", "lo", "up")


def _sent(side: str) -> int:
    told = json.loads(_ip("-n", namespace(side), "-s", "-j", "link", "show", DEVICES[side]))
    return int(told[0]["stats64"]["tx"]["bytes"])


def _ip(*words: str) -> str:
    return _run(program("ip"), *words)


def _run(*words: str) -> str:
    done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode:
        raise StageError(f"{' '.join(words)}: {done.stderr.strip()}")
    return done.stdout
