"""What every backend's guardian tells: a process beside a real X display, and one in memory."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack

import psutil
import pytest

from remotehelp.desktop.duty import BEAT_S
from remotehelp.desktop.fake import FakeGuard
from remotehelp.desktop.guard import Guard, News
from remotehelp.desktop.x11.apart import XHandsApart
from remotehelp.desktop.x11.guard import XGuard
from remotehelp.desktop.x11.shared_fence import SharedFence
from tests.helpers.her_hand import HerDevices, her_devices
from tests.helpers.waiting import wait_until
from tests.helpers.xdesk import x_server


class InMemory:
    """A guardian in memory, and somebody to be heard."""

    def __init__(self) -> None:
        self.guard = FakeGuard()

    def press_panic_key(self) -> None:
        self.guard.hear(News.PANIC)

    def move(self) -> None:
        self.guard.hear(News.HER_HAND)

    def rest(self) -> None:
        self.guard.hear(News.FREE)

    def lose(self) -> None:
        self.guard.lose()


class OnDisplay:
    """A guardian's process, and her keyboard and mouse."""

    def __init__(self, guard: XGuard, hers: HerDevices) -> None:
        self.guard, self._hers = guard, hers

    def press_panic_key(self) -> None:
        for down in (True, False):
            for code in ("ControlLeft", "AltLeft", "End"):
                self._hers.key(code, down)

    def move(self) -> None:
        self._hers.move(3, 3)

    def rest(self) -> None:
        """She does nothing."""

    def lose(self) -> None:
        assert self.guard.pid
        psutil.Process(self.guard.pid).kill()


@pytest.fixture(scope="module")
def on_display() -> Iterator[OnDisplay]:
    with ExitStack() as stack:
        display = stack.enter_context(x_server())
        fence, hers = SharedFence(), stack.enter_context(her_devices(display))
        hands = XHandsApart(display, fence)
        stack.callback(hands.close)
        yield OnDisplay(XGuard(display, fence, hands), hers)


class Kept:
    """A guardian that somebody keeps alive, and what it told."""

    def __init__(self, place: InMemory | OnDisplay) -> None:
        self.place = place
        self.guard: Guard = place.guard
        self.told: list[News] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat)
        self._thread.start()

    def start(self) -> None:
        if not self.guard.start(self.told.append):
            wait_until(lambda: News.READY in self.told)
        self.told.clear()

    def hears(self, *news: News) -> bool:
        """Exactly this is told."""
        wait_until(lambda: len(self.told) >= len(news))
        return self.told == [*news]

    def end(self) -> None:
        self._over.set()
        self._thread.join()
        self.guard.stop()

    def _beat(self) -> None:
        while not self._over.wait(BEAT_S):
            self.guard.beat()


@pytest.fixture(params=["fake", "x11"])
def kept(request: pytest.FixtureRequest) -> Iterator[Kept]:
    kept = Kept(InMemory() if request.param == "fake" else request.getfixturevalue("on_display"))
    assert kept.guard.self_test() is None
    yield kept
    kept.end()


def test_her_hand_and_its_end_are_told_once_each(kept: Kept) -> None:
    kept.start()
    kept.place.move()
    assert kept.hears(News.HER_HAND)
    kept.place.rest()
    assert kept.hears(News.HER_HAND, News.FREE)


def test_the_panic_key_is_told_and_answered(kept: Kept) -> None:
    kept.start()
    kept.place.press_panic_key()
    wait_until(lambda: News.PANIC in kept.told)
    kept.guard.answer()
    kept.guard.stop()


def test_started_twice_it_is_there_once(kept: Kept) -> None:
    kept.start()
    assert kept.guard.start(kept.told.append)
    kept.place.move()
    assert kept.hears(News.HER_HAND)


def test_its_end_is_told_unless_we_wanted_it_and_it_can_start_again(kept: Kept) -> None:
    kept.start()
    kept.place.lose()
    assert kept.hears(News.LOST)
    kept.start()
    kept.guard.stop()
    kept.guard.stop()
    kept.place.move()
    assert kept.told == []
    kept.start()


def test_nobody_who_is_not_there_is_told_anything(kept: Kept) -> None:
    kept.guard.beat()
    kept.guard.answer()
    kept.guard.stop()
