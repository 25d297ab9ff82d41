"""Tiles and the video of one moment."""

from remotehelp.media.together import PATIENCE_S, Together
from remotehelp.messages import Exact


def message(seq: int, film: int = 0, area: int = 1) -> Exact:
    return Exact(area, 64, 64, seq, 0, (), (), film)


def test_what_belongs_to_no_video_is_ready_at_once():
    together = Together()
    together.put([message(1), message(2)], 0.0)
    assert [ready.seq for ready in together.ready(0.0)] == [1, 2]
    assert together.due is None


def test_a_tile_waits_for_its_picture_and_what_follows_waits_behind_it():
    together = Together()
    together.put([message(1, film=7), message(2)], 0.0)
    assert list(together.ready(0.1)) == []
    assert list(together.before(1, 7)) == []
    together.painted(7)
    assert [ready.seq for ready in together.ready(0.1)] == [1, 2]


def test_a_picture_that_was_lost_is_not_waited_for_once_the_next_one_is_there():
    together = Together()
    together.put([message(1, film=7), message(2, film=8)], 0.0)
    assert [earlier.seq for earlier in together.before(1, 8)] == [1]
    together.painted(8)
    assert [ready.seq for ready in together.ready(0.0)] == [2]


def test_nobody_waits_for_ever():
    together = Together()
    together.put([message(1, film=7)], 1.0)
    assert together.due == 1.0 + PATIENCE_S
    assert list(together.ready(1.0)) == []
    assert [ready.seq for ready in together.ready(1.0 + PATIENCE_S)] == [1]


def test_a_new_area_begins_to_count_anew():
    together = Together()
    together.painted(9)
    together.put([message(5, film=10)], 0.0)
    together.put([message(1, film=1, area=2)], 0.0)
    assert list(together.ready(0.1)) == []
    together.painted(1)
    assert [ready.area for ready in together.ready(0.1)] == [2]
