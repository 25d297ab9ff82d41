"""What every backend tells of the window in front: on real X displays with and without a window manager, in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

import pytest
from Xlib import X, Xatom
from Xlib.display import Display
from Xlib.protocol import event

from remotehelp.desktop.fake import FakeForeground
from remotehelp.desktop.foreground import TITLE, ForegroundWatch, Front
from remotehelp.desktop.x11.foreground import XForegroundWatch
from remotehelp.media.area import Rect
from tests.helpers.xdesk import XDesk, connected, wait_for, x_desk

PLACE = Rect(50, 60, 300, 200)


class XFronts:
    """Windows of a real X display."""

    def __init__(self, desk: XDesk, managed: bool) -> None:
        self._desk, self._managed = desk, managed
        self.watch: ForegroundWatch = XForegroundWatch(desk.display)

    def open(self, title: str, program: str = "xterm", *, ours: bool = False) -> int:
        window = (self._desk.own_window if ours else self._desk.window)(PLACE)
        self.name(window.id, title, program)
        self.bring(window.id)
        return window.id

    def name(self, window: int, title: str, program: str = "xterm") -> None:
        with connected(self._desk.display) as connection:
            made = connection.create_resource_object("window", window)
            utf8 = connection.intern_atom("UTF8_STRING")
            made.change_property(connection.intern_atom("_NET_WM_NAME"), utf8, 8, title.encode())
            made.change_property(Xatom.WM_CLASS, Xatom.STRING, 8, f"{program}\0{program.title()}\0".encode())
            connection.sync()

    def bring(self, window: int) -> None:
        with connected(self._desk.display) as connection:
            if self._managed:
                activate(connection, window)
            else:
                connection.create_resource_object("window", window).configure(stack_mode=X.Above)
                connection.sync()

    def close(self, window: int) -> None:
        for program in (self._desk.theirs, self._desk.ours):
            if window in program._windows:
                program._windows.pop(window).destroy()
                program.connection.sync()


def activate(connection: Display, window: int) -> None:
    """As a taskbar does (EWMH 1.5, _NET_ACTIVE_WINDOW)."""
    root, atom = connection.screen().root, connection.intern_atom("_NET_ACTIVE_WINDOW")
    made = connection.create_resource_object("window", window)
    wait_for(lambda: made.get_attributes().map_state == X.IsViewable)
    message = event.ClientMessage(window=made, client_type=atom, data=(32, [2, X.CurrentTime, 0, 0, 0]))
    root.send_event(message, event_mask=X.SubstructureRedirectMask | X.SubstructureNotifyMask)
    connection.sync()
    wait_for(lambda: list(root.get_full_property(atom, X.AnyPropertyType).value)[:1] == [window], "not activated")


class MemoryFronts:
    """The same in memory."""

    def __init__(self) -> None:
        self._fake = FakeForeground()
        self.watch: ForegroundWatch = self._fake
        self._ids = count(100)

    def open(self, title: str, program: str = "xterm", *, ours: bool = False) -> int:
        window = next(self._ids)
        self.name(window, title, program)
        return window

    def name(self, window: int, title: str, program: str = "xterm") -> None:
        self._fake.bring(Front(window, title, (program, program.title())))

    def bring(self, window: int) -> None:
        [front] = [one for one in self._fake._windows if one.window == window]
        self._fake.bring(front)

    def close(self, window: int) -> None:
        self._fake.take_away(window)


Fronts = XFronts | MemoryFronts


@pytest.fixture(scope="module")
def bare() -> Iterator[XDesk]:
    with x_desk() as desk:
        yield desk


@pytest.fixture(scope="module")
def managed() -> Iterator[XDesk]:
    with x_desk(managed=True) as desk:
        yield desk


@pytest.fixture(params=["fake", "x11", "x11 with openbox"])
def fronts(request: pytest.FixtureRequest) -> Iterator[Fronts]:
    if request.param == "fake":
        made: Fronts = MemoryFronts()
    else:
        with_manager = "openbox" in request.param
        made = XFronts(request.getfixturevalue("managed" if with_manager else "bare"), with_manager)
    opened: list[int] = []
    make = made.open

    def remember(*what: str, **how: bool) -> int:
        opened.append(make(*what, **how))
        return opened[-1]

    made.open = remember  # type: ignore[method-assign]
    yield made
    made.watch.stop()
    for window in opened:
        made.close(window)


class Told:
    """What the watch told, in order."""

    def __init__(self) -> None:
        self.fronts: list[Front | None] = []

    def __call__(self, front: Front | None) -> None:
        self.fronts.append(front)

    @property
    def window(self) -> int | None:
        last = self.fronts[-1]
        return None if last is None else last.window

    def wait(self, holds: Callable[[Front | None], object]) -> None:
        wait_for(lambda: self.fronts and holds(self.fronts[-1]), f"it was told {self.fronts}")


@pytest.fixture
def told() -> Told:
    return Told()


def test_it_works_here(fronts: Fronts) -> None:
    assert fronts.watch.self_test() is None


def test_what_is_in_front_is_told_before_the_start_returns(fronts: Fronts, told: Told) -> None:
    window = fronts.open("Letters", "abiword")
    fronts.watch.start((), told)
    assert told.fronts == [Front(window, "Letters", ("abiword", "Abiword"))]


def test_another_window_in_front_is_told(fronts: Fronts, told: Told) -> None:
    first, second = fronts.open("Letters"), fronts.open("Online-Banking")
    fronts.watch.start((), told)
    assert told.window == second
    fronts.bring(first)
    told.wait(lambda front: front and front.title == "Letters")
    fronts.bring(second)
    told.wait(lambda front: front and front.title == "Online-Banking")


def test_another_title_of_the_window_in_front_is_told(fronts: Fronts, told: Told) -> None:
    fronts.open("Mail")
    window = fronts.open("New tab")
    fronts.watch.start((), told)
    fronts.name(window, "PayPal – Log in")
    told.wait(lambda front: front and front.title == "PayPal – Log in" and front.window == window)


def test_one_window_is_told_of_wherever_it_lies(fronts: Fronts, told: Told) -> None:
    bank, notes = fronts.open("Bank"), fronts.open("Notes")
    fronts.watch.start((), told, bank)
    assert [(front.window, front.title) for front in told.fronts if front] == [(bank, "Bank")]
    fronts.bring(notes)
    fronts.name(bank, "PayPal")
    told.wait(lambda front: front and front.title == "PayPal")
    assert {front.window for front in told.fronts if front} == {bank}


def test_a_closed_window_gives_way_to_the_next_one(fronts: Fronts, told: Told) -> None:
    below, window = fronts.open("Mail"), fronts.open("Letters")
    fronts.watch.start((), told)
    fronts.close(window)
    told.wait(lambda front: front and front.window == below)
    fronts.close(below)
    told.wait(lambda front: front is None)


def test_our_own_windows_never_count_and_what_lies_behind_them_does(fronts: Fronts, told: Told) -> None:
    window = fronts.open("Mail")
    own = fronts.open("RemoteHelp: your visit", ours=True)
    fronts.watch.start([own], told)
    assert told.window == window
    other = fronts.open("Letters")
    told.wait(lambda front: front and front.window == other)
    fronts.bring(own)
    fronts.name(other, "Letters to the bank")
    told.wait(lambda front: front and front.title == "Letters to the bank")
    assert own not in [front.window for front in told.fronts if front]


def test_a_window_that_turns_out_to_be_ours_is_forgotten(fronts: Fronts, told: Told) -> None:
    window = fronts.open("Mail")
    own = fronts.open("Request", ours=True)
    fronts.watch.start((), told)
    assert told.window == own
    fronts.watch.know_own([own])
    told.wait(lambda front: front and front.window == window)


def test_nothing_is_told_while_nothing_changes_nor_after_the_end(fronts: Fronts, told: Told) -> None:
    window = fronts.open("Mail")
    fronts.watch.start((), told)
    fronts.watch.start((), told)
    fronts.watch.know_own([1])
    fronts.watch.stop()
    fronts.watch.stop()
    fronts.name(window, "PayPal")
    other = Told()
    fronts.watch.start((), other)  # whatever the first one still had to say has been said by now
    assert [front.title for front in other.fronts[-1:] if front] == ["PayPal"]
    assert [front.title for front in told.fronts if front] == ["Mail"]


def test_a_long_title_is_cut_and_a_strange_one_is_one_plain_line(fronts: Fronts, told: Told) -> None:
    if isinstance(fronts, MemoryFronts):
        pytest.skip("the titles in memory are told as they are")
    window = fronts.open("Pay\u202ePal\nLog in " + "x" * 2 * TITLE)
    fronts.watch.start((), told)
    [front] = told.fronts
    assert front is not None
    assert front.window == window
    assert front.title.startswith("PayPal Log in xxx")
    assert len(front.title) == TITLE
