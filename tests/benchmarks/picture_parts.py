"""How long the parts of the picture take, on what a desktop shows: `python tests/benchmarks/picture_parts.py`.

Least of many repetitions in milliseconds, the old picture being a part of a larger one; then what was moved and what is
left to be sent, in parts of the picture. The first figures to look at after a change in changes.py or moves.py.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle, islice

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from remotehelp.media.area import Pixels, Rect, without
from remotehelp.media.changes import changed, split
from remotehelp.media.moves import Offset, find_moves

REPETITIONS = 60
WORDS = (
    "the",
    "printer",
    "queue",
    "has",
    "stopped",
    "and",
    "three",
    "documents",
    "wait",
    "in",
    "it",
    "while",
    "nobody",
)
PAGE_WIDTH, PAGE_HEIGHT, PAGE_LINES = 1280, 960, 2000


@dataclass(frozen=True)
class Scene:
    """Two pictures one after the other, and the offset between them if it is known."""

    name: str
    before: Pixels
    now: Pixels
    offset: Offset | None = None


def page(width: int, height: int) -> Pixels:
    """A long page of text in two columns, with a rule here and there."""
    image = Image.new("RGBX", (width, height), "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(14)
    words = cycle(WORDS)
    for number, y in enumerate(range(4, height, 20)):
        if number % 7 == 6:
            draw.rectangle((24, y, width - 24, y + 2), fill=(192, 112, 48))
            continue
        for x, count in ((24, 9 + number % 4), (700, 5 + number % 5)):
            draw.text((x, y), f"{number} {' '.join(islice(words, count))}", fill=(0, 0, 16), font=font)
    return pixels(image)


def pixels(image: Image.Image) -> Pixels:
    """As a display's own memory has it."""
    return np.ascontiguousarray(np.asarray(image)[..., [2, 1, 0, 3]])


def mirrored(picture: Pixels) -> Pixels:
    """The same within a larger picture, so that its rows lie apart."""
    large = np.zeros((picture.shape[0] + 120, picture.shape[1] + 640, 4), np.uint8)
    part = Rect(80, 60, picture.shape[1], picture.shape[0]).of(large)
    part[...] = picture
    return part


def scroll(name: str, step: int) -> Scene:
    """The whole page up by ``step``."""
    text = page(PAGE_WIDTH, PAGE_LINES)
    return Scene(name, mirrored(text[:PAGE_HEIGHT]), text[step : step + PAGE_HEIGHT].copy(), (0, -step))


def browser() -> Scene:
    """A page up by 53 under a head, beside a still column, a thumb sliding down at its right, a film playing in it."""
    text, noise = page(PAGE_WIDTH, PAGE_LINES), np.random.default_rng(5)
    pictures = []
    for top in (200, 253):
        picture = text[top : top + PAGE_HEIGHT].copy()
        picture[:90] = (220, 220, 216, 255)
        picture[90:, :180] = text[1000 : 1000 + PAGE_HEIGHT - 90, 20:200]
        picture[90:, -16:] = (200, 200, 200, 255)
        picture[90 + top // 2 : 170 + top // 2, -14:-2] = (90, 90, 90, 255)
        picture[700 - top : 820 - top, 500:660, :3] = noise.integers(0, 255, (120, 160, 3), dtype=np.uint8)
        pictures.append(picture)
    return Scene("scroll by 53 in a browser", mirrored(pictures[0]), pictures[1], (0, -53))


def drag() -> Scene:
    """A window of 800 by 600 by (10, 5) over a gradient: the box that holds it before and now."""
    desk = np.empty((605, 810, 4), np.uint8)
    desk[..., 3] = 255
    for y in range(0, 605, 8):
        desk[y : y + 8, :, :3] = (120 + y // 12, 70 + y // 20, 40 + y // 24)
    window = page(800, 600)
    before, now = desk.copy(), desk.copy()
    before[:600, :800], now[5:, 10:] = window, window
    return Scene("drag 800x600 by (10, 5)", mirrored(before), now, (10, 5))


def film() -> Scene:
    """Noise over a picture that moves by fractions of a pixel."""
    noise = np.random.default_rng(3)
    across, down = np.meshgrid(np.arange(1280), np.arange(720))
    frames = []
    for number in range(2):
        light = 128 + 60 * np.sin((across + 3.4 * number) / 37) + 50 * np.cos((down - 1.7 * number) / 23)
        colour = light[..., None] * np.array([0.8, 0.9, 1.0]) + noise.normal(0, 4, (720, 1280, 3))
        frame = np.full((720, 1280, 4), 255, np.uint8)
        frame[..., :3] = colour.clip(0, 255)
        frames.append(frame)
    return Scene("film 1280x720", mirrored(frames[0]), frames[1])


def typed() -> Scene:
    """A letter in one place of a page and the caret in another."""
    before = page(PAGE_WIDTH, PAGE_HEIGHT)
    now = before.copy()
    now[404:418, 333:341, :3] //= 2
    now[404:420, 900:901, :3] = 7
    return Scene("typed letter", mirrored(before), now)


def replaced() -> Scene:
    """Another page of the same letters in the place of the first."""
    text = page(PAGE_WIDTH, 3 * PAGE_LINES)
    return Scene("other page", mirrored(text[:PAGE_HEIGHT]), text[-PAGE_HEIGHT:, ::-1].copy())


def still() -> Scene:
    """Damage that changed nothing."""
    text = page(PAGE_WIDTH, PAGE_HEIGHT)
    return Scene("nothing changed", mirrored(text), text)


def least_ms(work: Callable[[], object]) -> float:
    """The least of many times."""
    least = float("inf")
    for _ in range(REPETITIONS):
        start = time.perf_counter()
        work()
        least = min(least, time.perf_counter() - start)
    return least * 1000


def row(scene: Scene) -> str:
    """The scene's line in the table."""
    before, now, hint = scene.before, scene.now, scene.offset
    whole = Rect(0, 0, now.shape[1], now.shape[0])
    moves = find_moves(before, now)
    left = without(whole, [move.target for move in moves])
    boxes = [box for part in left for box in split(before, now, part)]
    times = [
        least_ms(lambda: changed(before, now)),
        least_ms(lambda: find_moves(before, now)),
        least_ms(lambda: find_moves(before, now, hint)) if hint else float("nan"),
        least_ms(lambda: [split(before, now, part) for part in left]),
    ]
    area = sum(move.target.width * move.target.height for move in moves) / (whole.width * whole.height)
    rest = sum(box.width * box.height for box in boxes) / (whole.width * whole.height)
    figures = "".join(f"{ms:11.2f}" for ms in times)
    return f"{scene.name:28}{figures}{len(moves):7}{area:8.0%}{len(boxes):7}{rest:8.1%}"


def main() -> None:
    """Print the table."""
    names = ("changed", "moves", "with hint", "split rest")
    print(f"{'least ms':28}" + "".join(f"{name:>11}" for name in names) + "  moves   moved  boxes    rest")
    scrolls = [scroll(f"scroll {step}", step) for step in (40, 1, 17, 333)]
    for scene in (*scrolls, browser(), drag(), film(), typed(), replaced(), still()):
        print(row(scene))


if __name__ == "__main__":
    main()
