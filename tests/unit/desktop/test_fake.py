from remotehelp.desktop.fake import FakeHands, FakeWindow, fake_desktop
from remotehelp.desktop.hands import Move, Press, Turn, Type
from remotehelp.desktop.screens import Monitor
from remotehelp.media.area import Rect

TWO = (Monitor("small", Rect(0, 0, 100, 100), False), Monitor("big", Rect(100, 0, 200, 150), True))


def test_a_whole_desktop_proves_itself():
    desktop = fake_desktop(TWO)
    assert desktop.self_test() is None
    assert [monitor.name for monitor in desktop.screens.monitors()] == ["big", "small"]
    pressed = []
    desktop.panic.start(lambda: pressed.append(True), lambda: pressed.append(False))
    desktop.panic.press()
    desktop.close()
    desktop.panic.press()
    assert pressed == [True]


def test_what_the_hands_did_is_written_down():
    hands = FakeHands()
    hands.windows += [FakeWindow(1, Rect(0, 0, 50, 50)), FakeWindow(2, Rect(25, 25, 50, 50))]
    hands.focus = 1
    for action in (Move(9, 9), Press(1, True, 30, 30), Type("KeyA", True), Turn(0, 250, 10, 10), Turn(5, 0, 600, 400)):
        hands.inject(action, ())
    hands.close()
    pressed = [(2, Press(1, True, 30, 30)), (1, Type("KeyA", True)), (1, Turn(0, 2, 10, 10))]
    assert hands.done[:3] == pressed
    assert set(hands.done[3:]) == {(None, Press(1, False, 600, 400)), (None, Type("KeyA", False))}
