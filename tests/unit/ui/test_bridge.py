from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QThread

from remotehelp.engine import Engine
from remotehelp.media.canvas import Canvas
from remotehelp.media.frame import Frame
from tests.helpers.stand_in_bridge import plain_canvas, plain_frame
from ui.bridge import Bridge


@dataclass(frozen=True)
class Heard:
    """What a role heard, and where."""

    what: object
    thread: str


class Echo:
    """A role that shows each intent as a state; "frame" makes it show a face, "screen" her screen."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._frames = 0
        self._canvas = plain_canvas()

    async def start(self) -> None:
        self._engine.publish(b"started-state")

    def handle(self, intent: object) -> None:
        if intent == "frame":
            self._frames += 1
            self._engine.publish_frame("face", plain_frame(self._frames))
        elif intent == "screen":
            self._engine.publish_frame("screen", self._canvas)
        else:
            self._engine.publish(Heard(intent, threading.current_thread().name))

    async def stop(self) -> None:
        """Nothing to end."""


@pytest.fixture
def bridge(qapp) -> Iterator[Bridge]:
    made = Bridge(Engine(Echo))
    yield made
    made.stop()


def test_the_first_state_comes_after_start(bridge: Bridge, qtbot) -> None:
    with qtbot.waitSignal(bridge.view_changed) as came:
        bridge.start()
    assert came.args == [b"started-state"]


def test_an_intent_is_handled_on_the_engines_thread_and_its_state_drawn_on_qts(bridge: Bridge, qtbot) -> None:
    drawn: list[tuple[object, bool]] = []
    bridge.view_changed.connect(lambda view: drawn.append((view, QThread.currentThread() is bridge.thread())))
    bridge.start()
    bridge.submit("accept")
    qtbot.waitUntil(lambda: bool(drawn) and isinstance(drawn[-1][0], Heard))
    assert drawn[-1] == (Heard("accept", "engine"), True)


def test_states_come_in_the_order_in_which_they_were_published_and_the_last_is_never_lost(
    bridge: Bridge, qtbot
) -> None:
    drawn: list[object] = []
    bridge.view_changed.connect(drawn.append)
    bridge.start()
    for number in range(500):
        bridge.submit(number)
    qtbot.waitUntil(lambda: bool(drawn) and drawn[-1] == Heard(499, "engine"))
    numbers = [heard.what for heard in drawn if isinstance(heard, Heard)]
    assert numbers == sorted(set(numbers))


def test_of_the_states_that_came_while_qt_was_busy_only_the_newest_is_drawn(bridge: Bridge, qtbot) -> None:
    heard: list[object] = []
    bridge.view_changed.connect(heard.append)
    bridge.frame_ready.connect(heard.append)
    bridge.start()
    qtbot.waitUntil(lambda: bool(heard))
    heard.clear()
    for number in range(1_000):
        bridge.notify("face")
        bridge.notify(number)
    qtbot.waitUntil(lambda: len(heard) >= 2)
    qtbot.wait(20)
    assert heard == [999, "face"]


def test_a_state_that_comes_while_another_one_is_drawn_is_drawn_next(bridge: Bridge, qtbot) -> None:
    drawn: list[object] = []

    def draw(view: object) -> None:
        drawn.append(view)
        if len(drawn) < 5:
            bridge.notify(len(drawn))

    bridge.view_changed.connect(draw)
    bridge.start()
    qtbot.waitUntil(lambda: drawn == [b"started-state", 1, 2, 3, 4])


def test_of_many_frames_the_newest_is_taken_and_only_once(bridge: Bridge, qtbot) -> None:
    boxes: list[str] = []
    heard: list[object] = []
    bridge.frame_ready.connect(boxes.append)
    bridge.view_changed.connect(heard.append)
    bridge.start()
    for _ in range(50):
        bridge.submit("frame")
    bridge.submit("done")
    qtbot.waitUntil(lambda: bool(heard) and heard[-1] == Heard("done", "engine"))
    assert boxes == ["face"]
    frame = bridge.take("face")
    assert isinstance(frame, Frame)
    assert frame.number == 50
    assert bridge.take("face") is None


def test_the_canvas_of_her_screen_is_taken_once_for_any_number_of_changes(bridge: Bridge, qtbot) -> None:
    boxes: list[str] = []
    heard: list[object] = []
    bridge.frame_ready.connect(boxes.append)
    bridge.view_changed.connect(heard.append)
    bridge.start()
    for _ in range(50):
        bridge.submit("screen")
    bridge.submit("done")
    qtbot.waitUntil(lambda: bool(heard) and heard[-1] == Heard("done", "engine"))
    assert boxes == ["screen"]
    canvas = bridge.take("screen")
    assert isinstance(canvas, Canvas)
    assert canvas.size == (64, 36)
    assert bridge.take("screen") is None


def test_an_intent_after_the_end_is_too_late_and_does_no_harm(bridge: Bridge, qtbot) -> None:
    bridge.start()
    bridge.stop()
    bridge.submit("accept")
    assert bridge.take("screen") is None
