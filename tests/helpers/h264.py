"""Streams of the screen's video taken apart and put together otherwise (ITU-T H.264)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import av

START = b"\x00\x00\x00\x01"
SLICE, IDR, SEI, SPS, PPS = 1, 5, 6, 7, 8


def nal_units(data: bytes) -> list[bytes]:
    """Each with its start code."""
    return [START + unit.rstrip(b"\x00") for unit in data.split(START[1:])[1:]]


def kind(nal: bytes) -> int:
    """Its nal_unit_type (7.3.1)."""
    return nal[len(START)] & 31


def without(data: bytes, dropped: int) -> bytes:
    """All but the NAL units of one type."""
    return b"".join(nal for nal in nal_units(data) if kind(nal) != dropped)


def with_sps(data: bytes, sps: bytes) -> bytes:
    """The same with another sequence parameter set."""
    return b"".join(sps if kind(nal) == SPS else nal for nal in nal_units(data))


@dataclass(frozen=True)
class Sequence:
    """What a sequence parameter set says (7.3.2.1.1); as ours if nothing else is asked for."""

    width: int = 320
    height: int = 240
    profile: int = 77
    set_id: int = 0
    order: int = 2
    reference_frames: int = 1
    gaps: bool = False
    whole_frames: bool = True
    vui: str = "0"  # bits from vui_parameters_present_flag on (E.1.1)

    def nal(self) -> bytes:
        """The NAL unit."""
        numbers = (self.set_id, 0, self.order, *([0] if self.order == 0 else []), self.reference_frames)
        sizes = ue(self.width // 16 - 1) + ue(self.height // 16 // (1 if self.whole_frames else 2) - 1)
        frames = "1" if self.whole_frames else "00"
        bits = "".join(map(ue, numbers)) + str(int(self.gaps)) + sizes + frames + "10" + self.vui + "1"
        bits += "0" * (-len(bits) % 8)
        payload = bytes([self.profile, 0x40, 52]) + int(bits, 2).to_bytes(len(bits) // 8, "big")
        return START + b"\x67" + payload.replace(b"\x00\x00", b"\x00\x00\x03")


def ue(value: int) -> str:
    """An Exp-Golomb number in bits (9.1)."""
    return "0" * ((value + 1).bit_length() - 1) + f"{value + 1:b}"


def coded(width: int, height: int, count: int, x264: str, pixels: str = "yuv420p") -> list[bytes]:
    """Access units of grey pictures that x264 makes with these parameters, without a stamp."""
    codec = av.CodecContext.create("libx264", "w")
    codec.width, codec.height, codec.pix_fmt, codec.time_base = width, height, pixels, Fraction(1, 30)
    codec.options = {"preset": "ultrafast", "x264-params": f"repeat-headers=1:annexb=1:keyint=1000:scenecut=0:{x264}"}
    codec.thread_count = 1
    made = []
    for number in range(count):
        picture = av.VideoFrame(width, height, pixels)
        for plane in picture.planes:
            plane.update(bytes([number * 7 % 256]) * plane.buffer_size)
        picture.pts = number
        made += codec.encode(picture)
    return [bytes(packet) for packet in [*made, *codec.encode(None)]]
