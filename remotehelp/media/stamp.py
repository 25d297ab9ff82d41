"""What each picture of the video says of itself: which part of which area it covers, and what it is newer than.

It travels inside the picture, as a user data SEI message (ITU-T H.264 D.1.7), so that no loss can part them.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import msgspec

from remotehelp.errors import RemoteProtocolError
from remotehelp.media.area import Rect
from remotehelp.messages import Coordinate, Epoch, Side

MOST_PIXELS = 17_000_000  # of an area; two 4K monitors side by side have 16.6 million
OURS = UUID("25699aab-dff4-421d-b81b-9a769d022efe").bytes  # no zero byte in it
MOST_BYTES = 120  # of the message behind the UUID: ten numbers of their largest are 81

# Decimal digits: no zero byte can appear, so nothing has to be escaped against start codes (7.4.1).
# Area, its width and height, x, y, width and height of the picture, number, after, and the picture's own count.
_Fields = tuple[Epoch, Side, Side, Coordinate, Coordinate, Side, Side, Epoch, Epoch, Epoch]
_decoder = msgspec.json.Decoder(_Fields)

_SEI = b"\x00\x00\x00\x01\x06\x05"  # start code (B.1), NAL unit type 6 (7.3.1), payload type 5 (D.1.1)
_END = b"\x80"  # rbsp_trailing_bits (7.3.2.11)


@dataclass(frozen=True)
class Stamp:
    """A picture of ``rect`` in the area ``area`` (``width`` x ``height`` pixels).

    It is newer than all exact messages up to ``number`` and older than the later ones, and may be painted once all up
    to ``after`` (at most ``number``) were applied.
    """

    area: int
    width: int
    height: int
    rect: Rect
    number: int
    after: int


def as_sei(stamp: Stamp, count: int) -> bytes:
    """The NAL unit, start code included, that stands before a picture; ``count`` rises by one with each picture."""
    rect = stamp.rect
    place = (rect.x, rect.y, rect.width, rect.height)
    fields = (stamp.area, stamp.width, stamp.height, *place, stamp.number, stamp.after, count)
    payload = OURS + msgspec.json.encode(fields)
    return _SEI + bytes([len(payload)]) + payload + _END


def from_sei(payload: bytes) -> tuple[Stamp, int] | None:
    """The stamp and the count in a user data message as FFmpeg hands it over, None if it is somebody else's.

    Raises RemoteProtocolError("picture_refused") where it can't be read, or lies about its place or size.
    """
    if not payload.startswith(OURS):
        return None
    text = payload[len(OURS) :]
    if len(text) > MOST_BYTES:
        raise RemoteProtocolError("picture_refused")
    try:
        area, width, height, x, y, w, h, number, after, count = _decoder.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise RemoteProtocolError("picture_refused") from error
    stamp = Stamp(area, width, height, Rect(x, y, w, h), number, after)
    if not _holds(stamp):
        raise RemoteProtocolError("picture_refused")
    return stamp, count


def _holds(stamp: Stamp) -> bool:
    whole = Rect(0, 0, stamp.width, stamp.height)
    return stamp.width * stamp.height <= MOST_PIXELS and whole.covers(stamp.rect) and stamp.after <= stamp.number
