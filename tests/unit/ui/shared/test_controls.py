from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.shared import controls, theme

pytestmark = pytest.mark.usefixtures("worn")


def _icon_colour(button) -> str:
    image = button.icon().pixmap(48).toImage()
    return image.pixelColor(image.width() // 2, image.height() // 2).name()


def test_a_button_is_named_by_its_text(qtbot) -> None:
    button = controls.button("Stop everything", icon="stop_circle", look="stop")
    qtbot.addWidget(button)
    read = QAccessible.queryAccessibleInterface(button)
    assert read.text(QAccessible.Text.Name) == "Stop everything"


def test_enter_presses_the_button_that_has_the_focus(qtbot) -> None:
    button = controls.button("Accept")
    qtbot.addWidget(button)
    button.show()
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Return)


def test_an_icon_wears_the_colour_of_its_button_and_of_the_theme(qtbot, worn: theme.Theme) -> None:
    button = controls.button("Stop everything", icon="stop_circle", look="stop")
    qtbot.addWidget(button)
    assert _icon_colour(button) == worn.colours.on_stop
    controls.dress(button, "")
    assert _icon_colour(button) == worn.colours.text
    worn.wear(theme.Scheme.DARK)
    assert _icon_colour(button) == theme.COLOURS[theme.Scheme.DARK].text


def test_an_icon_can_have_a_colour_of_its_own(qtbot, worn: theme.Theme) -> None:
    button = controls.button("Accept")
    qtbot.addWidget(button)
    controls.wear_icon(button, "stop_circle", "see")
    assert _icon_colour(button) == worn.colours.see


def test_a_label_never_takes_markup_and_is_found_by_its_id(qtbot) -> None:
    label = controls.label("<b>bold</b>", look="small", identifier="your-code")
    qtbot.addWidget(label)
    read = QAccessible.queryAccessibleInterface(label)
    assert read.text(QAccessible.Text.Name) == "<b>bold</b>"
    assert label.accessibleIdentifier() == "your-code"
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_what_cant_be_used_says_why(qtbot) -> None:
    button = controls.button("Record")
    qtbot.addWidget(button)
    controls.explain(button, "Nothing is recorded.")
    assert not button.isEnabled()
    assert button.toolTip() == button.accessibleDescription() == "Nothing is recorded."
    controls.explain(button, "")
    assert button.isEnabled()
    assert button.toolTip() == ""


def test_a_label_without_words_takes_no_room(qtbot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    column = QVBoxLayout(parent)
    label = controls.label("Something")
    column.addWidget(label)
    parent.show()
    controls.show_text(label, "")
    assert not label.isVisible()
    controls.show_text(label, "Here")
    assert label.isVisible()


def test_a_card_and_a_separator_keep_to_the_grid(qtbot) -> None:
    frame, inside = controls.card()
    line = controls.separator()
    qtbot.addWidget(frame)
    qtbot.addWidget(line)
    assert inside.contentsMargins().left() == 2 * theme.STEP
    assert line.sizeHint().height() <= 3
    assert frame.property("look") == "card"


def test_a_sentence_can_be_said_at_once(qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    listener = SimpleNamespace(updateAccessibility=lambda event: said.append(event.message()))
    monkeypatch.setattr(controls, "QAccessible", listener)
    label = controls.label("")
    qtbot.addWidget(label)
    controls.announce(label, "Nothing was lost.")
    assert said == ["Nothing was lost."]


def test_a_framed_label_asks_for_the_height_of_its_words_and_no_more(qtbot) -> None:
    label = controls.label(
        "The part that moves the mouse and presses keys stopped. All keys were let go.", look="notice"
    )
    qtbot.addWidget(label)
    label.show()
    frame = 2 * label.frameWidth()
    assert frame
    for width in range(200, 400):
        words = QRect(0, 0, width - frame, 1000)
        high = label.fontMetrics().boundingRect(words, Qt.TextFlag.TextWordWrap, label.text()).height()
        assert label.heightForWidth(width) == high + frame
