import pytest

from remotehelp.desktop.x11.spare import PAUSES_S, REST, WITHIN_S, Lent, Pauses, spare_keycodes


def test_only_keys_that_nothing_is_mapped_to_and_nobody_can_press_are_lent():
    keymap = [[0, 0]] * 4 + [[0x61, 0x41]] + [[0, 0]]
    assert spare_keycodes(keymap, 200) == (205, 203)  # the others are F22 to F24
    assert spare_keycodes([[0]], 8) == ()


def test_a_character_keeps_its_key():
    lent = Lent([250, 251])
    assert lent.find("я", 1.0) is None
    assert lent.lend("я", 1.0) == 250
    assert lent.find("я", 2.0) == 250


def test_the_key_that_rested_longest_goes_to_the_next_character():
    lent = Lent([250, 251])
    lent.lend("a", 1.0)
    lent.lend("b", 2.0)
    lent.find("a", 3.0)
    assert lent.lend("c", 4.0) == 251
    assert lent.find("b", 4.0) is None
    assert lent.find("a", 4.0) == 250


def test_a_key_that_was_just_pressed_has_to_rest():
    lent = Lent([250])
    assert lent.wait("a", 1.0) == 0
    lent.lend("a", 1.0)
    assert lent.wait("a", 1.0) == 0
    assert lent.wait("b", 1.0) == pytest.approx(REST)
    assert lent.lend("b", 1.0 + REST / 2) is None
    assert lent.lend("b", 1.0 + REST) == 250


def test_without_spare_keys_nothing_is_lent():
    lent = Lent([])
    assert lent.wait("a", 1.0) == 0
    assert lent.lend("a", 1.0) is None


def test_everything_is_taken_back():
    lent = Lent([250, 251])
    lent.lend("a", 1.0)
    assert lent.take_back() == [250]
    assert lent.take_back() == []
    assert lent.find("a", 2.0) is None
    assert {lent.lend("b", 2.0), lent.lend("c", 2.0)} == {250, 251}


def test_another_layout_may_need_some_of_the_keys_and_forget_what_was_lent():
    lent = Lent([250, 251, 252])
    for char in "ab":
        lent.lend(char, 1.0)
    lent.check(stands=lambda char, key: char == "b", empty=lambda key: key != 252)
    assert lent.find("a", 2.0) is None
    assert lent.find("b", 2.0) == 251
    assert lent.lend("c", 2.0) == 250
    assert lent.wait("d", 2.0) > 0


def test_waiting_takes_a_part_of_the_time_only():
    pauses = Pauses()
    assert pauses.passes(1.0, PAUSES_S - 0.1)
    assert not pauses.passes(1.1, 0.2)
    assert pauses.passes(1.2, 0.05)
    assert pauses.passes(1.0 + WITHIN_S, 0.5)
