"""Packets in, whole pictures out: in order, each at once with its last packet, and none that lacks a part.

It stands in for ``aiortc.jitterbuffer.JitterBuffer``, which completes a picture only when the next one begins
(MEASURED.md, trap 2), begins anew at a packet that was repeated too late, and lets the rest of a torn picture through.
"""

from __future__ import annotations

from collections.abc import Callable

from aiortc.jitterbuffer import JitterFrame
from aiortc.rtp import RtpPacket

TURN = 2**16  # sequence numbers (RFC 3550 §5.1)
CAPACITY = 1024  # packets


class MarkerJitterBuffer:
    """Completes a picture at its marker bit (RFC 6184 §5.1).

    ``add`` gives one picture at a time. Where a late packet completes several, ``knock`` gets a packet that is to be
    added once more, so that the last one does not wait for the next change of the screen.
    """

    def __init__(self, knock: Callable[[RtpPacket], None], capacity: int = CAPACITY) -> None:
        self._knock, self._capacity = knock, capacity
        self._packets: dict[int, RtpPacket] = {}
        self._origin: int | None = None  # the oldest packet that is still waited for
        self._torn = False  # what follows belongs to a picture that lacks a part

    def add(self, packet: RtpPacket) -> tuple[bool, JitterFrame | None]:
        """Whether a picture had to be given up for lack of room, and the next whole one, if there is one."""
        if self._origin is None:
            self._origin = packet.sequence_number
        ahead = self._ahead(packet.sequence_number)
        if ahead >= TURN // 2:
            return False, None  # repeated, and too late
        self._packets[packet.sequence_number] = packet
        excess = ahead - self._capacity + 1
        if excess > 0:
            self._drop(excess)
            self._leap()
        return excess > 0, self._next_frame()

    def give_up(self, number: int) -> None:
        """Nothing up to the packet ``number`` is waited for any more; the picture that it tore is dropped."""
        if self._origin is not None and (ahead := self._ahead(number)) < self._capacity:
            self._drop(ahead + 1)
            self._mend()
            if (waiting := self._at(0)) is not None:
                self._knock(waiting)

    def _next_frame(self) -> JitterFrame | None:
        self._mend()
        packets = self._first_frame()
        if not packets:
            return None
        self._remove(len(packets))
        if (waiting := self._at(0)) is not None:
            self._knock(waiting)
        data = b"".join(packet._data for packet in packets)  # type: ignore[attr-defined]
        return JitterFrame(data=data, timestamp=packets[0].timestamp)

    def _first_frame(self) -> list[RtpPacket]:
        """The packets of the oldest picture, empty while one of them is missing."""
        packets: list[RtpPacket] = []
        while (packet := self._at(len(packets))) is not None:
            if packets and packet.timestamp != packets[0].timestamp:
                return packets
            packets.append(packet)
            if packet.marker:
                return packets
        return []

    def _mend(self) -> None:
        """Drop the rest of the torn picture, as far as it is here."""
        while self._torn and (packet := self._at(0)) is not None:
            self._torn = not packet.marker
            self._remove(1)

    def _leap(self) -> None:
        """Drop the torn picture with its gaps."""
        while self._torn and self._packets:
            if self._at(0) is None:
                self._remove(1)
            self._mend()

    def _drop(self, count: int) -> None:
        self._torn = True
        self._remove(count)

    def _remove(self, count: int) -> None:
        for step in range(count):
            self._packets.pop(((self._origin or 0) + step) % TURN, None)
        self._origin = ((self._origin or 0) + count) % TURN

    def _at(self, count: int) -> RtpPacket | None:
        return None if self._origin is None else self._packets.get((self._origin + count) % TURN)

    def _ahead(self, number: int) -> int:
        return (number - (self._origin or 0)) % TURN
