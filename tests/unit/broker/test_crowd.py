"""How many may be in at a time."""

from __future__ import annotations

from remotehelp.broker.crowd import Crowd


def test_not_too_many_of_one_address_nor_in_all() -> None:
    crowd = Crowd(each=2, most=3)
    assert [crowd.enter("a") for _ in range(3)] == [True, True, False]
    assert crowd.enter("b")
    assert not crowd.enter("c")
    crowd.leave("a")
    assert crowd.enter("c")


def test_who_was_not_let_in_is_not_counted_and_nothing_grows() -> None:
    crowd = Crowd(each=1, most=10)
    for number in range(100):
        address = str(number)
        assert crowd.enter(address)
        assert not crowd.enter(address)
        crowd.leave(address)
    assert len(crowd._in) == 0
