"""What a run of the demonstration leaves behind: pictures of what each step changed on a desk, and summary.json."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np

from remotehelp.demo.box import Box
from remotehelp.demo.desk import Desk
from remotehelp.demo.waiting import StageError
from remotehelp.demo.watch import Watch

SUMMARY = "summary.json"
CURSOR_PIXELS = 300  # a text cursor that blinks has fewer


class Summary:
    """Counts and times the steps; everything is written to ``folder``.

    ``desks`` gives each desk a word for the names of its pictures; ``say`` gets one line a step.
    """

    def __init__(
        self,
        folder: Path,
        desks: Mapping[str, Desk],
        say: Callable[[str], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._folder = folder
        self._desks = desks
        self._say = say
        self._clock = clock
        self._steps: list[dict[str, str | bool | float]] = []
        self._figures: dict[str, int | float] = {}
        self._seen: dict[str, list[bytes]] = {word: [] for word in desks}  # the empty desk, and the last picture

    def look(self) -> None:
        """Remember the desks as they are now, empty: a step after which one still looks so leaves no picture of it."""
        for word, desk in self._desks.items():
            self._seen[word] = [_pixels(desk)]

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """One step: it held if the block ends without an exception, which passes on."""
        started = self._clock()
        try:
            yield
        except BaseException:
            self._note(name, False, started)
            with suppress(StageError):  # the screen may be what failed
                self._take_pictures(name)
            raise
        self._note(name, True, started)
        self._take_pictures(name)

    def figure(self, name: str, value: int | float) -> None:
        """Keep one figure, such as ``printed_pages``."""
        self._figures[name] = value

    def write(self) -> Path:
        """Write summary.json: ``steps`` and every figure."""
        path = self._folder / SUMMARY
        path.write_text(json.dumps({"steps": self._steps, **self._figures}, indent=2) + "\n")
        return path

    def _note(self, name: str, ok: bool, started: float) -> None:
        seconds = round(self._clock() - started, 3)
        self._steps.append({"name": name, "ok": ok, "seconds": seconds})
        self._say(f"{'✓' if ok else '✗'} {name} ({seconds:.1f} s)")

    def _take_pictures(self, name: str) -> None:
        for word, desk in self._desks.items():
            now, seen = _pixels(desk), self._seen[word]
            if all(_differs(now, before) for before in seen):
                desk.shot(self._folder / f"{len(self._steps):02}-{file_word(name)}-{word}.png")
                self._seen[word] = [*seen[:1], now]


def _pixels(desk: Desk) -> bytes:
    watch = Watch(desk.display, Box(0, 0, *desk.size))
    try:
        return watch.look()
    finally:
        watch.close()


def _differs(one: bytes, other: bytes) -> bool:
    """Whether there is more between two pictures of a desk than a text cursor."""
    changed = np.frombuffer(one, np.uint32) != np.frombuffer(other, np.uint32)
    return int(np.count_nonzero(changed)) > CURSOR_PIXELS


def file_word(name: str) -> str:
    """``name`` as a part of a file name: "The face appears" becomes "the-face-appears"."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
