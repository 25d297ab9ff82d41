"""Small makers for the parts that every window is made of, so that windows name no size, margin or colour."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSize, Qt, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QFrame,
    QLabel,
    QLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.shared import resources, theme

#: the colour of an icon on a control of this look
_ON_LOOK = {"primary": "on_primary", "stop": "on_stop", "stop-quiet": "stop"}


def button(text: str, *, icon: str = "", look: str = "") -> QPushButton:
    """A push button that is named by its text, with an icon and a look of the theme."""
    made = QPushButton(text)
    made.setAutoDefault(True)  # Enter presses the button that has the focus, in every window
    if icon:
        wear_icon(made, icon)
    if look:
        dress(made, look)
    return made


def dress(made: QPushButton, look: str) -> None:
    """Change a button's look; its icon goes along."""
    theme.look(made, look)
    for worn in made.findChildren(_WornIcon):
        worn.draw()


def wear_icon(control: QAbstractButton, name: str, colour: str = "") -> None:
    """Show the icon ``name`` now and after each change of theme.

    ``colour`` is a token's name; without one it is the colour that goes with the control's look.
    """
    control.setIconSize(QSize(theme.ICON, theme.ICON))
    _WornIcon(control, name, colour).draw()


class _WornIcon(QObject):
    """Draws one control's icon anew when the theme changes; lives as long as its control."""

    def __init__(self, control: QAbstractButton, name: str, colour: str) -> None:
        super().__init__(control)
        self._control, self._name, self._colour = control, name, colour
        theme.current().changed.connect(self.draw)

    @Slot()
    def draw(self) -> None:
        colours = theme.current().colours
        token = self._colour or _ON_LOOK.get(self._control.property("look"), "text")
        self._control.setIcon(resources.icon(self._name, getattr(colours, token), colours.quiet))


def label(text: str = "", *, look: str = "", identifier: str = "") -> QLabel:
    """Plain text that wraps; found by ``identifier`` where it shows something that changes."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)  # never markup from the other side
    made.setWordWrap(True)
    made.setIndent(0)  # Qt's own indent of framed labels is not in the height that it asks for
    if look:
        theme.look(made, look)
    if identifier:
        made.setAccessibleIdentifier(identifier)
    return made


def narrow(made: QLabel) -> QLabel:
    """``made`` for words of any length: a long one is cut at the edge instead of widening the window."""
    made.setMinimumWidth(1)
    return made


def explain(widget: QWidget, reason: str) -> None:
    """Enable ``widget`` if ``reason`` is empty; else disable it and say why, in its tip and to a screen reader."""
    widget.setEnabled(not reason)
    widget.setToolTip(reason)
    widget.setAccessibleDescription(reason)


def show_text(shown: QLabel, text: str) -> None:
    """Set ``text``; a label without any takes no room."""
    shown.setText(text)
    shown.setVisible(bool(text))


def card() -> tuple[QFrame, QVBoxLayout]:
    """A raised area and the layout to fill it."""
    frame = QFrame()
    theme.look(frame, "card")
    inside = QVBoxLayout(frame)
    spaced(inside, margin=2 * theme.STEP)
    return frame, inside


def separator() -> QFrame:
    """A thin line between two parts."""
    line = QFrame()
    theme.look(line, "line")
    return line


def spaced(layout: QBoxLayout, *, margin: int = theme.MARGIN, spacing: int = theme.STEP) -> None:
    """Give ``layout`` the margins and gaps of the grid (pixels)."""
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(spacing)


def with_foot(page: QWidget, above: QWidget, foot: QLayout) -> None:
    """Fill ``page``: what may scroll, and below it what always stays in sight."""
    column = QVBoxLayout(page)
    spaced(column, margin=0, spacing=0)
    column.addWidget(above, 1)
    foot.setContentsMargins(theme.MARGIN, 0, theme.MARGIN, theme.MARGIN)
    foot.setSpacing(theme.STEP)
    column.addLayout(foot)


def announce(widget: QWidget, text: str) -> None:
    """Let a screen reader say ``text`` at once."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
