"""The film that `video` shows: 1280x720 with what a camera sees, drawn the same on every machine.

A texture of 1/f noise that pans and zooms, soft coloured things that move before it, and a faint grain.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

WIDTH, HEIGHT, FRAMES, RATE = 1280, 720, 60, 30
LARGE = (1600, 2400)  # the texture is larger than what is seen of it
THINGS = ((220, 180, 150), (60, 90, 160), (90, 160, 80))  # blue, green, red
SEED = 1

Plane = NDArray[np.float32]


def write_video(path: Path) -> None:
    """All frames one after the other, bytes blue, green, red, unused."""
    random = np.random.default_rng(SEED)
    shared = _noise(random)
    texture = np.stack([128 + 48 * (0.85 * shared + 0.4 * _noise(random)) for _ in range(3)], -1).astype(np.float32)
    with path.open("wb") as film:
        for number in range(FRAMES):
            picture = _with_things(_part(texture, number / RATE), number / RATE)
            grain = random.normal(scale=1.5, size=(HEIGHT, WIDTH, 1)).astype(np.float32)
            frame = np.zeros((HEIGHT, WIDTH, 4), np.uint8)
            frame[..., :3] = np.clip(picture + grain, 0, 255)
            film.write(frame.tobytes())


def shown(number: int) -> int:
    """Which frame the film shows at the ``number``-th change: to its end and back again."""
    place = number % (2 * FRAMES - 2)
    return place if place < FRAMES else 2 * FRAMES - 2 - place


def _noise(random: np.random.Generator, power: float = 1.35) -> NDArray[np.float64]:
    height, width = LARGE
    distance = np.hypot(np.fft.fftfreq(height)[:, None], np.fft.rfftfreq(width)[None])
    distance[0, 0] = 1
    spectrum = (random.normal(size=distance.shape) + 1j * random.normal(size=distance.shape)) / distance**power
    noise = np.fft.irfft2(spectrum, LARGE)
    return (noise - noise.mean()) / noise.std()


def _grid() -> tuple[Plane, Plane]:
    down, across = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    return across, down


def _part(texture: Plane, seconds: float) -> Plane:
    """What is seen of the texture: bilinear between four of its pixels."""
    across, down = _grid()
    zoom = 1.0 + 0.08 * np.sin(seconds)
    x = np.clip((across - WIDTH / 2) * zoom + 1200 + 160 * np.sin(0.9 * seconds), 0, LARGE[1] - 2)
    y = np.clip((down - HEIGHT / 2) * zoom + 800 + 90 * np.cos(0.7 * seconds), 0, LARGE[0] - 2)
    left, top = x.astype(np.int32), y.astype(np.int32)
    right_part, lower_part = (x - left)[..., None], (y - top)[..., None]
    upper = texture[top, left] * (1 - right_part) + texture[top, left + 1] * right_part
    lower = texture[top + 1, left] * (1 - right_part) + texture[top + 1, left + 1] * right_part
    return upper * (1 - lower_part) + lower * lower_part


def _with_things(picture: Plane, seconds: float) -> Plane:
    across, down = _grid()
    for number, colour in enumerate(THINGS):
        x = WIDTH / 2 + (300 + 60 * number) * np.sin(1.3 * seconds + 2 * number)
        y = HEIGHT / 2 + 180 * np.cos(1.7 * seconds + number)
        near = np.clip(1.2 - ((across - x) / (90 + 30 * number)) ** 2 - ((down - y) / 110) ** 2, 0, 1)[..., None]
        picture = picture * (1 - near) + np.array(colour, np.float32) * near
    return picture
