"""Scroll areas that a screen reader may ask for any part: Qt's own interface for them ends the program."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QScrollArea


def guard_scroll_areas() -> None:
    """Give every QScrollArea from now on the interface of a plain widget; after the application was made.

    Qt 6.11's QAccessibleAbstractScrollArea looks its parts up without a check: a screen reader that counted them just
    before the scroll bar went, or the page with it, reads a part that is not there, and the program dies (SIGSEGV).
    """
    QAccessible.installFactory(_plain)


def _plain(key: str, asked_for: QObject) -> QAccessibleInterface | None:
    if key == "QScrollArea" and isinstance(asked_for, QScrollArea):
        return QAccessibleWidget(asked_for, QAccessible.Role.Client, "")
    return None
