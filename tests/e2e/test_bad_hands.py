"""Mouse and keyboard of a technician's program that misbehaves: nothing stays down, and the next ordinary key is right.

A real connection over loopback, the hands in their process on a real X display, and a program there that hears them.
What a technician's *window* would never send goes into the channels as bytes. A layout that is switched in the middle
of a word is in tests/contract/test_layouts.py.
"""

from __future__ import annotations

import math
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import msgspec
import psutil
import pytest

from remotehelp.desktop.fake import FakeCursorWatch, FakeForeground, FakeGuard, FakeInSight, FakePanic
from remotehelp.desktop.fake_screens import FakeScreens
from remotehelp.desktop.keys import EVDEV
from remotehelp.desktop.pick import Desktop
from remotehelp.desktop.screens import Monitor
from remotehelp.desktop.x11.apart import XHandsApart
from remotehelp.media.area import Rect
from remotehelp.messages import Button, Key, Pointer, Right, Wheel
from remotehelp.technician.intents import SendButton, SendKey, SendPointer
from remotehelp.visit import events as on
from tests.helpers.joined_visits import Visits, visiting
from tests.helpers.layouts import patient_hands
from tests.helpers.waiting import until
from tests.helpers.xdesk import Heard, Window, XDesk, x_desk

pytestmark = pytest.mark.e2e

SCREEN = Rect(0, 0, 800, 600)
BURST = 1000  # events, about a second of work: where beats wait behind more than 1.4 s of it, the line counts as lost
GROWTH = 50_000_000  # bytes, of which a connection takes some and gives them back late


class Stage:
    """Her display with a program that has the keyboard, and the hands."""

    def __init__(self, desk: XDesk, hands: XHandsApart) -> None:
        self.desk, self.hands = desk, hands
        self.window: Window = desk.window(SCREEN)
        desk.focus(self.window)

    @property
    def heard(self) -> list[Heard]:
        """All that the program heard so far."""
        return self.desk.heard(self.window)

    @asynccontextmanager
    async def visit(self) -> AsyncIterator[Visits]:
        """A visit in which the technician controls; at its end nothing is down and the memory is as it was."""
        before = self.memory()
        screens = FakeScreens((Monitor("shown", SCREEN, True),))
        async with visiting(
            Right.CONTROL,
            on_desktop=Desktop(
                screens, self.hands, FakePanic(), FakeCursorWatch(), FakeForeground(), FakeGuard(), FakeInSight()
            ),
        ) as both:
            yield both
        assert self.hands.held() == self.desk.down() == frozenset()
        assert self.memory() - before < GROWTH

    def memory(self) -> int:
        """Bytes that this process and the hands have in use."""
        return sum(psutil.Process(pid).memory_info().rss for pid in (None, self.hands.pid))

    async def is_fine(self, both: Visits) -> None:
        """Nothing is down, and an ordinary key and an ordinary click arrive."""
        await both.until(lambda: self.hands.held() == self.desk.down() == frozenset())
        before = len(self.heard)
        for down in (True, False):
            both.t.sending.key(SendKey("KeyA", down, "a" if down else ""))
        for down in (True, False):
            both.t.sending.button(SendButton(1, down, 31, 41))
        wanted = {
            ("key", "KeyA", True),
            ("key", "KeyA", False),
            ("button", 1, True, 31, 41),
            ("button", 1, False, 31, 41),
        }
        await both.until(lambda: wanted <= set(self.heard[before:]))
        assert both.c_told.troubles == both.t_told.troubles == []

    async def allow_again(self, both: Visits) -> None:
        """She takes control back, and gives it once more."""
        both.c.feed(on.RightSet(Right.CONTROL, False))
        assert self.hands.held() == self.desk.down() == frozenset()
        await both.until(lambda: Right.CONTROL not in both.t.guest.rights)
        both.c.feed(on.RightSet(Right.CONTROL, True))
        await both.until(lambda: Right.CONTROL in both.t.guest.rights)


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with x_desk() as desk, patient_hands(desk.display) as hands:
        yield Stage(desk, hands)


def raw(both: Visits, channel: str, **content: object) -> None:
    """Bytes that our own program would not send."""
    both.t.connection._channels[channel].send(msgspec.msgpack.encode({**content, "epoch": both.t.guest.epoch}))


async def test_a_click_off_her_screen_lands_on_its_edge_and_the_next_one_where_it_should(stage: Stage) -> None:
    async with stage.visit() as both:
        for down in (True, False):
            both.t.sending.button(SendButton(1, down, 16383, 16383))
        await both.until(lambda: ("button", 1, False, 799, 599) in stage.heard)
        await stage.is_fine(both)


