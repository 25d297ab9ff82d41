"""What stands before the decoder of the face: no picture larger than agreed, no queue that grows."""

from __future__ import annotations

import queue
from collections.abc import Callable
from typing import Any

WAITING = 15  # encoded pictures, a second of the face; a decoder that is slower than that shows fewer
KEY_FRAME_HEADER = 10  # bytes (RFC 6386 §9.1)
START_CODE = b"\x9d\x01\x2a"


class GuardedQueue(queue.Queue[Any]):
    """Takes the pictures that aiortc hands to its decoder thread and drops those that must not be decoded."""

    def __init__(self, width: int, height: int) -> None:
        """``width`` and ``height``: the largest VP8 picture that is decoded, pixels."""
        super().__init__()
        self._largest = (width, height)

    def put(self, item: Any, block: bool = True, timeout: float | None = None) -> None:
        """Queue ``(codec, encoded frame)``, or None, which ends the decoder."""
        if item is None or (self.qsize() < WAITING and self._fits(*item)):
            super().put(item, block, timeout)

    def _fits(self, codec: Any, encoded: Any) -> bool:
        if codec.name != "VP8":
            return False
        width, height = size_of_key_frame(encoded.data) or (0, 0)
        return width <= self._largest[0] and height <= self._largest[1]


class DivertedQueue(queue.Queue[Any]):
    """Gives the encoded pictures to somebody else instead of aiortc's decoder thread."""

    def __init__(self, take: Callable[[bytes], None]) -> None:
        super().__init__()
        self._take = take

    def put(self, item: Any, block: bool = True, timeout: float | None = None) -> None:
        """Hand ``(codec, encoded frame)`` on; None ends the decoder thread."""
        if item is None:
            super().put(item, block, timeout)
        else:
            self._take(item[1].data)


def size_of_key_frame(data: bytes) -> tuple[int, int] | None:
    """Width and height that a VP8 key frame claims (RFC 6386 §9.1); None for any other frame."""
    if len(data) < KEY_FRAME_HEADER or data[0] & 1 or data[3:6] != START_CODE:
        return None
    return int.from_bytes(data[6:8], "little") & 0x3FFF, int.from_bytes(data[8:10], "little") & 0x3FFF
