"""Her pointer on its way out, as far as her screen's picture goes out too."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest

from remotehelp.customer.cursor import CursorSharing
from remotehelp.customer.cursor_news import REPEATS_S
from remotehelp.customer.intents import OwnWindow
from remotehelp.customer.sharing import Sharing
from remotehelp.desktop.fake import ARROW, FakeCursorWatch
from remotehelp.desktop.fake_screens import FakeScreens
from remotehelp.desktop.screens import Monitor
from remotehelp.errors import BackendError
from remotehelp.media.area import Rect
from remotehelp.media.cursor import INVISIBLE, Cursor, pack
from remotehelp.messages import CursorPlace, Message
from tests.helpers.joined_visits import engine_here
from tests.helpers.screen_source import Plenty
from tests.helpers.waiting import until

LEFT, RIGHT = Monitor("left", Rect(0, 0, 64, 48), True), Monitor("right", Rect(64, 10, 80, 60), False)


class Desk:
    """A pointer over two monitors, of which the right one is shown, and what is told of it."""

    def __init__(self, watch: FakeCursorWatch) -> None:
        self.watch, self.told = watch, list[Message]()
        self.sharing = Sharing(FakeScreens((LEFT, RIGHT)), lambda _: None, Plenty(), lambda *_: None, lambda _: None)
        self.sharing.choose(["right"])
        self.cursor = CursorSharing(engine_here(), watch, self.sharing, self.told.append)

    def start(self) -> None:
        self.sharing.start()
        self.sharing.framed(self.sharing.showing)
        self.cursor.start()

    @property
    def places(self) -> list[tuple[int, int] | None]:
        return [(m.x, m.y) if m.on else None for m in self.told if isinstance(m, CursorPlace)]

    async def nothing_more(self) -> bool:
        before = len(self.told)
        await asyncio.sleep(REPEATS_S[0] / 4)
        return len(self.told) == before


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    desk = Desk(FakeCursorWatch())
    yield desk
    desk.cursor.stop()
    desk.sharing.close()


async def test_shape_and_place_count_from_the_corner_of_what_is_shown(desk: Desk) -> None:
    desk.watch.move(70, 30)
    desk.start()
    await until(lambda: len(desk.told) == 2)
    assert desk.told == [pack(ARROW, 0), CursorPlace(6, 20, True, 0, 1)]


async def test_the_newest_place_wins_while_the_loop_is_busy(desk: Desk) -> None:
    desk.start()
    await until(lambda: desk.places)
    for x in range(70, 100):
        desk.watch.move(x, 30)
    await until(lambda: desk.places[-1] == (35, 20))
    assert len(desk.places) == 2


async def test_beside_what_is_shown_and_over_our_own_windows_it_is_not_on_it(desk: Desk) -> None:
    desk.sharing.cover([OwnWindow(1, 100, 20, 20, 20)])
    desk.start()
    for place, told in [
        ((70, 30), (6, 20)),
        ((10, 10), None),
        ((99, 20), (35, 10)),
        ((100, 20), None),
        ((143, 69), (79, 59)),
    ]:
        desk.watch.move(*place)
        await until(lambda told=told: desk.places and desk.places[-1] == told)


async def test_it_is_told_anew_when_our_windows_have_moved(desk: Desk) -> None:
    desk.watch.move(110, 30)
    desk.start()
    await until(lambda: desk.places == [(46, 20)])
    desk.sharing.cover([OwnWindow(1, 100, 20, 20, 20)])
    desk.cursor.look_again()
    assert desk.places[-1] is None


async def test_nothing_is_told_while_the_picture_is_held(desk: Desk) -> None:
    desk.start()
    await until(lambda: desk.places)
    desk.sharing.hold()
    desk.watch.move(70, 30)
    desk.watch.wear(INVISIBLE)
    assert await desk.nothing_more()
    desk.sharing.release()
    desk.cursor.look_again()
    assert desk.told[-2:] == [pack(INVISIBLE, 0), CursorPlace(6, 20, True, 0, len(desk.places))]


async def test_nothing_is_told_before_the_frame_is_up(desk: Desk) -> None:
    desk.sharing.start()
    desk.cursor.start()
    desk.watch.move(70, 30)
    assert await desk.nothing_more()
    assert desk.told == []
    desk.sharing.framed(desk.sharing.showing)
    desk.cursor.look_again()
    assert desk.places == [(6, 20)]


async def test_a_place_at_rest_is_repeated_by_itself(desk: Desk) -> None:
    desk.start()
    await until(lambda: len(desk.places) == 3)
    assert len(set(desk.places)) == 1


async def test_after_the_end_nothing_is_told(desk: Desk) -> None:
    desk.start()
    await until(lambda: desk.places)
    desk.watch.move(70, 30)
    desk.cursor.stop()
    desk.watch.move(71, 30)
    desk.cursor.look_again()
    assert await desk.nothing_more()
    desk.cursor.start()
    await until(lambda: desk.places[-1] == (7, 20))
    assert desk.told[-2] == pack(ARROW, 0)


class Broken(FakeCursorWatch):
    def start(self, changed: object) -> None:
        raise BackendError("no_display")


async def test_a_pointer_that_cannot_be_watched_leaves_the_picture_alone() -> None:
    desk = Desk(Broken())
    desk.start()
    desk.cursor.look_again()
    assert desk.sharing.flows
    assert desk.told == []
    with contextlib.suppress(BackendError):
        desk.cursor.stop()
    desk.sharing.close()


async def test_a_change_told_from_a_thread_after_the_end_is_nothing(desk: Desk) -> None:
    desk.start()
    await until(lambda: desk.places)
    desk.cursor.stop()
    desk.sharing.stop()
    desk.cursor._changed(Cursor(ARROW, (70, 30)))
    assert await desk.nothing_more()
