"""What peers came to when all of them could be installed: stands in for those that can't be, and the row says so.

Two cores of a Xeon without a graphics card, 2026; one to three runs each. Times in ms, CPU in cores, wire in kB/s,
likeness in dB.
"""

from __future__ import annotations

TITLES = {
    "tigervnc": "TigerVNC",
    "x11vnc": "x11vnc",
    "freerdp": "FreeRDP",
    "xpra": "Xpra",
    "selkies": "Selkies in Chromium",
    "gstreamer": "GStreamer x264",
    "prototype": "plain aiortc prototype",
}

_COLUMNS = (
    "patch.fresh_p50",
    "typing.fresh_p50",
    "scroll.fresh_p50",
    "scroll.frames_of_30",
    "drag.fresh_p50",
    "drag.frames_of_30",
    "video.fresh_p50",
    "video.frames_of_30",
    "input.key_answer_p50",
    "typing.psnr",
    "scroll.psnr",
    "video.psnr",
    "idle.cpu_both",
    "scroll.cpu_both",
    "scroll.wire_kbps",
    "video.wire_kbps",
)
_LAN: dict[str, tuple[float | None, ...]] = {
    "tigervnc": (9.7, 13.4, 39, 29.2, 33, 28.4, 38, 29.7, 10.6, 70, 66, 50, 0.004, 0.85, 10071, 10732),
    "selkies": (36, 34, 53, 29.5, 48, 29.7, 65, 29.3, 42, 46, 40, 43, 1.04, 1.39, 807, 702),
    "x11vnc": (34, 37, 86, 16.5, 57, 26, 67, 23, 42, 50, 45, 41, 0.011, 0.5, 5998, 8521),
    "gstreamer": (51, 44, 73, 24, 38, 29.7, 77, 24, None, 39, 37, 36, 0.87, 1.11, 882, 899),
    "xpra": (39, 42, 297, 7, 93, 19, 327, 9.5, 47, 99, 37, 45, 0.16, 1.58, 3568, 3100),
    "freerdp": (41, 106, 130, 15, 102, 16, 245, 7, 44, 99, 99, 99, 0.1, 1.12, 1340, 17284),
}
_MORE = {
    ("tigervnc", "lan"): {"input.key_p50": 0.7},
    ("freerdp", "lan"): {"input.key_p50": 0.5},
    ("selkies", "lan"): {"input.key_p50": 5.1},
    ("tigervnc", "dsl"): {"typing.fresh_p50": 35, "scroll.fresh_p50": 440, "scroll.frames_of_30": 4},
    ("selkies", "dsl"): {"typing.fresh_p50": 82, "scroll.fresh_p50": 136, "scroll.frames_of_30": 26},
    ("tigervnc", "bad"): {"typing.fresh_p50": 94, "typing.fresh_p95": 148, "scroll.fresh_p50": 1942},
    ("prototype", "lan"): {"connect_s": 0.94},
}


def measured(peer: str, profile: str, figure: str) -> float | None:
    """What that peer came to, None where nothing was written down."""
    lan = dict(zip(_COLUMNS, _LAN.get(peer, ()), strict=False)) if profile == "lan" else {}
    return {**lan, **_MORE.get((peer, profile), {})}.get(figure)
