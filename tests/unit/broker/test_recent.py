"""At most so many within so long."""

from __future__ import annotations

from remotehelp.broker.recent import Recent


def test_what_was_too_much_is_allowed_again_as_soon_as_the_oldest_is_old() -> None:
    recent = Recent(most=2, seconds=60)
    assert [recent.allow("a", now) for now in (0, 10, 20, 59.9, 60, 60.1)] == [True, True, False, False, True, False]


def test_one_key_does_not_count_for_another() -> None:
    recent = Recent(most=1, seconds=60)
    assert recent.allow("a", 0)
    assert recent.allow("b", 0)


def test_pruning_forgets_the_quiet_and_keeps_the_busy() -> None:
    recent = Recent(most=1, seconds=60)
    recent.allow("quiet", 0)
    recent.allow("busy", 50)
    recent.prune(60)
    assert list(recent._times) == ["busy"]
    assert not recent.allow("busy", 61)
