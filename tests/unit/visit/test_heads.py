"""When the log is put to the other side to sign."""

from remotehelp.visit.heads import ANSWER_S, EVERY_S, Heads
from remotehelp.visit.story import Head


def head(upto: int) -> Head:
    return Head(upto, False, bytes(73))


def test_a_head_is_due_every_thirty_seconds():
    heads = Heads(100)
    assert not heads.due(100 + EVERY_S - 0.1)
    assert heads.due(100 + EVERY_S)
    heads.ask(head(3), 130)
    heads.answered(3)
    assert not heads.due(130 + EVERY_S - 0.1)
    assert heads.due(130 + EVERY_S)


def test_a_change_of_rights_makes_one_due_at_once_and_only_once():
    heads = Heads(0)
    heads.wish()
    heads.wish()
    assert heads.due(1)
    heads.ask(head(3), 1)
    heads.answered(3)
    assert not heads.due(1)


def test_one_is_open_at_a_time_and_what_changes_meanwhile_is_due_after_it():
    heads = Heads(0)
    heads.ask(head(3), 1)
    heads.wish()
    assert not heads.due(500)
    assert heads.answered(3) == head(3)
    assert heads.due(2)


def test_an_answer_to_another_head_is_none():
    heads = Heads(0)
    assert heads.answered(1) is None
    heads.ask(head(3), 1)
    assert heads.answered(2) is None
    assert heads.open == head(3)
    heads.ask(head(5), 2)
    assert heads.answered(3) is None
    assert heads.answered(5) == head(5)
    assert heads.answered(5) is None


def test_an_answer_that_does_not_come_is_told_once_and_still_counts_later():
    heads = Heads(0)
    assert not heads.overdue(1000)
    heads.ask(head(3), 10)
    assert not heads.overdue(10 + ANSWER_S - 0.1)
    assert heads.overdue(10 + ANSWER_S)
    assert not heads.overdue(10 + 2 * ANSWER_S)
    assert heads.answered(3) == head(3)
    assert not heads.overdue(1000)
    heads.ask(head(5), 1000)
    assert heads.overdue(1000 + ANSWER_S)
