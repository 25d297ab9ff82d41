"""The benchmark's film runs to its end and back."""

from itertools import pairwise

from tests.benchmarks.video import FRAMES, shown


def test_the_film_runs_to_its_end_and_back_and_no_frame_stands_still():
    places = [shown(number) for number in range(4 * FRAMES)]
    assert places[:3] == [0, 1, 2]
    assert places[FRAMES - 1 : FRAMES + 1] == [FRAMES - 1, FRAMES - 2]
    assert {abs(after - before) for before, after in pairwise(places)} == {1}
