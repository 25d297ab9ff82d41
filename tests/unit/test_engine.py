"""The engine: a loop in its own thread that runs one role, and ends with nothing left."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable

import pytest
from structlog.testing import capture_logs

from remotehelp.engine import Engine
from remotehelp.errors import ConfigError
from remotehelp.media.frame import Frame
from tests.helpers.waiting import wait_until


class Echo:
    """A role that publishes what it is handed."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.did: list[str] = []

    async def start(self) -> None:
        self.did.append("start")
        self.engine.publish("started")

    def handle(self, intent: object) -> None:
        self.engine.publish(intent)

    async def stop(self) -> None:
        self.did.append("stop")


class Running:
    """An engine with an Echo, and what it published."""

    def __init__(self, make: Callable[[Engine], Echo] = Echo) -> None:
        self.heard: queue.Queue[object] = queue.Queue()
        self.roles: list[Echo] = []
        self.engine = Engine(lambda engine: self.roles.append(make(engine)) or self.roles[0])

    def start(self) -> Echo:
        self.engine.start(self.heard.put)
        return self.roles[0]

    def next(self) -> object:
        return self.heard.get(timeout=5)


@pytest.fixture
def running():
    running = Running()
    yield running
    running.engine.stop()
    assert not [thread for thread in threading.enumerate() if thread.name == "engine"]


def frame(number: int) -> Frame:
    return Frame(1, 1, 4, bytes(4), number)


def test_intents_reach_the_role_in_order_on_the_engines_thread(running: Running) -> None:
    role = running.start()
    threads: list[str] = []
    role.handle = lambda intent: (threads.append(threading.current_thread().name), running.engine.publish(intent))  # type: ignore[method-assign,assignment]
    for n in range(100):
        running.engine.submit(n)
    assert [running.next() for _ in range(101)] == ["started", *range(100)]
    assert set(threads) == {"engine"}


def test_start_returns_once_the_role_stands(running: Running) -> None:
    assert running.start().did == ["start"]


def test_stop_ends_the_role_once_and_later_intents_are_nothing(running: Running) -> None:
    role = running.start()
    running.engine.stop()
    running.engine.stop()
    running.engine.submit("too late")
    running.engine.call(lambda: running.heard.put("too late"))
    assert role.did == ["start", "stop"]
    assert [running.next()] == ["started"]
    assert running.heard.empty()


@pytest.mark.parametrize("where", ["made", "started"])
def test_what_keeps_a_role_from_starting_is_raised_where_it_was_started(where: str) -> None:
    class Broken(Echo):
        def __init__(self, engine: Engine) -> None:
            if where == "made":
                raise ConfigError("known_not_readable", file="known.json")
            super().__init__(engine)

        async def start(self) -> None:
            self.engine.spawn(asyncio.sleep(60), name="left over")
            raise ConfigError("known_not_readable", file="known.json")

    running = Running(Broken)
    with pytest.raises(ConfigError, match="known_not_readable"):
        running.start()
    running.engine.stop()
    wait_until(lambda: not [thread for thread in threading.enumerate() if thread.name == "engine"])


def test_frames_wait_in_their_box_and_wake_the_window_once(running: Running) -> None:
    running.start()
    assert running.next() == "started"
    for number in range(1, 6):
        running.engine.publish_frame("screen", frame(number))
    running.engine.publish_frame("face", frame(1))
    assert [running.next(), running.next()] == ["screen", "face"]
    assert running.heard.empty()
    assert running.engine.frames["screen"].take() == frame(5)
    assert running.engine.frames["screen"].take() is None
    running.engine.publish_frame("screen", frame(6))
    assert running.next() == "screen"


def test_a_task_that_fails_is_logged_and_the_engine_goes_on(running: Running) -> None:
    role = running.start()

    async def fail() -> None:
        raise RuntimeError("broken")

    with capture_logs() as logged:
        running.engine.call(lambda: role.engine.spawn(fail(), name="fragile"))
        running.engine.submit("still here")
        assert running.next() == "started"
        assert running.next() == "still here"
        wait_until(lambda: logged)
    assert [(entry["event"], entry["task"]) for entry in logged] == [("task failed", "fragile")]


def test_tasks_that_still_run_are_ended_with_it_whoever_made_them(running: Running) -> None:
    role = running.start()
    ended: list[str] = []

    async def forever(name: str) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(name)

    def begin() -> None:
        role.engine.spawn(forever("ours"), name="ours")
        running.roles.append(asyncio.create_task(forever("a library's")))  # type: ignore[arg-type]
        role.engine.later(0, lambda: running.heard.put("begun"))

    running.engine.call(begin)
    assert running.next() == "started"
    assert running.next() == "begun"
    running.engine.stop()
    assert sorted(ended) == ["a library's", "ours"]


def test_later_happens_later_on_the_same_clock(running: Running) -> None:
    role = running.start()
    times: list[float] = []

    def begin() -> None:
        times.append(role.engine.now)
        role.engine.later(0.02, lambda: (times.append(role.engine.now), running.heard.put("done")))

    running.engine.call(begin)
    assert running.next() == "started"
    assert running.next() == "done"
    assert times[1] - times[0] >= 0.019


def test_an_engine_that_was_never_started_can_be_stopped() -> None:
    engine = Engine(Echo)
    engine.stop()
    engine.stop()
    engine.submit("nobody there")


def test_work_off_the_loop_is_never_done_twice_at_once_and_the_last_wish_is_met(running: Running) -> None:
    begun, go_on, done = [], threading.Semaphore(0), []

    def work() -> None:
        begun.append(threading.current_thread().name)
        assert go_on.acquire(timeout=5)
        done.append(len(done))

    engine = running.start().engine
    wish = engine.off_loop(work, name="work")
    engine.call(wish)
    wait_until(lambda: begun)
    for _ in range(3):
        engine.call(wish)
    go_on.release()
    wait_until(lambda: len(begun) == 2)
    go_on.release()
    wait_until(lambda: done == [0, 1])
    engine.call(wish)
    go_on.release()
    wait_until(lambda: done == [0, 1, 2])
    assert len(begun) == 3
    assert "engine" not in begun


def test_each_intent_can_be_seen_at_once_however_busy_the_loop_is(running):
    running.start()
    seen = []
    running.engine.hear_first(lambda intent: seen.append((intent, threading.current_thread())))
    busy = threading.Event()
    running.engine.call(lambda: busy.wait(5))
    running.engine.submit("stop")
    assert seen == [("stop", threading.current_thread())]
    assert running.next() == "started"
    busy.set()
    assert running.next() == "stop"
