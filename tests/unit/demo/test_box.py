from __future__ import annotations

import pytest

from remotehelp.demo.box import Box


def test_knows_its_centre() -> None:
    assert Box(10, 20, 30, 41).centre == (25, 40)


@pytest.mark.parametrize(
    ("other", "inside"),
    [
        (Box(10, 20, 30, 40), True),
        (Box(11, 21, 5, 5), True),
        (Box(9, 20, 5, 5), False),
        (Box(10, 19, 5, 5), False),
        (Box(36, 20, 5, 5), False),
        (Box(10, 56, 5, 5), False),
    ],
)
def test_knows_what_lies_inside(other: Box, inside: bool) -> None:
    assert Box(10, 20, 30, 40).holds(other) is inside
