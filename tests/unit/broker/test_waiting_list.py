"""One plain list, first come, first served."""

from __future__ import annotations

import pytest

from remotehelp.broker.room import QueueRoom
from remotehelp.broker.waiting_list import WAITING, WAITING_AN_ADDRESS, WaitingList
from remotehelp.messages import LISTED, AskForHelp, Waiting
from remotehelp.messages import WaitingList as ListMessage


@pytest.fixture
def three() -> tuple[WaitingList, list[QueueRoom]]:
    """Three who came a second after each other."""
    waiting = WaitingList()
    return waiting, [add(waiting, socket) for socket in (1, 2, 3)]


def add(waiting: WaitingList, socket: int, address: str = "") -> QueueRoom:
    request = AskForHelp(1, bytes([socket % 256]) * 16, f"words of {socket}")
    return waiting.add(socket, address or f"address of {socket}", request, float(socket))


def test_who_came_first_is_first(three: tuple[WaitingList, list[QueueRoom]]) -> None:
    waiting, rooms = three
    assert [waiting.ahead_of(room) for room in rooms] == [room.told for room in rooms] == [0, 1, 2]
    expected = tuple(Waiting(room.ticket, f"words of {room.customer}", 10 - room.customer) for room in rooms)
    assert waiting.as_message(10.9) == ListMessage(expected, 3)


def test_who_is_taken_is_not_in_it_and_is_at_her_place_when_she_comes_back(
    three: tuple[WaitingList, list[QueueRoom]],
) -> None:
    waiting, (first, second, third) = three
    second.technician = 11
    assert (len(waiting), waiting.find(second.ticket)) == (2, None)
    assert [room.ticket for room in waiting.as_message(0).first] == [first.ticket, third.ticket]
    assert list(waiting.moved()) == [third]
    second.technician = None
    assert waiting.find(second.ticket) is second
    assert waiting.ahead_of(second) == 1
    assert list(waiting.moved()) == [third]
    assert list(waiting.moved()) == []


def test_who_has_left_is_not_found(three: tuple[WaitingList, list[QueueRoom]]) -> None:
    waiting, (first, second, third) = three
    waiting.remove(first)
    waiting.remove(first)
    assert waiting.find(first.ticket) is None
    assert {room.customer: room.told for room in waiting.moved()} == {2: 0, 3: 1}
    assert waiting.find(0) is None
    assert add(waiting, 4).ticket not in {first.ticket, second.ticket, third.ticket}


def test_a_technician_is_shown_the_first_and_told_how_many_there_are() -> None:
    waiting = WaitingList()
    for socket in range(LISTED + 3):
        add(waiting, socket)
    message = waiting.as_message(100.0)
    assert (len(message.first), message.total) == (LISTED, LISTED + 3)
    assert message.first[0].words == "words of 0"


def test_who_has_waited_long_enough(three: tuple[WaitingList, list[QueueRoom]]) -> None:
    waiting, (first, second, _) = three
    assert waiting.since(0.9) == []
    assert waiting.since(2.0) == [first, second]
    first.technician = 11  # a taken one does not wait
    assert waiting.since(2.0) == [second]


def test_so_many_of_one_address_and_so_many_in_all() -> None:
    waiting = WaitingList()
    rooms = [add(waiting, socket, "one house") for socket in range(WAITING_AN_ADDRESS)]
    assert waiting.why_full("one house") == "too_many_waiting"
    assert waiting.why_full("another") == ""
    rooms[0].technician = 11  # she may come back to her place
    assert waiting.why_full("one house") == "too_many_waiting"
    waiting.remove(rooms[0])
    assert waiting.why_full("one house") == ""
    for socket in range(len(rooms), WAITING + 1):
        add(waiting, socket)
    assert waiting.why_full("another") == "list_full"
