"""The order of a visit, as two tables that can be read aloud, and the code that only walks them.

``TRANSITIONS`` names the roads; an event that a state does not list is not a road and changes nothing.
Leaving a state by any road runs its ``ON_EXIT`` commands, entering one its ``ON_ENTRY``
(PROTOCOL.md, order of a visit).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from remotehelp.visit.commands import ClosePeer, Command, ReleaseAllInput, StartMending, StopCapture, StopMending
from remotehelp.visit.events import (
    Accepted,
    BadgeLapsed,
    CodeExpired,
    Declined,
    Event,
    Failed,
    GaveUp,
    Gone,
    Left,
    LineBack,
    LineLost,
    Misbehaved,
    PeerVerified,
)


class State(StrEnum):
    """Where a visit stands, the same on both sides."""

    WAITING = "waiting"
    MEETING = "meeting"
    VISITING = "visiting"
    MENDING = "mending"
    GOODBYE = "goodbye"
    CLOSED = "closed"


TRANSITIONS: Mapping[State, Mapping[type[Event], State]] = {
    State.WAITING: {
        PeerVerified: State.MEETING,
        CodeExpired: State.CLOSED,
        Misbehaved: State.CLOSED,
        Failed: State.CLOSED,
    },
    State.MEETING: {
        Accepted: State.VISITING,
        Declined: State.CLOSED,
        Left: State.CLOSED,
        LineLost: State.CLOSED,
        GaveUp: State.CLOSED,
        Misbehaved: State.CLOSED,
        Failed: State.CLOSED,
    },
    State.VISITING: {
        Left: State.GOODBYE,
        LineLost: State.MENDING,
        GaveUp: State.GOODBYE,
        Misbehaved: State.GOODBYE,
        Failed: State.CLOSED,
    },
    State.MENDING: {
        LineBack: State.VISITING,
        GaveUp: State.GOODBYE,
        BadgeLapsed: State.GOODBYE,
        Left: State.GOODBYE,
        Misbehaved: State.GOODBYE,
        Failed: State.CLOSED,
    },
    State.GOODBYE: {
        Gone: State.CLOSED,
        Misbehaved: State.CLOSED,
        Failed: State.CLOSED,
    },
    State.CLOSED: {},
}

ON_EXIT: Mapping[State, tuple[Command, ...]] = {
    State.VISITING: (ReleaseAllInput(), StopCapture()),
    State.MENDING: (StopMending(),),
}

ON_ENTRY: Mapping[State, tuple[Command, ...]] = {
    State.MENDING: (StartMending(),),
    State.CLOSED: (ClosePeer(),),
}


def next_state(state: State, event: Event) -> State | None:
    """Where ``event`` leads from ``state``; None if it is no road."""
    return TRANSITIONS[state].get(type(event))


def crossing(state: State, new: State) -> list[Command]:
    """What leaving ``state`` and entering ``new`` demands, in order."""
    return [*ON_EXIT.get(state, ()), *ON_ENTRY.get(new, ())]
