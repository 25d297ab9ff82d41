"""A sample face for the technician's ``--camera FILE``: a drawn person who looks around, blinks and speaks.

Drawn here from circles and curves, so that no living person's picture is needed. The video's end meets its beginning.
"""

from __future__ import annotations

import math
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
import numpy as np
from numpy.typing import NDArray

WIDTH, HEIGHT = 640, 480
RATE = 15
SECONDS = 6
FRAMES = RATE * SECONDS

Picture = NDArray[np.uint8]
Colour = tuple[int, int, int]

WALL: Colour = (214, 222, 226)
SHELF: Colour = (180, 160, 140)
JACKET: Colour = (44, 82, 110)
SHIRT: Colour = (240, 240, 236)
SKIN: Colour = (232, 190, 160)
SHADE: Colour = (214, 168, 138)
HAIR: Colour = (78, 52, 38)
WHITE: Colour = (250, 250, 250)
IRIS: Colour = (70, 96, 84)
LIPS: Colour = (176, 84, 84)
MOUTH: Colour = (96, 36, 40)


def draw(frame: int) -> Picture:
    """Frame ``frame`` of the loop: HEIGHT x WIDTH x 3, red green blue."""
    turn = 2 * math.pi * frame / FRAMES
    x, y = WIDTH / 2 + 14 * math.sin(turn), 215 + 5 * math.sin(2 * turn)
    picture = _room()
    _body(picture, x)
    _head(picture, x, y)
    _eyes(picture, x, y, look=7 * math.sin(turn), open_=eyes_open(frame))
    _mouth(picture, x, y, mouth_open(frame))
    return picture


def eyes_open(frame: int) -> float:
    """How far the eyes are open, 0 to 1: a blink of a quarter of a second every three seconds."""
    into_blink = (frame % (3 * RATE)) / RATE
    return 1.0 if into_blink > 0.25 else abs(into_blink - 0.125) / 0.125


def mouth_open(frame: int) -> float:
    """How far the mouth is open, 0 to 1: speaking for the first two thirds of the loop, then listening."""
    if frame >= FRAMES * 2 // 3:
        return 0.0
    return abs(math.sin(2 * math.pi * frame / RATE * 1.5)) * (0.6 + 0.4 * math.sin(2 * math.pi * frame / RATE / 2))


def write_face(path: Path) -> Path:
    """Write the loop to ``path`` as H.264 in MP4: 640x480, 15 frames a second, 6 seconds; about a second of work."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(path, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=RATE, options={"preset": "veryfast", "crf": "20"})
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.time_base = Fraction(1, RATE)
        for number in range(FRAMES):
            picture = av.VideoFrame.from_ndarray(draw(number), format="rgb24")
            picture.pts, picture.time_base = number, Fraction(1, RATE)
            container.mux(stream.encode(picture))
        container.mux(stream.encode(None))
    return path


def _room() -> Picture:
    picture = np.full((HEIGHT, WIDTH, 3), WALL, np.uint8)
    picture[150:160, :170] = SHELF
    for left, height, colour in ((20, 70, JACKET), (48, 84, LIPS), (78, 62, IRIS), (104, 78, HAIR)):
        picture[150 - height : 150, left : left + 22] = colour
    return picture


def _body(picture: Picture, x: float) -> None:
    _ellipse(picture, WIDTH / 2, HEIGHT + 30, 210, 150, JACKET)
    _ellipse(picture, WIDTH / 2, HEIGHT - 92, 52, 60, SHIRT)
    _ellipse(picture, (x + WIDTH / 2) / 2, 345, 42, 70, SHADE)


def _head(picture: Picture, x: float, y: float) -> None:
    _ellipse(picture, x, y - 28, 116, 128, HAIR)
    for side in (-1, 1):
        _ellipse(picture, x + side * 104, y + 8, 16, 28, SHADE)
    _ellipse(picture, x, y + 10, 102, 128, SKIN)
    _ellipse(picture, x - 26, y - 92, 92, 40, HAIR)
    _ellipse(picture, x + 4, y + 24, 10, 17, SHADE)


def _eyes(picture: Picture, x: float, y: float, look: float, open_: float) -> None:
    for side in (-1, 1):
        at = x + side * 42
        _ellipse(picture, at, y - 8, 20, max(1.5, 11 * open_), WHITE)
        if open_ > 0.3:
            _ellipse(picture, at + look, y - 8, 9, min(9, 11 * open_), IRIS)
            _ellipse(picture, at + look, y - 8, 4, min(4, 12 * open_), MOUTH)
        _ellipse(picture, at, y - 38, 24, 4, HAIR)


def _mouth(picture: Picture, x: float, y: float, open_: float) -> None:
    _ellipse(picture, x, y + 68, 38, 18 + 8 * open_, LIPS)
    if open_ > 0.15:
        _ellipse(picture, x, y + 68, 31, 12 + 8 * open_, MOUTH)
    _ellipse(picture, x, y + 56, 48, 20 - 8 * open_, SKIN)  # its edge is the upper lip: a smile remains


def _ellipse(picture: Picture, x: float, y: float, half_width: float, half_height: float, colour: Colour) -> None:
    """Paint a filled ellipse with soft edges; only its own rectangle is touched."""
    left, right = max(0, int(x - half_width - 2)), min(WIDTH, int(x + half_width + 3))
    top, bottom = max(0, int(y - half_height - 2)), min(HEIGHT, int(y + half_height + 3))
    rows, columns = np.ogrid[top:bottom, left:right]
    radius = np.hypot((columns - x) / half_width, (rows - y) / half_height)
    cover = np.clip((1 - radius) * min(half_width, half_height) + 0.5, 0, 1)[..., None].astype(np.float32)
    under = picture[top:bottom, left:right]
    picture[top:bottom, left:right] = cast(Picture, (under + cover * (np.array(colour) - under)).astype(np.uint8))
