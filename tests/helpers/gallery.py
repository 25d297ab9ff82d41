"""Every window of the program with something in it, for whoever wants to look at all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QDate, QEvent
from PySide6.QtWidgets import QApplication, QDateEdit, QTabWidget, QWidget

from remotehelp.customer import view as customer
from remotehelp.media.area import Rect
from remotehelp.media.canvas import Canvas
from remotehelp.media.frame import Frame
from remotehelp.messages import Right
from remotehelp.technician.view import AskLine, GrantLine, TheirScreen, TheirScreens
from remotehelp.visit.checks import BeforeControl, PrivateWindow, Sign, StillControl
from remotehelp.visit.events import Side
from remotehelp.visit.shown import Line, Notice, Said, ShownLog
from tests.helpers import technician_views as technician
from tests.helpers.pacts import pacts
from tests.helpers.stand_in_bridge import StandInBridge
from tests.helpers.stories import signed_story
from ui.customer.app import CustomerApp
from ui.shared import controls
from ui.shared.log_window import LogWindow
from ui.shared.safety_words import in_words
from ui.technician.goodbye import GoodbyePage
from ui.technician.key_list import KeyList
from ui.technician.window import TechnicianWindow

WORDS = (85, 1494)  # safety words: places in their list
#: what people and computers are called in the views: never translated
DATA = frozenset(
    {
        "Technician",
        "Technician A",
        "Technician A, Organisation A",
        "Example Help",
        "help.example.org",
        "online banking",
        "report.txt",
        "4711-482-913",
        "The printer stopped",
        "It blinks red",
        "I will look",
        "The mail is slow",
        "one",  # monitors
        "two",
        "http://192.0.2.10:8443",
        "ABCD EFGH IJKL MNOP QRST UVWX YZ23 4567",
        technician.LINK,
        in_words(WORDS),
    }
)

PERSON = customer.Person("Technician", "A", customer.Organisation("Example Help", "proven", "help.example.org"))
STRANGER = customer.Person("Technician", "A", customer.Organisation("Example Help", "new"), demonstration=True)
SAID = (
    Said(Side.TECHNICIAN, "I will look"),
    Said(Side.CUSTOMER, "It blinks red"),
    Said(Side.TECHNICIAN, "I will look"),
)

START = customer.CustomerView(organisation=customer.Organisation("Example Help", "known", "2026-05-03"), here=2)
CODE = replace(START, page=customer.Page.CODE, code="4711-482-913", code_expires_in_s=598)
WAITING = replace(START, page=customer.Page.WAITING, ahead=2)
MEETING = replace(START, page=customer.Page.MEETING, technician=PERSON, may_accept=True, line=Line.GOOD)
STRANGER_MEETING = replace(MEETING, technician=STRANGER, asks_origin=True, may_accept=False)
FROM_THE_LIST = replace(MEETING, safety_words=WORDS)
VISIT = replace(
    MEETING,
    page=customer.Page.VISIT,
    sees=True,
    controls=True,
    rights=tuple(customer.RightLine(right, True) for right in (Right.VIEW, Right.POINT, Right.CONTROL)),
    monitors=(customer.Monitor("one", 0, 0, 1366, 768), customer.Monitor("two", 1366, 0, 1280, 1024)),
    shown=("one",),
    conversation=SAID[:1],
)
LOST = replace(
    VISIT,
    line=Line.LOST,
    face_still=True,
    controls=False,
    sees=False,
    conversation=SAID[:2],
    notice=Notice("hands_lost"),
)
REQUEST = replace(VISIT, request=Right.CONTROL, question=1)
CHECKS = (
    ("before control", replace(VISIT, request=BeforeControl(), question=2)),
    ("private window", replace(VISIT, request=PrivateWindow(7, (Sign("online banking"),)), question=3)),
    ("still needed", replace(VISIT, request=StillControl(), question=4)),
)
REPORTED = replace(VISIT, sees=False, controls=False, report=customer.Report("report.txt", "Example Help"))
LOG = ShownLog.of(signed_story(*pacts()), "visits/log.jsonl")
GOODBYE = replace(VISIT, page=customer.Page.GOODBYE, summary="The printer stopped", may_keep=True, sees=False, log=LOG)

AT_WORK = replace(
    technician.VISIT,
    sees=True,
    controls=True,
    screen_size=(1366, 768),
    screens=TheirScreens((TheirScreen("one", 1366, 768), TheirScreen("two", 1280, 1024)), ("one",)),
    asks=(
        AskLine(Right.VIEW, why_not="right_given_already"),
        AskLine(Right.POINT, waiting=True),
        AskLine(Right.CONTROL, why_not="right_given_already"),
    ),
    grants=tuple(GrantLine(right, on=right in (Right.VIEW, Right.CONTROL)) for right in Right),
    demonstration=True,
)
TROUBLE = replace(technician.DESK, notice=Notice("camera_stopped"), no_camera=True, signed_in=False)


def customer_windows() -> Iterator[tuple[str, QWidget]]:
    """The customer's windows one after the other, each shown and laid out; ``theme.apply`` comes first."""
    bridge = StandInBridge()
    app = CustomerApp(bridge)
    try:
        for name, view in (
            ("start", START),
            ("code", CODE),
            ("waiting", WAITING),
            ("meeting", MEETING),
            ("stranger", STRANGER_MEETING),
            ("meeting from the list", FROM_THE_LIST),
        ):
            bridge.view_changed.emit(view)
            bridge.bring("face", face())
            yield name, shown(app.window)
        for name, view in (("visit", VISIT), ("lost line", LOST)):
            bridge.view_changed.emit(view)
            yield name, shown(app.bar)
        app.bar.chat.click()
        yield "chat", shown(app.bar)
        bridge.view_changed.emit(REPORTED)
        yield "report", shown(app.report)
        bridge.view_changed.emit(REQUEST)
        yield "request at rest", shown(app.request)
        controls.explain(app.request.allow, "")  # as after its rest
        yield "request", shown(app.request)
        for name, view in CHECKS:
            bridge.view_changed.emit(view)
            controls.explain(app.request.allow, "")
            yield name, shown(app.request)
        bridge.view_changed.emit(GOODBYE)
        yield "goodbye", shown(app.window)
        app.window.goodbye.read.click()
        yield "log", shown(app.window.findChildren(LogWindow)[-1])
    finally:
        close(app.window, app.bar, app.request, app.report, app.arrow, *app.frame.sides)
        app.deleteLater()


