"""What a run of the demonstration leaves behind: a picture of each desk after each step, and summary.json."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from remotehelp.demo.desk import Desk
from remotehelp.demo.waiting import StageError

SUMMARY = "summary.json"


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
            desk.shot(self._folder / f"{len(self._steps):02}-{file_word(name)}-{word}.png")


def file_word(name: str) -> str:
    """``name`` as a part of a file name: "The face appears" becomes "the-face-appears"."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
