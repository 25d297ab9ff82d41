"""The one place that injects: permission, gate and our own windows hold at the very moment of injection."""

from __future__ import annotations

import threading
import time
from collections.abc import Collection

import pytest

from remotehelp.customer.injector import Injector
from remotehelp.desktop.fake import FakeHands, FakeWindow
from remotehelp.desktop.hands import Action, Press, Turn, Type, Write
from remotehelp.errors import BackendError, ConsentError, GateClosed, StaleEpoch
from remotehelp.media.area import Rect
from remotehelp.messages import Button, Key, Pointer, Typed, Wheel
from tests.helpers.places import place_at

MONITOR = place_at(Rect(100, 50, 640, 480))
ROOT = Rect(0, 0, 1000, 800)
A_DOWN, A_UP = Key("KeyA", True, 3), Key("KeyA", False, 3)


@pytest.fixture
def hands() -> FakeHands:
    return FakeHands(ROOT)


@pytest.fixture
def injector(hands: FakeHands) -> Injector:
    injector = Injector(hands)
    injector.permit(True, 3)
    return injector


def actions(hands: FakeHands) -> list[Action]:
    return [action for _, action in hands.done]


def test_places_count_from_the_corner_of_the_shared_monitor(injector: Injector, hands: FakeHands) -> None:
    injector.inject(Button(1, True, 10, 20, 3), MONITOR)
    injector.inject(Button(1, False, 639, 479, 3), MONITOR)
    injector.inject(Wheel(0, 120, 0, 0, 3), MONITOR)
    injector.inject(A_DOWN, MONITOR)
    injector.inject(Pointer(5, 6, 1, 3), MONITOR)
    assert actions(hands) == [
        Press(1, True, 110, 70),
        Press(1, False, 739, 529),
        Turn(0, 1, 100, 50),
        Type("KeyA", True),
    ]
    assert hands.pointer == (105, 56)


def test_a_place_beyond_the_shared_monitor_stays_on_its_edge(injector: Injector, hands: FakeHands) -> None:
    injector.inject(Pointer(16383, 16383, 1, 3), MONITOR)
    assert hands.pointer == (739, 529)


def test_a_place_between_monitors_goes_to_the_nearest_one(injector: Injector, hands: FakeHands) -> None:
    upper, lower = Rect(10, 20, 100, 50), Rect(160, 40, 80, 60)
    two = place_at(upper, lower)
    for sent, done in [
        ((0, 0), (10, 20)),  # the corner of the area is a corner of a monitor
        ((150, 20), (160, 40)),
        ((229, 79), (239, 99)),  # the last pixel of both ways
        ((110, 30), (109, 50)),  # between them, closer to the left one
        ((140, 30), (160, 50)),
        ((0, 79), (10, 69)),  # below the left one
    ]:
        injector.inject(Pointer(*sent, 1, 3), two)
        assert hands.pointer == done
    injector.inject(Button(1, True, 110, 30, 3), two)
    injector.inject(Button(1, False, 16383, 0, 3), two)
    assert actions(hands) == [Press(1, True, 109, 50), Press(1, False, 239, 40)]


def test_keys_come_with_what_they_type_and_text_comes_as_text(injector: Injector, hands: FakeHands) -> None:
    injector.inject(Key("KeyZ", True, 3, "y"), MONITOR)
    injector.inject(Typed("é", 3), MONITOR)
    assert actions(hands) == [Type("KeyZ", True, "y"), Write("é")]


@pytest.mark.parametrize("epoch", [0, 2, 4, 2**31 - 1])
def test_only_exactly_the_epoch_that_is_permitted_is_injected(injector: Injector, hands: FakeHands, epoch: int) -> None:
    with pytest.raises(StaleEpoch):
        injector.inject(Key("KeyA", True, epoch), MONITOR)
    assert hands.done == []


def test_nothing_is_permitted_at_the_start_and_after_the_end(hands: FakeHands) -> None:
    injector = Injector(hands)
    with pytest.raises(StaleEpoch):
        injector.inject(Key("KeyA", True, 0), MONITOR)
    injector.permit(True, 3)
    injector.inject(A_DOWN, MONITOR)
    injector.permit(False, 3)
    with pytest.raises(StaleEpoch):
        injector.inject(A_UP, MONITOR)
    injector.release_all()
    assert hands.held() == frozenset()


def test_while_a_question_is_open_nothing_is_injected(injector: Injector, hands: FakeHands) -> None:
    injector.close_gate()
    for action in (A_DOWN, Typed("é", 3), Button(1, True, 0, 0, 3), Wheel(0, 120, 0, 0, 3), Pointer(9, 9, 1, 3)):
        with pytest.raises(GateClosed, match="question_open"):
            injector.inject(action, MONITOR)
    assert (hands.done, hands.pointer) == ([], (0, 0))
    injector.open_gate()
    injector.inject(A_DOWN, MONITOR)
    assert hands.held() == {"KeyA"}


def test_a_new_permission_does_not_open_the_gate(injector: Injector) -> None:
    injector.close_gate()
    injector.permit(True, 4)
    with pytest.raises(GateClosed):
        injector.inject(Key("KeyA", True, 4), MONITOR)


def test_all_keys_can_be_let_go_of_while_the_gate_is_closed(injector: Injector, hands: FakeHands) -> None:
    injector.inject(A_DOWN, MONITOR)
    injector.inject(Button(1, True, 0, 0, 3), MONITOR)
    injector.close_gate()
    injector.release_all()
    assert hands.held() == frozenset()


