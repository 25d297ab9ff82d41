"""Requests that are too large, too slow or too many, as bytes on a real socket."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from itertools import product
from typing import Any
from urllib.parse import urlsplit

import pytest
from websockets.asyncio.server import ServerConnection

from remotehelp.broker import http
from remotehelp.broker.crowd import Crowd
from remotehelp.broker.line import Caps
from remotehelp.peer.signalling import Signalling
from tests.helpers.strange_broker import broker, welcomes

ROUTES = ("/healthz", "/readyz", "/metrics", "/version", "/ws")
TAILS = [
    "/x",
    "/",
    "//",
    "/..",
    "/..;/",
    "..;/",
    ";/",
    "/.",
    "%2e%2e",
    "/%2e%2e",
    "%00",
    "%20",
    ".json",
    "%2f",
]
HEADS = ["/", "//", "/x", "/..", "/..;", "/.", "/%2e", "/%2e%2e", "/ws/.."]
METHODS = ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "CONNECT"]
JUNK = (b"\x16\x03\x01\x02\x00\x01\x00\x01", b"\x00" * 100, b"GET\r\n\r\n", b"SSH-2.0-x\r\n\r\n")
UPGRADE = (
    "Connection: Upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
)


@contextlib.asynccontextmanager
async def raw(place: Any) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    where = urlsplit(place.url)
    reader, writer = await asyncio.open_connection(where.hostname, where.port)
    try:
        yield reader, writer
    finally:
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()


async def status(place: Any, target: str, headers: str = "", method: str = "GET") -> int:
    async with raw(place) as (reader, writer):
        writer.write(f"{method} {target} HTTP/1.1\r\nHost: x\r\n{headers}\r\n".encode())
        async with asyncio.timeout(5):
            return int((await reader.readline()).split()[1])


async def ended(reader: asyncio.StreamReader) -> bytes:
    """Everything until the broker closes the connection, by FIN or by RST."""
    got = b""
    async with asyncio.timeout(5):
        with contextlib.suppress(ConnectionResetError):
            while data := await reader.read(1024):
                got += data
    return got


async def is_well(place: Any) -> None:
    """The broker still serves everybody else."""
    assert await status(place, "/healthz") == 200
    await (await place.program()).open()


async def test_whatever_stands_before_or_behind_a_route_is_404(place: Any) -> None:
    targets = [route + tail for route in ROUTES for tail in TAILS]
    targets += [head + route for route in ROUTES for head in HEADS]
    targets += ["//", "/..;/", "/%2e%2e", "/.%2e/", "http://x/healthz", "/HEALTHZ", "/healthz\\", "/static/../healthz"]
    found = {target: await status(place, target) for target in targets}
    assert {target: code for target, code in found.items() if code != 404} == {}
    found = {target: await status(place, target, UPGRADE) for target in targets}
    assert {target: code for target, code in found.items() if code != 404} == {}


async def test_nothing_can_be_done_but_asked(place: Any) -> None:
    for route, method in product(ROUTES, METHODS):
        assert await status(place, route, method=method) in (404, 405)


FLOODS = (
    b"GET /healthz HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 1_000_000,
    b"GET /healthz HTTP/1.1\r\nHost: x\r\n" + b"X: a\r\n" * 200_000,
    b"GET /" + b"a" * 1_000_000,
    b"GET /ws HTTP/1.1\r\nHost: x\r\n" + UPGRADE.encode() + b"Cookie: " + b"a" * 1_000_000,
)
BEGUN = (
    b"",
    b"GET /healthz HTTP/1.1\r\nHost: x\r\n",
    b"POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 9999\r\n\r\n",
)


async def test_a_megabyte_of_headers_and_what_is_no_request_is_400_and_the_connection_ended(place: Any) -> None:
    for data in (*FLOODS, *JUNK):
        async with raw(place) as (reader, writer):
            writer.write(data)
            writer.write_eof()
            got = await ended(reader)
        assert got == b"" or got.startswith(b"HTTP/1.1 400 "), data[:40]  # an RST may overtake what was said
    await is_well(place)


async def test_who_sends_drop_by_drop_is_cut_off(place: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "LIFE_S", 0.5)
    await asyncio.gather(*(is_cut_off(place, begun) for begun in BEGUN))
    await is_well(place)


async def is_cut_off(place: Any, begun: bytes) -> None:
    async with raw(place) as (reader, writer):
        writer.write(begun)
        dripping = asyncio.create_task(drip(writer))
        await ended(reader)
        dripping.cancel()
        await asyncio.gather(dripping, return_exceptions=True)


async def drip(writer: asyncio.StreamWriter) -> None:
    while True:
        writer.write(b"a")
        await asyncio.sleep(0.02)


async def test_a_socket_outlives_what_a_request_may_take(place: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "LIFE_S", 0.2)
    program = await place.program()
    async with raw(place) as (reader, _):
        await ended(reader)  # as long as that one lived, and no longer
    await program.open()


async def test_too_many_connections_of_one_address_are_cut_off_and_the_next_ones_served(
    place: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http.BriefH11, "crowd", Crowd(2, 10))
    async with raw(place) as (first, _), raw(place) as (second, writer):
        async with raw(place) as (third, _):
            assert await ended(third) == b""
        writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert (await ended(second)).startswith(b"HTTP/1.1 200 ")
        assert not first.at_eof()
        await is_well(place)  # a WebSocket is no such connection any more
    await is_well(place)


async def test_sockets_of_one_address_have_an_end_too(start_broker: Any) -> None:
    async with start_broker(caps=Caps(sockets_each=2)) as place:
        one, _ = await place.program(), await place.program()
        assert await status(place, "/ws", UPGRADE) == 429
        await one.socket.close()
        async with asyncio.timeout(5):
            while (answered := await status(place, "/ws", UPGRADE)) != 101:
                assert answered == 429  # the broker has not seen the close yet
                await asyncio.sleep(0.05)


async def test_a_foreign_web_page_can_not_open_the_socket(place: Any) -> None:
    for origin in ("https://evil.example", "null", "http://127.0.0.1", ""):
        assert await status(place, "/ws", UPGRADE + f"Origin: {origin}\r\n") == 403
    assert await status(place, "/ws", UPGRADE) == 101


async def test_a_web_page_that_was_named_may_and_none_beside_it(start_broker: Any) -> None:
    async with start_broker(origins=("https://help.example",)) as place:
        own = "Origin: https://help.example\r\n"
        assert await status(place, "/ws", UPGRADE + own) == 101
        assert await status(place, "/ws", UPGRADE + own + "Origin: https://evil.example\r\n") == 400  # two
        assert await status(place, "/ws", UPGRADE + "Origin: https://help.example.evil\r\n") == 403


async def test_our_own_programs_name_no_origin() -> None:
    named = []

    async def answer(socket: ServerConnection) -> None:
        assert socket.request is not None
        named.extend(socket.request.headers.get_all("Origin"))
        await welcomes(socket)

    async with broker(answer) as address:
        await (await Signalling.open(address)).close()
    assert named == []
