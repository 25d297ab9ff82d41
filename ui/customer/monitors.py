"""What the combo box `monitor` offers: each screen, all of them where there are several, and each window alone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from remotehelp.customer.view import CustomerView, Monitor, Window
from ui.shared import tame


def choices(monitors: Sequence[Monitor]) -> list[tuple[str, ...]]:
    """What may be chosen, in order: the names of what is shown then."""
    names = tuple(one.name for one in monitors)
    each: list[tuple[str, ...]] = [(name,) for name in names]
    return [*each, names] if len(names) > 1 else each


def labels(monitors: Sequence[Monitor]) -> list[str]:
    """The same in words."""
    each = [f"{one.name} ({one.width} × {one.height})" for one in monitors]
    return [*each, QCoreApplication.translate("Monitors", "All screens")] if len(each) > 1 else each


def windows(view: CustomerView) -> list[Window]:
    """The windows that may be chosen after the screens; the one that is shown stays among them."""
    found = list(view.windows)
    if view.window is not None and view.window.id not in [one.id for one in found]:
        found.append(view.window)
    return found


def window_labels(found: Sequence[Window]) -> list[str]:
    """The same in words."""
    words = QCoreApplication.translate("Monitors", "Only this window: {title}")
    untitled = QCoreApplication.translate("Monitors", "(without a title)")
    return [words.format(title=tame.flat(one.title) or untitled) for one in found]


def several(view: CustomerView) -> str:
    """In words what is shown where that is no single choice: a screen was plugged in, or one of several is gone."""
    words = QCoreApplication.translate("Monitors", "{shown} of {all} screens")
    return words.format(shown=len(view.shown), all=len(view.monitors))
