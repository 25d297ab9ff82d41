"""The menu of the keys that the technician's own computer would take, or that her keyboard lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from remotehelp.sentences import QT_TRANSLATE_NOOP
from remotehelp.technician.intents import Intent, SendKey
from remotehelp.technician.view import TechnicianView
from ui.shared import controls
from ui.technician import parts

CTRL, ALT, SUPER = "ControlLeft", "AltLeft", "MetaLeft"
Codes = tuple[str, ...]  # W3C ``code``s that are down together

# What each entry presses, one after the other. Not here: what locks the customer out of her own desktop (Super+L asks
# for her password, Ctrl+Alt+F1 leaves it, Ctrl+Alt+Backspace ends it).
COMBINATIONS: Mapping[str, tuple[Codes, ...]] = {
    QT_TRANSLATE_NOOP("keys", "Ctrl+Alt+Del"): ((CTRL, ALT, "Delete"),),
    QT_TRANSLATE_NOOP("keys", "Ctrl+Esc"): ((CTRL, "Escape"),),
    QT_TRANSLATE_NOOP("keys", "Esc Esc"): (("Escape",), ("Escape",)),
    QT_TRANSLATE_NOOP("keys", "Alt+Tab"): ((ALT, "Tab"),),
    QT_TRANSLATE_NOOP("keys", "Alt+F4"): ((ALT, "F4"),),
}
KEYS: Mapping[str, tuple[Codes, ...]] = {
    QT_TRANSLATE_NOOP("keys", "Super"): ((SUPER,),),
    QT_TRANSLATE_NOOP("keys", "Menu"): (("ContextMenu",),),
    QT_TRANSLATE_NOOP("keys", "Print"): (("PrintScreen",),),
    QT_TRANSLATE_NOOP("keys", "Pause"): (("Pause",),),
    QT_TRANSLATE_NOOP("keys", "Insert"): (("Insert",),),
}
FUNCTION_KEYS: Mapping[str, tuple[Codes, ...]] = {f"F{number}": ((f"F{number}",),) for number in range(1, 13)}


def presses(strokes: tuple[Codes, ...]) -> Iterator[SendKey]:
    """The keys of each stroke go down in order and come up in reverse, before the next stroke."""
    for codes in strokes:
        for code in codes:
            yield SendKey(code, down=True)
        for code in reversed(codes):
            yield SendKey(code, down=False)


class SendKeysButton(QPushButton):
    """Button `Send keys` (F7) with its menu. The focus stays where it is, so that one types on as before."""

    def __init__(self, submit: Callable[[Intent], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._submit = submit
        self.setText(self.tr("Send keys"))
        self.setAutoDefault(True)  # Enter opens the menu, as with every button
        controls.wear_icon(self, "keyboard")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._menu = QMenu(self)
        self._fill(self._menu, COMBINATIONS)
        self._menu.addSeparator()
        self._fill(self._menu, KEYS)
        self._menu.addSeparator()
        self._fill(self._menu.addMenu(self.tr("Function keys")), FUNCTION_KEYS)
        self.setMenu(self._menu)
        parts.give_key(self, "F7")

    def _fill(self, menu: QMenu, entries: Mapping[str, tuple[Codes, ...]]) -> None:
        for words, strokes in entries.items():
            action = menu.addAction(QCoreApplication.translate("keys", words))
            action.triggered.connect(partial(self._send, strokes))

    def _send(self, strokes: tuple[Codes, ...], _checked: bool = False) -> None:
        for key in presses(strokes):
            self._submit(key)

    def show_view(self, view: TechnicianView) -> None:
        """Follow the state; what control alone may do is not offered after its end."""
        parts.may(self, "" if view.controls else self.tr("You don't control the customer's computer. Ask with Ctrl+3."))
        if not view.controls:
            self._menu.close()
