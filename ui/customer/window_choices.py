"""What the combo box `monitor` offers after the screens: each window alone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from remotehelp.customer.view import CustomerView, Window
from ui.shared import tame


def windows(view: CustomerView) -> list[Window]:
    """The windows that may be chosen after the screens; the one that is shown stays among them."""
    found = list(view.windows)
    if view.window is not None and view.window.id not in [one.id for one in found]:
        found.append(view.window)
    return found


def labels(found: Sequence[Window]) -> list[str]:
    """The same in words."""
    words = QCoreApplication.translate("Windows", "Only this window: {title}")
    untitled = QCoreApplication.translate("Windows", "(without a title)")
    return [words.format(title=tame.flat(one.title) or untitled) for one in found]
