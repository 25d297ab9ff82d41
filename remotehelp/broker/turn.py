"""Relays (TURN, RFC 8656): short-lived credentials for the two in a room, renewed while both are in it.

The form that coturn knows as `use-auth-secret` (draft-uberti-behave-turn-rest-00 §2.2): the username is the second at
which it ends and a random name, the password its HMAC-SHA1 under a secret that the relay shares. Until then allocations
can be made with it; one that stands goes on as long as it is refreshed (DECISIONS.md).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from remotehelp.broker.events import Socket
from remotehelp.errors import ConfigError
from remotehelp.messages import TURN_URI, Claimed, Joined, Leave, Message, PeerLeft, Place, Refused, Taken, TurnServers
from remotehelp.trust.files import read_file

LONGEST_S = 900  # life of credentials
LEAST_SECRET = 16  # characters


@dataclass(frozen=True)
class Relays:
    """The relays of a broker, and the secret that it shares with them; credentials live ``life_s`` seconds."""

    uris: tuple[str, ...]
    secret: bytes = field(repr=False)
    life_s: int = LONGEST_S


def load_relays(uris: Sequence[str], secret_file: Path | None, life_s: int = LONGEST_S) -> Relays | None:
    """The relays as whoever runs the broker named them; None if there are none.

    Raises ConfigError("turn_not_understood", "turn_needs_secret", "turn_secret_short", "file_not_readable").
    """
    if not uris:
        return None
    for uri in uris:
        if not re.match(TURN_URI, uri):
            raise ConfigError("turn_not_understood", uri=uri)
    if secret_file is None:
        raise ConfigError("turn_needs_secret")
    return Relays(tuple(uris), load_secret(secret_file), life_s)


def load_secret(file: Path) -> bytes:
    """The secret in ``file``, without white space around it; raises ConfigError, see above."""
    secret = read_file(file).strip()
    if len(secret) < LEAST_SECRET:
        raise ConfigError("turn_secret_short", file=str(file), least=LEAST_SECRET)
    return secret


def credentials(relays: Relays, name: str, now: float) -> TurnServers:
    """What one program needs for ``life_s`` seconds from ``now`` (seconds since 1970 UTC)."""
    username = f"{int(now) + relays.life_s}:{name}"
    password = base64.b64encode(hmac.digest(relays.secret, username.encode(), hashlib.sha1)).decode()
    return TurnServers(relays.uris, username, password)


class Renewals:
    """Who is in a room of two, as far as what goes to and fro tells, and whose credentials have to be renewed.

    Names are random, a new one for each room: no relay learns who it is, and each has a quota of their own.
    """

    def __init__(self, relays: Relays | None, make_name: Callable[[], str]) -> None:
        self._relays, self._make_name = relays, make_name
        self._names: dict[Socket, str] = {}
        self._due: dict[Socket, float] = {}

    def told(self, socket: Socket, message: Message, now: float) -> TurnServers | None:
        """What follows on ``message``, which a socket was sent: credentials with the beginning of a room."""
        match message:
            case Claimed() | Joined() | Taken() if self._relays is not None:
                self._names[socket] = self._make_name()
                return self._give(self._relays, socket, now)
            case PeerLeft() | Place() | Refused():
                self.left(socket)
        return None

    def heard(self, socket: Socket, message: Message) -> None:
        """A socket said something."""
        if isinstance(message, Leave):
            self.left(socket)

    def left(self, socket: Socket) -> None:
        """A socket is in no room any more."""
        self._names.pop(socket, None)
        self._due.pop(socket, None)

    def due(self, now: float) -> list[tuple[Socket, TurnServers]]:
        """New credentials for those whose old ones are half over."""
        if self._relays is None:
            return []
        over = [socket for socket, at in self._due.items() if at <= now]
        return [(socket, self._give(self._relays, socket, now)) for socket in over]

    def _give(self, relays: Relays, socket: Socket, now: float) -> TurnServers:
        self._due[socket] = now + relays.life_s / 2
        return credentials(relays, self._names[socket], now)
