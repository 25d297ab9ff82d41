"""What the customer allows: pure, and the only place that grants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from remotehelp.messages import Right

NOT_NOW_LIMIT = 2  # so many "Not now" to one right rest its button ...
REST_S = 300.0  # ... for five minutes (PROTOCOL.md, guards)
OFFERED = frozenset({Right.VIEW, Right.POINT, Right.CONTROL})  # the rights that this version can give


@dataclass(frozen=True)
class Grants:
    """The rights given now, the one open request, and the epoch that every input must carry.

    Immutable: each decision returns a new value. ``epoch`` rises at every revocation and never falls.
    """

    rights: frozenset[Right] = frozenset()
    epoch: int = 0
    open_request: Right | None = None
    question: int = 0  # the number of the newest request; an answer names the one that she read
    refusals: Mapping[Right, int] = field(default_factory=dict)
    rested_until: Mapping[Right, float] = field(default_factory=dict)

    def allows(self, right: Right) -> bool:
        return right in self.rights

    def may_ask(self, right: Right, now: float) -> bool:
        """Whether a request for ``right`` may reach her at ``now`` (seconds, any steady clock)."""
        return (
            right in OFFERED and self.open_request is None and right not in self.rights and self.rest_s(right, now) == 0
        )

    def rest_s(self, right: Right, now: float) -> int:
        """How many more whole seconds asking for ``right`` rests; 0 if it may be asked."""
        return max(0, round(self.rested_until.get(right, now) - now))

    def ask(self, right: Right) -> Grants:
        return replace(self, open_request=right, question=self.question + 1)

    def allow(self, right: Right) -> Grants:
        """Give ``right``; control and pointing need eyes, so they bring `view` along."""
        given = self.rights | {right} | ({Right.VIEW} if right in (Right.POINT, Right.CONTROL) else set())
        refusals = {asked: count for asked, count in self.refusals.items() if asked != right}
        still_open = None if self.open_request is right else self.open_request
        return replace(self, rights=frozenset(given), open_request=still_open, refusals=refusals)

    def not_now(self, right: Right, now: float) -> Grants:
        """Refuse the open request; the second refusal in a row rests the button."""
        count = self.refusals.get(right, 0) + 1
        rested = dict(self.rested_until)
        if count >= NOT_NOW_LIMIT:
            rested[right] = now + REST_S
            count = 0
        return replace(self, open_request=None, refusals={**self.refusals, right: count}, rested_until=rested)

    def revoke(self, right: Right) -> Grants:
        """Take ``right`` back and raise the epoch; without `view` nobody points or controls either."""
        if right not in self.rights:
            return self
        gone = {right} | ({Right.POINT, Right.CONTROL} if right is Right.VIEW else set())
        return replace(self, rights=self.rights - gone, epoch=self.epoch + 1)

    def revoke_all(self) -> Grants:
        """Take everything back, drop the open request and raise the epoch."""
        return replace(self, rights=frozenset(), open_request=None, epoch=self.epoch + 1)
