"""Finds the program's data files, in the checkout and in the installed wheel, and draws its icons."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

UI = Path(__file__).resolve().parent.parent
ICON_SIZES = (16, 20, 24, 32, 48, 64)
AIR = 1 / 12  # of an icon on each side, so that it stands clear of the words beside it


@cache
def folder() -> Path:
    """The folder ``resources``: inside the package when installed (pyproject.toml), beside it in a checkout."""
    installed = UI / "_resources"
    return installed if installed.is_dir() else UI.parent / "resources"


def path(*parts: str) -> Path:
    """The file under ``resources``; raises FileNotFoundError if the program lacks it."""
    found = folder().joinpath(*parts)
    if not found.exists():
        raise FileNotFoundError(found)
    return found


def icon(name: str, colour: str, disabled: str | None = None) -> QIcon:
    """The icon ``name`` (a Material Symbol) in ``colour``, and in ``disabled`` while its control can't be used."""
    made = QIcon()
    for size in ICON_SIZES:
        made.addPixmap(pixmap(name, colour, size))
        if disabled:
            made.addPixmap(pixmap(name, disabled, size), QIcon.Mode.Disabled)
    return made


def pixmap(name: str, colour: str, size: int) -> QPixmap:
    """The icon ``name`` drawn in ``colour``, ``size`` device pixels square."""
    drawn = QPixmap(QSize(size, size))
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    place = QRectF(drawn.rect()).adjusted(AIR * size, AIR * size, -AIR * size, -AIR * size)
    QSvgRenderer(QByteArray(path("icons", f"{name}.svg").read_bytes())).render(painter, place)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(drawn.rect(), QColor(colour))
    painter.end()
    return drawn
