"""A visit as a sequence chart: ``>>`` what happens, ``<<`` what the machine asks for, in order.

    assert (
        Playbook(Host())
        >> PeerVerified()
        >> at(4, Accepted())
        << Tell(Accept())
        << noted(4, Side.CUSTOMER, "accepted")
        << Tell(Grants((), 0))
    )

Every command must be answered for before the next event, and before the end: hence the ``assert``.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Protocol

from remotehelp.visit.commands import Command, Record, ShowSaid
from remotehelp.visit.events import Event, Side
from remotehelp.visit.shown import Said
from remotehelp.visit.story import Entry, What


class Machine(Protocol):
    """What a playbook is played with: ``Host`` or ``Guest``."""

    def handle(self, event: Event, now: float) -> list[Command]: ...


@dataclass(frozen=True)
class At:
    """An event and when it happens."""

    seconds: float
    event: Event


def at(seconds: float, event: Event) -> At:
    """``event`` happens so many seconds after the visit began, and so does what follows without a time."""
    return At(seconds, event)


def noted(seconds: float, who: Side, what: What, text: str = "", size: int = 0) -> Record:
    """One line of the visit's log."""
    return Record(Entry(seconds, who, what, text, size))


def heard(who: Side, text: str) -> ShowSaid:
    """One line of the conversation."""
    return ShowSaid(Said(who, text))


class Playbook:
    """A chart that is played as it is written; each line is checked at once."""

    def __init__(self, machine: Machine, now: float = 0.0) -> None:
        self._machine = machine
        self._now = now
        self._due: deque[Command] = deque()
        self._lines: list[str] = []

    def __rshift__(self, happens: Event | At) -> Playbook:
        """This happens; nothing that was asked for before may be left over."""
        self._nothing_left()
        if isinstance(happens, At):
            self._now, event = happens.seconds, happens.event
        else:
            event = happens
        self._lines.append(f"{self._now:7.1f} s  >> {event}")
        self._due.extend(self._machine.handle(event, self._now))
        return self

    def __lshift__(self, command: Command) -> Playbook:
        """This is what the machine asks for next."""
        came = self._due.popleft() if self._due else None
        assert came == command, self._chart(f"<< {command}   was expected, but there came\n           << {came}")
        self._lines.append(f"           << {command}")
        return self

    def __bool__(self) -> bool:
        """True at the end of a chart that held."""
        self._nothing_left()
        return True

    def skip(self) -> Playbook:
        """Whatever was asked for so far is not what this chart is about."""
        self._due.clear()
        return self

    def _nothing_left(self) -> None:
        assert not self._due, self._chart("\n           ".join(f"<< {command}   came, too" for command in self._due))

    def _chart(self, trouble: str) -> str:
        return "\n".join(["the chart goes", *self._lines, f"           {trouble}"])
