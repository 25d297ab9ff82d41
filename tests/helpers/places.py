"""What is shown, for tests: monitors by their rectangles on the root window."""

from __future__ import annotations

from remotehelp.desktop.screens import Piece, Place
from remotehelp.media.area import Rect


def place_at(*rects: Rect) -> Place:
    """Monitors that are called "0", "1" and so on."""
    return Place(tuple(Piece(str(number), rect) for number, rect in enumerate(rects)))
