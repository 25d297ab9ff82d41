import msgspec

from remotehelp.desktop.keys import CODE, EVDEV, X11_OFFSET
from remotehelp.messages import Key

# the 105 keys of a European keyboard, row by row
LAYOUT_105 = """
Escape F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 F11 F12 PrintScreen ScrollLock Pause
Backquote Digit1 Digit2 Digit3 Digit4 Digit5 Digit6 Digit7 Digit8 Digit9 Digit0 Minus Equal Backspace
Tab KeyQ KeyW KeyE KeyR KeyT KeyY KeyU KeyI KeyO KeyP BracketLeft BracketRight
CapsLock KeyA KeyS KeyD KeyF KeyG KeyH KeyJ KeyK KeyL Semicolon Quote Backslash Enter
ShiftLeft IntlBackslash KeyZ KeyX KeyC KeyV KeyB KeyN KeyM Comma Period Slash ShiftRight
ControlLeft MetaLeft AltLeft Space AltRight MetaRight ContextMenu ControlRight
Insert Home PageUp Delete End PageDown ArrowUp ArrowLeft ArrowDown ArrowRight
NumLock NumpadDivide NumpadMultiply NumpadSubtract Numpad7 Numpad8 Numpad9 NumpadAdd Numpad4 Numpad5 Numpad6
Numpad1 Numpad2 Numpad3 NumpadEnter Numpad0 NumpadDecimal
""".split()  # noqa: SIM905 - to be read row by row


def test_each_place_has_one_name_and_each_name_one_place():
    assert len(CODE) == len(EVDEV)
    assert {CODE[evdev]: evdev for evdev in CODE} == dict(EVDEV)


def test_the_whole_keyboard_is_there():
    assert len(LAYOUT_105) == 105
    assert [code for code in LAYOUT_105 if code not in EVDEV] == []


def test_x11_can_count_them_all():
    assert all(8 < evdev + X11_OFFSET <= 255 for evdev in CODE)


def test_every_code_passes_the_protocol():
    for code in EVDEV:
        msgspec.convert({"type": "K", "code": code, "down": True, "epoch": 0}, Key)


def test_nothing_turns_the_computer_off():
    assert not {"Power", "Sleep", "WakeUp"} & set(EVDEV)


def test_places_agree_with_the_kernel():
    evdev = __import__("evdev").ecodes
    kernel = {"KeyA": evdev.KEY_A, "Enter": evdev.KEY_ENTER, "NumpadEnter": evdev.KEY_KPENTER, "F24": evdev.KEY_F24,
              "IntlBackslash": evdev.KEY_102ND, "MetaRight": evdev.KEY_RIGHTMETA, "Lang4": evdev.KEY_HIRAGANA,
              "ContextMenu": evdev.KEY_COMPOSE, "Numpad0": evdev.KEY_KP0, "ArrowDown": evdev.KEY_DOWN,
              "Pause": evdev.KEY_PAUSE, "PrintScreen": evdev.KEY_SYSRQ, "BrowserSearch": evdev.KEY_SEARCH,
              "F13": evdev.KEY_F13, "KeyM": evdev.KEY_M, "KeyP": evdev.KEY_P, "Digit0": evdev.KEY_0}  # fmt: skip
    assert {code: EVDEV[code] for code in kernel} == kernel
