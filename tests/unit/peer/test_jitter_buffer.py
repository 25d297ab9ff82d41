"""The jitter buffer: whatever the network does to the packets, whole frames come out, in order, the last at once."""

from __future__ import annotations

from dataclasses import dataclass, field

from aiortc.rtp import RtpPacket
from hypothesis import given, settings
from hypothesis import strategies as st

from remotehelp.peer.jitter_buffer import MarkerJitterBuffer

TURN = 2**16
TICK = 3000  # 30 frames a second at 90 kHz


def packets_of(sizes: list[int], first: int) -> list[RtpPacket]:
    """One packet after the other for frames of these many packets, from sequence number ``first`` on."""
    packets = []
    for number, size in enumerate(sizes):
        for part in range(size):
            packet = RtpPacket(
                sequence_number=(first + len(packets)) % TURN, timestamp=number * TICK, marker=int(part == size - 1)
            )
            packet._data = f"{number}.{part} ".encode()
            packets.append(packet)
    return packets


def data_of(number: int, size: int) -> bytes:
    return b"".join(f"{number}.{part} ".encode() for part in range(size))


@dataclass
class Receiver:
    """What aiortc's receiver does with its buffer, knocking included."""

    capacity: int = 256
    out: list[bytes] = field(default_factory=list)
    lost: bool = False

    def __post_init__(self) -> None:
        self._again: list[RtpPacket] = []
        self.buffer = MarkerJitterBuffer(self._again.append, capacity=self.capacity)

    def get(self, packet: RtpPacket) -> None:
        self._again.append(packet)
        self.settle()

    def settle(self) -> None:
        while self._again:
            lost, frame = self.buffer.add(self._again.pop())
            self.lost |= lost
            if frame is not None:
                self.out.append(frame.data)


sizes = st.lists(st.integers(1, 6), min_size=1, max_size=25)
starts = st.one_of(st.integers(0, TURN - 1), st.integers(TURN - 60, TURN - 1))


@given(sizes, starts)
def test_each_frame_is_there_with_its_last_packet(sizes: list[int], first: int) -> None:
    receiver = Receiver()
    for packet in packets_of(sizes, first):
        before = len(receiver.out)
        receiver.get(packet)
        assert len(receiver.out) - before == packet.marker
    assert receiver.out == [data_of(number, size) for number, size in enumerate(sizes)]


@given(sizes, starts, st.data())
def test_reordered_and_repeated_packets_change_nothing(sizes: list[int], first: int, data: st.DataObject) -> None:
    packets = packets_of(sizes, first)
    delays = data.draw(st.lists(st.integers(0, 8), min_size=len(packets), max_size=len(packets)))
    copies = data.draw(st.lists(st.integers(1, 3), min_size=len(packets), max_size=len(packets)))
    rest = [(index + delay, packet) for index, (packet, delay) in enumerate(zip(packets, delays, strict=True)) if index]
    receiver = Receiver()
    receiver.get(packets[0])  # the first one sets the origin
    for _, packet in sorted(rest, key=lambda late: late[0]):
        for _ in range(copies[packets.index(packet)]):
            receiver.get(packet)
    assert receiver.out == [data_of(number, size) for number, size in enumerate(sizes)]


@given(sizes, starts, st.data())
def test_a_packet_that_comes_late_frees_all_that_waited_for_it(
    sizes: list[int], first: int, data: st.DataObject
) -> None:
    packets = packets_of([*sizes, 1], first)
    late = data.draw(st.integers(1, len(packets) - 1))
    receiver = Receiver()
    for index, packet in enumerate(packets):
        if index != late:
            receiver.get(packet)
    receiver.get(packets[late])
    assert receiver.out == [data_of(number, size) for number, size in enumerate([*sizes, 1])]


@settings(max_examples=40)
@given(st.lists(st.integers(1, 6), min_size=60, max_size=80), starts, st.data())
def test_a_loss_costs_one_frame_and_asks_for_a_whole_picture(sizes: list[int], first: int, data: st.DataObject) -> None:
    packets = packets_of(sizes, first)
    gone = data.draw(st.integers(1, 40))
    receiver = Receiver(capacity=64)
    for index, packet in enumerate(packets):
        if index != gone:
            receiver.get(packet)
    whole = [data_of(number, size) for number, size in enumerate(sizes)]
    broken = next(number for number in range(len(sizes)) if sum(sizes[: number + 1]) > gone)
    assert receiver.out[:broken] == whole[:broken]
    after = receiver.out[broken:]
    if receiver.lost:  # the buffer ran full, so the frame was given up
        ends_it = gone + 1 == sum(sizes[: broken + 1])  # what the next frame begins with can't be told then
        assert after == whole[broken + 1 + ends_it :]
    else:
        assert len(packets) - sum(sizes[:broken]) <= 64
        assert after == []


@given(st.lists(st.integers(1, 6), min_size=3, max_size=25), starts, st.data())
def test_a_packet_that_is_given_up_frees_the_whole_frames_behind_it(
    sizes: list[int], first: int, data: st.DataObject
) -> None:
    packets = packets_of(sizes, first)
    gone = data.draw(st.integers(1, len(packets) - 1))
    receiver = Receiver()
    for index, packet in enumerate(packets):
        if index != gone:
            receiver.get(packet)
    receiver.buffer.give_up(packets[gone].sequence_number)
    receiver.settle()
    whole = [data_of(number, size) for number, size in enumerate(sizes)]
    broken = next(number for number in range(len(sizes)) if sum(sizes[: number + 1]) > gone)
    ends_it = gone + 1 == sum(sizes[: broken + 1])
    assert receiver.out == whole[:broken] + whole[broken + 1 + ends_it :]


def test_a_packet_that_is_repeated_much_too_late_changes_nothing() -> None:
    packets = packets_of([1] * 300, 65_400)
    receiver = Receiver()
    for packet in packets[:200]:
        receiver.get(packet)
    for late in (packets[0], packets[150]):
        receiver.get(late)
        receiver.buffer.give_up(late.sequence_number)
    for packet in packets[200:]:
        receiver.get(packet)
    assert receiver.out == [data_of(number, 1) for number in range(300)]
    assert not receiver.lost


def test_before_the_first_packet_nothing_can_be_given_up() -> None:
    receiver = Receiver()
    receiver.buffer.give_up(7)
    receiver.get(packets_of([1], 7)[0])
    assert receiver.out == [data_of(0, 1)]


def test_a_frame_whose_marker_is_missing_ends_where_the_next_one_begins() -> None:
    first, second = packets_of([1, 1], 7)
    first.marker = 0
    receiver = Receiver()
    receiver.get(first)
    assert receiver.out == []
    receiver.get(second)
    assert receiver.out == [data_of(0, 1), data_of(1, 1)]
