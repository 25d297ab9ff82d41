"""Regions of the XFIXES extension, version 2: sets of rectangles that the X server reckons with.

python-xlib has only the cursor part of XFIXES; these are the five requests that we need, after "The XFIXES Extension",
version 2.0, section 6.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable

from Xlib.display import Display
from Xlib.ext import xfixes
from Xlib.protocol import rq, structs

from remotehelp.media.area import Rect

FEW = 16  # up to so many rectangles are worth being looked at one by one


class _CreateRegion(rq.Request):
    _request = rq.Struct(
        rq.Card8("opcode"),
        rq.Opcode(5),
        rq.RequestLength(),
        rq.Card32("region"),
        rq.List("rectangles", structs.Rectangle),
    )


class _SetRegion(rq.Request):
    _request = rq.Struct(
        rq.Card8("opcode"),
        rq.Opcode(11),
        rq.RequestLength(),
        rq.Card32("region"),
        rq.List("rectangles", structs.Rectangle),
    )


class _IntersectRegion(rq.Request):
    _request = rq.Struct(
        rq.Card8("opcode"), rq.Opcode(14), rq.RequestLength(), rq.Card32("a"), rq.Card32("b"), rq.Card32("into")
    )


class _SubtractRegion(rq.Request):
    _request = rq.Struct(
        rq.Card8("opcode"), rq.Opcode(15), rq.RequestLength(), rq.Card32("a"), rq.Card32("b"), rq.Card32("into")
    )


class _FetchRegion(rq.ReplyRequest):
    _request = rq.Struct(rq.Card8("opcode"), rq.Opcode(19), rq.RequestLength(), rq.Card32("region"))
    _reply = rq.Struct(
        rq.ReplyCode(),
        rq.Pad(1),
        rq.Card16("sequence_number"),
        rq.ReplyLength(),
        rq.Object("extents", structs.Rectangle),
        rq.Pad(16),
        rq.Binary("rectangles"),  # thousands of them in a busy moment: not to be parsed one by one in Python
    )


class Region:
    """A set of rectangles that lives in the X server; it goes with the connection."""

    def __init__(self, connection: Display) -> None:
        self._display = connection.display
        self._opcode = self._display.get_extension_major(xfixes.extname)
        self.id = self._display.allocate_resource_id()
        _CreateRegion(display=self._display, opcode=self._opcode, region=self.id, rectangles=[])

    def set(self, rects: Iterable[Rect]) -> None:
        """From now on exactly these rectangles; each within 0..65535 pixels."""
        rectangles = [(rect.x, rect.y, rect.width, rect.height) for rect in rects]
        _SetRegion(display=self._display, opcode=self._opcode, region=self.id, rectangles=rectangles)

    def intersect(self, other: Region) -> None:
        """Keep only what is in ``other`` too."""
        _IntersectRegion(display=self._display, opcode=self._opcode, a=self.id, b=other.id, into=self.id)

    def subtract(self, other: Region) -> None:
        """Drop what is in ``other``."""
        _SubtractRegion(display=self._display, opcode=self._opcode, a=self.id, b=other.id, into=self.id)

    def fetch(self) -> tuple[Rect, ...]:
        """Its rectangles, or their common bounds where they are more than a few; empty if it is empty."""
        reply = _FetchRegion(display=self._display, opcode=self._opcode, region=self.id)
        if len(reply.rectangles) <= FEW * 8:
            return tuple(Rect(*numbers) for numbers in struct.iter_unpack("=hhHH", reply.rectangles))
        extents = reply.extents
        return (Rect(extents.x, extents.y, extents.width, extents.height),)
