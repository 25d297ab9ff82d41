"""A rectangle on a screen."""

from __future__ import annotations

from typing import NamedTuple


class Box(NamedTuple):
    """Where something stands on its desk's screen, in pixels from the top left corner."""

    x: int
    y: int
    width: int
    height: int

    @property
    def centre(self) -> tuple[int, int]:
        """The pixel in the middle: where one would click."""
        return self.x + self.width // 2, self.y + self.height // 2

    def holds(self, other: Box) -> bool:
        """Whether ``other`` lies wholly inside."""
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.x + other.width <= self.x + self.width
            and other.y + other.height <= self.y + self.height
        )
