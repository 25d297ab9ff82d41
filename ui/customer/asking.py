"""What each right is called and how a request for it is asked."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from remotehelp.messages import Right
from remotehelp.visit.grants import OtherScreens, Wish
from ui.shared import tame


def name_of(right: Right) -> str:
    """The check box's label (ARCHITECTURE.md, accessible names)."""
    return {
        Right.VIEW: QCoreApplication.translate("Rights", "Show my screen"),
        Right.POINT: QCoreApplication.translate("Rights", "Let them point"),
        Right.CONTROL: QCoreApplication.translate("Rights", "Let them control"),
        Right.PRINTERS: QCoreApplication.translate("Rights", "Printers"),
        Right.SYSTEM: QCoreApplication.translate("Rights", "System"),
        Right.CLIPBOARD: QCoreApplication.translate("Rights", "Clipboard"),
        Right.FILES: QCoreApplication.translate("Rights", "Files"),
    }[right]


def question(wish: Wish, name: str, *, controls: bool = False, alone: bool = False) -> str:
    """The one sentence of the dialog ``Request``; ``name`` is the technician's given name.

    ``controls``: mouse and keyboard are the technician's too, and would go along to another screen.
    ``alone``: one window alone is shown now; control of it would not go along to the whole screen.
    """
    if isinstance(wish, OtherScreens):
        return _whole_screens(wish, tame.name(name)) if alone else _other_screens(wish, tame.name(name), controls)
    return {
        Right.VIEW: QCoreApplication.translate("Rights", "{name} wants to see your screen."),
        Right.POINT: QCoreApplication.translate("Rights", "{name} wants to point at things on your screen."),
        Right.CONTROL: QCoreApplication.translate("Rights", "{name} wants to use your mouse and keyboard."),
        Right.PRINTERS: QCoreApplication.translate("Rights", "{name} wants to look after your printers."),
        Right.SYSTEM: QCoreApplication.translate("Rights", "{name} wants to read facts about this computer."),
        Right.CLIPBOARD: QCoreApplication.translate("Rights", "{name} wants to share the clipboard with you."),
        Right.FILES: QCoreApplication.translate("Rights", "{name} wants to exchange files with you."),
    }[wish].format(name=tame.name(name))


def _whole_screens(wish: OtherScreens, name: str) -> str:
    if len(wish.names) > 1:
        sees = QCoreApplication.translate(
            "Rights", "{name} asks to see these whole screens of yours instead of the one window: {screens}."
        )
    else:
        sees = QCoreApplication.translate(
            "Rights", "{name} asks to see your whole screen {screens} instead of the one window."
        )
    return sees.format(name=name, screens=", ".join(wish.names))


def _other_screens(wish: OtherScreens, name: str, controls: bool) -> str:
    if len(wish.names) > 1:
        sees = QCoreApplication.translate("Rights", "{name} asks to see these screens of yours: {screens}.")
        uses = QCoreApplication.translate("Rights", "{name} asks to see and use these screens of yours: {screens}.")
    else:
        sees = QCoreApplication.translate("Rights", "{name} asks to see your other screen, {screens}.")
        uses = QCoreApplication.translate("Rights", "{name} asks to see and use your other screen, {screens}.")
    return (uses if controls else sees).format(name=name, screens=", ".join(wish.names))
