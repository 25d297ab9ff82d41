"""The engine: an asyncio loop in a thread of its own that runs one role and knows none.

A role is handed every submitted intent on the loop and publishes whole states and frames; both cross to the window as
plain data through listeners (``ui/bridge.py``) that are called on the engine's thread.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable, Collection, Coroutine
from concurrent.futures import Future
from typing import Any, Protocol

import structlog

from remotehelp.latest import Latest
from remotehelp.media.canvas import Canvas
from remotehelp.media.cursor import Cursor
from remotehelp.media.frame import Frame

log = structlog.get_logger("engine")

BOXES = ("face", "screen", "cursor")  # what has a newest picture of its own
CLOSE_S = 1.0  # how long sockets that are being closed are waited for at the end


class Role(Protocol):
    """What runs in an engine: the customer's or the technician's side."""

    async def start(self) -> None:
        """Called once on the loop before the first intent."""

    def handle(self, intent: object) -> None:
        """One thing that the person did; called on the loop, must not block."""

    async def stop(self) -> None:
        """End everything properly; called once, last."""


class Engine:
    """The loop, its thread, its tasks and the boxes in which frames wait for the window."""

    def __init__(self, make_role: Callable[[Engine], Role]) -> None:
        self._make_role = make_role
        self._role: Role | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="engine")
        self._tasks: set[asyncio.Task[None]] = set()
        self._listener: Callable[[object], None] = lambda _: None
        self._heed: Callable[[object], None] = lambda _: None
        self._stopping = asyncio.Event()
        self._started: Future[None] = Future()
        self.frames: dict[str, Latest[Frame | Canvas | Cursor]] = {box: Latest() for box in BOXES}

    # --- any thread ----------------------------------------------------------------------------------

    def start(self, listener: Callable[[object], None]) -> None:
        """Start the thread and wait for the role to stand; raises what kept it from starting.

        ``listener`` gets each published state, or the name of a box with a new frame.
        """
        self._listener = listener
        self._thread.start()
        self._started.result()

    def submit(self, intent: object) -> None:
        """Hand one intent to the role; silently too late once the engine stops."""
        self._heed(intent)
        with contextlib.suppress(RuntimeError):  # the loop is closed
            self._loop.call_soon_threadsafe(self._handle, intent)

    def call(self, work: Callable[[], None]) -> None:
        """Run ``work`` on the loop; any thread, silently too late once the engine stops."""
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(work)

    def stop(self, timeout: float = 5.0) -> None:
        """End the role properly and join the thread; seconds."""
        if self._thread.ident is None:  # never started
            self._loop.close()
            return
        with contextlib.suppress(RuntimeError):  # stopped already
            self._loop.call_soon_threadsafe(self._stopping.set)
        if self._thread.is_alive():
            self._thread.join(timeout)

    # --- the loop ------------------------------------------------------------------------------------

    @property
    def now(self) -> float:
        """Seconds on the loop's steady clock."""
        return self._loop.time()

    def hear_first(self, heed: Callable[[object], None]) -> None:
        """Have ``heed`` see each intent before it waits for the loop, on the thread of who submits it."""
        self._heed = heed

    def later(self, seconds: float, work: Callable[[], None]) -> asyncio.TimerHandle:
        """Run ``work`` in so many seconds."""
        return self._loop.call_later(seconds, work)

    def publish(self, state: object) -> None:
        """Show a new state to the window."""
        self._listener(state)

    def publish_frame(self, box: str, frame: Frame | Canvas | Cursor) -> None:
        """Put a frame into ``box``; the window is woken once for any number of unread frames. Any thread."""
        if self.frames[box].put(frame):
            self._listener(box)

    def spawn(self, work: Coroutine[Any, Any, None], *, name: str) -> asyncio.Task[None]:
        """Run ``work`` and keep it; a failure is logged and never lost."""
        task = self._loop.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def off_loop(self, work: Callable[[], None], *, name: str) -> OffLoop:
        """``work`` to be wished for on the loop and done in a thread."""
        return OffLoop(self, work, name)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("task failed", task=task.get_name(), exc_info=task.exception())

    def _handle(self, intent: object) -> None:
        if self._role is not None and not self._stopping.is_set():
            self._role.handle(intent)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._live())
        finally:
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            self._loop.run_until_complete(self._loop.shutdown_default_executor())
            self._loop.close()

    async def _live(self) -> None:
        try:
            role = self._make_role(self)
            await role.start()
        except Exception as error:  # noqa: BLE001 - whoever called start() gets it
            self._started.set_exception(error)
        else:
            self._role = role
            self._started.set_result(None)
            await self._stopping.wait()
            await role.stop()
        await _end(self._tasks)
        left = asyncio.all_tasks() - {asyncio.current_task()}
        if left:  # what is being closed may end by itself, what the libraries forgot may not
            await asyncio.wait(left, timeout=CLOSE_S)
        await _end(left)


class OffLoop:
    """Work that is done in a thread at each wish: never twice at once, and once more if it was wished for meanwhile."""

    def __init__(self, engine: Engine, work: Callable[[], None], name: str) -> None:
        self._engine, self._work, self._name = engine, work, name
        self._wished = False
        self._task: asyncio.Task[None] | None = None

    def __call__(self) -> None:
        """Wish for it; on the loop."""
        self._wished = True
        if self._task is None or self._task.done():
            self._task = self._engine.spawn(self._run(), name=self._name)

    async def _run(self) -> None:
        while self._wished:
            self._wished = False
            await asyncio.to_thread(self._work)


async def _end(tasks: Collection[asyncio.Task[Any]]) -> None:
    waiting = tuple(tasks)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
