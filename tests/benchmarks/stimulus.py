"""The moving customer's screen: a page of text that scrolls, or answers keys, each change under a number of its own.

A program of its own: ``stimulus.py DISPLAY scroll|keys SECONDS``. It says "ready" when the page is drawn, begins at a
line on stdin, prints what it drew as JSON ``[[number, time.monotonic() before the drawing], ...]`` and stays until
stdin ends.
"""

from __future__ import annotations

import json
import select
import sys
import time
from pathlib import Path

import marker
from PIL import Image, ImageDraw, ImageFont
from Xlib import X
from Xlib.display import Display

MARKER_AT = (80, 8)
PAGE_AT = (80, 84)
PAGE_SIZE = (1280, 960)
MIDDLE = (PAGE_AT[0] + PAGE_SIZE[0] // 2, PAGE_AT[1] + PAGE_SIZE[1] // 2)
LONG = 2400  # pixels that the page can be scrolled by
STEP = 40  # pixels a change: a fast wheel
RATE = 30  # changes a second
TEXT = Path(__file__).parents[2] / "LICENSE"
LINE, MARGIN, TYPE = 20, 24, 14
PAPER, INK, RULE = "white", "#101010", "#3070c0"


class Page:
    """A window over the whole screen with the page and the mark on it."""

    def __init__(self, display: str) -> None:
        self._server = Display(display)
        screen = self._server.screen()
        size = (screen.width_in_pixels, screen.height_in_pixels)
        self._window = screen.root.create_window(
            0, 0, *size, 0, screen.root_depth, override_redirect=True, background_pixel=0x305070,
            event_mask=X.KeyPressMask | X.ExposureMask,
        )  # fmt: skip
        self._white = self._window.create_gc(foreground=0xFFFFFF, graphics_exposures=False)
        self._black = self._window.create_gc(foreground=0, graphics_exposures=False)
        self._page = self._window.create_pixmap(PAGE_SIZE[0], PAGE_SIZE[1] + LONG, screen.root_depth)
        self._page.put_pil_image(self._white, 0, 0, drawn_text())
        self._mark = self._window.create_pixmap(marker.WIDTH, marker.HEIGHT, screen.root_depth)
        self.drawn: list[tuple[int, float]] = []
        self._offset = 0
        self._show()

    def _show(self) -> None:
        self._window.map()
        while self._server.next_event().type != X.Expose:
            pass
        self._window.set_input_focus(X.RevertToPointerRoot, X.CurrentTime)
        self.change(0)

    def change(self, offset: int) -> None:
        """Show the page from ``offset`` on, then the next number: the mark never comes before what it stands for."""
        number, began = len(self.drawn) + 1, time.monotonic()
        if offset != self._offset or number == 1:
            self._window.copy_area(self._white, self._page, 0, offset, *PAGE_SIZE, *PAGE_AT)
            self._offset = offset
        self._draw_mark(number)
        self._window.copy_area(self._white, self._mark, 0, 0, marker.WIDTH, marker.HEIGHT, *MARKER_AT)
        self._server.sync()
        self.drawn.append((number, began))

    def _draw_mark(self, number: int) -> None:
        rows, columns = marker.cells(number).nonzero()
        cell = marker.CELL
        white = [(int(x) * cell, int(y) * cell, cell, cell) for y, x in zip(rows, columns, strict=True)]
        self._mark.fill_rectangle(self._black, 0, 0, marker.WIDTH, marker.HEIGHT)
        self._mark.poly_fill_rectangle(self._white, white)

    def scroll(self, seconds: float) -> None:
        """Scroll down and up again, RATE times a second."""
        began = time.monotonic()
        for count in range(1, round(seconds * RATE) + 1):
            time.sleep(max(0.0, began + count / RATE - time.monotonic()))
            there_and_back = count * STEP % (2 * LONG)
            self.change(min(there_and_back, 2 * LONG - there_and_back))

    def keys(self, seconds: float) -> None:
        """Answer each key with the next number."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if not self._server.pending_events():
                select.select([self._server.fileno()], [], [], left)
            while self._server.pending_events():
                if self._server.next_event().type == X.KeyPress:
                    self.change(self._offset)


def drawn_text() -> Image.Image:
    """The whole long page: two columns of a licence, with rules between its parts."""
    image = Image.new("RGB", (PAGE_SIZE[0], PAGE_SIZE[1] + LONG), PAPER)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype("DejaVuSans.ttf", TYPE)
    lines = TEXT.read_text().splitlines()
    for row in range(image.height // LINE):
        left, right = lines[row % len(lines)], lines[(row + len(lines) // 2) % len(lines)]
        draw.text((MARGIN, row * LINE), left.strip(), INK, font)
        draw.text((PAGE_SIZE[0] // 2 + MARGIN, row * LINE), right.strip(), INK, font)
        if not left.strip() and row % 3 == 0:
            draw.rectangle((MARGIN, row * LINE + 8, PAGE_SIZE[0] - MARGIN, row * LINE + 10), RULE)
    return image


def main(display: str, workload: str, seconds: str) -> None:
    """Draw, wait for the word, work, tell."""
    page = Page(display)
    print("ready", flush=True)
    sys.stdin.readline()
    (page.scroll if workload == "scroll" else page.keys)(float(seconds))
    print(json.dumps(page.drawn), flush=True)
    sys.stdin.readline()


if __name__ == "__main__":
    main(*sys.argv[1:])