def technician_windows() -> Iterator[tuple[str, QWidget]]:
    """The technician's pages one after the other, each shown and laid out; ``theme.apply`` comes first."""
    window = TechnicianWindow(lambda _intent: None, clock=lambda: 824.0)
    views = (
        ("first start", technician.FIRST_START),
        ("sign in", technician.SIGN_IN),
        ("second factor", technician.ENROL),
        ("desk", technician.WAITED_FOR),
        ("desk in trouble", TROUBLE),
        ("joining", replace(technician.DESK, page=technician.JOINING.page)),
        ("meeting", replace(technician.MEETING, safety_words=WORDS)),
        ("visit", AT_WORK),
        ("lost line", replace(AT_WORK, line=Line.LOST, quality=None, controls=False, points=False)),
        ("goodbye", replace(technician.GOODBYE, she_left=True, demonstration=True, log=LOG)),
    )
    try:
        for name, view in views:
            window.show_view(view)
            window.show_own_face(face())
            for day in window.findChildren(QDateEdit):
                day.setDate(QDate(2026, 11, 22))
            if view.sees:
                window.show_screen(screen())
            yield name, shown(window)
            if name == "visit":
                yield from _tabs(window)
        window.findChildren(GoodbyePage)[-1].read.click()
        yield "log", shown(window.findChildren(LogWindow)[-1])
        window.show_keys()
        yield "keys", shown(window.findChildren(KeyList)[-1])
    finally:
        close(window)


def _tabs(window: QWidget) -> Iterator[tuple[str, QWidget]]:
    [tabs] = window.findChildren(QTabWidget)
    for place, name in ((0, "case"), (2, "tools")):
        tabs.setCurrentIndex(place)
        yield name, shown(window)


def shown(window: QWidget) -> QWidget:
    """``window`` on the screen, with everything that was put off until then."""
    window.show()
    for _ in range(3):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return window


def close(*windows: QWidget) -> None:
    """Take the windows away for good."""
    for window in windows:
        window.hide()
        window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def face() -> Frame:
    """A head before a wall, drawn by numbers."""
    y, x = np.mgrid[0:360, 0:640]
    pixels = np.full((360, 640, 4), (200, 185, 170, 255), np.uint8)
    pixels[((x - 320) / 210) ** 2 + ((y - 380) / 130) ** 2 < 1] = (120, 80, 50, 255)
    pixels[((x - 320) / 75) ** 2 + ((y - 160) / 100) ** 2 < 1] = (150, 185, 225, 255)
    return Frame(640, 360, 4 * 640, pixels.tobytes(), 1)


def screen() -> Canvas:
    """A desktop with one window on it."""
    pixels = np.full((768, 1366, 4), (110, 82, 52, 255), np.uint8)
    pixels[120:520, 140:800] = (245, 245, 245, 255)
    pixels[120:150, 140:800] = (190, 150, 110, 255)
    canvas = Canvas()
    canvas.begin(1, 1366, 768)
    canvas.paint(pixels, 1, Rect(0, 0, 1366, 768), 1)
    return canvas
