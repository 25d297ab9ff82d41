"""Opening a visit from the waiting list, from the customer's side: whoever is free first comes to her."""

from __future__ import annotations

import os
from typing import Protocol

import structlog

from remotehelp import messages
from remotehelp.customer.opening import Guest, Line, Opening
from remotehelp.errors import HelpError, RemoteProtocolError, ServiceUnavailable, TrustError
from remotehelp.trust.known import Known
from remotehelp.trust.link import Link
from remotehelp.trust.pairing import Keys, Step
from remotehelp.trust.queue_pairing import QueueCustomer
from remotehelp.trust.safety_words import SafetyWords, safety_words

log = structlog.get_logger("opening")

TAKEN_S = 45.0  # for the pairing; a broker puts her back after 30 s in which nobody spoke
TAKES = 4  # pairings that one asking may begin: each is one try for who would find equal safety words


class QueueGuest(Guest, Protocol):
    """Who is told about the place in the list too."""

    def on_place(self, ahead: int) -> None:
        """She waits, and so many before her; also after a technician came who went away again."""

    def on_taken(self) -> None:
        """A technician comes; who it is, is not proven yet."""


class QueueOpening(Opening[QueueCustomer]):
    """One place in the list, from the asking to the connection; the beginning of her words is in clear."""

    def __init__(self, guest: QueueGuest, link: Link, known: Known, problem: str, line: Line) -> None:
        super().__init__(guest, link, known, problem, line)
        self._queue_guest = guest
        self._queued = False
        self._taken = 0

    def _request(self) -> messages.Message:
        words = self._problem[: messages.CLEAR_LIMIT]
        return messages.AskForHelp(messages.VERSION, self._sid, words)

    def _broker_said(self, message: messages.FromBroker) -> None:
        match message:
            case messages.Queued(ahead=ahead, revocations=revocations) if not self._queued:
                self._check_link(revocations)
                self._queued = True
                self._wait(ahead)
            case messages.Place(ahead=ahead) if self._queued:
                self._wait(ahead)
            case messages.Taken(revocations=revocations) if self._queued and self._pairing is None:
                self._check_link(revocations)
                self._revocations = revocations
                self._begin()
            case messages.Queued() | messages.Place() | messages.Taken():
                raise RemoteProtocolError("message_out_of_order")
            case _:
                raise RemoteProtocolError("message_not_understood")

    def _wait(self, ahead: int) -> None:
        """She is in the list, for as long as it takes; who was there and is proven already left a visit."""
        if self._badge is not None:
            raise TrustError("technician_left_early")
        self._pairing = None
        self._deadline.reschedule(None)
        self._queue_guest.on_place(ahead)

    def _begin(self) -> None:
        log.info("taken")
        self._taken += 1
        if self._taken > TAKES:
            raise TrustError("taken_too_often")
        self._pairing = QueueCustomer(
            self._sid,
            self._link.organisation,
            self._line.fingerprint,
            visit_key=self._visit_key,
            nonce=os.urandom(32),
        )
        self._within(TAKEN_S)
        self._queue_guest.on_taken()

    def _pair(self, pairing: QueueCustomer, data: bytes) -> bytes | None:
        if pairing.step is Step.COMMIT:
            return pairing.receive_commit(data)
        pairing.receive_hello(data)
        return None

    def _words(self, keys: Keys) -> SafetyWords:
        return safety_words(keys.words)

    def _too_late(self) -> HelpError:
        if not self._queued:
            return ServiceUnavailable("broker_unreachable", address=self._link.broker_url)
        return TrustError("technician_left_early")
