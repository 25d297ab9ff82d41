"""A frame is plain data that crosses threads: a window reads it while the next one is made."""

from __future__ import annotations

import dataclasses

import av
import numpy as np
import pytest

from remotehelp.media.frame import Frame
from remotehelp.media.receiving import to_frame


def test_it_says_how_its_rows_lie() -> None:
    fields = [field.name for field in dataclasses.fields(Frame)]
    assert fields == ["width", "height", "stride", "pixels", "number"]
    with pytest.raises(dataclasses.FrozenInstanceError):
        Frame(1, 1, 4, bytes(4), 1).number = 2  # type: ignore[misc]


def test_its_pixels_outlive_the_picture_they_came_from() -> None:
    picture = av.VideoFrame.from_ndarray(np.full((48, 64, 3), 77, np.uint8), format="bgr24")
    frame = to_frame(picture, 1)
    del picture
    others = [
        to_frame(av.VideoFrame.from_ndarray(np.zeros((48, 64, 3), np.uint8), format="bgr24"), n) for n in range(9)
    ]
    assert len(others) == 9
    assert bytes(frame.pixels)[:3] == bytes([77, 77, 77])
