"""The Protocol's own promises stand in ``tests/contract/test_cursor.py``; here: who keeps them."""

from remotehelp.desktop.cursor import PERIOD_S, CursorWatch
from remotehelp.desktop.fake import FakeCursorWatch, fake_desktop
from remotehelp.desktop.x11.cursor import XCursorWatch


def test_each_backend_is_one() -> None:
    assert isinstance(fake_desktop().cursor, FakeCursorWatch)
    assert CursorWatch in FakeCursorWatch.__mro__
    assert CursorWatch in XCursorWatch.__mro__


def test_at_most_sixty_changes_a_second_are_told() -> None:
    assert round(1 / PERIOD_S) == 60
