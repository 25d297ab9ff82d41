from hypothesis import given
from hypothesis import strategies as st

from remotehelp.desktop.whose import KEPT, LASTS, HerTurn, Whose

EVENTS = st.lists(st.integers(0, 3), max_size=30)


@given(EVENTS)
def test_what_our_hands_noted_is_ours_each_once(events):
    whose = Whose()
    for event in events:
        whose.note(event, 0.0)
    assert all(whose.is_ours(event, 0.0) for event in events)
    assert not any(whose.is_ours(event, 0.0) for event in range(4))


@given(EVENTS, st.data())
def test_one_more_than_was_noted_is_hers_wherever_it_comes_between(events, data):
    hers = data.draw(st.integers(0, 3))
    at = data.draw(st.integers(0, len(events)))
    whose = Whose()
    for event in events:
        whose.note(event, 0.0)
    came = [*events[:at], hers, *events[at:]]
    assert not all(whose.is_ours(event, 0.0) for event in came)


@given(EVENTS, st.sets(st.integers(0, 29)))
def test_what_the_display_did_not_do_hides_nothing_that_comes_after(events, dropped):
    whose = Whose()
    for event in [*events, 9]:
        whose.note(event, 0.0)
    came = [event for at, event in enumerate(events) if at not in dropped]
    for event in [*came, 9]:
        whose.is_ours(event, 0.0)
    assert not any(whose.is_ours(event, 0.0) for event in range(10))


@given(st.integers(0, 3), st.floats(0.001, 1000))
def test_what_was_noted_long_ago_is_nothing(event, later):
    whose = Whose()
    whose.note(event, 5.0)
    assert not whose.is_ours(event, 5.0 + KEPT + later)


def test_nothing_noted_is_hers():
    assert not Whose().is_ours(1, 0.0)


@given(st.lists(st.integers(0, 40).map(lambda quarters: quarters / 4), min_size=1, max_size=20))
def test_her_turn_lasts_until_two_seconds_after_the_last_that_she_did(gaps):
    turn, now, begun = HerTurn(), 0.0, 0
    for gap in gaps:
        now += gap
        ended = turn.ended(now)
        assert ended == (begun > 0 and gap >= LASTS)
        begun += turn.moved(now)
        assert turn.wait(now) == LASTS
    assert begun == 1 + sum(gap >= LASTS for gap in gaps[1:])
    assert not turn.ended(now + LASTS / 2)
    assert turn.ended(now + LASTS)
    assert not turn.ended(now + LASTS)
    assert turn.wait(now) is None
