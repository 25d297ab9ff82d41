from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from remotehelp.messages import Key, decode_input, encode
from ui.technician.meaning import code_of, hers, printable, text_of

K, M = Qt.Key, Qt.KeyboardModifier
NONE = M.NoModifier


def test_a_place_is_known_by_its_scan_code() -> None:
    assert [code_of(code) for code in (9, 38, 23, 67, 108, 36)] == [
        "Escape",
        "KeyA",
        "Tab",
        "F1",
        "AltRight",
        "Enter",
    ]
    assert code_of(0) is None
    assert code_of(124) is None  # Power stays here


@pytest.mark.parametrize(
    ("place", "key", "code"),
    [
        ("KeyA", K.Key_A, "KeyA"),
        ("KeyQ", K.Key_A, "KeyQ"),  # letters go by place, with their text
        ("ShiftRight", K.Key_Shift, "ShiftRight"),
        ("AltRight", K.Key_Alt, "AltLeft"),  # it would be AltGr over there
        ("AltRight", K.Key_AltGr, None),
        ("AltRight", K.Key_Multi_key, None),
        ("CapsLock", K.Key_CapsLock, "CapsLock"),
        ("CapsLock", K.Key_Control, "ControlLeft"),
        ("CapsLock", K.Key_Escape, "Escape"),
        ("CapsLock", K.Key_unknown, None),
        ("ShiftLeft", K.Key_unknown, None),  # switches our layout
        ("Numpad7", K.Key_7, "Numpad7"),
        ("Numpad7", K.Key_Home, "Home"),
        ("NumpadEnter", K.Key_Enter, "NumpadEnter"),
        ("MetaLeft", K.Key_Super_L, "MetaLeft"),
        ("F13", K.Key_unknown, "F13"),
        ("AudioVolumeUp", K.Key_VolumeUp, "AudioVolumeUp"),
    ],
)
def test_what_is_not_a_letter_goes_by_its_meaning(place: str, key: Qt.Key, code: str | None) -> None:
    assert hers(place, key) == code


@pytest.mark.parametrize(
    ("key", "modifiers", "typed", "text"),
    [
        (K.Key_A, NONE, "a", "a"),
        (K.Key_A, M.ShiftModifier, "A", "A"),
        (K.Key_At, M.GroupSwitchModifier, "@", "@"),
        (0x42F, NONE, "я", "я"),
        (K.Key_Space, NONE, " ", " "),
        (K.Key_Return, NONE, "\r", ""),
        (K.Key_Delete, NONE, "\x7f", ""),
        (K.Key_Escape, NONE, "\x1b", ""),
        (K.Key_7, M.KeypadModifier, "7", "7"),
        (K.Key_A, M.ControlModifier, "\x01", "a"),
        (K.Key_A, M.ControlModifier | M.ShiftModifier, "\x01", "A"),
        (K.Key_Plus, M.ControlModifier, "+", "+"),
        (K.Key_F, M.AltModifier, "f", "f"),
        (0x421, M.ControlModifier, "", "с"),
        (K.Key_F4, M.AltModifier, "", ""),
        (K.Key_Space, M.ControlModifier, "", ""),
        (K.Key_Dead_Acute, NONE, "", ""),
        (K.Key_A, NONE, "abcde", ""),
    ],
)
def test_the_text_is_what_was_typed_or_names_the_shortcut(key: int, modifiers: M, typed: str, text: str) -> None:
    assert text_of(QKeyEvent(QEvent.Type.KeyPress, key, modifiers, typed)) == text
    assert decode_input(encode(Key("KeyA", True, 1, text))) == Key("KeyA", True, 1, text)


def test_control_characters_do_not_go_across() -> None:
    assert printable("a\tб\n\x1b[\x7f\x9b😀\xa0") == "aб[😀\xa0"
