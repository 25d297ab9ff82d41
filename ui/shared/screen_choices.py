"""What a list of the customer's screens offers: each of them, and all together where there are several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QCoreApplication

from ui.shared import tame


class Screen(Protocol):
    """One of them; the size is in device pixels."""

    @property
    def name(self) -> str: ...

    @property
    def width(self) -> int: ...

    @property
    def height(self) -> int: ...


def choices(screens: Sequence[Screen]) -> list[tuple[str, ...]]:
    """What may be chosen, in order: the names of what is shown then."""
    names = tuple(one.name for one in screens)
    each: list[tuple[str, ...]] = [(name,) for name in names]
    return [*each, names] if len(names) > 1 else each


def labels(screens: Sequence[Screen]) -> list[str]:
    """The same in words."""
    each = [f"{tame.flat(one.name)} ({one.width} × {one.height})" for one in screens]
    return [*each, QCoreApplication.translate("Screens", "All screens")] if len(each) > 1 else each


def several(shown: int, count: int) -> str:
    """In words what is shown where that is no single choice: a screen was plugged in, or one of several is gone."""
    return QCoreApplication.translate("Screens", "{shown} of {all} screens").format(shown=shown, all=count)
