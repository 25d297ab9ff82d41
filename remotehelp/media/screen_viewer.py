"""The customer's screen as it arrives: exact messages and video become one canvas, each receipt goes back."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

import structlog
from av import VideoFrame

from remotehelp.errors import RemoteProtocolError
from remotehelp.media.canvas import Canvas
from remotehelp.media.effort import Effort
from remotehelp.media.inbox import Inbox
from remotehelp.media.region_decoder import RegionDecoder, pixels_of
from remotehelp.media.stamp import Stamp
from remotehelp.media.together import Together
from remotehelp.messages import Exact, Filmed, Receipt, Restart

log = structlog.get_logger("viewer")

BACKLOG = 15  # pictures of video that wait to be decoded: half a second; a slower decoder begins anew
DECODED = 1  # pictures that are decoded and not yet looked at on the loop: the decoder waits for it
STUCK_S = 1.0  # a loop that doesn't look for so long has ended
AWAITED = 4  # pictures of video that wait for an exact message,
AWAITED_PIXELS = 3840 * 2160  # all together, of 4K one alone
SMALL = 128 * 128  # pixels that a message may bring however much there was to do: a letter is never too much
ASK_AGAIN_S = 0.25  # a key picture that was asked for has to have this much time to come


class ScreenViewer:
    """Made and used on the loop; decodes on a thread of its own."""

    def __init__(
        self,
        send: Callable[[Receipt], None],
        show: Callable[[Canvas], None],
        on_breach: Callable[[RemoteProtocolError], None],
    ) -> None:
        """``show`` is called when something on the canvas changed, ``on_breach`` for video that breaks the rules."""
        self.canvas = Canvas()
        self._send, self._show, self._on_breach = send, show, on_breach
        self._loop = asyncio.get_running_loop()
        self._inbox, self._together = Inbox(), Together()
        self._decoder = RegionDecoder()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="decoder")
        self._backlog = 0
        self._room = threading.Semaphore(DECODED)
        self._awaiting: deque[tuple[Stamp, VideoFrame, int]] = deque(maxlen=AWAITED)
        self._receipt: asyncio.Handle | None = None
        self._late: asyncio.TimerHandle | None = None  # when what waits for the video waits no longer
        self._asked_at = -ASK_AGAIN_S
        self._area = self._forgotten = -1  # the newest area, and the newest that is not shown any more
        self._effort = Effort(self._loop.time())
        self._closed = False

    def exact(self, message: Exact) -> None:
        """A message on `exact` came; raises RemoteProtocolError.

        A few bytes can unpack to a whole picture: where that takes up more than half of the time, what is large is
        dropped without a receipt, so that it comes again.
        """
        if message.area <= self._forgotten or (_brings(message) > SMALL and not self._effort.left(self._loop.time())):
            return
        self._area = max(self._area, message.area)
        released = self._inbox.take(message)
        if self._receipt is None:
            self._receipt = self._loop.call_soon(self._acknowledge)
        self._together.put(released, self._loop.time())
        self._flow()

    def film(self, data: bytes) -> None:
        """An access unit of the video came."""
        if self._closed or self._backlog >= BACKLOG:
            return
        self._backlog += 1
        self._thread.submit(self._decode, data)

    def forget(self) -> None:
        """Her screen may not be seen any more: nothing of it is kept."""
        self.canvas, self._inbox, self._together = Canvas(), Inbox(), Together()
        self._awaiting.clear()
        self._forgotten = self._area

    def close(self) -> None:
        """Show nothing any more."""
        self._closed = True
        if self._receipt is not None:
            self._receipt.cancel()
        if self._late is not None:
            self._late.cancel()
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _acknowledge(self) -> None:
        self._receipt = None
        if receipt := self._inbox.receipt():
            self._send(receipt)

    def _decode(self, data: bytes) -> None:
        """On the decoder's thread."""
        self._room.acquire(timeout=STUCK_S)
        pictures: list[tuple[Stamp, VideoFrame]] = []
        breach: RemoteProtocolError | None = None
        try:
            pictures = self._decoder.decode(data)
        except RemoteProtocolError as error:
            breach = error
        except Exception:  # no memory, say: the picture is lost, and the next one finds its place
            log.exception("picture not decoded")
        with contextlib.suppress(RuntimeError):  # the loop has ended
            newest = self._decoder.newest if pictures else None
            self._loop.call_soon_threadsafe(self._decoded, pictures, newest, self._decoder.wants_key, breach)

    def _decoded(
        self,
        pictures: list[tuple[Stamp, VideoFrame]],
        newest: int | None,
        wants_key: bool,
        breach: RemoteProtocolError | None,
    ) -> None:
        self._backlog -= 1
        self._room.release()
        if self._closed:
            return
        if breach is not None:
            self._on_breach(breach)
        for stamp, picture in pictures:
            self._send(Filmed(stamp.area, newest or 0))
            self._area = max(self._area, stamp.area)
            if stamp.area > self._forgotten:
                self._await(stamp, picture, newest or 0)
        self._flow_or_tell()
        if wants_key and self._loop.time() - self._asked_at >= ASK_AGAIN_S:
            self._asked_at = self._loop.time()
            self._send(Restart())

    def _await(self, stamp: Stamp, picture: VideoFrame, count: int) -> None:
        """Where there is no room for all that wait, the oldest are left out: newer ones show what they showed."""
        self._awaiting.append((stamp, picture, count))
        while len(self._awaiting) > 1 and sum(_pixels(waiting) for _, waiting, _ in self._awaiting) > AWAITED_PIXELS:
            self._awaiting.popleft()

    def _flow_or_tell(self) -> None:
        try:
            self._flow()
        except RemoteProtocolError as error:
            self._on_breach(error)

    def _flow(self) -> None:
        """Bring onto the canvas what waits for nothing any more: messages and pictures of the video, in their order."""
        changed = self._apply(self._together.ready(self._loop.time()))
        while self._awaiting and self._waits_no_more(self._awaiting[0][0]):
            changed |= self._paint(*self._awaiting.popleft())
            changed |= self._apply(self._together.ready(self._loop.time()))
        if changed:
            self._show(self.canvas)
        self._look_again_later()

    def _apply(self, messages: Iterable[Exact]) -> bool:
        changed, began = False, self._loop.time()
        for message in messages:
            changed |= self.canvas.apply(message)
        self._effort.spent(self._loop.time() - began, self._loop.time())
        return changed

    def _paint(self, stamp: Stamp, picture: VideoFrame, count: int) -> bool:
        changed = self._apply(self._together.before(stamp.area, count))
        self.canvas.begin(stamp.area, stamp.width, stamp.height)
        changed |= self.canvas.paint(pixels_of(picture, stamp.rect), stamp.area, stamp.rect, stamp.number)
        self._together.painted(count)
        return changed

    def _look_again_later(self) -> None:
        if self._late is not None:
            self._late.cancel()
        due = self._together.due
        self._late = None if due is None else self._loop.call_at(due, self._flow_or_tell)

    def _waits_no_more(self, stamp: Stamp) -> bool:
        return stamp.area < self._area or self._inbox.may_paint(stamp.area, stamp.after)


def _brings(message: Exact) -> int:
    """Pixels that it changes."""
    copied = sum(copy.width * copy.height for copy in message.copies)
    return copied + sum(tile.width * tile.height for tile in message.tiles)


def _pixels(picture: VideoFrame) -> int:
    return picture.width * picture.height
