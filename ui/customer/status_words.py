"""What the technician can see and do, and how the line is: each as icon, colour and words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from remotehelp.customer.view import CustomerView
from remotehelp.visit.shown import Line
from ui.shared import tame

Marked = tuple[str, str, str]  # icon, the theme's colour, words


def seeing(sees: bool, *, alone: bool = False) -> Marked:
    """Blue while the screen can be seen, or one window ``alone``."""
    if sees and alone:
        return "visibility", "see", QCoreApplication.translate("Status", "They can see one window and nothing else.")
    if sees:
        return "visibility", "see", QCoreApplication.translate("Status", "They can see your screen.")
    return "visibility_off", "quiet", QCoreApplication.translate("Status", "Nobody can see your screen.")


def no_longer_seen(unseen: bool) -> str:
    """What ends a visit; said only when it is true."""
    if unseen:
        return QCoreApplication.translate("Status", "They can no longer see anything.")
    return QCoreApplication.translate("Status", "One moment: the picture of your screen is being switched off.")


def controlling(controls: bool, *, hers: bool = False) -> Marked:
    """Amber while mouse and keyboard are the technician's, too; ``hers``: she uses them, so that the other waits."""
    if controls and hers:
        return "mouse", "control", QCoreApplication.translate("Status", "You have mouse and keys; they wait.")
    if controls:
        return "mouse", "control", QCoreApplication.translate("Status", "They can use your mouse and keyboard.")
    return "mouse", "quiet", QCoreApplication.translate("Status", "Only you use mouse and keys.")


def line_words(line: Line, name: str) -> Marked:
    """How the line to the other person, who is called ``name``, is."""
    return {
        Line.NONE: ("wifi_off", "quiet", QCoreApplication.translate("Status", "There is no line yet.")),
        Line.CONNECTING: ("history", "quiet", QCoreApplication.translate("Status", "The line is being made.")),
        Line.GOOD: ("check_circle", "well", QCoreApplication.translate("Status", "The line is good.")),
        Line.WEAK: (
            "history",
            "text",
            QCoreApplication.translate("Status", "The line is weak. Everything takes a little longer."),
        ),
        Line.LOST: (
            "wifi_off",
            "text",
            QCoreApplication.translate(
                "Status",
                "We are trying to get the line back. Nothing was lost; if {name} stays away, the visit ends by itself.",
            ).format(name=tame.name(name)),
        ),
    }[line]


def in_short(view: CustomerView) -> str:
    """The same words for the tray, one line each."""
    return "\n".join((seeing(view.sees, alone=view.window is not None)[2], controlling(view.controls)[2]))
