"""What makes pictures of packets: when it asks for missing ones, and what it does when none comes.

That the private names are what this relies on is held by tests/contract/test_aiortc_private*.py.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import pytest
from aioice.candidate import Candidate
from aioice.ice import CandidatePair, Connection, StunProtocol
from aiortc.rtp import RtpPacket

from remotehelp.peer import aiortc_private
from remotehelp.peer.aiortc_private import ASKED_AT_ONCE, Assembly
from remotehelp.peer.repairs import ASKS, LEAST_S, REMEMBERED
from tests.helpers.waiting import until


@dataclass
class Receiver:
    """What the assembly uses of aiortc's receiver; remembers what would be sent."""

    nacks: list[list[int]] = field(default_factory=list)
    plis: list[int] = field(default_factory=list)

    async def _send_rtcp_nack(self, ssrc: int, lost: list[int]) -> None:
        self.nacks.append(lost)

    async def _send_rtcp_pli(self, ssrc: int) -> None:
        self.plis.append(ssrc)

    async def _handle_rtp_packet(self, packet: RtpPacket, arrival_time_ms: int) -> None:
        """Packets that wait behind a gap come here again."""


@pytest.fixture
async def receiver():
    return Receiver()


@pytest.fixture
async def assembly(receiver: Receiver):
    assembly = Assembly(receiver, lambda: 0.001)  # type: ignore[arg-type]
    running = asyncio.create_task(assembly.run())
    yield assembly
    running.cancel()


def packet(number: int, *, last: bool = True) -> RtpPacket:
    packet = RtpPacket(sequence_number=number, timestamp=number, marker=int(last))
    packet.ssrc, packet._data = 9, b"x"  # type: ignore[attr-defined]
    return packet


async def test_a_missing_packet_is_asked_for_again_though_nothing_more_arrives(
    assembly: Assembly, receiver: Receiver
) -> None:
    began = asyncio.get_running_loop().time()
    for number in (10, 12):
        assert not assembly.add(packet(number))  # aiortc itself asks for nothing
    await until(lambda: len(receiver.nacks) == ASKS)
    assert asyncio.get_running_loop().time() - began >= LEAST_S * (ASKS - 1)
    assert receiver.nacks == [[11]] * ASKS
    await until(lambda: receiver.plis == [9])  # given up: a whole picture instead


async def test_what_arrives_is_not_asked_for_any_more(assembly: Assembly, receiver: Receiver) -> None:
    for number in (10, 12):
        assembly.add(packet(number))
    await until(lambda: receiver.nacks)
    assembly.add(packet(11))
    assembly.add(packet(14))
    await until(lambda: [13] in receiver.nacks)
    assert receiver.nacks == [[11], [13]]


async def test_a_long_gap_is_asked_for_in_datagrams_that_fit(assembly: Assembly, receiver: Receiver) -> None:
    for number in (0, REMEMBERED + 1):
        assembly.add(packet(number))
    await until(lambda: sum(map(len, receiver.nacks)) >= REMEMBERED)
    assert max(map(len, receiver.nacks)) <= ASKED_AT_ONCE


async def test_a_partner_who_stays_with_a_pair_that_we_never_tried_is_heard() -> None:
    """Our checks end with the first pair that is nominated, theirs may end with another."""
    there = [Candidate("1", 1, "udp", 9, host, 5000 + n, "host") for n, host in enumerate(("127.0.0.1", "192.0.2.7"))]
    connection = Connection(ice_controlling=True)
    connection._remote_candidates = there
    tried = CandidatePair(StunProtocol(connection), there[0])
    tried.state = CandidatePair.State.SUCCEEDED
    connection._check_list = [tried]
    assert aiortc_private._partners(connection) == {("127.0.0.1", 5000), ("192.0.2.7", 5001)}
