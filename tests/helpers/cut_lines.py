"""Three computers on one network, each in a namespace of its own, whose lines can be cut: root alone may make them."""

from __future__ import annotations

import ctypes
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.helpers.roles import Window

NEW_NET = 0x40000000  # CLONE_NEWNET of sched.h
SIDES = {"broker": "10.78.0.1", "customer": "10.78.0.2", "technician": "10.78.0.3"}


class Network:
    """The customer's, the technician's and the broker's computer; what is cut loses every packet, without a word."""

    def __init__(self) -> None:
        self.addresses = dict(SIDES)

    def up(self) -> None:
        _add("middle")
        _ip("-n", _name("middle"), "link", "add", "bridge", "type", "bridge")
        _ip("-n", _name("middle"), "link", "set", "bridge", "up")
        for side, address in SIDES.items():
            _add(side)
            ends = ("type", "veth", "peer", "name", "line", "netns", _name(side))
            _ip("-n", _name("middle"), "link", "add", side, *ends)
            _ip("-n", _name("middle"), "link", "set", side, "up")
            _ip("-n", _name(side), "link", "set", "line", "up")
            _ip("-n", _name(side), "addr", "add", f"{address}/24", "dev", "line")
            self.join(side)

    def down(self) -> None:
        for side in (*SIDES, "middle"):
            with suppress(subprocess.CalledProcessError):
                _ip("netns", "del", _name(side))

    def cut(self, side: str) -> None:
        """Nothing comes to this side or leaves it any more."""
        _ip("-n", _name("middle"), "link", "set", side, "nomaster")

    def join(self, side: str) -> None:
        """The line is there, or there again."""
        _ip("-n", _name("middle"), "link", "set", side, "master", "bridge")

    def move(self, side: str, address: str) -> None:
        """The computer has this address from now on, and not the one before."""
        _ip("-n", _name(side), "addr", "del", f"{self.addresses[side]}/24", "dev", "line")
        _ip("-n", _name(side), "addr", "add", f"{address}/24", "dev", "line")
        self.addresses[side] = address

    def inside(self, side: str) -> list[str]:
        """The words before a command that is to run there."""
        return ["nsenter", f"--net=/run/netns/{_name(side)}", "--"]

    def put(self, side: str, window: Window) -> None:
        """All sockets that this side's engine opens from now on are there."""
        window.engine.call(lambda: _enter(side))
        window.settle()


@contextmanager
def network() -> Iterator[Network]:
    """Skips the test where nobody may make namespaces."""
    made = Network()
    try:
        made.up()
    except (OSError, subprocess.CalledProcessError) as error:
        made.down()
        pytest.skip(f"no network namespaces here: {error}")
    try:
        yield made
    finally:
        made.down()


def _enter(side: str) -> None:
    """The namespace for this thread alone (setns(2))."""
    with Path("/run/netns", _name(side)).open("rb") as namespace:
        if ctypes.CDLL(None, use_errno=True).setns(namespace.fileno(), NEW_NET):
            raise OSError(ctypes.get_errno(), "setns")


def _name(side: str) -> str:
    return f"rhc{os.getpid()}-{side}"


def _add(side: str) -> None:
    _ip("netns", "add", _name(side))
    _ip("-n", _name(side), "link", "set", "lo", "up")


def _ip(*words: str) -> None:
    subprocess.run(("ip", *words), check=True, capture_output=True)
