"""The eye on the technician's display: which number is seen from when on.

A program of its own: ``watcher.py DISPLAY X Y SECONDS``, the place of the mark's top left corner. It says "ready" when
it looks, and at the end prints JSON ``{"looks": how often it looked, "seen": [[number, time.monotonic()], ...]}``.
"""

from __future__ import annotations

import json
import sys
import time

import marker
import mss
import numpy as np

PAUSE_S = 0.001


def watch(display: str, x: int, y: int, seconds: float) -> tuple[int, list[tuple[int, float]]]:
    """How often it looked, and each number with the time at which it was first seen after another one."""
    place = {"left": x, "top": y, "width": marker.WIDTH, "height": marker.HEIGHT}
    seen: list[tuple[int, float]] = []
    looks = 0
    with mss.MSS(display=display) as screen:
        until = time.monotonic() + seconds
        while (now := time.monotonic()) < until:
            pixels = np.frombuffer(screen.grab(place).raw, np.uint8).reshape(marker.HEIGHT, marker.WIDTH, 4)
            number = marker.read(pixels)
            if number is not None and (not seen or number != seen[-1][0]):
                seen.append((number, time.monotonic()))
            looks += 1
            time.sleep(max(0.0, now + PAUSE_S - time.monotonic()))
    return looks, seen


def main(display: str, x: str, y: str, seconds: str) -> None:
    """Look and tell."""
    print("ready", flush=True)
    looks, seen = watch(display, int(x), int(y), float(seconds))
    print(json.dumps({"looks": looks, "seen": seen}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
