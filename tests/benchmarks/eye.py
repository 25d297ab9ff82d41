"""The eye on the technician's screen: finds the customer's picture there, and compares it with her screen."""

from __future__ import annotations

import subprocess
import time
from contextlib import suppress
from typing import Any, NamedTuple

import mss
import numpy as np
from PIL import Image

from remotehelp.demo.waiting import StageError, wait_for
from tests.benchmarks.reckoning import Picture, best_psnr
from tests.benchmarks.session import SIZES, Session

LOOKS_PER_S = 1000
PAUSE_S = 0.02
MARGIN = 2  # pixels by which a codec may have moved the picture
COARSE = 16  # every so many rows are compared before all are


class Box(NamedTuple):
    """A rectangle of the customer's screen."""

    left: int
    top: int
    width: int
    height: int


MARKER = Box(1600, 960, 256, 64)
CELL = 16
CONTENT = Box(80, 60, 1280, 720)  # what every workload changes
DESKTOP = Box(8, 8, 1452, 1064)  # what no window of a system under test covers; a frame round the screen may stand
MOVING = Box(80, 60, MARKER.left + MARKER.width - 80, MARKER.top + MARKER.height - 60)  # the film and its number


class Place(NamedTuple):
    """Where the customer's screen is shown: its origin on the technician's screen, and how large a pixel of it is."""

    left: float
    top: float
    scale: float
    marker: tuple[str, ...]
    at: int


class Eye:
    """Looks at the one place where the picture was last found."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._screens: dict[str, Any] = {side: mss.MSS(display=name) for side, name in session.displays.items()}
        self.place: Place

    def close(self) -> None:
        """Leave both screens."""
        for screen in self._screens.values():
            screen.close()

    def find(self, seconds: float) -> Place:
        """Look for the marker; raises StageError, with pictures of both screens kept, if it is not there in time."""
        watch = self._session.tool("watch", self._session.displays["viewer"], "find", seconds)
        words = watch.communicate()[0].split()
        if not words or words[0] != "FOUND":
            self.keep()
            raise StageError("the customer's screen is not shown")
        x, y, cell = map(float, words[1:4])
        scale = cell / CELL
        self.place = Place(x - MARKER.left * scale, y - MARKER.top * scale, scale, tuple(words[1:5]), int(words[5]))
        return self.place

    def poll(self, seconds: float) -> subprocess.Popen[Any]:
        """Write down each new number from now on, 1000 looks a second."""
        words = (self._session.displays["viewer"], "poll", *self.place.marker, seconds, LOOKS_PER_S)
        watch = self._session.tool("watch", *words)
        assert watch.stdout is not None
        watch.stdout.readline()
        return watch

    def hers(self, box: Box) -> Picture:
        """That part of the customer's screen."""
        return self._grab("host", *box)

    def shown(self, box: Box, margin: int = 0) -> Picture:
        """The same part as the technician sees it, in her pixels, with a margin all round."""
        at, scale = self.place, self.place.scale
        left, top = (round(at.left + box.left * scale), round(at.top + box.top * scale))
        width, height = round(box.width * scale), round(box.height * scale)
        if width == box.width and height == box.height:
            return self._grab("viewer", left - margin, top - margin, width + 2 * margin, height + 2 * margin)
        image = Image.fromarray(self._grab("viewer", left, top, width, height))
        return np.asarray(image.resize((box.width, box.height), Image.Resampling.BICUBIC))

    def settled_psnr(self) -> float | None:
        """How alike the content is now."""
        return best_psnr(self.hers(CONTENT), self.shown(CONTENT, MARGIN))

    def identical_after_s(self, since: int, patience: float) -> float | None:
        """Seconds from ``since`` (ns) until her whole desktop is shown in every pixel; None if not within ``patience``.

        No better than the 20 ms between two looks. Her screen must stand still.
        """
        wanted = self.hers(DESKTOP)
        with suppress(StageError):
            wait_for(lambda: self._is(wanted), patience, "never identical", PAUSE_S)
            return round((time.monotonic_ns() - since) / 1e9, 3)
        return None

    def _is(self, wanted: Picture) -> bool:
        got = self.shown(DESKTOP)
        if got.shape != wanted.shape or not np.array_equal(got[::COARSE], wanted[::COARSE]):
            return False
        return bool(np.array_equal(got, wanted))

    def keep(self) -> None:
        """Keep pictures of both screens in the session's folder."""
        for side, (width, height) in SIZES.items():
            Image.fromarray(self._grab(side, 0, 0, width, height)).save(self._session.folder / f"{side}.png")

    def _grab(self, side: str, left: int, top: int, width: int, height: int) -> Picture:
        shot = self._screens[side].grab({"left": left, "top": top, "width": width, "height": height})
        whole = np.frombuffer(shot.raw, np.uint8).reshape(shot.height, shot.width, 4)
        return np.ascontiguousarray(whole[:, :, 2::-1])


def number_in(marker: Picture) -> int | None:
    """The number of a marker of exactly MARKER's size; None where it can't be read (marker.h)."""
    white = marker[CELL // 2 :: CELL, CELL // 2 :: CELL, 1] > 127
    number, check = (int(row @ (1 << np.arange(16)[::-1])) for row in white[1:3])
    mixed = number * 40503 + 0x5A5A
    return number if (mixed ^ mixed >> 7) & 0xFFFF == check else None
