"""Opening a visit with a code, from the customer's side: she reads out what only the two of them know."""

from __future__ import annotations

import os
import time
from typing import Protocol

import structlog

from remotehelp import messages
from remotehelp.customer.opening import Guest, Line, Opening
from remotehelp.errors import HelpError, RemoteProtocolError, ServiceUnavailable, TrustError
from remotehelp.trust.code import HELLO_WITHIN_S, LIFE_S, Code, new_secret
from remotehelp.trust.known import Known
from remotehelp.trust.link import Link
from remotehelp.trust.pairing import CustomerPairing

log = structlog.get_logger("opening")


class CodeGuest(Guest, Protocol):
    """Who is told the code too."""

    def on_code(self, code: Code, expires_at: float) -> None:
        """The code to read out; ``expires_at`` on the loop's clock."""


class CodeOpening(Opening[CustomerPairing]):
    """One code from its making to the connection."""

    def __init__(self, guest: CodeGuest, link: Link, known: Known, problem: str, line: Line) -> None:
        super().__init__(guest, link, known, problem, line)
        self._code_guest = guest
        self._secret = new_secret()
        self._claimed = False

    def _request(self) -> messages.Message:
        return messages.Open(messages.VERSION, self._sid)

    def _broker_said(self, message: messages.FromBroker) -> None:
        match message:
            case messages.Opened():
                self._opened(message)
            case messages.Joined():
                log.info("claimed")
                self._claimed = True
                self._within(HELLO_WITHIN_S)
            case _:
                raise RemoteProtocolError("message_not_understood")

    def _opened(self, message: messages.Opened) -> None:
        if self._pairing is not None:
            raise RemoteProtocolError("message_out_of_order")
        self._check_link(message.revocations)
        code = Code(message.nameplate, self._secret)
        self._revocations = message.revocations
        self._pairing = CustomerPairing(
            code,
            self._sid,
            self._link.organisation,
            self._line.fingerprint,
            visit_key=self._visit_key,
            opened_at=time.monotonic(),
            nonce=os.urandom(32),
        )
        self._code_guest.on_code(code, self._within(LIFE_S))

    def _pair(self, pairing: CustomerPairing, data: bytes) -> bytes:
        return pairing.receive_hello(data, time.monotonic())

    def _too_late(self) -> HelpError:
        if self._pairing is None:
            return ServiceUnavailable("broker_unreachable", address=self._link.broker_url)
        return TrustError("code_expired")

    @property
    def _guessed(self) -> bool:
        return self._claimed and self._badge is None