@pytest.mark.parametrize("place", [math.nan, math.inf, 2**64 - 1, -1, "12"], ids=str)
@pytest.mark.parametrize("channel", ["input", "live"])
async def test_a_place_that_is_none_ends_the_visit_in_one_sentence_and_the_next_visit_is_fine(
    stage: Stage, channel: str, place: object
) -> None:
    async with stage.visit() as both:
        both.t.sending.key(SendKey("ShiftLeft", True))
        both.t.sending.button(SendButton(1, True, 5, 5))
        await both.until(lambda: stage.desk.down() == {"ShiftLeft", 1})
        if channel == "input":
            raw(both, channel, type="B", button=1, down=True, x=place, y=0)
        else:
            raw(both, channel, type="P", x=0, y=place, n=10**6)
        await both.until(lambda: both.ended)
        assert both.c_told.troubles == ["message_not_understood"]
        assert stage.desk.down() == frozenset()
    async with stage.visit() as both:
        await stage.is_fine(both)


async def test_three_hundred_keys_down_come_up_when_she_takes_control_back(stage: Stage) -> None:
    async with stage.visit() as both:
        for code in (list(EVDEV) * 3)[:300]:
            both.t.connection.send(Key(code, True, both.t.guest.epoch))
        await both.until(lambda: len(stage.hands.held()) == len(EVDEV))
        await stage.allow_again(both)
        await stage.is_fine(both)


async def test_a_key_that_comes_up_without_having_gone_down_is_nothing(stage: Stage) -> None:
    async with stage.visit() as both:
        before = stage.heard
        for code in ("KeyA", "AltLeft", "Delete"):
            both.t.connection.send(Key(code, False, both.t.guest.epoch))
        both.t.connection.send(Button(3, False, 7, 7, both.t.guest.epoch))
        both.t.connection.send(Key("KeyB", True, both.t.guest.epoch))
        await both.until(lambda: stage.desk.down() == {"KeyB"})
        assert stage.heard[len(before) :] == [("key", "KeyB", True)]
        both.t.connection.send(Key("KeyB", False, both.t.guest.epoch))
        await stage.is_fine(both)


async def test_a_key_that_no_keyboard_has_is_nothing(stage: Stage) -> None:
    async with stage.visit() as both:
        before = stage.heard
        for code in ("Power", "NoSuchKey", "A", "F99", "-1"):
            for down in (True, False):
                both.t.connection.send(Key(code, down, both.t.guest.epoch, "x" if down else ""))
        both.t.connection.send(Key("KeyB", True, both.t.guest.epoch))
        await both.until(lambda: stage.desk.down() == {"KeyB"})
        assert stage.heard[len(before) :] == [("key", "KeyB", True)]
        both.t.connection.send(Key("KeyB", False, both.t.guest.epoch))
        await stage.is_fine(both)


async def test_control_that_is_taken_back_in_the_middle_of_a_drag_drops_it_there(stage: Stage) -> None:
    async with stage.visit() as both:
        both.t.sending.button(SendButton(1, True, 100, 100))
        both.t.sending.pointer(SendPointer(140, 150))
        await both.until(lambda: stage.desk.pointer() == (140, 150))
        epoch = both.t.guest.epoch
        both.c.feed(on.RightSet(Right.CONTROL, False))
        assert stage.desk.down() == frozenset()
        for n in range(200):  # the technician's program has not heard of it, or goes on all the same
            both.t.connection.send(Pointer(200 + n, 300, 10**6 + n, epoch))
        both.t.connection.send(Button(1, False, 390, 300, epoch))
        both.t.connection.send(Button(1, True, 390, 300, epoch))
        await both.until(lambda: Right.CONTROL not in both.t.guest.rights)
        both.c.feed(on.RightSet(Right.CONTROL, True))
        await both.until(lambda: Right.CONTROL in both.t.guest.rights)
        assert stage.desk.pointer() == (140, 150)
        both.t.sending.button(SendButton(1, False, 390, 300))  # of the drag that is over
        await stage.is_fine(both)
        assert ("button", 1, False, 390, 300) not in stage.heard


async def test_a_thousand_events_at_once_are_done_and_leave_nothing(stage: Stage) -> None:
    async with stage.visit() as both:
        epoch = both.t.guest.epoch
        heard = len(stage.heard)
        for n in range(BURST // 5):
            place = n % 800, n % 600
            both.t.connection.send(Key("KeyC", True, epoch, "c"))
            both.t.connection.send(Key("KeyC", False, epoch))
            both.t.connection.send(Button(1, n % 2 == 0, *place, epoch))
            both.t.connection.send(Wheel(0, -40, *place, epoch))
            both.t.connection.send(Pointer(*place, 10**6 + n, epoch))
        both.t.connection.send(Key("F9", True, epoch))
        await until(lambda: stage.hands.held() == {"F9"}, 90)  # a second or two, but not on a busy machine
        new = stage.heard[heard:]
        assert sum(what == ("key", "KeyC", True) for what in new) == BURST // 5
        assert sum(what[:3] == ("button", 5, True) for what in new) == BURST // 5 // 3
        both.t.connection.send(Key("F9", False, epoch))
        await stage.is_fine(both)
