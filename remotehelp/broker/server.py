"""The broker over HTTP (ARCHITECTURE.md): health, readiness, figures, version, the socket; everything else is 404."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from importlib.metadata import PackageNotFoundError, version

from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from remotehelp.broker.switchboard import Switchboard
from remotehelp.messages import VERSION


def make_app(switchboard: Switchboard, origins: Collection[str] = ()) -> Starlette:
    """The ASGI application around a switchboard, which runs for as long as the application does.

    ``origins`` are the web pages whose scripts may open the socket (RFC 6454 §6.2); our own programs name none.
    """

    async def healthz(_: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def readyz(_: Request) -> Response:
        parts = await switchboard.check()
        return JSONResponse(parts, 200 if all(parts.values()) else 503)

    async def metrics(_: Request) -> Response:
        return Response(switchboard.metrics.text(), media_type=CONTENT_TYPE_PLAIN_0_0_4)

    async def socket(websocket: WebSocket) -> None:
        if any(origin not in origins for origin in websocket.headers.getlist("origin")):
            await websocket.send_denial_response(PlainTextResponse("Forbidden", 403))
        else:
            await switchboard.serve(websocket)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with switchboard.running():
            yield

    app = Starlette(
        routes=[
            Route("/healthz", healthz),
            Route("/readyz", readyz),
            Route("/metrics", metrics),
            Route("/version", say_version),
            WebSocketRoute("/ws", socket),
        ],
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False
    app.router.default = say_not_found
    return app


async def say_version(_: Request) -> Response:
    """The program's version and the protocol's."""
    return JSONResponse({"version": program_version(), "protocol": VERSION})


async def say_not_found(scope: Scope, receive: Receive, send: Send) -> None:
    """404 also for a WebSocket that knocks elsewhere, where Starlette would say 403."""
    answer = PlainTextResponse("Not Found", 404)
    if scope["type"] == "websocket":
        await WebSocket(scope, receive, send).send_denial_response(answer)
    else:
        await answer(scope, receive, send)


def program_version() -> str:
    """The installed version; "0" in a checkout that is not installed."""
    try:
        return version("remotehelp")
    except PackageNotFoundError:
        return "0"
