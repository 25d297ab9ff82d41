"""Which way to a relay (TURN) is open from here: UDP first, then TCP, then TLS; aiortc takes one server alone.

What a way is worth is tried by an allocation before the one offer or answer is made, for there is no second one. The
broker names the relays, so they are looked through as the other side's candidates are.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Sequence
from typing import Any

import structlog
from aioice import stun, turn
from aiortc import RTCIceServer
from aiortc.rtcicetransport import parse_stun_turn_uri

from remotehelp.messages import TurnServers
from remotehelp.peer.connection import FindServers
from remotehelp.peer.guards import Network, is_decent, own_networks
from remotehelp.peer.signalling import Signalling

log = structlog.get_logger("relay")

TRY_S = {"udp": 1.5, "tcp": 3.0, "tls": 3.0}  # for an allocation; an open way needs two round trips, TLS four
CLOSE_S = 1.0
WAYS = ("udp", "tcp", "tls")


def servers_by(signalling: Signalling) -> FindServers:
    """Find servers among the newest relays that the broker at ``signalling`` named."""

    async def find() -> list[RTCIceServer]:
        if signalling.turn is None:
            return []
        return await open_way(signalling.turn, own_networks(), local=signalling.is_local)

    return find


async def open_way(offered: TurnServers, own: Sequence[Network], *, local: bool) -> list[RTCIceServer]:
    """The servers to gather with: the first relay that answers, and STUN of the same host by UDP; none if none does.

    All are tried at once, so that it takes 3 s at most, and the first way of ``WAYS`` is taken. ``own`` are the
    networks of this computer; only a ``local`` broker, one of this computer, may name a relay on loopback.
    """
    ways = sorted(((_way(parsed), uri, parsed) for uri, parsed in _parsed(offered)), key=lambda way: WAYS.index(way[0]))
    tries = [asyncio.create_task(_answers(way, parsed, offered, own, local)) for way, _, parsed in ways]
    try:
        for (way, uri, parsed), answers in zip(ways, tries, strict=True):
            if await answers:
                log.info("relay", way=way)
                relay = RTCIceServer(uri, offered.username, offered.password)
                stun_too = [RTCIceServer(f"stun:{parsed['host']}:{parsed['port']}")] if way == "udp" else []
                return [*stun_too, relay]
    finally:
        for task in tries:
            task.cancel()
        await asyncio.gather(*tries, return_exceptions=True)
    log.warning("no relay answers")
    return []


def _parsed(offered: TurnServers) -> list[tuple[str, dict[str, Any]]]:
    return [(uri, parse_stun_turn_uri(uri)) for uri in offered.uris]


def _way(parsed: dict[str, Any]) -> str:
    return "tls" if parsed["scheme"] == "turns" else str(parsed["transport"])  # aioice knows no DTLS


async def _answers(way: str, parsed: dict[str, Any], offered: TurnServers, own: Sequence[Network], local: bool) -> bool:
    try:
        async with asyncio.timeout(TRY_S[way]):
            if not await _may_be_asked(parsed["host"], own, local):
                return False
            transport, closing = await turn.create_turn_endpoint(
                _Closing,
                server_addr=(parsed["host"], parsed["port"]),
                username=offered.username,
                password=offered.password,
                ssl=way == "tls" or None,
                transport="udp" if way == "udp" else "tcp",
            )
    except (OSError, TimeoutError, stun.TransactionError, ValueError) as error:
        log.info("relay not reached", way=way, error=type(error).__name__)
        return False
    transport.close()
    await asyncio.wait((closing.closed,), timeout=CLOSE_S)
    return True


async def _may_be_asked(host: str, own: Sequence[Network], local: bool) -> bool:
    found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    addresses = {str(address[0]) for *_, address in found}
    return all(
        is_decent(address, own) and (local or not ipaddress.ip_address(address).is_loopback) for address in addresses
    )


class _Closing(asyncio.DatagramProtocol):
    """An allocation that nothing is sent by; ``closed`` once it is given back."""

    def __init__(self) -> None:
        self.closed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_lost(self, _: Exception | None) -> None:
        """The allocation has ended."""
        if not self.closed.done():
            self.closed.set_result(None)
