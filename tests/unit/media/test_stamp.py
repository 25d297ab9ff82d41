"""The stamp of a picture: what was written is read, and nothing else is believed."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from remotehelp.errors import RemoteProtocolError
from remotehelp.media.area import Rect
from remotehelp.media.stamp import MOST_BYTES, MOST_PIXELS, OURS, Stamp, as_sei, from_sei

NUMBERS = st.integers(0, 2**31 - 1)
STAMP = Stamp(7, 1920, 1080, Rect(100, 50, 640, 480), 12, 9)
BEFORE, AFTER = 7, 1  # bytes of start code, type and size, and of the end


def payload(nal: bytes) -> bytes:
    return nal[BEFORE:-AFTER]


@st.composite
def stamps(draw: st.DrawFn) -> Stamp:
    width = draw(st.integers(1, 8192))
    height = draw(st.integers(1, min(8192, MOST_PIXELS // width)))
    x, y = draw(st.integers(0, width - 1)), draw(st.integers(0, height - 1))
    rect = Rect(x, y, draw(st.integers(1, width - x)), draw(st.integers(1, height - y)))
    number = draw(NUMBERS)
    return Stamp(draw(NUMBERS), width, height, rect, number, draw(st.integers(0, number)))


@given(stamps(), NUMBERS)
def test_what_was_written_is_read(stamp: Stamp, count: int) -> None:
    assert from_sei(payload(as_sei(stamp, count))) == (stamp, count)


@given(stamps(), NUMBERS)
def test_it_is_a_message_that_needs_no_escaping(stamp: Stamp, count: int) -> None:
    nal = as_sei(stamp, count)
    assert nal[:6] == bytes([0, 0, 0, 1, 6, 5])
    assert nal[6] == len(payload(nal)) < 255
    assert 0 not in nal[4:]
    assert nal[-1] == 0x80


def test_the_largest_numbers_fit() -> None:
    largest = 2**31 - 1
    stamp = Stamp(largest, 8192, 2075, Rect(1000, 1000, 7192, 1075), largest, largest)
    assert from_sei(payload(as_sei(stamp, largest))) == (stamp, largest)
    assert len(payload(as_sei(stamp, largest))) <= len(OURS) + MOST_BYTES


def test_the_message_of_another_program_is_none_of_ours() -> None:
    assert from_sei(bytes(16) + b"x264 - core 165") is None
    assert from_sei(b"") is None
    assert from_sei(OURS[:-1]) is None


@pytest.mark.parametrize(
    "lie",
    [
        replace(STAMP, area=-1),
        replace(STAMP, area=2**31),
        replace(STAMP, width=8193),
        replace(STAMP, height=0),
        replace(STAMP, width=8192, height=8192),
        replace(STAMP, rect=Rect(-1, 0, 10, 10)),
        replace(STAMP, rect=Rect(0, 0, 0, 10)),
        replace(STAMP, rect=Rect(1900, 0, 21, 10)),
        replace(STAMP, rect=Rect(0, 1000, 10, 81)),
        replace(STAMP, after=13),
        replace(STAMP, number=2**31),
    ],
)
def test_a_stamp_that_lies_is_refused(lie: Stamp) -> None:
    with pytest.raises(RemoteProtocolError, match="picture_refused"):
        from_sei(payload(as_sei(lie, 1)))


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[]",
        b"null",
        b"[1,2,3]",
        b"[" * 100,
        b"\xff\xfe",
        msgspec.json.encode([1.5] * 10),
        msgspec.json.encode(["1"] * 10),
        msgspec.json.encode([1] * 11),
        b"[" + b"9" * 100 + b"]",
        b" " * 200 + payload(as_sei(STAMP, 1))[16:],
    ],
)
def test_what_cannot_be_read_is_refused(text: bytes) -> None:
    with pytest.raises(RemoteProtocolError, match="picture_refused"):
        from_sei(OURS + text)


@given(st.binary(max_size=200), st.booleans())
def test_junk_is_refused_or_somebody_elses(junk: bytes, ours: bool) -> None:
    if not ours:
        assert from_sei(junk) is None
        return
    with pytest.raises(RemoteProtocolError):
        from_sei(OURS + junk)
