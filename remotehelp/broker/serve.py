"""The broker as a process: a port, a data folder, ``ready`` on stdout, SIGTERM drains."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import signal
import socket
from collections.abc import Collection, Iterator
from pathlib import Path
from types import FrameType

import structlog
import uvicorn

from remotehelp.broker.account_book import AccountBook
from remotehelp.broker.accounts import check_mark
from remotehelp.broker.alone import alone
from remotehelp.broker.bus import MemoryBus
from remotehelp.broker.http import HEAD_LIMIT, BriefH11
from remotehelp.broker.log import set_up_logging
from remotehelp.broker.public_folder import PublicFolder
from remotehelp.broker.server import make_app
from remotehelp.broker.store import Store
from remotehelp.broker.switchboard import Switchboard
from remotehelp.broker.turn import Relays
from remotehelp.errors import ConfigError, HelpError, ServiceUnavailable
from remotehelp.messages import BROKER_LIMIT

PING_S = 20.0  # an idle socket is asked for life this often, and has as long to answer
DRAIN_S = 3
SIGNALS = (signal.SIGTERM, signal.SIGINT)

log = structlog.get_logger("broker")


def run(
    host: str,
    port: int,
    data: Path,
    org: Path | None,
    origins: Collection[str] = (),
    relays: Relays | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT; prints ``ready http://H:P`` when it serves. ``port`` 0 takes a free one.

    ``origins`` are the web pages that may open its socket, ``relays`` what two people are told who can't reach each
    other directly.

    Raises ServiceUnavailable("port_in_use"), ConfigError for an address, a data folder or an organisation's folder
    that can't be used, TrustError for an organisation's folder whose signatures don't hold, TemporaryError if another
    program uses the data folder.
    """
    set_up_logging()
    for number in SIGNALS:
        signal.signal(number, _stop)
    with contextlib.suppress(KeyboardInterrupt), listen(host, port) as listener:
        folder = None if org is None else PublicFolder(org)
        with alone(data):
            asyncio.run(_serve(listener, address(host, listener), data, folder, origins, relays))


def listen(host: str, port: int) -> socket.socket:
    """A listening TCP socket; raises ServiceUnavailable("port_in_use") or ConfigError that names what can't be had."""
    try:
        family, _, _, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        return socket.create_server(where, family=family)
    except OSError as error:
        raise _explained(error, host, port) from error


def address(host: str, listener: socket.socket) -> str:
    """The address that a program on this machine or network reaches the listener by."""
    port = listener.getsockname()[1]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _explained(error: OSError, host: str, port: int) -> HelpError:
    match error.errno:
        case errno.EADDRINUSE:
            return ServiceUnavailable("port_in_use", port=port)
        case errno.EACCES:
            return ConfigError("port_not_allowed", port=port)
    return ConfigError("address_not_here", host=host)


async def _serve(
    listener: socket.socket,
    where: str,
    data: Path,
    folder: PublicFolder | None,
    origins: Collection[str],
    relays: Relays | None,
) -> None:
    store = None
    try:
        with _undisturbed():
            store = await Store.open(data)
        await check_mark(data, AccountBook(store))
        switchboard = await Switchboard.open(store, MemoryBus(), folder, relays=relays)
        with contextlib.suppress(KeyboardInterrupt):  # uvicorn raises the signal again once it has drained
            await Server(switchboard, where, origins).serve(sockets=[listener])
    finally:
        if store is not None:
            await store.close()


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """A signal that comes meanwhile is heard at the end: a database that is just being opened could not be closed."""
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)


class Server(uvicorn.Server):
    """uvicorn with the broker's caps; says on stdout when it serves."""

    def __init__(self, switchboard: Switchboard, where: str, origins: Collection[str] = ()) -> None:
        super().__init__(
            uvicorn.Config(
                make_app(switchboard, origins),
                http=BriefH11,
                h11_max_incomplete_event_size=HEAD_LIMIT,
                loop="asyncio",
                ws="websockets-sansio",
                ws_max_size=BROKER_LIMIT,
                ws_ping_interval=PING_S,
                ws_ping_timeout=PING_S,
                ws_per_message_deflate=False,  # sealed bytes don't shrink, and a bomb can't be sent
                proxy_headers=False,  # else any program on this machine could choose the address it is counted by
                server_header=False,
                access_log=False,
                log_config=None,
                timeout_graceful_shutdown=DRAIN_S,
            )
        )
        self._where = where

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        log.info("serving", address=self._where)
        print(f"ready {self._where}", flush=True)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
