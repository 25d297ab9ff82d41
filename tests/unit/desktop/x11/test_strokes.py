from typing import ClassVar

import pytest

from remotehelp.desktop.x11.layout import ALT, CONTROL, LOCK, SHIFT, Way
from remotehelp.desktop.x11.strokes import Stroke, stroke

LEVEL3, NUM = 128, 16
SHIFT_KEY, LEVEL3_KEY, CAPS_KEY, NUM_KEY = 50, 92, 66, 77
Q, A, SEVEN, PAD = 24, 38, 16, 79
KEYS = {Q: "qQ@", A: "aAæ", SEVEN: "7/{"}  # German, the part that matters


class German:
    """Three keys with three levels, and one of the number pad."""

    holding: ClassVar = {SHIFT: SHIFT_KEY, LEVEL3: LEVEL3_KEY}
    locking: ClassVar = {LOCK: CAPS_KEY, NUM: NUM_KEY}
    levels = SHIFT | LEVEL3

    def typed(self, keycode, state):
        if keycode == PAD:
            return "7" if state & NUM else ""
        shifted = bool(state & SHIFT) ^ (bool(state & LOCK) and keycode != SEVEN)
        return KEYS[keycode][2 if state & LEVEL3 else shifted]

    def ways(self, text, group):
        masks = (0, SHIFT, LEVEL3)
        return [
            Way(key, masks[level])
            for key, chars in KEYS.items()
            for level, char in enumerate(chars)
            if char == text and group == 0
        ]


@pytest.mark.parametrize(
    ("text", "place", "state", "ours", "expected"),
    [
        ("q", Q, 0, 0, Stroke(Q)),
        ("Q", Q, SHIFT, SHIFT, Stroke(Q)),
        ("a", Q, 0, 0, Stroke(A)),
        ("/", 61, SHIFT, SHIFT, Stroke(SEVEN)),
        ("@", 11, SHIFT, SHIFT, Stroke(Q, press=(LEVEL3_KEY,), lift=SHIFT)),
        ("7", 11, SHIFT, 0, None),  # she holds Shift herself
        ("7", None, SHIFT, SHIFT, Stroke(SEVEN, lift=SHIFT)),
        ("q", Q, LOCK, 0, Stroke(Q, switch=(CAPS_KEY,))),
        ("a", Q, LOCK, 0, Stroke(A, press=(SHIFT_KEY,))),
        ("7", PAD, 0, 0, Stroke(PAD, switch=(NUM_KEY,))),
        ("7", PAD, NUM, 0, Stroke(PAD)),
        ("q", Q, CONTROL | LOCK, CONTROL, Stroke(Q)),
        ("a", Q, CONTROL, CONTROL, Stroke(A)),
        ("@", Q, ALT, ALT, Stroke(Q, press=(LEVEL3_KEY,))),
        ("я", Q, 0, 0, None),
        ("q", None, 1 << 13, 0, None),  # another group has no such letter here
    ],
)
def test_the_key_that_types_it(text, place, state, ours, expected):
    class Guess(German):
        def typed(self, keycode, state):
            return super().typed(keycode, state) if keycode in KEYS or keycode == PAD else "?"

    assert stroke(Guess(), text, place, state, ours) == expected


def test_only_what_is_not_put_back_may_stay_down():
    assert Stroke(Q, switch=(CAPS_KEY,)).plain
    assert not Stroke(Q, press=(SHIFT_KEY,)).plain
    assert not Stroke(Q, lift=SHIFT).plain
