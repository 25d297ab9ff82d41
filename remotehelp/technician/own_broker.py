"""The broker inside the technician's program: a child process that serves the local network and ends with it."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
from collections.abc import Sequence
from pathlib import Path

import ifaddr

from remotehelp.errors import ServiceUnavailable

EVERYWHERE = "0.0.0.0"  # noqa: S104 - customers reach it over the local network
PORTS = (8470, 0)  # the usual one, else a free one
START_S = 20.0
END_S = 5.0


class OwnBroker:
    """A running broker; ``port`` is where it listens on every address of this computer."""

    def __init__(self, process: asyncio.subprocess.Process, port: int) -> None:
        self._process = process
        self.port = port

    @classmethod
    async def start(cls, command: Sequence[str], data: Path, public: Path) -> OwnBroker:
        """Start ``command`` (the program itself) as a broker; raises ServiceUnavailable("own_broker_failed")."""
        with contextlib.suppress(OSError):  # the program can't be started at all
            for port in PORTS:
                broker = await cls._try(command, data, public, port)
                if broker is not None:
                    return broker
        raise ServiceUnavailable("own_broker_failed")

    @classmethod
    async def _try(cls, command: Sequence[str], data: Path, public: Path, port: int) -> OwnBroker | None:
        where = ("--host", EVERYWHERE, "--port", str(port), "--data", str(data), "--org", str(public))
        process = await asyncio.create_subprocess_exec(
            *command, "broker", "serve", "--with-parent", *where,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        first = b""
        with contextlib.suppress(TimeoutError):
            if process.stdout is not None:
                first = await asyncio.wait_for(process.stdout.readline(), START_S)
        word, _, address = first.decode().strip().partition(" ")
        if word == "ready":
            return cls(process, int(address.rsplit(":", 1)[1]))
        await _end(process)
        return None

    async def stop(self) -> None:
        """End the child; it also ends by itself when this program dies, for its standard input closes."""
        await _end(self._process)


def lan_address() -> str:
    """An IPv4 address by which others on the local network reach this computer; loopback if there is none."""
    for adapter in ifaddr.get_adapters():
        for ip in adapter.ips:
            if isinstance(ip.ip, str) and not ipaddress.ip_address(ip.ip).is_loopback:
                return ip.ip
    return "127.0.0.1"


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), END_S)
    if process.returncode is None:
        process.kill()
        await process.wait()
