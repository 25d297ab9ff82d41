"""What each right is called, how a request for it is asked, and what her own machine asks before it goes on."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from remotehelp.customer.view import CustomerView
from remotehelp.messages import Right
from remotehelp.visit.checks import CHECKS, BeforeControl, Check, PrivateWindow, StillControl
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


@dataclass(frozen=True)
class Asking:
    """The words of one question: the title, one sentence, what to think of, and the two answers.

    ``warns``: the first answer stops everything.
    """

    title: str
    what: str
    more: str
    no: str
    yes: str
    warns: bool = False


def asking(view: CustomerView) -> Asking:
    """The words of the question that is open in ``view``."""
    name = view.technician.given_name if view.technician else ""
    if isinstance(view.request, CHECKS):
        return _check(view.request, tame.name(name))
    what = _question_in(view, name)
    return Asking(
        QCoreApplication.translate("RequestDialog", "Request"),
        what,
        "",
        QCoreApplication.translate("RequestDialog", "Not now"),
        QCoreApplication.translate("RequestDialog", "Allow"),
    )


def _question_in(view: CustomerView, name: str) -> str:
    alone = view.window is not None
    match view.request:
        case (Right.POINT | Right.CONTROL) as right if not view.sees:
            return _with_eyes(right, tame.name(name), alone)
        case Right.CONTROL if alone:
            uses = QCoreApplication.translate(
                "Rights", "{name} wants to use your mouse and keyboard in the one window."
            )
            return uses.format(name=tame.name(name))
        case Right() | OtherScreens() as wish:
            return question(wish, name, controls=view.controls, alone=alone)
    return ""


def _with_eyes(right: Right, name: str, alone: bool) -> str:
    """Pointing and control need eyes, so that what she allows brings seeing along: the question says so."""
    if alone:
        points = QCoreApplication.translate("Rights", "{name} wants to see the one window and point at things in it.")
        uses = QCoreApplication.translate("Rights", "{name} wants to see the one window and use it.")
    else:
        points = QCoreApplication.translate("Rights", "{name} wants to see your screen and point at things on it.")
        uses = QCoreApplication.translate("Rights", "{name} wants to see your screen and use your mouse and keyboard.")
    return (points if right is Right.POINT else uses).format(name=name)


def _check(check: Check, name: str) -> Asking:
    stop = QCoreApplication.translate("Checks", "Stop, this is wrong")
    go_on = QCoreApplication.translate("Checks", "Go on")
    match check:
        case BeforeControl():
            title = QCoreApplication.translate("Checks", "Before they control")
            return Asking(title, _before_control(name), _swindle(), stop, go_on, warns=True)
        case PrivateWindow():
            title = QCoreApplication.translate("Checks", "Private window")
            return Asking(title, _private(name, check.word), _private_more(), stop, go_on, warns=True)
        case StillControl():
            title = QCoreApplication.translate("Checks", "Still needed?")
            end = QCoreApplication.translate("Checks", "End control")
            return Asking(title, _still(name), _still_more(), end, go_on)


def _before_control(name: str) -> str:
    asked = QCoreApplication.translate(
        "Checks",
        "Did {name} call or write to you without being asked? "
        "Or does anyone want money, bank details, passwords or gift cards from you?",
    )
    return asked.format(name=name)


def _swindle() -> str:
    return QCoreApplication.translate(
        "Checks",
        "Then somebody is trying to cheat you: press “Stop, this is wrong”. "
        "An honest helper never needs any of that, and never hurries you.",
    )


def _private(name: str, word: str) -> str:
    if not word:  # the organisation's words are never printed: what they say here would pass for ours
        theirs = QCoreApplication.translate(
            "Checks", "{name}'s organisation calls this window private. {name} can't see or use it now. May they?"
        )
        return theirs.format(name=name)
    seen = QCoreApplication.translate(
        "Checks", "This looks like a bank, a wallet or gift cards ({word}). {name} can't see or use it now. May they?"
    )
    return seen.format(name=name, word=word)


def _private_more() -> str:
    return QCoreApplication.translate(
        "Checks",
        "Close that window first if nobody should see it. Press “Go on” only if it may be seen. "
        "If somebody asked you to open it, press “Stop, this is wrong”.",
    )


def _still(name: str) -> str:
    asked = QCoreApplication.translate(
        "Checks", "{name} has been using your mouse and keyboard for half an hour. Is that still needed?"
    )
    return asked.format(name=name)


def _still_more() -> str:
    return QCoreApplication.translate("Checks", "Until you answer, only you use mouse and keyboard.")


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
