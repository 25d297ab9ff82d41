from __future__ import annotations

from remotehelp.demo.box import Box


def test_knows_its_centre() -> None:
    assert Box(10, 20, 30, 41).centre == (25, 40)
