"""The keys of lost lines: both sides find the same room whatever gets lost, and nobody else learns anything of it."""

from __future__ import annotations

import hashlib

import hypothesis.strategies as st
import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from remotehelp.errors import TrustError
from remotehelp.trust.resumption import Passage, Resumption, Seals, seat_hash
from remotehelp.trust.sealing import Opener, Sealer

TH, RESUME = b"t" * 32, b"r" * 32


def sides(th: bytes = TH, resume: bytes = RESUME) -> tuple[Resumption, Resumption]:
    return Resumption(th, resume, customers=True), Resumption(th, resume, customers=False)


def room(passage: Passage) -> frozenset[bytes]:
    """The room as the broker sees it."""
    return frozenset((hashlib.sha256(passage.seat).digest(), passage.other))


def opens(sealed_by: Seals, opened_by: Seals) -> bool:
    try:
        return Opener(opened_by.receive, opened_by.th).open(Sealer(sealed_by.send, sealed_by.th).seal(b"x")) == b"x"
    except TrustError:
        return False


def test_both_sides_come_to_one_room_each_to_a_seat_of_its_own() -> None:
    c, t = sides()
    [hers], [his] = c.passages(), t.passages()
    assert (hers.number, his.number) == (1, 1)
    assert room(hers) == room(his)
    assert hers.seat != his.seat
    assert (hers.other, his.other) == (seat_hash(his.seat), seat_hash(hers.seat))


def test_what_each_seals_the_other_alone_opens_and_only_after_the_same_two_hellos() -> None:
    [hers], [his] = (side.passages() for side in sides())
    c, t = hers.seals(b"her hello", b"his hello"), his.seals(b"her hello", b"his hello")
    assert opens(c, t)
    assert opens(t, c)
    assert not opens(c, c)  # reflected
    for other in (his.seals(b"her hello", b"another"), his.seals(b"another", b"his hello")):
        assert not opens(c, other)
        assert not opens(other, c)


@pytest.mark.parametrize("changed", [{"th": b"T" * 32}, {"resume": b"R" * 32}])
def test_another_visit_has_other_rooms_and_other_keys(changed: dict[str, bytes]) -> None:
    [hers], [strange] = sides()[0].passages(), sides(**changed)[1].passages()
    assert room(hers) != room(strange)
    assert not opens(hers.seals(b"c", b"t"), strange.seals(b"c", b"t"))


def test_each_number_has_a_room_and_keys_of_its_own() -> None:
    c, t = sides()
    passages = []
    for side in (c, t):
        for _ in range(3):
            passage = side.passages()[-1]
            passages.append(passage)
            side.stood(passage)
            side.settled()
    assert [passage.number for passage in passages] == [1, 2, 3] * 2
    assert len({room(passage) for passage in passages}) == 3
    assert len({passage.secret for passage in passages}) == 3
    assert not opens(passages[0].seals(b"c", b"t"), passages[4].seals(b"c", b"t"))


def test_a_key_that_was_used_is_gone() -> None:
    [c, _] = sides()
    assert RESUME in vars(c).values()
    [first] = c.passages()
    assert RESUME not in vars(c).values()
    c.stood(first)
    assert c.in_doubt
    c.settled()
    assert not c.in_doubt
    kept = [value for value in vars(c).values() if isinstance(value, Passage | bytes)]
    assert first not in kept
    assert first.secret not in kept


def test_secrets_are_not_in_what_a_log_would_print() -> None:
    [hers] = sides()[0].passages()
    seals = hers.seals(b"c", b"t")
    shown = repr(hers) + repr(seals)
    assert not any(repr(secret) in shown for secret in (hers.seat, hers.secret, seals.send, seals.receive))


class WhateverGetsLost(RuleBasedStateMachine):
    """The customer's machine goes over, the technician's follows or never hears of it, and she hears that or not."""

    def __init__(self) -> None:
        super().__init__()
        self.c, self.t = sides()
        self.on: Passage | None = None  # her connection's
        self.his = 0

    @invariant()
    def they_find_each_other(self) -> None:
        [his] = self.t.passages()
        assert room(his) in {room(passage) for passage in self.c.passages()}
        assert len(self.c.passages()) <= 2

    @rule(follows=st.booleans())
    def the_line_is_mended(self, follows: bool) -> None:
        [his] = self.t.passages()
        [hers] = [passage for passage in self.c.passages() if room(passage) == room(his)]
        assert opens(hers.seals(b"c", b"t"), his.seals(b"c", b"t"))
        assert hers.number >= self.his
        self.c.stood(hers)
        self.on = hers
        if follows:
            self.t.stood(his)
            self.t.settled()
            self.his = his.number

    @rule()
    def she_hears_him_there(self) -> None:
        if self.on is not None and self.on.number == self.his:
            self.c.settled()
            assert not self.c.in_doubt


TestWhateverGetsLost = WhateverGetsLost.TestCase
TestWhateverGetsLost.settings = settings(max_examples=60, deadline=None)
