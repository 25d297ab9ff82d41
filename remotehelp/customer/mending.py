"""The customer's part in mending a lost line: she offers the new connection, and decides whether and when it counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import structlog

from remotehelp import messages
from remotehelp.errors import RemoteProtocolError, TrustError
from remotehelp.media.screen_stream import FilmTrack
from remotehelp.peer.connection import Handler
from remotehelp.peer.reconnect import Handed, Spawn
from remotehelp.peer.road import Trial
from remotehelp.peer.room import Room
from remotehelp.trust.resumption import Passage, Resumption

log = structlog.get_logger("mending")

# what is wrong with the badge itself; anything else may be the server's fault, and the next meeting may be better
LAPSED = frozenset({"badge_revoked", "badge_expired", "badge_not_yet_valid"})


class Visit(Handler, Protocol):
    """The visit whose line is mended."""

    @property
    def mends(self) -> bool:
        """Whether the line is lost and another one is wanted."""

    def another_film(self) -> tuple[FilmTrack, Callable[[], None]]:
        """A track for the screen's video, and what asks for a key frame."""

    def go_over(self, trial: Trial, film: FilmTrack) -> None:
        """The visit goes on over this connection."""

    def badge_lapsed(self) -> None:
        """The technician's badge is not valid any more."""


class CustomerPart:
    """peer.reconnect.Part for the customer. ``judge`` raises TrustError if the badge is not valid any more."""

    def __init__(self, visit: Visit, spawn: Spawn, resumption: Resumption, judge: Callable[[Handed], None]) -> None:
        self._visit, self._spawn, self._resumption, self._judge = visit, spawn, resumption, judge
        self._films: dict[Trial, tuple[FilmTrack, Callable[[], None]]] = {}

    def begin(self, passage: Passage) -> Trial:
        trial = Trial(self._visit, lambda trial: self._stands(trial, passage), lambda trial: None)
        self._films[trial] = self._visit.another_film()
        return trial

    async def met(self, trial: Trial, room: Room, peer_fingerprint: bytes, handed: Handed) -> None:
        try:
            self._judge(handed)
        except TrustError as error:
            if error.key in LAPSED:
                log.info("badge lapsed", key=error.key)
                await room.refuse("badge_lapsed")
                self._visit.badge_lapsed()
            raise
        film, want_keyframe = self._films[trial]
        await room.send(messages.Offer(await trial.connection.offer(film, want_keyframe, peer_fingerprint)))

    async def hear(self, trial: Trial, room: Room, content: messages.SealedContent) -> None:
        match content:
            case messages.Answer(sdp=sdp):
                await trial.connection.accept_answer(sdp)
            case messages.Goodbye():
                self._visit.on_control(content)
            case _:
                raise RemoteProtocolError("message_out_of_order")

    def drop(self, trial: Trial) -> None:
        self._films.pop(trial, None)
        if not trial.taken:
            self._spawn(trial.connection.close(), name="drop trial")

    def _stands(self, trial: Trial, passage: Passage) -> None:
        """First come, first served: if the old connection was faster, nothing is mended any more."""
        if self._visit.mends and trial in self._films:
            log.info("mended", number=passage.number)
            film, _ = self._films.pop(trial)
            self._resumption.stood(passage)
            trial.take()
            self._visit.go_over(trial, film)
