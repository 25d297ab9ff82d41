"""The technician's mouse and keyboard: only what is allowed, the newest motion, no release without a press."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from remotehelp import messages
from remotehelp.messages import Button, Key, Message, Pointer, Right, Typed, Wheel
from remotehelp.technician.intents import SendButton, SendKey, SendPointer, SendText, SendWheel
from remotehelp.technician.sending import MOTION_S, TEXT_S, Sending
from remotehelp.visit import events as on
from remotehelp.visit.guest import Guest
from tests.helpers.joined_visits import engine_here


class Wire:
    """Where a connection would be."""

    def __init__(self) -> None:
        self.sent: list[Message] = []

    def send(self, message: Message) -> None:
        self.sent.append(message)


class Desk:
    """Sending with a guest whose rights a test sets."""

    def __init__(self) -> None:
        self.wire, self.guest = Wire(), Guest()
        self.sending = Sending(engine_here(), self.wire, self.guest)  # type: ignore[arg-type]
        self.guest.handle(on.PeerVerified(), 0)
        self.guest.handle(on.Accepted(), 0)

    def rights(self, *rights: Right, epoch: int = 4) -> None:
        self.guest.handle(on.RightsCame(frozenset(rights), epoch), 0)

    @property
    def sent(self) -> list[Message]:
        taken, self.wire.sent = self.wire.sent, []
        return taken


@pytest.fixture
async def desk() -> Desk:
    return Desk()


@pytest.fixture
def controls(desk: Desk) -> Desk:
    desk.rights(Right.VIEW, Right.CONTROL)
    return desk


def everything(sending: Sending) -> None:
    sending.key(SendKey("KeyA", True))
    sending.button(SendButton(1, True, 1, 1))
    sending.text(SendText("é"))
    sending.wheel(SendWheel(0, 120, 1, 1))
    sending.pointer(SendPointer(1, 1))


async def test_without_control_nothing_is_sent(desk: Desk) -> None:
    everything(desk.sending)
    desk.rights(Right.VIEW)
    everything(desk.sending)
    assert desk.sent == []
    assert not desk.sending.controls


async def test_who_may_point_sends_the_pointer_alone(desk: Desk) -> None:
    desk.rights(Right.VIEW, Right.POINT)
    everything(desk.sending)
    assert desk.sent == [Pointer(1, 1, 1, 4)]
    desk.sending.forget()


async def test_everything_carries_the_epoch_of_the_grant(controls: Desk) -> None:
    everything(controls.sending)
    await asyncio.sleep(3 * MOTION_S)
    assert controls.sent == [
        Key("KeyA", True, 4),
        Button(1, True, 1, 1, 4),
        Typed("é", 4),
        Wheel(0, 120, 1, 1, 4),
        Pointer(1, 1, 1, 4),
    ]
    controls.rights(Right.VIEW, Right.CONTROL, epoch=6)
    controls.sending.key(SendKey("KeyA", False))
    assert controls.sent == [Key("KeyA", False, 6)]
    controls.sending.forget()


async def test_a_release_without_a_press_is_nothing(controls: Desk) -> None:
    controls.sending.key(SendKey("AltLeft", False))
    controls.sending.button(SendButton(3, False, 0, 0))
    assert controls.sent == []


async def test_what_a_key_types_goes_with_its_press(controls: Desk) -> None:
    controls.sending.key(SendKey("KeyZ", True, "y"))
    controls.sending.key(SendKey("KeyZ", False))
    assert controls.sent == [Key("KeyZ", True, 4, "y"), Key("KeyZ", False, 4)]


async def test_a_long_text_goes_in_pieces_and_not_at_once(controls: Desk) -> None:
    controls.sending.text(SendText("0123456789abcdefXYZ"))
    assert controls.sent == [Typed("0123456789abcdef", 4)]
    await asyncio.sleep(2 * TEXT_S)
    assert controls.sent == [Typed("XYZ", 4)]
    controls.sending.text(SendText("0123456789abcdefXYZ"))
    controls.rights(Right.VIEW)
    await asyncio.sleep(2 * TEXT_S)
    assert controls.sent == [Typed("0123456789abcdef", 4)]


async def test_the_rest_of_a_long_text_is_not_typed_after_a_switch_or_a_new_grant(controls: Desk) -> None:
    controls.sending.text(SendText("0123456789abcdefXYZ"))
    controls.rights(Right.VIEW, epoch=5)
    controls.rights(Right.VIEW, Right.CONTROL, epoch=5)
    await asyncio.sleep(2 * TEXT_S)
    assert controls.sent == [Typed("0123456789abcdef", 4)]


async def test_a_held_key_repeats(controls: Desk) -> None:
    for down in (True, True, False, False):
        controls.sending.key(SendKey("KeyA", down))
    assert controls.sent == [Key("KeyA", True, 4), Key("KeyA", True, 4), Key("KeyA", False, 4)]


async def test_a_window_that_lost_the_keyboard_lets_all_keys_come_up_and_no_button(controls: Desk) -> None:
    for code in ("ShiftLeft", "KeyA"):
        controls.sending.key(SendKey(code, True))
    controls.sending.button(SendButton(1, True, 5, 5))
    assert len(controls.sent) == 3
    controls.sending.release_keys()
    controls.sending.release_keys()
    assert set(controls.sent) == {Key("ShiftLeft", False, 4), Key("KeyA", False, 4)}
    controls.sending.button(SendButton(1, False, 5, 5))
    assert controls.sent == [Button(1, False, 5, 5, 4)]


async def test_of_many_motions_the_first_goes_at_once_and_then_the_newest(controls: Desk) -> None:
    for n in range(50):
        controls.sending.pointer(SendPointer(n, n))
    assert controls.sent == [Pointer(0, 0, 1, 4)]
    await asyncio.sleep(3 * MOTION_S)
    assert controls.sent == [Pointer(49, 49, 2, 4)]
    await asyncio.sleep(3 * MOTION_S)
    assert controls.sent == []


async def test_a_mouse_of_a_thousand_hertz_makes_few_messages_and_its_last_place_arrives(controls: Desk) -> None:
    began = asyncio.get_running_loop().time()
    for n in range(300):
        controls.sending.pointer(SendPointer(n, n))
        await asyncio.sleep(0.001)
    await asyncio.sleep(3 * MOTION_S)
    took = asyncio.get_running_loop().time() - began
    sent = controls.sent
    assert 2 < len(sent) <= took / MOTION_S + 1
    assert sent[-1] == Pointer(299, 299, len(sent), 4)


async def test_of_many_small_turns_the_first_goes_at_once_and_then_their_sum(controls: Desk) -> None:
    for n in range(50):
        controls.sending.wheel(SendWheel(-1, 3, n, n))
    assert controls.sent == [Wheel(-1, 3, 0, 0, 4)]
    await asyncio.sleep(3 * MOTION_S)
    assert controls.sent == [Wheel(-49, 147, 49, 49, 4)]
    await asyncio.sleep(3 * MOTION_S)
    assert controls.sent == []


async def test_turning_back_is_subtracted_and_nothing_is_lost(controls: Desk) -> None:
    for dy in (120, 90, -30, -90, 15):
        controls.sending.wheel(SendWheel(0, dy, 5, 5))
    await asyncio.sleep(3 * MOTION_S)
    assert controls.sent == [Wheel(0, 120, 5, 5, 4), Wheel(0, -15, 5, 5, 4)]


async def test_more_than_a_message_carries_goes_in_several(controls: Desk) -> None:
    for _ in range(4):
        controls.sending.wheel(SendWheel(-9000, 12000, 5, 5))
    await asyncio.sleep(3 * MOTION_S)
    sent = [message for message in controls.sent if isinstance(message, Wheel)]
    assert sum(message.dx for message in sent) == -36000
    assert sum(message.dy for message in sent) == 48000
    assert all(messages.decode_input(messages.encode(message)) == message for message in sent)


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (lambda sending: sending.key(SendKey("ControlLeft", True)), Key("ControlLeft", True, 4)),
        (lambda sending: sending.button(SendButton(1, True, 9, 9)), Button(1, True, 9, 9, 4)),
        (lambda sending: sending.text(SendText("é")), Typed("é", 4)),
    ],
)
async def test_what_was_turned_comes_before_the_key_that_followed(
    controls: Desk, act: Callable[[Sending], None], message: Message
) -> None:
    """Scrolled, then Ctrl: that must not become a zoom."""
    for _ in range(3):
        controls.sending.wheel(SendWheel(0, 20, 7, 7))
    act(controls.sending)
    assert controls.sent == [Wheel(0, 20, 7, 7, 4), Wheel(0, 40, 7, 7, 4), message]
    controls.sending.forget()


async def test_the_pointer_ends_where_it_was_last_whatever_was_turned_meanwhile(controls: Desk) -> None:
    controls.sending.pointer(SendPointer(1, 1))
    controls.sending.pointer(SendPointer(2, 2))
    controls.sending.wheel(SendWheel(0, 30, 3, 3))
    controls.sending.pointer(SendPointer(4, 4))
    assert controls.sent == [Pointer(1, 1, 1, 4)]
    await asyncio.sleep(3 * MOTION_S)
    assert controls.sent == [Wheel(0, 30, 3, 3, 4), Pointer(4, 4, 2, 4)]


async def test_a_turn_that_waits_while_control_is_taken_back_is_not_sent_late(controls: Desk) -> None:
    controls.sending.wheel(SendWheel(0, 30, 3, 3))
    controls.sending.wheel(SendWheel(0, 30, 3, 3))
    controls.rights(Right.VIEW, Right.POINT)
    await asyncio.sleep(3 * MOTION_S)
    assert controls.sent == [Wheel(0, 30, 3, 3, 4)]


async def test_a_click_comes_after_the_motion_that_led_to_it(controls: Desk) -> None:
    for n in range(3):
        controls.sending.pointer(SendPointer(n, n))
    controls.sending.button(SendButton(1, True, 2, 2))
    assert controls.sent == [Pointer(0, 0, 1, 4), Pointer(2, 2, 2, 4), Button(1, True, 2, 2, 4)]
    controls.sending.forget()


async def test_what_waits_when_control_ends_is_never_sent(controls: Desk) -> None:
    controls.sending.pointer(SendPointer(1, 1))
    controls.sending.pointer(SendPointer(2, 2))
    controls.sending.key(SendKey("KeyA", True))
    assert len(controls.sent) == 2
    controls.rights()
    controls.sending.forget()
    await asyncio.sleep(3 * MOTION_S)
    controls.rights(Right.VIEW, Right.CONTROL)
    controls.sending.key(SendKey("KeyA", False))  # held by nobody any more
    assert controls.sent == []


async def test_motion_that_waits_while_control_is_taken_back_is_not_sent_late(controls: Desk) -> None:
    controls.sending.pointer(SendPointer(1, 1))
    controls.sending.pointer(SendPointer(2, 2))
    controls.rights(Right.VIEW)
    assert len(controls.sent) == 1
    await asyncio.sleep(3 * MOTION_S)
    assert controls.sent == []


async def test_the_numbers_of_motions_rise_over_the_whole_visit(controls: Desk) -> None:
    controls.sending.pointer(SendPointer(1, 1))
    controls.sending.forget()
    controls.sending.pointer(SendPointer(2, 2))
    assert [message.n for message in controls.sent if isinstance(message, Pointer)] == [1, 2]
    controls.sending.forget()