def test_nothing_ever_goes_to_our_own_windows(injector: Injector, hands: FakeHands) -> None:
    hands.windows = [FakeWindow(7, Rect(100, 50, 50, 50)), FakeWindow(8, Rect(300, 300, 50, 50))]
    hands.focus = 8
    injector.know_own([8])
    injector.inject(Button(1, True, 10, 10, 3), MONITOR)
    for action in (Button(3, True, 210, 260, 3), Wheel(0, 120, 210, 260, 3), A_DOWN, Typed("é", 3)):
        with pytest.raises(GateClosed, match="own_window"):
            injector.inject(action, MONITOR)
    assert actions(hands) == [Press(1, True, 110, 60)]


def test_what_the_hands_can_not_do_is_told(injector: Injector) -> None:
    with pytest.raises(BackendError, match="key_not_known"):
        injector.inject(Key("NoSuchKey", True, 3), MONITOR)


def test_one_window_that_is_shown_is_all_that_is_reached(injector: Injector, hands: FakeHands) -> None:
    hands.windows = [FakeWindow(7, Rect(0, 0, 50, 50)), FakeWindow(8, Rect(20, 20, 50, 50))]
    on = place_at(Rect(0, 0, 50, 50))
    with pytest.raises(GateClosed, match="other_window"):
        injector.inject(Button(1, True, 30, 30, 3), on, 7)
    assert hands.done == []
    injector.inject(Button(1, True, 10, 10, 3), on, 7)
    assert [window for window, _ in hands.done] == [7]


class SlowHands(FakeHands):
    """Takes its time for each action, so that a revocation lands in the middle of one."""

    def inject(self, action: Action, own: object, only: int | None = None) -> None:
        time.sleep(0.0001)
        super().inject(action, own)  # type: ignore[arg-type]


def test_after_a_revocation_returned_nothing_more_is_injected() -> None:
    hands = SlowHands(ROOT)
    injector = Injector(hands)
    injector.permit(True, 1)
    refused = 0

    def technician() -> None:
        nonlocal refused
        for n in range(5_000):
            try:
                injector.inject(Key("KeyA", n % 2 == 0, 1), MONITOR)
            except ConsentError:
                refused += 1

    flood = threading.Thread(target=technician)
    flood.start()
    while len(hands.done) < 50:
        time.sleep(0.001)
    injector.permit(False, 2)
    injector.release_all()
    done = len(hands.done)
    assert hands.held() == frozenset()
    flood.join()
    assert len(hands.done) == done
    assert hands.held() == frozenset()
    assert 0 < refused < 5_000


def test_after_the_gate_closed_nothing_more_is_injected() -> None:
    hands = SlowHands(ROOT)
    injector = Injector(hands)
    injector.permit(True, 1)
    after: list[int] = []

    def technician() -> None:
        for n in range(2_000):
            try:
                injector.inject(Button(1, n % 2 == 0, 5, 5, 1), MONITOR)
            except GateClosed:
                return

    flood = threading.Thread(target=technician)
    flood.start()
    while len(hands.done) < 50:
        time.sleep(0.001)
    injector.close_gate()
    after.append(len(hands.done))
    flood.join()
    assert after == [len(hands.done)]


def test_whoever_stops_it_need_not_wait_for_what_is_being_injected(hands: FakeHands) -> None:
    """The window's thread, while the hands type a long text."""
    busy, goes_on = threading.Event(), threading.Event()

    class SlowHands(FakeHands):
        def inject(self, action: Action, own: Collection[int], only: int | None = None) -> None:
            busy.set()
            goes_on.wait(10)
            super().inject(action, own, only)

    slow = SlowHands(ROOT)
    injector = Injector(slow)
    injector.permit(True, 3)
    caught: list[ConsentError] = []

    def inject() -> None:
        try:
            injector.inject(Typed("é", 3), MONITOR)
        except ConsentError as error:
            caught.append(error)

    thread = threading.Thread(target=inject)
    thread.start()
    assert busy.wait(10)
    injector.stop()
    goes_on.set()
    thread.join(10)
    assert [error.key for error in caught] == ["input_not_allowed"]
    assert slow.done == []


def test_what_was_stopped_is_permitted_anew_or_stays_so(injector: Injector, hands: FakeHands) -> None:
    injector.stop()
    with pytest.raises(StaleEpoch):
        injector.inject(A_DOWN, MONITOR)
    injector.permit(True, 4)
    injector.inject(Key("KeyA", True, 4), MONITOR)
    assert hands.held() == {"KeyA"}


def test_a_visit_that_is_over_takes_nothing_from_the_next_one(injector: Injector, hands: FakeHands) -> None:
    following = Injector(hands)
    following.permit(True, 0)
    injector.stop()
    injector.permit(False, -1)
    following.inject(Key("KeyA", True, 0), MONITOR)
    with pytest.raises(StaleEpoch):
        injector.inject(A_UP, MONITOR)


def test_while_she_works_herself_nothing_is_injected_and_all_can_be_let_go_of(
    injector: Injector, hands: FakeHands
) -> None:
    injector.inject(A_DOWN, MONITOR)
    hands.fence.hers(time.monotonic() + 60)
    for action in (A_UP, Typed("é", 3), Button(1, True, 0, 0, 3), Wheel(0, 120, 0, 0, 3), Pointer(9, 9, 1, 3)):
        with pytest.raises(GateClosed, match="her_hand"):
            injector.inject(action, MONITOR)
    assert len(hands.done) == 1
    injector.release_all()
    assert hands.held() == frozenset()
