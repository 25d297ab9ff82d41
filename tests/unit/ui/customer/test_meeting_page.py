from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QAccessible

from remotehelp.customer.intents import AcceptVisit, ChooseOrigin, DeclineVisit, WriteReport
from remotehelp.customer.view import CustomerView, Person
from tests.helpers.reading import by_id, by_name, read, role_of
from ui.customer.meeting_page import MeetingPage


@pytest.fixture
def page(qtbot, sent, meeting: CustomerView) -> MeetingPage:
    made = MeetingPage(sent.append)
    qtbot.addWidget(made)
    made.resize(480, 640)
    made.show_view(meeting)
    made.show()
    return made


@pytest.fixture
def from_a_link(meeting: CustomerView, stranger: Person) -> CustomerView:
    return replace(meeting, technician=stranger, asks_origin=True, may_accept=False)


def test_the_face_is_an_image_and_the_name_is_read(page: MeetingPage) -> None:
    assert role_of(page, "Technician's face") == QAccessible.Role.Graphic
    label = QAccessible.queryAccessibleInterface(by_id(page, "technician"))
    assert label.text(QAccessible.Text.Name) == "Technician A\nExample Help\n✓ proven: help.example.org"
    assert "They can't see you." in {name for name, _, _ in read(page)}


def test_the_safety_words_stand_beside_the_face_and_only_where_there_was_no_code(
    page: MeetingPage, meeting: CustomerView
) -> None:
    assert not page.words.isVisible()
    page.show_view(replace(meeting, safety_words=(0, 2047)))
    assert by_id(page, "safety-words").text() == "abandon zoo"
    assert any("press Decline" in name for name, _, _ in read(page))
    page.show_view(meeting)
    assert not page.words.isVisible()


def test_she_decides(page: MeetingPage, sent) -> None:
    by_name(page, "Accept").click()
    by_name(page, "Decline").click()
    assert sent == [AcceptVisit(), DeclineVisit()]


def test_a_known_organisation_is_not_asked_about(page: MeetingPage) -> None:
    assert not page.origin.isVisible()


def test_accept_waits_for_where_the_link_came_from_and_says_so(page: MeetingPage, sent, from_a_link) -> None:
    page.show_view(from_a_link)
    by_name(page, "How did you get this link?")
    accept = by_name(page, "Accept")
    assert not accept.isEnabled()
    assert "how you got this link" in accept.accessibleDescription()
    by_name(page, "I asked for it").click()
    by_name(page, "Someone I know").click()
    assert sent == [ChooseOrigin("asked"), ChooseOrigin("known")]
    page.show_view(replace(from_a_link, may_accept=True))
    assert accept.isEnabled()
    assert accept.accessibleDescription() == ""


def test_a_stranger_is_warned_about(page: MeetingPage, sent, from_a_link) -> None:
    page.show_view(from_a_link)
    assert not page.warning.isVisible()
    by_name(page, "A stranger").click()
    assert sent == [ChooseOrigin("stranger")]
    assert "Decline" in by_id(page, "stranger-warning").text()
    by_name(page, "I asked for it").click()
    assert not page.warning.isVisible()


def test_accept_waits_for_the_line_and_says_so(page: MeetingPage, meeting: CustomerView, from_a_link) -> None:
    page.show_view(replace(meeting, may_accept=False))
    assert page.accept.toolTip() == "One moment: the line is not ready yet."
    page.show_view(from_a_link)
    by_name(page, "I asked for it").click()
    page.show_view(from_a_link)
    assert "line" in page.accept.toolTip()


def test_where_no_picture_is_the_reason_stands_there(page: MeetingPage, meeting, technician: Person) -> None:
    words = {}
    for face in ("", "camera", "none"):
        page.show_view(replace(meeting, technician=replace(technician, face=face)))
        words[face] = page.face.empty
    assert words[""] == words["camera"] == "Their picture is on its way."
    assert words["none"] == "They have no camera, so you can't see them."


def test_the_next_person_is_asked_anew(page: MeetingPage, from_a_link) -> None:
    page.show_view(from_a_link)
    by_name(page, "A stranger").click()
    page.show_view(CustomerView())
    page.show_view(from_a_link)
    assert not any(choice.isChecked() for choice in page._origins.values())
    assert not page.warning.isVisible()


def test_she_can_report_whom_she_meets(page: MeetingPage, sent) -> None:
    by_name(page, "Report").click()
    assert sent == [WriteReport()]


def test_a_face_from_a_file_is_called_a_demonstration(page: MeetingPage, meeting, technician: Person) -> None:
    page.show_view(replace(meeting, technician=replace(technician, demonstration=True, clock_wrong=True)))
    assert page.face.accessibleDescription() == "Demonstration"
    assert any("date of this computer" in name for name, _, _ in read(page))
