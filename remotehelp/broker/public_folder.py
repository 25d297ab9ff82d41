"""The organisation's public folder as the broker uses it: whose badges sign in, and which list customers get."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import structlog

from remotehelp.errors import ConfigError, HelpError
from remotehelp.messages import SignIn
from remotehelp.trust import signin
from remotehelp.trust.badge import Badge, judge
from remotehelp.trust.public import ORGANISATION_FILE, Organisation, load_public
from remotehelp.trust.revocations import REVOCATIONS_FILE, load_revocations

LIST_LIMIT = 64 * 1024  # bytes; what `Opened` may carry

log = structlog.get_logger("broker")


@dataclass(frozen=True)
class Published:
    """What the folder holds, checked."""

    organisation: Organisation
    revocations: bytes


class PublicFolder:
    """The folder that ``org init`` calls ``public``; re-read when one of its two files changes."""

    def __init__(self, folder: Path) -> None:
        """Read it once; raises ConfigError or TrustError if it is not an organisation's public folder."""
        self._folder = folder
        self._stamps = self._look()
        self._published = _load(folder)

    def read(self) -> Published:
        """What the folder holds now; while it holds something unreadable, what it held before."""
        stamps = self._look()
        if stamps != self._stamps:
            self._stamps = stamps
            self._reload()
        return self._published

    def judge(self, badge: bytes, now: float) -> Badge:
        """The badge, if it is a valid one of this organisation; ``now``: seconds since 1970 UTC. Raises TrustError."""
        published = self.read()
        return judge(badge, published.organisation.key, published.revocations, now, now).badge

    def check(self, message: SignIn, broker_id: bytes, nonce: bytes, now: float) -> Badge:
        """The badge, if it is valid and its key signed the nonce (PROTOCOL.md, signing in); raises TrustError."""
        badge = self.judge(message.badge, now)
        signin.check(badge, broker_id, nonce, message.signature)
        return badge

    def _reload(self) -> None:
        try:
            self._published = _load(self._folder)
        except HelpError as error:
            log.error("organisation not re-read", reason=error.key)
        else:
            log.info("organisation re-read")

    def _look(self) -> tuple[object, ...]:
        return tuple(_stamp(self._folder / name) for name in (ORGANISATION_FILE, REVOCATIONS_FILE))


def _load(folder: Path) -> Published:
    organisation = load_public(folder)
    revocations = load_revocations(folder, organisation.key)
    if len(revocations) > LIST_LIMIT:
        raise ConfigError("revocations_too_long", file=str(folder / REVOCATIONS_FILE))
    return Published(organisation, revocations)


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns
