"""Sessions: one token, one use, one badge, some hours."""

from __future__ import annotations

from itertools import count

from remotehelp.broker.sessions import Session, Sessions

BADGE, OTHER = bytes(32), bytes([1] * 32)
SESSION = Session("technician.a", 1, BADGE, until=100.0)


def sessions() -> Sessions:
    numbers = count(1)
    return Sessions(lambda size: next(numbers).to_bytes(size))


def test_a_token_is_used_up_and_gives_way_to_a_new_one() -> None:
    kept = sessions()
    first = kept.admit(SESSION, now=0)
    second = kept.take_over(first.token, BADGE, now=1)
    assert second is not None
    assert second.session == SESSION
    assert second.token != first.token
    assert kept.take_over(first.token, BADGE, now=1) is None
    assert kept.has(second, now=1)
    assert not kept.has(first, now=1)  # the socket that had it before


def test_it_does_not_outlive_its_hours_however_often_it_is_taken_over() -> None:
    kept = sessions()
    admission = kept.admit(SESSION, now=0)
    for now in (10, 50, 99.9):
        taken = kept.take_over(admission.token, BADGE, now)
        assert taken is not None
        admission = taken
    assert not kept.has(admission, now=100)
    assert kept.take_over(admission.token, BADGE, now=100) is None


def test_a_token_is_worth_nothing_without_its_badge_and_stays_good_for_it() -> None:
    kept = sessions()
    admission = kept.admit(SESSION, now=0)
    assert kept.take_over(admission.token, OTHER, now=1) is None
    assert kept.take_over(bytes(32), BADGE, now=1) is None
    assert kept.take_over(admission.token, BADGE, now=1) is not None


def test_nothing_grows_and_no_token_is_kept() -> None:
    kept = sessions()
    for now in range(0, 1000, 10):
        token = kept.admit(Session("technician.a", 1, BADGE, until=now + 100.0), now).token
        assert token not in kept._kept
    assert len(kept._kept) <= 10
