"""Draws the reference pictures of all windows: light and dark, 100 and 200 %, English and German.

``make pictures`` renews them (``python -m tests.helpers.reference_pictures``); ``--draw FOLDER`` draws the half of them
that belongs to this process's QT_SCALE_FACTOR, ``--whole`` in their full size, to be looked at.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PIL import Image
from PySide6.QtCore import QLocale, Qt, QTranslator
from PySide6.QtGui import QFont, QImage
from PySide6.QtWidgets import QApplication, QWidget

from tests.helpers import gallery
from ui.shared import theme
from ui.shared.sentences import install_translators

ROOT = Path(__file__).resolve().parents[2]
KEPT = Path(__file__).parent / "pictures"
SCALES = ("1", "2")
LANGUAGES = ("en", "de")
SCHEMES = (theme.Scheme.LIGHT, theme.Scheme.DARK)
WINDOWS = {
    theme.Face.CUSTOMER: (
        "start",
        "code",
        "waiting",
        "meeting",
        "meeting from the list",
        "visit",
        "request",
        "before control",
        "private window",
        "report",
        "goodbye",
    ),
    theme.Face.TECHNICIAN: ("first start", "sign in", "second factor", "desk", "visit", "goodbye"),
}
FONT = "DejaVu Sans"  # of the Debian package fonts-dejavu-core
SCREEN = (1366, 768)  # a small laptop; twice as many pixels at 200 %
COLOURS = 128  # of a kept picture
CELL = 8  # pixels of a kept picture on a side: what is compared is the mean of each cell
TOLERANCE = 24.0  # of 255; without hinting the cells of the same words differ by 11, a shift by a pixel makes 16


def names() -> list[str]:
    """The file names of the whole matrix."""
    return [
        name(face, window, scheme, scale, language)
        for face, windows in WINDOWS.items()
        for window in windows
        for scheme in SCHEMES
        for scale in SCALES
        for language in LANGUAGES
    ]


def name(face: theme.Face, window: str, scheme: theme.Scheme, scale: str, language: str) -> str:
    """The file name of one picture."""
    return f"{face}-{window.replace(' ', '-')}-{scheme}-{scale}00-{language}.png"


def draw_all(folder: Path, *options: str) -> None:
    """Draw the whole matrix into ``folder``, one process a scale."""
    for scale in SCALES:
        width, height = (int(scale) * side for side in SCREEN)
        screens = folder / "screens.json"
        screens.write_text(json.dumps({"screens": [{"name": "one", "x": 0, "y": 0, "width": width, "height": height}]}))
        environment = {**os.environ, "QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": f"offscreen:configfile={screens}"}
        command = (sys.executable, "-m", "tests.helpers.reference_pictures", "--draw", str(folder), *options)
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
        screens.unlink()


def difference(one: Path, other: Path) -> float:
    """How far two pictures are apart, 0 to 255: the mean grey of the cell that differs most.

    A cell is as large as a letter, so that its edges, which each machine draws a little otherwise, don't count.
    """
    first, second = _cells(one), _cells(other)
    if first.shape != second.shape:
        return 255.0
    return float(np.abs(first - second).max())


def _cells(path: Path) -> np.ndarray:
    with Image.open(path) as picture:
        grey = np.asarray(picture.convert("RGB").convert("L"), np.float64)
    rows, columns = (side // CELL for side in grey.shape)
    return grey[: rows * CELL, : columns * CELL].reshape(rows, CELL, columns, CELL).mean(axis=(1, 3))


def draw(folder: Path, scale: str, *, whole: bool) -> None:
    """Draw what belongs to this process's scale."""
    app = QApplication([])
    app.setFont(QFont(FONT))
    app.setCursorFlashTime(0)
    for language in LANGUAGES:
        install_translators(app, language)
        for face, wanted in WINDOWS.items():
            worn = theme.apply(app, face)
            for scheme in SCHEMES:
                worn.wear(scheme)
                for window, widget in _windows(face):
                    if window in wanted or whole:
                        _save(widget, folder / name(face, window, scheme, scale, language), whole=whole)
        for translator in app.findChildren(QTranslator):
            app.removeTranslator(translator)
    QLocale.setDefault(QLocale.c())


def _windows(face: theme.Face) -> Iterator[tuple[str, QWidget]]:
    return gallery.customer_windows() if face is theme.Face.CUSTOMER else gallery.technician_windows()


def _save(widget: QWidget, path: Path, *, whole: bool) -> None:
    picture = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    if not whole:
        size = widget.size() / 2
        smooth = Qt.TransformationMode.SmoothTransformation
        picture = picture.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
    picture.setDevicePixelRatio(1)
    picture.save(str(path))


def renew() -> None:
    """Draw the matrix anew and keep it, each picture in few colours."""
    with tempfile.TemporaryDirectory() as drawn:
        draw_all(Path(drawn))
        KEPT.mkdir(exist_ok=True)
        for old in KEPT.glob("*.png"):
            old.unlink()
        for wanted in names():
            with Image.open(Path(drawn, wanted)) as picture:
                picture.quantize(COLOURS, dither=Image.Dither.NONE).save(KEPT / wanted, optimize=True)


def main(arguments: list[str]) -> None:
    """Renew the kept pictures, or draw some."""
    if arguments[:1] == ["--draw"]:
        draw(Path(arguments[1]), os.environ.get("QT_SCALE_FACTOR", "1"), whole="--whole" in arguments)
    elif arguments:
        draw_all(Path(arguments[0]), *arguments[1:])
    else:
        renew()


if __name__ == "__main__":
    main(sys.argv[1:])
