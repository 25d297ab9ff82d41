"""What the windows of both sides show alike, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from remotehelp.errors import HelpError
from remotehelp.messages import LogReceipt
from remotehelp.visit.events import Side
from remotehelp.visit.story import Line as LogLine
from remotehelp.visit.story import Story

SHOWN_LINES = 1000  # so many of the newest lines of a conversation are shown


class Line(StrEnum):
    """The line to the other person, in words."""

    NONE = "none"
    CONNECTING = "connecting"
    GOOD = "good"
    WEAK = "weak"  # it works, and everything takes longer
    LOST = "lost"  # "We are trying to get the line back"


@dataclass(frozen=True)
class Quality:
    """The line in figures, each rounded to what a person can read; packets are those of both ways."""

    relayed: bool  # the packets go through a relay (TURN), not straight to the other side
    round_trip_ms: int
    lost_percent: int
    kbit_s: int


@dataclass(frozen=True)
class Notice:
    """One sentence for a person: a key of ``remotehelp.sentences`` and its values."""

    key: str
    values: tuple[tuple[str, str | int], ...] = ()

    @classmethod
    def of(cls, error: HelpError) -> Notice:
        """The notice that tells ``error``."""
        return cls(error.key, tuple(error.values.items()))


@dataclass(frozen=True)
class Said:
    """One line of the conversation. ``entry``: the number of its line in the log, 0 where there is none."""

    who: Side
    text: str
    entry: int = 0


@dataclass(frozen=True)
class ShownLog:
    """The log of a visit that is over, and the file that it lies in on this computer.

    ``signed_upto``: the last line that both sides signed, 0 if there is none; ``closed``: that is its end.
    """

    lines: tuple[LogLine, ...]
    file: str
    signed_upto: int
    closed: bool

    @classmethod
    def of(cls, story: Story, file: str) -> ShownLog:
        """What stands in ``story`` now."""
        receipts = (line.receipt for line in reversed(story.entries))
        last = next((receipt.upto for receipt in receipts if isinstance(receipt, LogReceipt)), 0)
        return cls(story.entries, file, last, story.closed)


class Owner(Protocol):
    """Who shows a visit; called on the engine's loop."""

    def on_change(self) -> None:
        """Something that the window shows has changed."""

    def on_trouble(self, error: HelpError) -> None:
        """A sentence for the person."""

    def on_closed(self) -> None:
        """The visit is closed; its connection too."""
