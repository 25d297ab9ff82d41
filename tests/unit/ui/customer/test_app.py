from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QTimer

from remotehelp.customer.intents import FaceShown, FrameShown, OwnWindows, QuestionGone, QuestionShown, Quit
from remotehelp.customer.view import CustomerView, Organisation, Page, Person, Report
from remotehelp.messages import Right
from remotehelp.visit.checks import BeforeControl
from tests.helpers.reading import by_id, by_name, read
from tests.helpers.stand_in_bridge import StandInBridge, plain_canvas, plain_frame
from ui.customer.app import CustomerApp

START = CustomerView(organisation=Organisation("Example Help", "known", "2026-05-03"))


def _ids(windows: tuple) -> set[int]:
    return {window.native_id for window in windows}


def test_the_window_that_the_state_names_is_shown(app: CustomerApp, bridge: StandInBridge, meeting, visit) -> None:
    shown = []
    for view in (START, replace(START, page=Page.CODE), meeting, visit, replace(visit, page=Page.GOODBYE), START):
        bridge.view_changed.emit(view)
        shown.append((app.window.isVisible(), app.bar.isVisible()))
    assert shown == [(True, False)] * 3 + [(False, True)] + [(True, False)] * 2


def test_the_face_is_reported_once_when_it_was_really_painted(app: CustomerApp, bridge, meeting, visit, qtbot) -> None:
    bridge.view_changed.emit(meeting)
    assert bridge.of(FaceShown) == []
    bridge.bring("face", plain_frame(1))
    qtbot.waitUntil(lambda: len(bridge.of(FaceShown)) == 1)
    bridge.bring("face", plain_frame(2))
    bridge.view_changed.emit(visit)
    bridge.bring("face", plain_frame(3))
    painted: list[int] = []
    app.bar.face.painted.connect(painted.append)
    qtbot.waitUntil(lambda: 3 in painted)
    assert len(bridge.of(FaceShown)) == 1


def test_a_late_frame_of_the_last_visit_is_nobodys_face(app: CustomerApp, bridge, meeting, qtbot) -> None:
    bridge.view_changed.emit(meeting)
    bridge.bring("face", plain_frame(1))
    qtbot.waitUntil(lambda: len(bridge.of(FaceShown)) == 1)
    bridge.view_changed.emit(START)
    bridge.bring("face", plain_frame(2))
    app._face_painted()  # a paint that was on its way when the visit ended
    bridge.view_changed.emit(meeting)
    qtbot.wait(50)
    assert len(bridge.of(FaceShown)) == 1
    assert app.window.meeting.face.frame_size().isEmpty()
    bridge.bring("face", plain_frame(1))
    qtbot.waitUntil(lambda: len(bridge.of(FaceShown)) == 2)


def test_the_screen_is_not_the_face(app: CustomerApp, bridge, meeting) -> None:
    bridge.view_changed.emit(meeting)
    bridge.bring("screen", plain_canvas())
    assert app.window.meeting.face.frame_size().isEmpty()


def test_a_question_is_reported_with_all_windows_when_it_is_on_the_screen_and_when_it_is_gone(
    app: CustomerApp, bridge, visit, qtbot
) -> None:
    bridge.view_changed.emit(visit)
    bridge.view_changed.emit(replace(visit, request=Right.CONTROL, question=7))
    assert bridge.of(QuestionShown) == []
    qtbot.waitUntil(lambda: len(bridge.of(QuestionShown)) == 1)
    assert bridge.of(QuestionShown)[0].question == 7
    assert {int(app.request.winId()), int(app.bar.winId())} <= _ids(bridge.of(QuestionShown)[0].windows)
    assert bridge.of(QuestionGone) == []
    bridge.view_changed.emit(visit)
    qtbot.waitUntil(lambda: len(bridge.of(QuestionGone)) == 1)


def test_the_frame_is_reported_with_all_windows_when_it_is_on_the_screen(
    app: CustomerApp, bridge, visit, qtbot
) -> None:
    bridge.view_changed.emit(replace(visit, sees=True, showing=4))
    assert bridge.of(FrameShown) == []
    qtbot.waitUntil(lambda: len(bridge.of(FrameShown)) == 1)
    told = bridge.of(FrameShown)[0]
    assert told.showing == 4
    assert {int(window.winId()) for window in (app.bar, *app.frame.sides)} <= _ids(told.windows)


