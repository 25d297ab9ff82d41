"""The figures of a demonstration: from both programs' own logs, and from the pixels of the technician's screen."""

from __future__ import annotations

import json
import statistics
from pathlib import Path
from typing import Any

from remotehelp.demo.box import Box
from remotehelp.demo.desk import Desk
from remotehelp.demo.waiting import StageError
from remotehelp.demo.watch import Watch

REST_S = 0.3
CHANGE_S = 5.0


def accept_to_face_s(customer_log: Path) -> float:
    """Seconds from the confirmed pairing to the first painted frame of the face."""
    return round(_at(customer_log, "face painted") - _at(customer_log, "paired"), 3)


def grant_to_picture_s(customer_log: Path, technician_log: Path) -> float:
    """Seconds from `Allow` to the first painted frame of the screen; both logs have one machine's steady clock."""
    return round(_at(technician_log, "screen painted") - _at(customer_log, "answered"), 3)


def key_to_screen_ms(desk: Desk, region: Box, keys: str) -> float:
    """The median of the milliseconds from a key on ``desk`` to a change in ``region`` of the same desk."""
    watch = Watch(desk.display, region)
    try:
        times = []
        for key in keys:
            watch.wait_rest(REST_S, CHANGE_S)
            pressed = desk.hand.key(key)
            times.append((watch.wait_change(CHANGE_S) - pressed) * 1000)
        return round(statistics.median(times), 1)
    finally:
        watch.close()


def _at(log: Path, event: str) -> float:
    for line in log.read_text().splitlines():
        entry: dict[str, Any] = json.loads(line)
        if entry.get("event") == event:
            return float(entry["monotonic"])
    raise StageError(f"{log} does not say {event!r}")
