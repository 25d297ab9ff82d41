"""The socket to a broker, against a real WebSocket server that behaves as a test wants."""

from __future__ import annotations

import asyncio
import itertools
import socket as sockets
from collections.abc import Callable

import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.protocol import State

from remotehelp.errors import HelpError, RemoteProtocolError, ServiceUnavailable, TrustError
from remotehelp.messages import BROKER_LIMIT, Available, Claim, Joined, PeerLeft, Presence, encode_json
from remotehelp.peer import signalling
from remotehelp.peer.signalling import Signalling, reach
from tests.helpers.strange_broker import WELCOME, broker, welcomes
from tests.helpers.waiting import until


@pytest.mark.parametrize(("typed", "path"), [("", "/ws"), ("/", "/ws"), ("/remote/", "/remote/ws")])
async def test_the_socket_stands_below_the_brokers_address(typed: str, path: str) -> None:
    asked: list[str] = []

    async def answer(socket: ServerConnection) -> None:
        assert socket.request is not None
        asked.append(socket.request.path)
        await welcomes(socket)

    async with broker(answer) as address:
        for scheme in ("http://", ""):
            line = await Signalling.open(f" {scheme}{address.removeprefix('http://')}{typed} ")
            await line.close()
    assert asked == [path, path]


@pytest.mark.parametrize("given", ["", "ftp://help.example.org", "http://", "http://[::1", "127.0.0.1:99999"])
async def test_what_is_no_address(given: str) -> None:
    assert await refused(given, TrustError) == "broker_address_not_understood"


async def refused(address: str, kind: type[HelpError]) -> str:
    with pytest.raises(kind) as caught:
        await Signalling.open(address)
    return caught.value.key


async def test_the_welcome_and_what_follows_come_typed_and_in_order() -> None:
    async def answer(socket: ServerConnection) -> None:
        for message in (WELCOME, Presence(2), Joined(), PeerLeft()):
            await socket.send(encode_json(message))

    async with broker(answer) as address:
        line = await Signalling.open(address)
        assert line.welcome == WELCOME
        assert [message async for message in line.received()] == [Presence(2), Joined(), PeerLeft()]
        await line.send(Available(True))  # the socket has ended: nothing happens
        await line.close()


async def test_what_is_sent_arrives_as_json() -> None:
    heard: asyncio.Queue[str | bytes] = asyncio.Queue()

    async def answer(socket: ServerConnection) -> None:
        await socket.send(encode_json(WELCOME))
        async for data in socket:
            heard.put_nowait(data)

    async with broker(answer) as address:
        line = await Signalling.open(address)
        await line.send(Claim("4711"))
        assert await asyncio.wait_for(heard.get(), 5) == '{"type":"Claim","nameplate":"4711"}'
        await line.close()


async def test_nobody_there() -> None:
    with sockets.create_server(("127.0.0.1", 0)) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    assert await refused(address, ServiceUnavailable) == "broker_unreachable"


async def test_an_address_that_leads_nowhere() -> None:
    assert await refused("no.such.host.invalid", ServiceUnavailable) == "broker_unreachable"


async def test_somebody_who_does_not_speak_websocket() -> None:
    async def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        assert await refused(f"127.0.0.1:{port}", ServiceUnavailable) == "broker_unreachable"


async def test_somebody_who_hangs_up_at_once() -> None:
    async def answer(socket: ServerConnection) -> None:
        await socket.close()

    async with broker(answer) as address:
        assert await refused(address, ServiceUnavailable) == "broker_unreachable"


async def test_somebody_who_never_says_welcome(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signalling, "OPEN_TIMEOUT_S", 0.1)
    async with broker(lambda socket: socket.wait_closed()) as address:
        assert await refused(address, ServiceUnavailable) == "broker_unreachable"


NEWER = encode_json(WELCOME).replace('"v":1', '"v":2')


@pytest.mark.parametrize(
    ("first", "key"),
    [
        (NEWER, "newer_version"),
        (NEWER.replace("{", '{"region":"north",', 1), "newer_version"),
        ('{"type":"Hail","v":2}', "newer_version"),
        ("{}", "message_not_understood"),
        ("hello", "message_not_understood"),
        (b"\x00\xff", "message_not_understood"),
        (encode_json(Joined()), "message_not_understood"),
        ("[" * 100_000, "message_not_understood"),
    ],
    ids=["newer", "newer, more fields", "newer, another name", "empty", "no JSON", "bytes", "other", "deep"],
)
async def test_a_first_message_that_is_no_welcome_of_ours(first: str | bytes, key: str) -> None:
    async def answer(socket: ServerConnection) -> None:
        await socket.send(first)
        await socket.wait_closed()

    async with broker(answer) as address:
        assert await refused(address, RemoteProtocolError) == key


