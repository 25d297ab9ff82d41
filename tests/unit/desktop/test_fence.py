import time

import pytest

from remotehelp.desktop.fence import MOST, SIZE, Fence, open_fence
from remotehelp.errors import GateClosed, StaleEpoch


def test_new_memory_lets_nothing_pass():
    fence = Fence()
    assert not fence.passes()
    with pytest.raises(StaleEpoch, match="input_not_allowed"):
        fence.check()


def test_whoever_shares_the_memory_can_shut_it():
    memory = bytearray(SIZE)
    hers, the_hands = Fence(memory), Fence(memory)
    number = hers.open()
    the_hands.check()
    the_hands.check(number)
    the_hands.shut()
    with pytest.raises(StaleEpoch):
        hers.check(number)
    assert not the_hands.passes()


def test_who_opened_it_before_can_neither_pass_nor_shut_it():
    fence = open_fence()
    first = fence.open()
    second = fence.open()
    assert first != second
    with pytest.raises(StaleEpoch):
        fence.check(first)
    fence.shut(first)
    fence.check(second)
    fence.shut(second)
    assert not fence.passes()


def test_while_it_is_hers_nothing_passes_and_then_it_does():
    fence = open_fence()
    fence.hers(time.monotonic() + 60)
    assert not fence.passes()
    with pytest.raises(GateClosed, match="her_hand"):
        fence.check()
    fence.hers(time.monotonic())
    assert fence.passes()
    fence.check()


def test_a_fence_that_is_shut_stays_so_when_her_turn_ends():
    fence = Fence()
    fence.hers(time.monotonic())
    assert not fence.passes()


def test_notes_are_read_in_order_by_whoever_shares_it():
    memory = bytearray(SIZE)
    writes, reads = Fence(memory), Fence(memory)
    for event in (7, 2**63, 9):
        writes.note(event)
    assert reads.noted == 3
    assert list(reads.notes(0, 3)) == [7, 2**63, 9]
    assert list(reads.notes(1, 2)) == [2**63]
    assert list(reads.notes(3, 3)) == []


def test_of_too_many_notes_the_last_are_kept():
    fence = Fence()
    for event in range(MOST + 10):
        fence.note(event)
    assert list(fence.notes(3, fence.noted)) == list(range(10, MOST + 10))
    assert not fence.passes()  # what is noted does not run into what decides
