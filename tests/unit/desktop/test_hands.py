import pytest
from hypothesis import given
from hypothesis import strategies as st

from remotehelp.desktop.hands import NOTCH, notches


@pytest.mark.parametrize(("turned", "found"), [(0, (0, 0)), (119, (0, 119)), (120, (1, 0)), (-130, (-1, -10))])
def test_notches(turned, found):
    assert notches(turned) == found


@given(st.lists(st.integers(-12000, 12000)))
def test_no_part_of_a_turn_is_lost(turns):
    clicks = rest = 0
    for turn in turns:
        whole, rest = notches(rest + turn)
        clicks += whole
        assert abs(rest) < NOTCH
    assert clicks * NOTCH + rest == sum(turns)
