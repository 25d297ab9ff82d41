"""Which content belongs to a number: so that no system looks fresh whose number comes before its content."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean, median
from typing import Protocol

import numpy as np

from tests.benchmarks import programs, reckoning, video
from tests.benchmarks.eye import CONTENT, MARKER, MOVING, Box, number_in
from tests.benchmarks.reckoning import Picture

PAGE = Box(80, 60, 1280, 960)  # what scrolls
PAGE_LENGTH, STEP = 6000, 40  # pixels of the whole page, and of one change (stim.c)
OLDEST = 8  # frames that a content is looked for behind its number


class Truth(Protocol):
    """What stood in CONTENT at the ``change``-th change; None where that is not known."""

    def at(self, change: int) -> Picture | None: ...


class Film:
    """What `video` shows."""

    def __init__(self) -> None:
        flat: Picture = np.memmap(programs.video(), np.uint8, "r")
        self._frames = flat.reshape(-1, CONTENT.height, CONTENT.width, 4)[..., 2::-1]

    def at(self, change: int) -> Picture | None:
        return self._frames[video.shown(change)]


class Page:
    """What `scroll` shows, learned from looks at her own screen while it scrolled."""

    def __init__(self, hers: Sequence[Picture], first: int) -> None:
        self._rows = np.zeros((PAGE_LENGTH, PAGE.width, 3), np.uint8)
        self._known = np.zeros(PAGE_LENGTH, np.bool_)
        for shot in hers:
            change = change_of(shot, first)
            if change is not None:
                top = offset(change)
                self._rows[top : top + PAGE.height] = part(shot, PAGE)
                self._known[top : top + PAGE.height] = True

    def at(self, change: int) -> Picture | None:
        top = offset(change)
        whole = self._known[top : top + CONTENT.height].all()
        return self._rows[top : top + CONTENT.height] if whole else None


def offset(change: int) -> int:
    """Which row of the page is the first to be seen: down to its end and up again."""
    span = (PAGE_LENGTH - PAGE.height) // STEP
    place = change % (2 * span)
    return min(place, 2 * span - place) * STEP


def part(shot: Picture, box: Box) -> Picture:
    """A rectangle of her screen from a picture of MOVING."""
    top, left = box.top - MOVING.top, box.left - MOVING.left
    return shot[top : top + box.height, left : left + box.width]


def change_of(shot: Picture, first: int) -> int | None:
    """How many changes a picture of MOVING has seen by its number; ``first``: the number of the first."""
    number = number_in(part(shot, MARKER))
    return None if number is None else (number - first + 1) % 0x10000


def likeness(shots: Sequence[Picture], truth: Truth, first: int) -> dict[str, float | None]:
    """How alike what moves is to what belongs to its number, in dB, and by how many frames it is behind."""
    psnrs, behind = [], []
    for shot in shots:
        change = change_of(shot, first)
        wanted = None if change is None else truth.at(change)
        if change is not None and wanted is not None:
            psnrs.append(reckoning.psnr(wanted, part(shot, CONTENT)))
            behind.append(_behind(truth, part(shot, CONTENT), change))
    return {"moving_psnr": round(median(psnrs), 2), "behind_frames": round(fmean(behind), 2)} if psnrs else {}


def _behind(truth: Truth, content: Picture, change: int) -> int:
    found = {age: truth.at(change - age) for age in range(min(OLDEST, change) + 1)}
    return max(found, key=lambda age: _rough_psnr(found[age], content))


def _rough_psnr(wanted: Picture | None, content: Picture) -> float:
    return -1.0 if wanted is None else reckoning.psnr(wanted[::4], content[::4])