def test_where_our_windows_are_is_told_after_each_change(app: CustomerApp, bridge, visit, qtbot) -> None:
    bridge.view_changed.emit(replace(visit, sees=True))
    sides = {int(side.winId()) for side in app.frame.sides}
    qtbot.waitUntil(lambda: any(sides < _ids(told.windows) for told in bridge.of(OwnWindows)))
    app.bar.move(40, 30)
    place = app.bar.frameGeometry()
    qtbot.waitUntil(
        lambda: (
            (place.x(), place.y())
            in {(one.x, one.y) for one in bridge.of(OwnWindows)[-1].windows if one.native_id == int(app.bar.winId())}
        )
    )
    bridge.view_changed.emit(visit)
    qtbot.waitUntil(lambda: not sides & _ids(bridge.of(OwnWindows)[-1].windows))


def test_the_pointing_arrow_is_no_window_to_hide_from_them(app: CustomerApp, bridge, visit, qtbot) -> None:
    bridge.view_changed.emit(replace(visit, pointer=(300, 200)))
    assert app.arrow.isVisible()
    qtbot.waitUntil(lambda: bool(bridge.of(OwnWindows)))
    assert int(app.arrow.winId()) not in _ids(bridge.of(OwnWindows)[-1].windows)
    bridge.view_changed.emit(visit)
    assert not app.arrow.isVisible()


def test_closing_the_main_window_ends_the_program(app: CustomerApp, bridge, qapp) -> None:
    bridge.view_changed.emit(START)
    QTimer.singleShot(0, app.window.close)
    assert qapp.exec() == 0
    assert bridge.of(Quit) == [Quit()]


def test_quitting_in_mid_visit_is_not_held_up_by_the_help_bar(app: CustomerApp, bridge, visit, qapp) -> None:
    bridge.view_changed.emit(visit)
    QTimer.singleShot(0, app.quit)
    assert qapp.exec() == 0
    assert bridge.of(Quit) == [Quit()]


NAMES = {
    "start": (
        "Describe the problem", "Ask for help", "Show me a code", "Link from your helper", "Use link", "Settings",
    ),
    "code": ("Cancel",),
    "meeting": (
        "Technician's face", "How did you get this link?", "I asked for it", "Someone I know", "A stranger",
        "Accept", "Decline", "Report",
    ),
    "visit": (
        "Report",
        "Technician's face", "Show my screen", "Let them point", "Let them control", "Printers", "System",
        "Clipboard", "Files", "Stop control", "Stop everything", "Mute", "Chat", "Pause picture", "Larger face",
        "Hide face", "Record", "Message", "Send", "Conversation",
    ),
    "request": ("Request", "Allow", "Not now"),
    "before control": ("Before they control", "Stop, this is wrong", "Go on"),
    "report": ("Your report", "Done"),
    "goodbye": (
        "Summary", "It works", "It does not work", "Thank you note", "Send thanks", "Save my copy",
        "Keep this organisation", "Close",
    ),
}  # fmt: skip
IDS = {
    "start": (),
    "code": ("your-code",),
    "meeting": ("technician",),
    "visit": ("who-is-here", "line", "monitor"),
    "request": ("what-they-ask",),
    "before control": ("what-they-ask", "what-to-think-of"),
    "report": ("report-written", "report-file", "report-contact", "report-advice"),
    "goodbye": (),
}


@pytest.mark.parametrize("place", list(NAMES))
def test_everything_has_the_name_that_the_contract_gives_it(
    app: CustomerApp, bridge, meeting, visit, stranger: Person, place: str
) -> None:
    views = {
        "start": START,
        "code": replace(START, page=Page.CODE, code="4711-482-913"),
        "meeting": replace(meeting, technician=stranger, asks_origin=True),
        "visit": visit,
        "request": replace(visit, request=Right.CONTROL),
        "before control": replace(visit, request=BeforeControl(), question=1),
        "report": replace(visit, report=Report("report.txt", "Example Help")),
        "goodbye": replace(meeting, page=Page.GOODBYE),
    }
    bridge.view_changed.emit(views[place])
    roots = {"visit": app.bar, "request": app.request, "before control": app.request, "report": app.report}
    root = roots.get(place, app.window)
    if place == "visit":
        app.bar.chat.click()
    for name in NAMES[place]:
        assert by_name(root, name)
    for identifier in IDS[place]:
        assert by_id(root, identifier).accessibleName() == ""
    assert not [name for name, _, _ in read(root) if "&" in name]


def test_what_cant_be_used_always_says_why(app: CustomerApp, bridge, meeting, visit) -> None:
    for view, root in ((START, app.window), (meeting, app.window), (visit, app.bar)):
        bridge.view_changed.emit(view)
        for name, _, widget in read(root):
            if name and not widget.isEnabled() and widget.parentWidget().isEnabled():
                assert widget.accessibleDescription(), name
                assert widget.toolTip() == widget.accessibleDescription()
