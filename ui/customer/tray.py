"""The same words in the desktop's tray, where it has one."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QSystemTrayIcon

from remotehelp.customer.view import CustomerView, Page
from ui.customer.status_words import in_short
from ui.shared import resources, theme


class Tray(QObject):
    """An icon that says whether somebody sees or controls this computer; nothing where there is no tray."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.icon = QSystemTrayIcon(self) if QSystemTrayIcon.isSystemTrayAvailable() else None

    def show_view(self, view: CustomerView) -> None:
        """Say it while a visit lasts."""
        if self.icon is None:
            return
        name, colour = symbol(view)
        self.icon.setIcon(resources.icon(name, colour))
        self.icon.setToolTip(in_short(view))
        self.icon.setVisible(view.page is Page.VISIT)


def symbol(view: CustomerView) -> tuple[str, str]:
    """The icon and its colour: amber while they control, blue while they see."""
    colours = theme.current().colours
    if view.controls:
        return "mouse", colours.control_frame
    if view.sees:
        return "visibility", colours.see_frame
    return "support_agent", colours.edge
