from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from remotehelp.media.effort import AT_ONCE_S, SHARE, Effort


def test_work_is_done_at_once_until_what_was_saved_up_is_spent() -> None:
    effort = Effort(0.0)
    effort.spent(AT_ONCE_S / 2, 0.0)
    assert effort.left(0.0)
    effort.spent(AT_ONCE_S / 2, 0.0)
    assert not effort.left(0.0)


def test_time_that_passes_lets_more_be_done() -> None:
    effort = Effort(5.0)
    effort.spent(AT_ONCE_S, 5.0)
    assert not effort.left(5.0)
    assert effort.left(5.1)


def test_one_piece_of_work_that_took_very_long_is_not_repaid_for_ever() -> None:
    effort = Effort(0.0)
    effort.spent(60.0, 60.0)
    assert not effort.left(60.0)
    assert effort.left(60.0 + AT_ONCE_S / SHARE + 0.01)


@given(st.lists(st.tuples(st.floats(0, 0.2), st.floats(0, 0.2)), min_size=1, max_size=60))
def test_whoever_works_only_while_something_is_left_leaves_half_of_the_time_to_others(
    turns: list[tuple[float, float]],
) -> None:
    effort, now, worked = Effort(0.0), 0.0, 0.0
    for pause, work in turns:
        now += pause
        if effort.left(now):
            now += work
            worked += work
            effort.spent(work, now)
    assert worked <= SHARE * now + AT_ONCE_S + 0.2 + 1e-6
