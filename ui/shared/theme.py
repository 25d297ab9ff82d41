"""How everything looks, in one place: colours by meaning, sizes on the 8 px grid, type, and the palettes made of them.

No other module names a colour, a size or a margin. The faces share colours and sizes; only the type scale differs.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from ui.shared import resources
from ui.shared.style_sheet import style_sheet

# --- sizes, in logical pixels ------------------------------------------------------------------------

STEP = 8
HALF = STEP // 2  # inside controls only
MARGIN = 3 * STEP  # round a roomy window
CARD_RADIUS = 10
CONTROL_RADIUS = 6
FOCUS_RING = 2
FRAME = 4  # round the monitor that is shown
ICON = 3 * STEP
CONTROL_HEIGHT = 40  # a button on the customer's side: easy to hit
WINDOW = (480, 640)  # the customer's start, meeting and goodbye
BAR_WIDTH = 320
SMALL_FACE = (16 * STEP, 9 * STEP)  # in the help bar on a low screen
SMALL_ICON = 20  # on a compact button
TITLE_BAR = 5 * STEP  # room for what a window manager adds
ARROW = 5 * STEP  # the pointing arrow
DESK = (1280, 800)  # the technician's window, at least
SIDE_WIDTH = 320  # the technician's right column
OWN_FACE = (160, 120)  # the technician's own camera
FORM_WIDTH = 420  # a form of the technician, in the middle of the window
LINE_LENGTH = 70  # characters


class Face(StrEnum):
    """Which of the two programs: roomy for the customer, dense for the technician."""

    CUSTOMER = "customer"
    TECHNICIAN = "technician"


@dataclass(frozen=True)
class Type:
    """A type scale in pixels; ``small`` is the smallest and never below 12."""

    body: int
    title: int
    code: int
    small: int


TYPES = {
    Face.CUSTOMER: Type(body=16, title=24, code=40, small=14),
    Face.TECHNICIAN: Type(body=13, title=15, code=24, small=12),
}


# --- colours -----------------------------------------------------------------------------------------


class Scheme(StrEnum):
    """The three sets of colours."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True)
class Colours:
    """Colours by what they are for. A colour with a meaning never stands alone: a word or an icon is with it."""

    window: str
    card: str
    field: str  # where text is typed
    text: str
    quiet: str  # second-rank and disabled text
    edge: str  # of controls, 3:1
    line: str  # between parts, decoration only
    hover: str  # a button under the pointer, or pressed
    primary: str  # the one main action of a window
    on_primary: str
    focus: str
    see: str  # they can see
    control: str  # they can control
    well: str  # connected and well
    stop: str  # as text
    stop_fill: str  # as a button
    on_stop: str
    see_frame: str  # round the monitor
    control_frame: str
    surround: str  # round a picture
    on_surround: str


COLOURS = {
    Scheme.LIGHT: Colours(
        window="#f5f6f8",
        card="#ffffff",
        field="#ffffff",
        text="#1c2127",
        quiet="#565f6b",
        edge="#7b8592",
        line="#d9dde3",
        hover="#e3e7ec",
        primary="#4a5f7a",
        on_primary="#ffffff",
        focus="#000000",
        see="#1658b8",
        control="#825000",
        well="#1b6e3c",
        stop="#b3261e",
        stop_fill="#c62828",
        on_stop="#ffffff",
        see_frame="#1f6feb",
        control_frame="#f0a000",
        surround="#23272d",
        on_surround="#eef1f4",
    ),
    Scheme.DARK: Colours(
        window="#16191d",
        card="#1f242a",
        field="#101316",
        text="#eef1f4",
        quiet="#a9b3bf",
        edge="#768290",
        line="#343b44",
        hover="#343b44",
        primary="#5c7594",
        on_primary="#ffffff",
        focus="#ffffff",
        see="#8ab8ff",
        control="#ffc14d",
        well="#7bd69a",
        stop="#ff9a90",
        stop_fill="#cf4239",
        on_stop="#ffffff",
        see_frame="#1f6feb",
        control_frame="#f0a000",
        surround="#0b0d0f",
        on_surround="#eef1f4",
    ),
    Scheme.CONTRAST: Colours(
        window="#000000",
        card="#000000",
        field="#000000",
        text="#ffffff",
        quiet="#bdbdbd",
        edge="#ffffff",
        line="#6e6e6e",
        hover="#3a3a3a",
        primary="#1a5fd0",
        on_primary="#ffffff",
        focus="#ffff00",
        see="#8ab8ff",
        control="#ffc14d",
        well="#7bd69a",
        stop="#ff9a90",
        stop_fill="#d02020",
        on_stop="#ffffff",
        see_frame="#1f6feb",
        control_frame="#f0a000",
        surround="#000000",
        on_surround="#ffffff",
    ),
}


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    darker, lighter = sorted((_luminance(QColor(one)), _luminance(QColor(other))))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    red, green, blue = (_linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


# --- palettes ----------------------------------------------------------------------------------------


def palette(scheme: Scheme) -> QPalette:
    """The Qt palette of one scheme."""
    colours = COLOURS[scheme]
    made = QPalette()
    for role, colour in _roles(colours).items():
        made.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.quiet))
    return made


