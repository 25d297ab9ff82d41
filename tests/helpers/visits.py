"""A visit brought to a certain state by the shortest road, the same for every test of the decisions."""

from __future__ import annotations

from collections.abc import Sequence

from remotehelp.messages import Right
from remotehelp.visit import events as on
from remotehelp.visit.guest import Guest
from remotehelp.visit.host import Host
from remotehelp.visit.machine import State

MEETING = (on.PeerVerified(), on.FacePainted())
LOST, LEFT, GONE = on.LineLost(), on.Left(on.Side.CUSTOMER), on.Gone(on.Side.CUSTOMER)

# what follows once she let the technician in
AFTER: dict[State, tuple[on.Event, ...]] = {
    State.VISITING: (),
    State.MENDING: (LOST,),
    State.GOODBYE: (LEFT,),
    State.CLOSED: (LEFT, GONE),
}


def host(state: State = State.VISITING, *then: on.Event, given: Sequence[Right] = (), braked: bool = True) -> Host:
    """The customer's side in ``state``, the face painted, after ``then``; all at second 0.

    ``given``: rights that she ticked as soon as the visit began. ``braked``: she has answered the question before
    control already.
    """
    made = Host()
    made.braked = braked
    _play(made, (*_road(state, tuple(on.RightSet(right, True) for right in given)), *then))
    return made


def guest(state: State = State.VISITING, *then: on.Event, given: Sequence[Right] = ()) -> Guest:
    """The technician's side in ``state``, after ``then``; all at second 0. ``given``: rights that her machine told."""
    made = Guest()
    _play(made, (*_road(state, (on.RightsCame(frozenset(given), 0),)), *then))
    return made


def _road(state: State, first: tuple[on.Event, ...]) -> tuple[on.Event, ...]:
    if state is State.WAITING:
        return ()
    return MEETING if state is State.MEETING else (*MEETING, on.Accepted(), *first, *AFTER[state])


def _play(machine: Host | Guest, events: tuple[on.Event, ...]) -> None:
    for event in events:
        machine.handle(event, 0.0)
