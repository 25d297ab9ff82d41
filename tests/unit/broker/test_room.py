"""Who is at the other end."""

from __future__ import annotations

from remotehelp.broker.room import CodeRoom, QueueRoom, Room


def test_each_sees_the_other() -> None:
    rooms: list[Room] = [CodeRoom(bytes(16), "a", 1, "4711"), QueueRoom(bytes(16), "a", 1, 5, "The printer", 10.0)]
    for room in rooms:
        assert (room.other(1), room.technician, room.greeted) == (None, None, False)
        room.technician = 2
        assert (room.other(1), room.other(2)) == (2, 1)


def test_two_rooms_are_never_the_same() -> None:
    assert CodeRoom(bytes(16), "a", 1, "4711") != CodeRoom(bytes(16), "a", 1, "4711")
