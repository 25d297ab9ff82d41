"""Two real connections over loopback: tracks, channels, ready, renegotiation, breaches, a clean end."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import Callable

import numpy as np
import pytest
from aiortc import RTCIceServer

from remotehelp import messages
from remotehelp.errors import RemoteProtocolError
from remotehelp.messages import Chat, Exact, Goodbye, Heartbeat, Key, Pointer, Restart, Seen
from remotehelp.peer import connection
from remotehelp.peer.channels import CONTROL, EXACT, INPUT, LIVE
from remotehelp.peer.connection import Connection
from tests.helpers.joined_peers import Pair, grey_face, joined, pair
from tests.helpers.screen_source import PaintedSource, noise
from tests.helpers.waiting import until


def raw(connection: Connection, channel: str, data: bytes | str) -> None:
    """Send whatever a rogue program may send."""
    connection._pc.sctp._remote_max_message_size = 0  # a rogue respects no limit
    connection._channels[channel].send(data)


async def test_messages_of_every_channel_arrive_in_order_on_both_sides() -> None:
    async with joined() as both:
        for n in range(3):
            both.technician.send(Chat(f"line {n}"))
        both.customer.send(Chat("thanks"))
        await both.c.until(lambda c: len(c.told) == 3)
        await both.t.until(lambda t: t.told)
        assert both.c.told == [Chat("line 0"), Chat("line 1"), Chat("line 2")]
        assert both.t.told == [Chat("thanks")]
        both.technician.send(Key("KeyA", True, 1))
        both.technician.send(Pointer(1, 2, 3, 1))
        both.customer.send(Heartbeat(1, 0))
        await both.c.until(lambda c: len(c.told) == 5)
        await both.t.until(lambda t: len(t.told) == 2)
        assert set(both.c.told[3:]) == {Key("KeyA", True, 1), Pointer(1, 2, 3, 1)}
        assert both.t.told[1:] == [Heartbeat(1, 0)]
        assert both.c.breaches == both.t.breaches == []


async def test_nothing_is_ready_before_both_said_so_and_the_window_hears_it_once() -> None:
    async with pair() as both:
        heard: list[str] = []
        both.c.on_ready = lambda: heard.append("c")  # type: ignore[method-assign]
        both.t.on_ready = lambda: heard.append("t")  # type: ignore[method-assign]
        both.customer.send(Chat("too early"))
        await both.join()
        assert heard == []
        await until(lambda: len(heard) == 2)
        both.technician.send(messages.Ready())
        both.technician.send(Chat("now"))
        await both.c.until(lambda c: c.told)
        assert sorted(heard) == ["c", "t"]
        assert both.t.told == []


async def test_one_side_alone_is_not_ready() -> None:
    async with pair() as both:
        both.technician._opened = lambda: None  # type: ignore[method-assign] # a program that never says `ready`
        await both.join()
        await until(lambda: both.technician._ready_there)
        assert not both.c.ready
        assert not both.t.ready


async def test_the_face_arrives_as_pictures_of_its_size() -> None:
    async with joined() as both:
        both.face.put(grey_face(200, 320, 240))
        await both.c.until(lambda c: c.frames)
        frame = both.c.frames[-1]
        assert (frame.width, frame.height) == (320, 240)
        assert len(frame.pixels) >= frame.stride * frame.height >= 320 * 240 * 4
        assert both.t.frames == []


def grey(value: int) -> PaintedSource:
    return PaintedSource(np.full((48, 64, 4), value, np.uint8))


async def test_the_screen_goes_on_off_and_on_again() -> None:
    async with joined() as both:
        first, second = grey(10), grey(120)
        both.screen.show(first)
        await both.customer.offer_screen(active=True)
        await both.t.until(lambda t: both.shows(10))
        both.screen.hide()
        await both.customer.offer_screen(active=False)
        first.paint(240)
        both.customer.send(Chat("marker"))
        await both.t.until(lambda t: t.told)
        assert both.shows(10)
        first.close()
        both.screen.show(second)
        await both.customer.offer_screen(active=True)
        await both.t.until(lambda t: both.shows(120))
        second.close()
        assert both.c.breaches == both.t.breaches == []


async def test_video_of_the_screen_arrives_and_comes_to_rest_pixel_for_pixel() -> None:
    async with joined() as both:
        source = PaintedSource(noise(640, 480))
        both.screen.show(source)
        await both.customer.offer_screen(active=True)
        await both.t.until(lambda t: t.films)
        with both.viewer.canvas.reading() as now:
            assert now.width in (0, 640)
        await until(lambda: bytes(pixels(both)) == source.pixels.tobytes())
        source.close()
        assert both.c.breaches == both.t.breaches == []


def pixels(both: Pair) -> bytes:
    with both.viewer.canvas.reading() as now:
        return bytes(now.pixels)


async def test_no_video_of_the_screen_leaves_before_it_was_offered() -> None:
    async with joined() as both:
        source = PaintedSource(noise(640, 480))
        both.screen.show(source)
        await until(lambda: not both.screen.track._packets.empty())
        both.customer.send(Chat("marker"))
        await both.t.until(lambda t: t.told)
        assert both.t.films == []
        source.close()


MESSAGE = Exact(1, 64, 48, 1, 0, (), ())


async def test_exact_messages_and_their_receipts_cross_each_in_one_direction() -> None:
    async with joined() as both:
        both.customer.send_exact(messages.encode(MESSAGE))
        await both.t.until(lambda t: t.exacts)
        assert both.t.exacts == [MESSAGE]
        await both.c.until(lambda c: c.receipts)
        assert both.c.receipts == [Seen(1, 1, ())]
        both.technician.send(Restart())
        await both.c.until(lambda c: len(c.receipts) == 2)
        both.technician.send_exact(messages.encode(MESSAGE))
        await both.c.until(lambda c: c.breaches)
        both.customer.send(Restart())
        await both.t.until(lambda t: t.breaches)
        assert (len(both.t.exacts), len(both.c.receipts)) == (1, 2)


async def test_an_exact_message_that_breaks_the_rules_is_a_breach() -> None:
    async with joined() as both:
        both.customer.send_exact(messages.encode(Exact(1, 64, 48, 1, 1, (), ())))
        await both.t.until(lambda t: t.breaches)
        assert [error.key for error in both.t.breaches] == ["message_out_of_order"]


async def test_nothing_exact_is_taken_before_ready_or_after_the_end() -> None:
    async with pair() as both:
        both.customer.send_exact(messages.encode(MESSAGE))  # silently: there is no channel yet
        await both.join()
        await both.both_ready()
        await both.customer.close()
        both.customer.send_exact(messages.encode(MESSAGE))
        assert both.t.exacts == []


async def test_renegotiations_that_overtake_each_other_are_done_one_after_the_other() -> None:
    async with joined() as both:
        wishes = (True, False, True, False, True)
        await asyncio.gather(*(both.customer.offer_screen(active=active) for active in wishes))
        assert both.customer._pc.getTransceivers()[1].currentDirection == "sendonly"
        assert both.c.breaches == both.t.breaches == []


GARBAGE = [b"", b"\x00", b"garbage", "text", "", b"\x81\xa4type\xa9Elevation", messages.encode(Chat("x")) + b"\x00"]
NAN = b"\x85\xa4type\xa1P\xa1x\xcb\x7f\xf8\x00\x00\x00\x00\x00\x00\xa1y\x01\xa1n\x01\xa5epoch\x00"


@pytest.mark.parametrize("channel", [CONTROL, INPUT, LIVE, EXACT])
async def test_what_can_not_be_understood_is_a_breach_on_every_channel(channel: str) -> None:
    async with joined() as both:
        for data in (*GARBAGE, NAN):
            raw(both.technician, channel, data)
            raw(both.customer, channel, data)
        await both.c.until(lambda c: len(c.breaches) == len(GARBAGE) + 1)
        await both.t.until(lambda t: len(t.breaches) == len(GARBAGE) + 1)
        assert {error.key for error in both.c.breaches + both.t.breaches} == {"message_not_understood"}
        assert both.c.told == both.t.told == []


async def test_what_is_too_long_is_a_breach_before_it_is_parsed() -> None:
    async with joined() as both:
        raw(both.technician, CONTROL, b"\xc4" * 300_000)
        raw(both.technician, INPUT, b"\xc4" * 1_000)
        await both.c.until(lambda c: len(c.breaches) == 2)
        assert {error.key for error in both.c.breaches} == {"message_too_long"}
        assert sorted(int(error.values["size"]) for error in both.c.breaches) == [1_000, 300_000]


async def test_a_message_on_the_wrong_channel_is_a_breach() -> None:
    async with joined() as both:
        raw(both.technician, CONTROL, messages.encode(Key("KeyA", True, 1)))
        await both.c.until(lambda c: c.breaches)
        assert both.c.told == []


@pytest.mark.parametrize("who", ["customer", "technician"])
async def test_a_channel_that_nobody_agreed_on_is_a_breach(who: str) -> None:
    async with joined() as both:
        rogue, other = (both.customer, both.t) if who == "customer" else (both.technician, both.c)
        rogue._pc.createDataChannel("files")
        await other.until(lambda side: side.breaches)
        assert [error.key for error in other.breaches] == ["message_not_understood"]


async def test_the_technician_may_not_offer_and_nobody_answers_unasked() -> None:
    async with joined() as both:
        both.technician.send(messages.Offer("v=0"))
        await both.c.until(lambda c: c.breaches)
        both.technician.send(messages.Answer("v=0"))
        await both.c.until(lambda c: len(c.breaches) == 2)
        both.customer.send(messages.Answer("v=0"))
        await both.t.until(lambda t: t.breaches)
        assert {error.key for error in both.c.breaches + both.t.breaches} == {"message_out_of_order"}


async def test_a_bad_description_on_a_standing_line_is_a_breach_on_either_side() -> None:
    async with joined() as both:
        both.customer.send(messages.Offer("v=0"))
        await both.t.until(lambda t: t.breaches)
        both.technician._answer_again = lambda text: _answer(both, "v=0")  # type: ignore[method-assign]
        await both.customer.offer_screen(active=True)
        await both.c.until(lambda c: c.breaches)
        assert {error.key for error in both.c.breaches + both.t.breaches} == {"description_refused"}


async def _answer(both: Pair, text: str) -> None:
    both.technician.send(messages.Answer(text))


async def test_an_offer_from_another_certificate_is_refused_before_anything_is_applied() -> None:
    async with pair() as both:
        offer = await both.customer.offer(both.screen.track, both.screen.want_keyframe, both.technician.fingerprint)
        with pytest.raises(RemoteProtocolError, match="description_refused"):
            await both.technician.answer(offer, both.face, bytes(32))
        assert both.technician._pc.getTransceivers() == []


async def test_dtls_with_another_certificate_ends_and_nothing_gets_ready() -> None:
    async with pair() as both, pair() as middle:
        offer = await both.customer.offer(both.screen.track, both.screen.want_keyframe, both.technician.fingerprint)
        mine, theirs = (":".join(f"{byte:02X}" for byte in c.fingerprint) for c in (both.customer, middle.customer))
        answer = await both.technician.answer(offer.replace(mine, theirs), both.face, middle.customer.fingerprint)
        await both.customer.accept_answer(answer)
        await both.t.until(lambda t: t.gone)  # the technician's side sees another certificate than it was promised
        assert not both.c.ready
        assert not both.t.ready


async def test_the_end_of_one_side_is_told_on_the_other_and_not_on_its_own() -> None:
    async with joined() as both:
        both.customer.send(Goodbye())
        await both.customer.flushed()
        await both.customer.close()
        await both.t.until(lambda t: t.gone)
        assert both.t.told == [Goodbye()]
        assert (both.t.closed, both.c.gone) == (1, False)
        both.customer.send(Chat("too late"))


async def test_a_road_that_has_failed_is_told_once_and_not_as_an_end_that_the_other_side_wanted() -> None:
    async with joined() as both:
        [ice] = both.technician._pc._RTCPeerConnection__iceTransports  # type: ignore[attr-defined]
        await ice._connection.close()  # as aioice does when nobody answers any more
        await both.t.until(lambda t: t.gone)
        await until(lambda: both.technician._pc.connectionState == "closed")
        assert both.t.closed == 0


async def test_a_wait_for_an_answer_ends_with_the_connection() -> None:
    async with joined() as both:
        both.technician._offer_came = lambda text: None  # type: ignore[method-assign] # a program that never answers
        waiting = [asyncio.create_task(both.customer.offer_screen(active=active)) for active in (True, False)]
        await until(lambda: both.customer._answer is not None)
        await both.customer.close()
        async with asyncio.timeout(5):
            done = await asyncio.gather(*waiting, return_exceptions=True)
        assert isinstance(done[0], asyncio.CancelledError)
        assert done[1] is None


@pytest.mark.parametrize("make", [pair, joined])
async def test_nothing_is_left_after_the_end(make: Callable[[], object]) -> None:
    gc.collect()
    tasks, threads = asyncio.all_tasks(), set(threading.enumerate())
    async with make() as both:  # type: ignore[attr-defined]
        both.face.put(grey_face())
        await asyncio.gather(both.customer.close(), both.customer.close(), both.technician.close())
    await until(lambda: not asyncio.all_tasks() - tasks)
    left = {thread.name for thread in set(threading.enumerate()) - threads}
    assert not {name for name in left if not name.startswith("asyncio_")}
    await asyncio.get_running_loop().shutdown_default_executor()


async def test_closing_at_any_moment_of_the_joining_is_clean() -> None:
    for moment in (0.0, 0.005, 0.02, 0.05):
        async with pair() as both:
            joining = asyncio.create_task(both.join())
            await asyncio.sleep(moment)
            await asyncio.gather(both.customer.close(), both.technician.close())
            joining.cancel()
            await asyncio.gather(joining, return_exceptions=True)


async def test_servers_are_looked_for_once_on_each_side_before_it_gathers() -> None:
    found: list[str] = []

    async def find(side: str) -> list[RTCIceServer]:
        await asyncio.sleep(0)
        found.append(side)
        return []

    async with pair() as both:
        both.customer.find_servers_by(lambda: find("customer"))
        both.technician.find_servers_by(lambda: find("technician"))
        await both.join()
        assert found == ["customer", "technician"]
        await asyncio.wait_for(both.customer.stands(), 5)


async def test_closing_while_servers_are_looked_for_ends_that_too() -> None:
    looking, ended = asyncio.Event(), asyncio.Event()

    async def find() -> list[RTCIceServer]:
        looking.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()
        return []

    async with pair() as both:
        both.customer.find_servers_by(find)
        joining = asyncio.create_task(both.join())
        await asyncio.wait_for(looking.wait(), 5)
        await asyncio.wait_for(both.customer.close(), 5)
        await asyncio.wait_for(ended.wait(), 5)
        with pytest.raises(asyncio.CancelledError):
            await joining


async def test_a_parting_word_takes_the_detour_until_the_line_stands() -> None:
    words: list[messages.Parting] = []

    async def detour(word: messages.Parting) -> None:
        await asyncio.sleep(0)
        words.append(word)

    async with pair() as both:
        both.customer.part_by(detour)
        both.customer.send(Chat("not this"))
        both.customer.send(Goodbye())
        await both.customer.flushed()
        assert words == [Goodbye()]
        assert not both.customer.described
        await both.join()
        await asyncio.wait_for(asyncio.gather(both.customer.stands(), both.technician.stands()), 5)
        assert both.customer.described
        assert both.technician.described
        both.customer.send(Goodbye())
        await both.t.until(lambda t: t.told)
        assert (words, both.t.told) == ([Goodbye()], [Goodbye()])


async def test_a_detour_that_leads_nowhere_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "FLUSH_S", 0.05)
    async with pair() as both:
        both.customer.part_by(lambda _: asyncio.Event().wait())  # type: ignore[arg-type,return-value]
        both.customer.send(Goodbye())
        await asyncio.wait_for(both.customer.flushed(), 5)
