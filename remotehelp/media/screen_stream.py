"""The customer's screen on its way out, seen from the loop: what is shown, and what of it is sent."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import threading
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import av
from aiortc.mediastreams import MediaStreamError, MediaStreamTrack

from remotehelp.errors import BackendError
from remotehelp.media.capture import Budget, Capture, Source
from remotehelp.messages import Receipt, Restart

Packet: TypeAlias = "av.Packet[Any]"


class FilmTrack(MediaStreamTrack):
    """Packets that are encoded already, for aiortc to send; nothing while there are none."""

    kind = "video"

    def __init__(self, on_taken: Callable[[Capture], None]) -> None:
        """``on_taken`` is called with a packet's maker when it is about to be sent."""
        super().__init__()
        self._packets: asyncio.Queue[tuple[Capture, Packet]] = asyncio.Queue()  # Capture lets only a few wait
        self._on_taken = on_taken

    def put(self, capture: Capture, packet: Packet) -> None:
        """Send ``packet`` next."""
        self._packets.put_nowait((capture, packet))

    def forget(self) -> None:
        """What has not been sent yet is not sent any more."""
        while not self._packets.empty():
            self._packets.get_nowait()

    async def recv(self) -> Packet:
        """The next packet; waits as long as there is none."""
        if self.readyState != "live":
            raise MediaStreamError
        capture, packet = await self._packets.get()
        self._on_taken(capture)
        return packet


class ScreenStream:
    """Shows one source at a time: messages for `exact` go to ``send``, video to ``track``. For the loop alone."""

    def __init__(
        self,
        send: Callable[[bytes], None],
        budget: Budget,
        on_size: Callable[[int, int], None] | None = None,
        on_trouble: Callable[[BackendError], None] | None = None,
        on_dark: Callable[[], None] | None = None,
    ) -> None:
        """``on_size(width, height)`` is called on the capture thread before a picture of a new size leaves;
        ``on_trouble`` when the source failed, which is not shown any more then; ``on_dark`` when it has become so.
        """
        self.track = self.another_track()
        self._send, self._budget = send, budget
        self._on_size = on_size or (lambda width, height: None)
        self._on_trouble = on_trouble or (lambda error: None)
        self._on_dark = on_dark or (lambda: None)
        self._threads = 0  # that capture
        self._loop = asyncio.get_running_loop()
        self._areas = itertools.count()
        self._capture: Capture | None = None

    @property
    def dark(self) -> bool:
        """Whether nothing is sent and nobody captures: the thread of what was hidden has ended, too."""
        return self._capture is None and not self._threads

    def show(self, source: Source) -> None:
        """Send this source's pictures from now on, beginning with a whole one."""
        self.hide()
        capture = self._capture = Capture(source, self._areas, self._budget, self)
        self._threads += 1
        threading.Thread(target=self._run, args=(capture,), name="capture", daemon=True).start()

    def _run(self, capture: Capture) -> None:
        try:
            capture.run()
        finally:
            self._on_loop(self._thread_ended)

    def _thread_ended(self) -> None:
        self._threads -= 1
        if self.dark:
            self._on_dark()

    def hide(self) -> None:
        """Send nothing any more; the caller closes the source, which ends the thread."""
        if self._capture is not None:
            self._capture.end()
            self._capture = None
            self._budget.forgotten()
        self.track.forget()

    def another_track(self) -> FilmTrack:
        """A track for another connection; nothing comes of it before ``go_over``."""
        return FilmTrack(Capture.film_sent)

    def go_over(self, track: FilmTrack, budget: Budget) -> None:
        """What is shown from now on goes to ``track``, and ``budget`` says how much; what was shown is hidden."""
        self.hide()
        self.track, self._budget = track, budget

    def stop(self) -> None:
        """Hide, and end the track."""
        self.hide()
        self.track.stop()

    def receipt(self, receipt: Receipt) -> None:
        """The viewer tells what has arrived, or that it lost pictures of the video."""
        if isinstance(receipt, Restart):
            self.want_keyframe()
        elif self._capture is not None:
            self._capture.seen(receipt)

    def want_keyframe(self) -> None:
        """The next picture of the video stands alone (RFC 4585 §6.3.1, PLI)."""
        if self._capture is not None:
            self._capture.want_keyframe()

    # --- capture.Listener: on the capture thread -----------------------------------------------------

    def resized(self, width: int, height: int) -> None:
        """A picture of a new size is about to leave."""
        self._on_size(width, height)

    def leave(self, capture: Capture, messages: Sequence[bytes], film: Packet | None) -> None:
        """Hand it to the loop."""
        self._on_loop(self._sent, capture, messages, film)

    def failed(self, capture: Capture, error: BackendError) -> None:
        """Hand it to the loop."""
        self._on_loop(self._ended, capture, error)

    def _on_loop(self, act: Callable[..., None], *what: object) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(act, *what)

    # --- and on the loop -----------------------------------------------------------------------------

    def _sent(self, capture: Capture, messages: Sequence[bytes], film: Packet | None) -> None:
        if capture is not self._capture:
            return  # nothing leaves any more
        for message in messages:
            self._send(message)
        if film is not None:
            self.track.put(capture, film)

    def _ended(self, capture: Capture, error: BackendError) -> None:
        if capture is self._capture:
            self.hide()
            self._on_trouble(error)
