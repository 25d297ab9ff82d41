"""Joining a customer from the waiting list, from the technician's side."""

from __future__ import annotations

import os

from remotehelp import messages
from remotehelp.peer.signalling import Signalling
from remotehelp.technician.opening import Host, Joining, Line
from remotehelp.trust.pairing import Keys
from remotehelp.trust.queue_pairing import QueueTechnician
from remotehelp.trust.safety_words import SafetyWords, safety_words
from remotehelp.trust.wallet import OwnBadge


class QueueJoining(Joining[QueueTechnician]):
    """One customer from the taking to the connection."""

    def __init__(self, host: Host, signalling: Signalling, own: OwnBadge, ticket: int, line: Line) -> None:
        super().__init__(host, signalling, own, line)
        self._ticket = ticket

    def _request(self) -> messages.Message:
        return messages.Take(self._ticket)

    def _begin(self, sid: bytes) -> tuple[QueueTechnician, bytes]:
        pairing = QueueTechnician(sid, self._own, self._line.fingerprint, nonce=os.urandom(32))
        return pairing, pairing.commit()

    def _pair(self, pairing: QueueTechnician, data: bytes) -> tuple[bytes, ...]:
        return pairing.receive_hello(data)

    def _words(self, keys: Keys) -> SafetyWords:
        return safety_words(keys.words)
