"""What the customer allows: pure, and the only place that grants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from remotehelp.messages import Right
from remotehelp.visit.checks import Check, PrivateWindow, StillControl

NOT_NOW_LIMIT = 2  # so many "Not now" to one right rest its button ...
REST_S = 300.0  # ... for five minutes (PROTOCOL.md, guards)
OFFERED = frozenset({Right.VIEW, Right.POINT, Right.CONTROL})  # the rights that this version can give
SCREENS = "screens"  # what refusals of all ``OtherScreens`` count for, whichever they name


@dataclass(frozen=True)
class OtherScreens:
    """The wish to see these monitors instead of what is shown now."""

    names: tuple[str, ...]


Wish: TypeAlias = Right | OtherScreens  # what the technician may ask for


def topic(wish: Wish) -> str:
    """What a "Not now" to ``wish`` counts for: the right, or all other screens together."""
    return SCREENS if isinstance(wish, OtherScreens) else wish


@dataclass(frozen=True)
class Grants:
    """The rights given now, the one open request, and the epoch that every input must carry.

    Immutable: each decision returns a new value. ``epoch`` rises at every revocation and never falls. Refusals are
    counted by ``topic``.
    """

    rights: frozenset[Right] = frozenset()
    epoch: int = 0
    open_request: Wish | Check | None = None
    question: int = 0  # rises when one is asked and when what is asked means something else; an answer names it
    refusals: Mapping[str, int] = field(default_factory=dict)
    rested_until: Mapping[str, float] = field(default_factory=dict)

    def allows(self, right: Right) -> bool:
        return right in self.rights

    def may_ask(self, wish: Wish, now: float) -> bool:
        """Whether a request for ``wish`` may reach her at ``now`` (seconds, any steady clock)."""
        return self.open_request is None and self.rest_s(wish, now) == 0 and self._has_sense(wish)

    def _has_sense(self, wish: Wish) -> bool:
        if isinstance(wish, OtherScreens):
            return Right.VIEW in self.rights
        return wish in OFFERED and wish not in self.rights

    def rest_s(self, wish: Wish, now: float) -> int:
        """How many more whole seconds asking for ``wish`` rests; 0 if it may be asked."""
        return max(0, round(self.rested_until.get(topic(wish), now) - now))

    def ask(self, wish: Wish | Check) -> Grants:
        return replace(self, open_request=wish, question=self.question + 1)

    def allow(self, right: Right) -> Grants:
        """Give ``right``; control and pointing need eyes, so they bring `view` along."""
        given = self.rights | {right} | ({Right.VIEW} if right in (Right.POINT, Right.CONTROL) else set())
        refusals = {asked: count for asked, count in self.refusals.items() if asked != right}
        still_open = None if self.open_request is right else self.open_request
        return replace(self, rights=frozenset(given), open_request=still_open, refusals=refusals).asked_anew()

    def not_now(self, wish: Wish, now: float) -> Grants:
        """Refuse the open request; the second refusal in a row rests the button."""
        about = topic(wish)
        count = self.refusals.get(about, 0) + 1
        rested = dict(self.rested_until)
        if count >= NOT_NOW_LIMIT:
            rested[about] = now + REST_S
            count = 0
        return replace(self, open_request=None, refusals={**self.refusals, about: count}, rested_until=rested)

    def switch(self, names: tuple[str, ...]) -> Grants:
        """These monitors are shown from now on: input that was aimed at what was shown before is stale."""
        switched = replace(self, epoch=self.epoch + 1)
        if self.open_request != OtherScreens(names):
            return switched.asked_anew()
        refusals = {about: count for about, count in self.refusals.items() if about != SCREENS}
        return replace(switched, open_request=None, refusals=refusals)

    def revoke(self, right: Right) -> Grants:
        """Take ``right`` back and raise the epoch; without `view` nobody points, controls or sees other screens."""
        if right not in self.rights:
            return self
        gone = {right} | ({Right.POINT, Right.CONTROL} if right is Right.VIEW else set())
        open_request = None if self._needs(right) else self.open_request
        left = replace(self, rights=self.rights - gone, epoch=self.epoch + 1, open_request=open_request)
        return left.asked_anew()

    def _needs(self, right: Right) -> bool:
        """Whether the open request means nothing without ``right``."""
        if isinstance(self.open_request, StillControl):
            return right in (Right.VIEW, Right.CONTROL)
        return right is Right.VIEW and isinstance(self.open_request, OtherScreens | PrivateWindow)

    def rest_all(self, now: float) -> Grants:
        """Asking for anything rests, whatever was said before."""
        topics = (*OFFERED, SCREENS)
        return replace(self, refusals={}, rested_until={str(about): now + REST_S for about in topics})

    def withdraw(self) -> Grants:
        """Drop the open request unanswered, so that no "Not now" is counted."""
        return replace(self, open_request=None)

    def asked_anew(self) -> Grants:
        """What is allowed or shown has changed under the open question: an answer to its old words is none."""
        return self if self.open_request is None else replace(self, question=self.question + 1)

    def revoke_all(self) -> Grants:
        """Take everything back, drop the open request and raise the epoch."""
        return replace(self, rights=frozenset(), open_request=None, epoch=self.epoch + 1)
