"""The technician's part in mending a lost line: answers, and goes over where the customer's machine goes over."""

from __future__ import annotations

from typing import Protocol

import structlog

from remotehelp import messages
from remotehelp.errors import RemoteProtocolError, TrustError
from remotehelp.media.face_track import FaceTrack
from remotehelp.peer.connection import Handler
from remotehelp.peer.reconnect import Handed, Spawn
from remotehelp.peer.road import Trial
from remotehelp.peer.room import Room, spoken
from remotehelp.trust.resumption import Passage, Resumption

log = structlog.get_logger("mending")

LINGER_S = 3.0  # her machine may have gone over just when the old line seemed back here


class Visit(Handler, Protocol):
    """The visit whose line is mended."""

    @property
    def goes_on(self) -> bool:
        """Whether the visit has begun and not ended."""

    def go_over(self, trial: Trial, face: FaceTrack) -> None:
        """The visit goes on over this connection."""

    def badge_lapsed(self) -> None:
        """Her machine does not take the badge any more."""


class TechnicianPart:
    """peer.reconnect.Part for the technician."""

    def __init__(self, visit: Visit, spawn: Spawn, resumption: Resumption) -> None:
        self._visit, self._spawn, self._resumption = visit, spawn, resumption
        self._faces: dict[Trial, FaceTrack] = {}
        self._met: dict[Trial, bytes] = {}  # her fingerprint, until her offer came

    def begin(self, passage: Passage) -> Trial:
        trial = Trial(self._visit, lambda trial: None, lambda trial: self._follow(trial, passage))
        self._faces[trial] = FaceTrack()
        return trial

    async def met(self, trial: Trial, room: Room, peer_fingerprint: bytes, handed: Handed) -> None:
        self._met[trial] = peer_fingerprint

    async def hear(self, trial: Trial, room: Room, content: messages.SealedContent) -> None:
        match content:
            case messages.Offer(sdp=sdp) if trial in self._met:
                answer = await trial.connection.answer(sdp, self._faces[trial], self._met.pop(trial))
                await room.send(messages.Answer(answer))
            case messages.Goodbye():
                self._visit.on_control(content)
            case messages.Refusal(key="badge_lapsed"):
                self._visit.badge_lapsed()
            case messages.Refusal(key=key):
                raise TrustError(spoken(key))
            case _:
                raise RemoteProtocolError("message_out_of_order")

    def drop(self, trial: Trial) -> None:
        self._met.pop(trial, None)
        face = self._faces.pop(trial, None)
        if face is not None:
            face.stop()
            self._spawn(trial.connection.close(), name="drop trial")

    def _follow(self, trial: Trial, passage: Passage) -> None:
        """Her machine speaks here: it has gone over, and so it is no longer in doubt."""
        if self._visit.goes_on and trial in self._faces:
            log.info("mended", number=passage.number)
            self._resumption.stood(passage)
            self._resumption.settled()
            trial.take()
            self._visit.go_over(trial, self._faces.pop(trial))
