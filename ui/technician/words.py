"""The words for what the view names: rights, buttons that ask for them, the line."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from remotehelp.messages import Right
from remotehelp.sentences import QT_TRANSLATE_NOOP
from remotehelp.visit.events import Side
from remotehelp.visit.shown import Line, Said

RIGHTS = {
    Right.VIEW: QT_TRANSLATE_NOOP("technician", "See the screen"),
    Right.POINT: QT_TRANSLATE_NOOP("technician", "Point"),
    Right.CONTROL: QT_TRANSLATE_NOOP("technician", "Control mouse and keys"),
    Right.CLIPBOARD: QT_TRANSLATE_NOOP("technician", "Clipboard"),
    Right.FILES: QT_TRANSLATE_NOOP("technician", "Files"),
    Right.PRINTERS: QT_TRANSLATE_NOOP("technician", "Printers"),
    Right.SYSTEM: QT_TRANSLATE_NOOP("technician", "System"),
}
ASKS = {
    Right.VIEW: QT_TRANSLATE_NOOP("technician", "Ask to see the screen"),
    Right.POINT: QT_TRANSLATE_NOOP("technician", "Ask to point"),
    Right.CONTROL: QT_TRANSLATE_NOOP("technician", "Ask for control"),
    Right.PRINTERS: QT_TRANSLATE_NOOP("technician", "Ask for printers"),
    Right.SYSTEM: QT_TRANSLATE_NOOP("technician", "Ask for system"),
    Right.CLIPBOARD: QT_TRANSLATE_NOOP("technician", "Ask for clipboard"),
}
LINES = {
    Line.NONE: QT_TRANSLATE_NOOP("technician", "no line"),
    Line.CONNECTING: QT_TRANSLATE_NOOP("technician", "connecting …"),
    Line.GOOD: QT_TRANSLATE_NOOP("technician", "● good line"),
    Line.WEAK: QT_TRANSLATE_NOOP("technician", "● weak line"),
    Line.LOST: QT_TRANSLATE_NOOP("technician", "We are trying to get the line back"),
}
LINE_LOOKS = {
    Line.NONE: "quiet",
    Line.CONNECTING: "quiet",
    Line.GOOD: "well",
    Line.WEAK: "strong",
    Line.LOST: "strong",
}


def right(of: Right) -> str:
    """A right in words."""
    return QCoreApplication.translate("technician", RIGHTS[of])


def ask(for_right: Right) -> str:
    """The label of the button that asks for a right."""
    return QCoreApplication.translate("technician", ASKS[for_right])


def line(now: Line) -> str:
    """The quality of the line in words."""
    return QCoreApplication.translate("technician", LINES[now])


def grant(of: Right, on: bool) -> str:
    """One line of the list of grants."""
    if on:
        return QCoreApplication.translate("technician", "✓ {right}: allowed").format(right=right(of))
    return QCoreApplication.translate("technician", "– {right}: not allowed").format(right=right(of))


def said(by: Said) -> str:
    """One line of the conversation."""
    if by.who is Side.TECHNICIAN:
        return QCoreApplication.translate("technician", "You: {text}").format(text=by.text)
    return QCoreApplication.translate("technician", "Customer: {text}").format(text=by.text)


def clock(seconds: float) -> str:
    """How long it has been: 12:04, from an hour on 1:12:04."""
    minutes, rest = divmod(max(int(seconds), 0), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
