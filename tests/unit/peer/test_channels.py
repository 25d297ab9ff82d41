import msgspec
import pytest
from aiortc import RTCPeerConnection

from remotehelp import messages
from remotehelp.errors import RemoteProtocolError
from remotehelp.messages import Right
from remotehelp.peer.channels import CONTROL, EXACT, INPUT, LIVE, Channels, channel_of
from tests.helpers.waiting import until

BELONG = [
    (messages.Key("KeyA", True, 0), INPUT),
    (messages.Typed("a", 0), INPUT),
    (messages.Button(1, True, 0, 0, 0), INPUT),
    (messages.Wheel(0, 120, 0, 0, 0), INPUT),
    (messages.Pointer(0, 0, 1, 0), LIVE),
    (messages.Heartbeat(1, 0), LIVE),
    (messages.CursorPlace(0, 0, True, 0, 1), LIVE),
    (messages.Exact(0, 1, 1, 1, 0, (), ()), EXACT),
    (messages.Seen(0, 1, ()), EXACT),
    (messages.Filmed(0, 1), EXACT),
    (messages.Restart(), EXACT),
    (messages.Ask(Right.VIEW), CONTROL),
    (messages.Ready(), CONTROL),
]
DECODERS = {
    CONTROL: messages.decode_control,
    INPUT: messages.decode_input,
    LIVE: messages.decode_live,
    EXACT: messages.decode_receipt,
}


class Side:
    """One of two connections that are joined directly, and what came on its channels."""

    def __init__(self) -> None:
        self.came: list[messages.Message] = []
        self.breaches: list[str] = []
        self.opened = False
        self.pc = RTCPeerConnection()
        receivers = {label: (decode, self._take) for label, decode in DECODERS.items()}
        self.channels = Channels(receivers, lambda error: self.breaches.append(error.key))
        self.channels.open(self.pc, self._open)

    def _open(self) -> None:
        self.opened = True

    def _take(self, message: messages.Message) -> None:
        if message == messages.Ask(Right.FILES):
            raise RemoteProtocolError("message_out_of_order")
        self.came.append(message)


@pytest.fixture
async def sides():
    one, other = Side(), Side()
    await one.pc.setLocalDescription(await one.pc.createOffer())
    await other.pc.setRemoteDescription(one.pc.localDescription)
    await other.pc.setLocalDescription(await other.pc.createAnswer())
    await one.pc.setRemoteDescription(other.pc.localDescription)
    await until(lambda: one.opened and other.opened)
    yield one, other
    await one.pc.close()
    await other.pc.close()


@pytest.mark.parametrize(("message", "label"), BELONG, ids=lambda value: type(value).__name__)
def test_each_message_has_its_channel(message, label):
    assert channel_of(message) == label


def test_what_is_sent_before_the_channels_are_open_is_dropped():
    Channels({}, lambda error: None).send(messages.Ready())


async def test_before_both_are_ready_control_alone_is_heard(sides):
    one, other = sides
    one.channels.send(messages.Restart())
    one.channels.send(messages.Ready())
    await until(lambda: other.came == [messages.Ready()])
    other.channels.hear_all()
    one.channels.send(messages.Restart())
    await until(lambda: other.came == [messages.Ready(), messages.Restart()])


async def test_what_is_not_understood_or_refused_is_a_breach(sides):
    one, other = sides
    one.channels[CONTROL].send(b"\x00")
    one.channels.send(messages.Ask(Right.FILES))
    await until(lambda: other.breaches == ["message_not_understood", "message_out_of_order"])
    assert other.came == []


async def test_after_the_end_nothing_is_heard(sides):
    one, other = sides
    other.channels.hear_all()
    other.channels.close()
    one.channels.send(messages.Ready())
    other.channels.send(messages.Ready())
    await until(lambda: one.came == [messages.Ready()])
    assert other.came == []


async def test_what_waits_is_counted_and_waited_for(sides):
    one, other = sides
    text = messages.Chat("x" * messages.TEXT_LIMIT)
    for _ in range(50):
        one.channels.send(text)
    assert one.channels.waiting(CONTROL) >= 40 * len(msgspec.msgpack.encode(text))
    await one.channels.flushed()
    assert one.channels.waiting(CONTROL) == 0
    await until(lambda: len(other.came) == 50)