@pytest.mark.parametrize("garbage", ["{}", "\x00", b"\xff" * 10, '{"type":"Joined","more":1}'])
async def test_garbage_later_on_is_the_brokers_breach(garbage: str | bytes) -> None:
    async def answer(socket: ServerConnection) -> None:
        await socket.send(encode_json(WELCOME))
        await socket.send(garbage)
        await socket.wait_closed()

    async with broker(answer) as address:
        line = await Signalling.open(address)
        with pytest.raises(RemoteProtocolError, match="message_not_understood"):
            _ = [message async for message in line.received()]
        await line.close()


async def test_a_message_that_is_too_long_ends_the_socket() -> None:
    async def answer(socket: ServerConnection) -> None:
        await socket.send(encode_json(WELCOME))
        await socket.send("x" * (BROKER_LIMIT + 1))
        await socket.wait_closed()

    async with broker(answer) as address:
        line = await Signalling.open(address)
        assert [message async for message in line.received()] == []
        await line.close()


@pytest.mark.parametrize("answer", [welcomes, lambda socket: socket.wait_closed()], ids=["after", "before"])
async def test_giving_up_while_it_opens_leaves_no_socket_behind(answer: Callable[..., object]) -> None:
    gone = asyncio.Event()

    async def watch(socket: ServerConnection) -> None:
        await answer(socket)  # type: ignore[misc]
        gone.set()

    async with broker(watch) as address:
        opening = asyncio.create_task(Signalling.open(address))
        done, _ = await asyncio.wait([opening], timeout=0.1)
        opening.cancel()
        for task in done:
            await task.result().close()
        await asyncio.gather(opening, return_exceptions=True)
        await asyncio.wait_for(gone.wait(), 5)


async def test_a_server_that_comes_late_is_reached_soon_and_by_one_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signalling, "AGAIN_S", 0.01)
    connected: list[ServerConnection] = []

    async def answer(socket: ServerConnection) -> None:
        connected.append(socket)
        await welcomes(socket)

    async with broker(answer) as address:
        pass
    reaching = asyncio.create_task(reach(address))
    await asyncio.sleep(0.1)
    assert not reaching.done()
    async with serve(answer, "127.0.0.1", int(address.rpartition(":")[2])):
        line = await asyncio.wait_for(reaching, 5)
        assert line.welcome == WELCOME
        await until(lambda: all(socket.state is State.CLOSED for socket in connected[1:]))
        assert connected[0].state is State.OPEN
        await line.close()


async def test_a_try_that_hangs_does_not_hold_up_the_next_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever was begun while the line was cut may wait for many seconds after it is back."""
    monkeypatch.setattr(signalling, "AGAIN_S", 0.01)
    tries = itertools.count()

    async def answer(socket: ServerConnection) -> None:
        if next(tries) >= 3:
            await welcomes(socket)
        await socket.wait_closed()

    async with broker(answer) as address:
        line = await asyncio.wait_for(reach(address), 5)
        await line.close()


async def test_only_so_many_tries_hang_at_a_time_and_none_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signalling, "AGAIN_S", 0.001)
    connected: list[ServerConnection] = []

    async def answer(socket: ServerConnection) -> None:
        connected.append(socket)
        await socket.wait_closed()

    async with broker(answer) as address:
        reaching = asyncio.create_task(reach(address))
        await until(lambda: len(connected) == signalling.TRIES)
        await asyncio.sleep(0.05)
        reaching.cancel()
        await until(lambda: all(socket.state is State.CLOSED for socket in connected))
        assert len(connected) == signalling.TRIES


async def test_what_is_no_address_is_not_tried_for_ever() -> None:
    with pytest.raises(TrustError, match="broker_address_not_understood"):
        await asyncio.wait_for(reach("ftp://help.example.org"), 5)


async def test_a_watched_socket_ends_soon_after_its_line_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signalling, "WATCHED", (0.05, 0.05, 0.05))

    async def answer(socket: ServerConnection) -> None:
        await socket.send(encode_json(WELCOME))
        socket.transport.pause_reading()
        await over.wait()
        socket.transport.abort()

    over = asyncio.Event()
    async with broker(answer) as address:
        line = await Signalling.open(address, watched=True)
        assert await asyncio.wait_for(_all(line), 5) == []
        over.set()
        await line.close()


async def _all(line: Signalling) -> list[object]:
    return [message async for message in line.received()]
