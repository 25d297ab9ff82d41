"""Joining the customer who read out her code, from the technician's side."""

from __future__ import annotations

import os

from remotehelp import messages
from remotehelp.peer.signalling import Signalling
from remotehelp.technician.opening import Host, Joining, Line
from remotehelp.trust.code import Code
from remotehelp.trust.pairing import TechnicianPairing
from remotehelp.trust.wallet import OwnBadge


class CodeJoining(Joining[TechnicianPairing]):
    """One code from the claim to the connection."""

    def __init__(self, host: Host, signalling: Signalling, own: OwnBadge, code: Code, line: Line) -> None:
        super().__init__(host, signalling, own, line)
        self._code = code

    def _request(self) -> messages.Message:
        return messages.Claim(self._code.nameplate)

    def _begin(self, sid: bytes) -> tuple[TechnicianPairing, bytes]:
        pairing = TechnicianPairing(self._code, sid, self._own, self._line.fingerprint, nonce=os.urandom(32))
        return pairing, pairing.hello()

    def _pair(self, pairing: TechnicianPairing, data: bytes) -> tuple[bytes, ...]:
        return (pairing.receive_hello(data),)
