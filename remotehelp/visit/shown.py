"""What the windows of both sides show alike, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from remotehelp.errors import HelpError
from remotehelp.visit.events import Side


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
    """One line of the conversation."""

    who: Side
    text: str


class Owner(Protocol):
    """Who shows a visit; called on the engine's loop."""

    def on_change(self) -> None:
        """Something that the window shows has changed."""

    def on_trouble(self, error: HelpError) -> None:
        """A sentence for the person."""

    def on_closed(self) -> None:
        """The visit is closed; its connection too."""
