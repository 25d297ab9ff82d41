"""What stands before the decoder of the screen's video: an access unit is read as far as it could do harm, or refused.

FFmpeg takes what a stream asks for: up to 16 reference pictures and 16 that wait for their turn, each of the size that
the parameter set names, and memory for every message beside the picture. Ours asks for one, and for nothing else.
Clauses are those of ITU-T H.264.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from remotehelp.errors import RemoteProtocolError
from remotehelp.media.stamp import Stamp, from_sei

MOST_BYTES = 4 * 1024 * 1024  # of one access unit
MOST_UNITS = 32  # NAL units of one picture; ours has six
MOST_SET = 128  # bytes of a parameter set; ours have 26
HEADER = 16  # bytes at the beginning of a slice, enough for three numbers
BLOCK = 16  # pixels a side of a macroblock

START = b"\x00\x00\x01"  # B.1.1
SLICE, IDR, SEI, SPS, PPS = 1, 5, 6, 7, 8  # nal_unit_type (table 7-1)
MAIN = 77  # profile_idc (A.2.2)
OUTPUT_AS_DECODED = 2  # pic_order_cnt_type (8.2.1.3): no picture waits for another
P_AND_I = frozenset({0, 2, 5, 7})  # slice_type (table 7-6)


@dataclass(frozen=True)
class AccessUnit:
    """One picture: what it says of itself, and what the decoder gets of it.

    ``size`` is what its parameter set says, width and height in pixels, None without one: then it refers to pictures
    before it. ``data`` holds parameter sets and slices alone, each behind a start code.
    """

    stamp: Stamp
    count: int
    size: tuple[int, int] | None
    data: bytes


def read(data: bytes) -> AccessUnit | None:
    """The picture in ``data``, None where there is none: no whole header of a slice, no stamp, or more than 4 MiB.

    A picture that lost its beginning has no stamp: the first of a stream can, as nobody knows where it began.
    Raises RemoteProtocolError("picture_refused") for whatever our encoder never sends: other kinds of NAL units, two
    stamps, more than one picture, a parameter set of another profile, size or order.
    """
    units = _units(data)
    kinds = [unit[0] & 31 for unit in units]
    if SLICE not in kinds and IDR not in kinds:
        return None
    _demand(len(units) <= MOST_UNITS)
    found: dict[int, list[bytes]] = {kind: [] for kind in (SLICE, IDR, SEI, SPS, PPS)}
    for kind, unit in zip(kinds, units, strict=True):
        _demand(kind in found and unit[0] < 0x80)  # forbidden_zero_bit (7.4.1)
        found[kind].append(unit)
    stamped = _stamp(found[SEI])
    if stamped is None:
        return None
    size = _sets(found[SPS], found[PPS], key=bool(found[IDR]))
    _demand(not (found[IDR] and found[SLICE]))
    try:
        _one_picture(found[IDR] or found[SLICE], size)
    except EOFError:  # torn in the middle of a header
        return None
    kept = (unit for kind, unit in zip(kinds, units, strict=True) if kind != SEI)
    return AccessUnit(*stamped, size, b"".join(START + unit for unit in kept))


def _units(data: bytes) -> list[bytes]:
    """The NAL units between start codes (B.1), a few more than allowed where there are too many."""
    if len(data) > MOST_BYTES:
        return []
    parts = data.split(START, MOST_UNITS + 1)[1:]
    return [unit for part in parts if (unit := part.rstrip(b"\x00"))]


def _stamp(messages: list[bytes]) -> tuple[Stamp, int] | None:
    """The one message that is ours; x264 tells of itself in another."""
    stamps = [stamp for sei in messages if (stamp := _stamp_in(sei)) is not None]
    _demand(len(stamps) <= 1)
    return stamps[0] if stamps else None


def _stamp_in(sei: bytes) -> tuple[Stamp, int] | None:
    """It stands alone in its unit and is shorter than 255 bytes: a type and a size of one byte each (7.3.2.3.1)."""
    if len(sei) < 3 or sei[1] != 5:
        return None
    return from_sei(sei[3 : 3 + sei[2]])


def _sets(sequence: list[bytes], picture: list[bytes], *, key: bool) -> tuple[int, int] | None:
    """The size that the parameter sets name: one of each stands before every key picture and nowhere else."""
    _demand(len(sequence) == len(picture) == key)
    if not key:
        return None
    _demand(len(sequence[0]) <= MOST_SET and len(picture[0]) <= MOST_SET)
    numbers = _Bits(picture[0][1:])
    try:
        _demand(numbers.ue() == 0 and numbers.ue() == 0)  # both ids: a new set replaces the one before
        return _size(_Bits(sequence[0][1:]))
    except EOFError as error:
        raise RemoteProtocolError("picture_refused") from error


def _size(bits: _Bits) -> tuple[int, int]:
    """Width and height in pixels of a sequence parameter set (7.3.2.1.1), which has to be like ours."""
    profile, _flags, _level, set_id = bits.u(8), bits.u(8), bits.u(8), bits.ue()
    _log2_max_frame_num, order = bits.ue(), bits.ue()
    reference_frames, gaps_allowed = bits.ue(), bits.u(1)
    width, height, whole_frames = bits.ue() + 1, bits.ue() + 1, bits.u(1)
    _demand((profile, set_id, order) == (MAIN, 0, OUTPUT_AS_DECODED))
    _demand((reference_frames, gaps_allowed, whole_frames) == (1, 0, 1))
    return width * BLOCK, height * BLOCK


def _one_picture(slices: list[bytes], size: tuple[int, int] | None) -> None:
    """Slice headers (7.3.3): the first begins at macroblock 0, each other one further down."""
    headers = [_Bits(unit[1 : 1 + HEADER]) for unit in slices]
    begins = []
    for bits in headers:
        begins.append(bits.ue())
        _demand(bits.ue() in P_AND_I and bits.ue() == 0)
    _demand(begins[0] == 0 and all(earlier < later for earlier, later in pairwise(begins)))
    _demand(size is None or begins[-1] < size[0] * size[1] // BLOCK**2)


class _Bits:
    """Reads the bits of a NAL unit from its second byte on, emulation prevention taken out (7.3.1).

    Raises EOFError where there are no more.
    """

    def __init__(self, payload: bytes) -> None:
        plain = payload.replace(b"\x00\x00\x03", b"\x00\x00")
        self._bits = "".join(f"{byte:08b}" for byte in plain)
        self._at = 0

    def u(self, count: int) -> int:
        """An unsigned number of so many bits (7.2)."""
        bits = self._bits[self._at : self._at + count]
        if len(bits) < count:
            raise EOFError
        self._at += count
        return int(bits, 2)

    def ue(self) -> int:
        """An Exp-Golomb number below 2**16 (9.1): none of those that are read here is larger but in a lie."""
        zeros = self._bits.find("1", self._at) - self._at
        if zeros < 0:
            raise EOFError
        _demand(zeros <= 16)
        self._at += zeros
        return self.u(zeros + 1) - 1


def _demand(holds: bool) -> None:
    if not holds:
        raise RemoteProtocolError("picture_refused")
