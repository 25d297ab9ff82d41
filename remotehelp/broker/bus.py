"""How letters reach a node's sockets: in memory for one node, behind a Protocol that a shared bus can fill later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from remotehelp.broker.events import Socket
from remotehelp.errors import ServiceUnavailable


@dataclass(frozen=True)
class Letter:
    """JSON text for one socket of a node, or for all its customers if ``socket`` is None."""

    socket: Socket | None
    text: str


class Bus(Protocol):
    """Carries letters to nodes, never to single sockets; letters of one sender to one node keep their order."""

    def listen(self, node: str, deliver: Callable[[Letter], None]) -> None:
        """From now on ``deliver`` gets each letter for ``node``; it must not block."""

    async def post(self, node: str, letter: Letter) -> None:
        """Bring a letter to a node; one that nobody listens for is lost."""

    async def check(self) -> None:
        """Raise ServiceUnavailable("broker_trouble") if letters can't be carried now."""


class MemoryBus:
    """The bus of a broker that is one process."""

    def __init__(self) -> None:
        self._nodes: dict[str, Callable[[Letter], None]] = {}

    def listen(self, node: str, deliver: Callable[[Letter], None]) -> None:
        """From now on ``deliver`` gets each letter for ``node``."""
        self._nodes[node] = deliver

    async def post(self, node: str, letter: Letter) -> None:
        """Deliver at once."""
        if node in self._nodes:
            self._nodes[node](letter)

    async def check(self) -> None:
        """Raise ServiceUnavailable while no node listens: the broker has not started yet."""
        if not self._nodes:
            raise ServiceUnavailable("broker_trouble")
