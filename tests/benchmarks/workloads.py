"""What is done on the stage while somebody watches; the same for this product and for its peer."""

from __future__ import annotations

import random
import statistics
import time
from typing import NamedTuple

import figures
import psutil
import stimulus
from stage import Stage, find_mark
from tool import Tool
from wire import Wire

from remotehelp.demo.waiting import StageError, wait_for

SCROLL_S = 6.0
TAIL_S = 1.0  # the last picture may come late
REST_S = 1.0
KEYS = "abcdefghijklmnopqrstuvwxyz"
KEY_GAP_S = (0.11, 0.17)  # as long as no picture of the key before is on its way
IDLE_S = 10.0
FOUND_S = 15.0


class Scrolled(NamedTuple):
    """How a page of text was seen that scrolled ``offered`` times a second."""

    offered: float
    frames_per_s: float
    fresh_ms: float
    looks_per_s: float


def scroll(stage: Stage) -> Scrolled:
    """Scroll a page on the customer's screen and watch it on the technician's."""
    with Tool("stimulus.py", stage.customer.display, "scroll", SCROLL_S) as page:
        x, y = _shown(stage)
        time.sleep(REST_S)
        with Tool("watcher.py", stage.technician.display, x, y, SCROLL_S + TAIL_S) as eye:
            page.go()
            drawn = figures.sights(page.result(SCROLL_S + FOUND_S))[1:]  # the first was there before
            watched = eye.result(SCROLL_S + FOUND_S)
    seen = figures.sights(watched["seen"])
    return Scrolled(
        figures.per_second(drawn, drawn),
        figures.per_second(seen, drawn),
        _median_ms(figures.freshness(drawn, seen)),
        watched["looks"] / (SCROLL_S + TAIL_S),
    )


def _median_ms(waits: list[float]) -> float:
    if not waits:
        raise StageError("nothing of what was drawn was seen")
    return statistics.median(waits) * 1000


def key_ms(stage: Stage) -> float:
    """The median of the milliseconds from a key on the technician's keyboard to its picture on his screen."""
    seconds = KEY_GAP_S[1] * len(KEYS) + REST_S
    with Tool("stimulus.py", stage.customer.display, "keys", seconds + 2 * REST_S) as page:
        x, y = _shown(stage)
        right, down = (middle - mark for middle, mark in zip(stimulus.MIDDLE, stimulus.MARKER_AT, strict=True))
        stage.technician.hand.click_at(x + right, y + down)
        time.sleep(REST_S)
        with Tool("watcher.py", stage.technician.display, x, y, seconds + TAIL_S) as eye:
            page.go()
            pressed = _press_keys(stage)
            drawn = figures.sights(page.result(seconds + FOUND_S))
            seen = figures.sights(eye.result(seconds + FOUND_S)["seen"])
    return _median_ms(figures.freshness(figures.answered(pressed, drawn), seen))


def _shown(stage: Stage) -> tuple[int, int]:
    """Where the mark is on the technician's screen; where it is not, pictures of both screens are kept."""
    try:
        return wait_for(lambda: find_mark(stage.technician.display), FOUND_S, "the page is not shown pixel for pixel")
    except StageError:
        for desk, name in ((stage.customer, "customer"), (stage.technician, "technician")):
            desk.shot(stage.folder / f"{name}.png")
        raise


def _press_keys(stage: Stage) -> list[float]:
    """When each key went down: just before its request was sent."""
    pressed = []
    for key in KEYS:
        pressed.append(time.monotonic())
        stage.technician.hand.key(key)
        time.sleep(random.uniform(*KEY_GAP_S))  # noqa: S311 - only so that no two clocks march in step
    return pressed


class Idle(NamedTuple):
    """What a screen at rest costs: the customer's processes in percent of one core, and what crosses the wire."""

    cpu_percent: float
    kb_per_s: float | None


def idle(wire: Wire, pid: int) -> Idle:
    """Do nothing for a while; ``pid`` is the customer's program, its children count too."""
    time.sleep(2 * REST_S)
    cpu, sent, began = _cpu_s(pid), wire.sent(), time.monotonic()
    time.sleep(IDLE_S)
    seconds = time.monotonic() - began
    now = wire.sent()
    crossed = None if sent is None or now is None else (now - sent) / seconds / 1000
    return Idle((_cpu_s(pid) - cpu) / seconds * 100, crossed)


def _cpu_s(pid: int) -> float:
    program = psutil.Process(pid)
    times = [process.cpu_times() for process in (program, *program.children(recursive=True))]
    return float(sum(one.user + one.system for one in times))