def _roles(colours: Colours) -> dict[QPalette.ColorRole, str]:
    role = QPalette.ColorRole
    return {
        role.Window: colours.window,
        role.WindowText: colours.text,
        role.Base: colours.field,
        role.AlternateBase: colours.window,
        role.Text: colours.text,
        role.PlaceholderText: colours.quiet,
        role.Button: colours.card,
        role.ButtonText: colours.text,
        role.BrightText: colours.on_stop,
        role.Light: colours.card,
        role.Midlight: colours.line,
        role.Mid: colours.edge,
        role.Dark: colours.edge,
        role.Shadow: colours.edge,
        role.Highlight: colours.primary,
        role.HighlightedText: colours.on_primary,
        role.Accent: colours.primary,
        role.Link: colours.see,
        role.LinkVisited: colours.see,
        role.ToolTipBase: colours.card,
        role.ToolTipText: colours.text,
    }


# --- wearing it --------------------------------------------------------------------------------------


class Theme(QObject):
    """What the program wears now: follows the system's light, dark and high contrast while it runs.

    Signals: ``changed()`` after the colours changed (recoloured icons are to be set again).
    """

    changed = Signal()

    def __init__(self, app: QApplication, face: Face) -> None:
        super().__init__(app)
        self._app = app
        self.type = TYPES[face]
        self.scheme = Scheme.LIGHT
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self.follow)
        hints.accessibility().contrastPreferenceChanged.connect(self.follow)

    @property
    def colours(self) -> Colours:
        """The colours in force."""
        return COLOURS[self.scheme]

    def follow(self) -> None:
        """Wear what the system asks for."""
        self.wear(_system_scheme(self._app))

    def wear(self, scheme: Scheme) -> None:
        """Wear ``scheme`` at once."""
        self.scheme = scheme
        font = self._app.font()
        font.setPixelSize(self.type.body)
        self._app.setFont(font)
        self._app.setPalette(palette(scheme))
        self._app.setStyleSheet(style_sheet(_values(self.colours, self.type, scheme)))
        self.changed.emit()


def apply(app: QApplication, face: Face) -> Theme:
    """Dress the application: Fusion, palette, type and one style sheet; the same theme is found by ``current``."""
    app.setStyle(QStyleFactory.create("Fusion"))
    theme = Theme(app, face)
    app.setProperty("theme", theme)
    theme.follow()
    return theme


def current() -> Theme:
    """The theme that was applied last."""
    theme = QApplication.instance().property("theme")  # type: ignore[union-attr]
    if not isinstance(theme, Theme):
        raise AssertionError("no theme was applied")
    return theme


def look(widget: QWidget, name: str) -> None:
    """Give ``widget`` a look of the style sheet: title, code, quiet, small, notice, warning, card, primary, stop …"""
    widget.setProperty("look", name)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def _system_scheme(app: QApplication) -> Scheme:
    hints = app.styleHints()
    if hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast:
        return Scheme.CONTRAST
    return Scheme.DARK if hints.colorScheme() is Qt.ColorScheme.Dark else Scheme.LIGHT


def _values(colours: Colours, type_: Type, scheme: Scheme) -> dict[str, str | int]:
    mark = "dark" if contrast(colours.on_primary, "#ffffff") > contrast(colours.on_primary, "#000000") else "light"
    arrow = "dark" if scheme is Scheme.LIGHT else "light"
    return {
        **dataclasses.asdict(colours),
        **{f"type_{name}": size for name, size in dataclasses.asdict(type_).items()},
        "step": STEP,
        "half": HALF,
        "double": 2 * STEP,
        "card_radius": CARD_RADIUS,
        "radius": CONTROL_RADIUS,
        "ring": FOCUS_RING,
        "height": CONTROL_HEIGHT if type_ is TYPES[Face.CUSTOMER] else 4 * STEP,
        "check_icon": resources.path("icons", f"check_{mark}.svg").as_posix(),
        "arrow_icon": resources.path("icons", f"keyboard_arrow_down_{arrow}.svg").as_posix(),
    }
