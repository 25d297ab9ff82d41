"""Both sides of a visit on the test's own loop, joined over loopback, on a desktop in memory."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

from remotehelp.customer.visit import CustomerVisit
from remotehelp.desktop.fake import FakeCursorWatch, FakeGuard, FakeHands, FakePanic, fake_desktop
from remotehelp.desktop.fake_screens import FakeScreens
from remotehelp.desktop.pick import Desktop
from remotehelp.engine import Engine
from remotehelp.errors import HelpError
from remotehelp.media.face_track import FaceTrack
from remotehelp.messages import Right
from remotehelp.technician.visit import TechnicianVisit
from remotehelp.visit import events as on
from remotehelp.visit.machine import State
from tests.helpers.pacts import pacts
from tests.helpers.waiting import until


def engine_here() -> Engine:
    """A real engine, on the loop that runs now instead of in a thread of its own."""
    engine = Engine(lambda _: None)  # type: ignore[arg-type,return-value]
    engine._loop.close()
    engine._loop = asyncio.get_running_loop()
    return engine


@dataclass
class Watcher:
    """Who shows a visit: remembers what it was told."""

    changes: int = 0
    troubles: list[str] = field(default_factory=list)
    closed: bool = False
    draw: Callable[[], object] = lambda: None

    def on_change(self) -> None:
        self.changes += 1
        self.draw()

    def on_trouble(self, error: HelpError) -> None:
        self.troubles.append(error.key)

    def on_closed(self) -> None:
        self.closed = True


@dataclass
class Visits:
    """The customer's visit ``c`` and the technician's ``t``, with their engines' watchers."""

    c: CustomerVisit
    t: TechnicianVisit
    c_told: Watcher
    t_told: Watcher
    engine: Engine
    desktop: Desktop

    @property
    def screens(self) -> FakeScreens:
        assert isinstance(self.desktop.screens, FakeScreens)
        return self.desktop.screens

    @property
    def hands(self) -> FakeHands:
        assert isinstance(self.desktop.hands, FakeHands)
        return self.desktop.hands

    @property
    def cursor(self) -> FakeCursorWatch:
        assert isinstance(self.desktop.cursor, FakeCursorWatch)
        return self.desktop.cursor

    @property
    def panic(self) -> FakePanic:
        assert isinstance(self.desktop.panic, FakePanic)
        return self.desktop.panic

    @property
    def guard(self) -> FakeGuard:
        assert isinstance(self.desktop.guard, FakeGuard)
        return self.desktop.guard

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait for a condition; says how both sides stand if it never came true."""
        try:
            await until(holds)
        except AssertionError:
            raise AssertionError(f"{self.c.host.state} {self.t.guest.state} {self.c_told} {self.t_told}") from None

    async def accept(self) -> None:
        """She saw the face and lets the technician in."""
        self.c.feed(on.FacePainted())
        self.c.feed(on.Accepted())
        await self.until(lambda: self.t.guest.state is State.VISITING)

    async def allow(self, *rights: Right) -> None:
        """The technician asks for each of these rights, and she allows it."""
        for right in rights:
            self.t.feed(on.Asked(right))
            await self.until(lambda right=right: self.c.host.grants.open_request == right)
            self.yes()
            if self.c.host.checking:  # before the first control
                self.yes()
            await self.until(lambda: self.c.host.grants.open_request is None)
            self.c.question_hidden()
            await self.until(lambda right=right: right in self.t.guest.rights)

    def yes(self) -> None:
        """She reads the open question and says yes."""
        self.c.question_shown((), self.c.host.grants.question)
        self.c.answer(True, self.c.host.grants.question)

    @property
    def ended(self) -> bool:
        """Both have come to the goodbye or further, and nothing is allowed or held any more."""
        over = (State.GOODBYE, State.CLOSED)
        there = self.c.host.state in over and self.t.guest.state in over
        return there and not self.c.host.grants.rights and not self.t.guest.rights and not self.desktop.hands.held()


def size_of(both: Visits) -> tuple[int, int] | None:
    """The size that the technician's side was told of what is shown."""
    screen = both.t.screen
    return None if screen is None else (screen.width, screen.height)


def draw_frame(c: CustomerVisit) -> None:
    """Her window has put the frame around this showing of her screen."""
    c.sharing.framed(c.sharing.showing)
    c.cursor.look_again()


@contextlib.asynccontextmanager
async def meeting(on_desktop: Desktop | None = None) -> AsyncIterator[Visits]:
    """Two people who meet: the pairing is confirmed and the line stands, nobody is let in yet."""
    engine, desktop = engine_here(), on_desktop or fake_desktop()
    c_told, t_told = Watcher(), Watcher()
    c = CustomerVisit(engine, desktop, c_told)
    c_told.draw = lambda: draw_frame(c)
    t = TechnicianVisit(engine, t_told, FaceTrack(), "demonstration")
    both = Visits(c, t, c_told, t_told, engine, desktop)
    try:
        for side, pact in zip((c, t), pacts(), strict=True):
            side.verified(pact)
        offer = await c.connection.offer(
            c.sharing.stream.track, c.sharing.stream.want_keyframe, t.connection.fingerprint
        )
        await c.connection.accept_answer(await t.connection.answer(offer, t.face, c.connection.fingerprint))
        await both.until(lambda: c.lifeline.ready and t.lifeline.ready)
        yield both
    finally:
        await c.close()
        await t.close()
        await until(lambda: not engine._tasks)


@contextlib.asynccontextmanager
async def visiting(*rights: Right, on_desktop: Desktop | None = None) -> AsyncIterator[Visits]:
    """A visit in which she has allowed ``rights``."""
    async with meeting(on_desktop) as both:
        await both.accept()
        await both.allow(*rights)
        yield both
