from __future__ import annotations

from dataclasses import replace

import pytest

from remotehelp.customer.intents import SetRight
from remotehelp.customer.view import CustomerView, RightLine
from remotehelp.messages import Right
from remotehelp.sentences import SENTENCES
from tests.helpers.reading import by_name
from ui.customer.rights_part import RightsPart


@pytest.fixture
def part(qtbot, sent, visit: CustomerView) -> RightsPart:
    made = RightsPart(sent.append)
    qtbot.addWidget(made)
    made.show_view(visit)
    made.show()
    return made


def test_a_click_asks_and_the_state_answers(part: RightsPart, sent, visit: CustomerView) -> None:
    box = by_name(part, "Let them control")
    box.click()
    assert sent == [SetRight(Right.CONTROL, True)]
    assert not box.isChecked()
    part.show_view(replace(visit, rights=(RightLine(Right.CONTROL, True),)))
    assert box.isChecked()
    box.click()
    assert sent[-1] == SetRight(Right.CONTROL, False)
    assert box.isChecked()


def test_every_right_of_the_contract_has_its_box(part: RightsPart) -> None:
    names = (
        "Show my screen", "Let them point", "Let them control", "Printers", "System", "Clipboard", "Files",
    )  # fmt: skip
    assert {box.text() for box in part.boxes.values()} == set(names)
    assert set(part.boxes) == set(Right)


def test_what_cant_be_given_now_says_why(part: RightsPart, visit: CustomerView) -> None:
    key = next(iter(SENTENCES))
    part.show_view(replace(visit, rights=(RightLine(Right.CONTROL, False, key),)))
    assert not part.boxes[Right.CONTROL].isEnabled()
    assert part.boxes[Right.CONTROL].toolTip() == SENTENCES[key]
    assert "later" in part.boxes[Right.FILES].accessibleDescription()


def test_boxes_that_just_came_give_nothing_for_a_moment_but_take_back_at_once(
    part: RightsPart, sent, visit: CustomerView, qtbot
) -> None:
    part.show_view(replace(visit, rights=(RightLine(Right.VIEW, True), RightLine(Right.CONTROL, False))))
    part.rest()
    qtbot.waitUntil(part._rest.isActive)
    control = part.boxes[Right.CONTROL]
    assert not control.isEnabled()
    assert control.toolTip() == "One moment, please."
    control.click()
    part.show_view(replace(visit, rights=(RightLine(Right.VIEW, True), RightLine(Right.CONTROL, False))))
    assert not control.isEnabled()
    part.boxes[Right.VIEW].click()
    assert sent == [SetRight(Right.VIEW, False)]
    part._rest.setInterval(1)
    part._rest.start()
    qtbot.waitUntil(control.isEnabled)


def test_the_moment_counts_from_when_they_are_seen(part: RightsPart, qtbot) -> None:
    part.hide()
    part._rest.setInterval(1)
    part.rest()
    qtbot.wait(20)
    assert not part.boxes[Right.VIEW].isEnabled()
    part.show()
    qtbot.waitUntil(part.boxes[Right.VIEW].isEnabled)
