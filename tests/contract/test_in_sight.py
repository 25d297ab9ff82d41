"""What keeps windows of ours in sight: on real X displays with and without a window manager, and in memory."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import count

import pytest
from Xlib import X
from Xlib.display import Display

from remotehelp.desktop.fake import FakeInSight
from remotehelp.desktop.in_sight import AGAIN_S, InSight
from remotehelp.desktop.x11.in_sight import XInSight
from remotehelp.desktop.x11.kin import upwards
from remotehelp.media.area import Rect
from tests.helpers.xdesk import XDesk, connected, wait_for, x_desk

TOP, LEFT = Rect(100, 100, 400, 4), Rect(100, 104, 4, 200)
ALL, HALF = Rect(0, 0, 800, 600), Rect(0, 0, 300, 600)


class XStack:
    """Windows of ours that no window manager touches, and others that come over them."""

    def __init__(self, desk: XDesk) -> None:
        self._desk = desk
        self.watch: InSight = XInSight(desk.display)
        self._opened: list[int] = []

    def open(self, place: Rect) -> int:
        self._opened.append(self._desk.ours.window(place, override=True).id)
        return self._opened[-1]

    def cover(self, place: Rect) -> int:
        """Somebody's window over everything."""
        return self._desk.theirs.window(place, override=True).id

    def keep(self, *windows: int) -> None:
        """Let these be kept, from when the display knows so on."""
        self.watch.keep(windows)
        with connected(self._desk.display) as connection:
            for window in self._opened:
                wait_for(lambda window=window: _is_listened_to(connection, window) == (window in windows))

    def is_above(self, window: int, other: int) -> bool:
        with connected(self._desk.display) as connection:
            stack = [child.id for child in connection.screen().root.query_tree().children]
            lower, higher = (upwards(connection, one)[-1] for one in (other, window))
            return stack.index(higher) > stack.index(lower)

    def close(self, window: int) -> None:
        for program in (self._desk.theirs, self._desk.ours):
            if window in program._windows:
                program._windows.pop(window).destroy()
                program.connection.sync()


def _is_listened_to(connection: Display, window: int) -> bool:
    """Whether somebody is told of how far it can be seen."""
    mask = connection.create_resource_object("window", window).get_attributes().all_event_masks
    return bool(mask & X.VisibilityChangeMask)


class MemoryStack:
    """The same in memory."""

    def __init__(self) -> None:
        self._fake = FakeInSight()
        self.watch: InSight = self._fake
        self._ids = count(100)
        self._places: dict[int, Rect] = {}

    def open(self, place: Rect) -> int:
        self._places[window := next(self._ids)] = place
        self._fake.stack.append(window)
        return window

    def cover(self, place: Rect) -> int:
        window = self.open(place)
        self._fake.cover(window, [one for one, there in self._places.items() if place.covers(there)])
        return window

    def keep(self, *windows: int) -> None:
        self.watch.keep(windows)

    def is_above(self, window: int, other: int) -> bool:
        return self._fake.stack.index(window) > self._fake.stack.index(other)

    def close(self, window: int) -> None:
        self._fake.stack = [one for one in self._fake.stack if one != window]


Stack = XStack | MemoryStack


@pytest.fixture(scope="module")
def bare() -> Iterator[XDesk]:
    with x_desk() as desk:
        yield desk


@pytest.fixture(scope="module")
def managed() -> Iterator[XDesk]:
    with x_desk(managed=True) as desk:
        yield desk


@pytest.fixture(params=["fake", "x11", "x11 with openbox"])
def stack(request: pytest.FixtureRequest) -> Iterator[Stack]:
    if request.param == "fake":
        made: Stack = MemoryStack()
    else:
        made = XStack(request.getfixturevalue("managed" if "openbox" in request.param else "bare"))
    opened: list[int] = []
    for name in ("open", "cover"):
        make = getattr(made, name)
        setattr(made, name, lambda place, make=make: opened.append(make(place)) or opened[-1])
    yield made
    made.watch.stop()
    for window in opened:
        made.close(window)


@pytest.fixture
def told() -> list[float]:
    """When something was covered."""
    return []


def begin(stack: Stack, told: list[float], *windows: int) -> None:
    stack.watch.start(lambda: told.append(time.monotonic()))
    stack.keep(*windows)


def test_it_works_here(stack: Stack) -> None:
    assert stack.watch.self_test() is None


def test_what_is_covered_comes_to_the_top_again_and_is_told(stack: Stack, told: list[float]) -> None:
    window = stack.open(TOP)
    begin(stack, told, window)
    cover = stack.cover(ALL)
    wait_for(lambda: stack.is_above(window, cover))
    wait_for(lambda: len(told) == 1)


def test_windows_that_are_covered_together_are_told_once(stack: Stack, told: list[float]) -> None:
    windows = [stack.open(TOP), stack.open(LEFT)]
    begin(stack, told, *windows)
    cover = stack.cover(ALL)
    wait_for(lambda: all(stack.is_above(window, cover) for window in windows))
    time.sleep(AGAIN_S / 4)
    assert len(told) == 1


def test_what_can_still_be_seen_is_nothing_to_be_told(stack: Stack, told: list[float]) -> None:
    begin(stack, told, stack.open(TOP))
    stack.cover(HALF)  # a menu
    other = stack.cover(ALL)
    wait_for(lambda: len(told) == 1)  # so that what came before has been dealt with
    assert other


def test_only_what_is_named_now_is_kept(stack: Stack, told: list[float]) -> None:
    first, second = stack.open(TOP), stack.open(LEFT)
    begin(stack, told, first)
    stack.keep(second)
    cover = stack.cover(ALL)
    wait_for(lambda: stack.is_above(second, cover))
    assert not stack.is_above(first, cover)


def test_a_window_that_comes_later_is_kept_too(stack: Stack, told: list[float]) -> None:
    begin(stack, told)
    window = stack.open(TOP)
    stack.keep(window, 0x3FFFFF1)  # one of them is gone already
    cover = stack.cover(ALL)
    wait_for(lambda: stack.is_above(window, cover))


def test_after_the_end_nothing_is_told_or_raised(stack: Stack, told: list[float]) -> None:
    window = stack.open(TOP)
    begin(stack, told, window)
    stack.watch.start(told.clear)  # starting twice is starting once
    stack.watch.stop()
    stack.watch.stop()
    cover = stack.cover(ALL)
    other = stack.open(LEFT)
    stack.watch.keep([other])
    stack.watch.start(lambda: None)
    wait_for(lambda: stack.is_above(other, cover))  # a second one has begun
    assert not stack.is_above(window, cover)
    assert told == []
