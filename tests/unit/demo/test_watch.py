from __future__ import annotations

from collections.abc import Iterator

import pytest

from remotehelp.demo.box import Box
from remotehelp.demo.desk import Desk
from remotehelp.demo.waiting import StageError
from remotehelp.demo.watch import Watch


@pytest.fixture
def watch(desk: Desk) -> Iterator[Watch]:
    desk.run("xsetroot", "-solid", "#102030")
    watch = Watch(desk.display, Box(5, 5, 20, 10))
    yield watch
    watch.close()


def test_reads_a_pixel(watch: Watch) -> None:
    assert watch.pixel(3, 4) == (0x10, 0x20, 0x30)


def test_sees_a_change_and_when(desk: Desk, watch: Watch) -> None:
    watch.mark()
    desk.run("xsetroot", "-solid", "#405060")
    first = watch.wait_change(2)
    assert watch.pixel(0, 0) == (0x40, 0x50, 0x60)
    assert watch.wait_change(2) >= first  # the marked picture stays the same until the next mark


def test_gives_up_where_nothing_changes(watch: Watch) -> None:
    watch.wait_rest(0.05, 2)
    with pytest.raises(StageError, match="nothing changed"):
        watch.wait_change(0.05)


def test_says_that_the_screen_never_rests(desk: Desk, watch: Watch) -> None:
    busy = desk.start(["bash", "-c", "while :; do xsetroot -solid red; xsetroot -solid blue; done"])
    watch.wait_change(5)
    with pytest.raises(StageError, match="did not come to rest"):
        watch.wait_rest(0.3, 0.5)
    busy.end()
