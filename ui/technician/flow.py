"""A layout that fills rows like words fill lines, so that no language makes the window wider than the screen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


def rows(widths: list[int], room: int, gap: int) -> list[list[int]]:
    """Which items stand in which row: places in ``widths``, pixels; an item that is too wide has a row of its own."""
    made: list[list[int]] = []
    used = 0
    for place, width in enumerate(widths):
        if not made or used + gap + width > room:
            made.append([place])
            used = width
        else:
            made[-1].append(place)
            used += gap + width
    return made


def spread(widths: list[int], room: int, gap: int) -> list[int]:
    """The widths of one row's items after what is left of ``room`` was shared out evenly."""
    left = max(room - sum(widths) - gap * (len(widths) - 1), 0)
    share, rest = divmod(left, len(widths))
    return [width + share + (place < rest) for place, width in enumerate(widths)]


class Flow(QLayout):
    """Rows of items, each row as wide as the layout; in right-to-left languages from the right."""

    def __init__(self, gap: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gap = gap
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Qt hands over an item."""
        self._items.append(item)

    def count(self) -> int:
        """How many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item at a place, None beyond the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give an item back."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """None: as high as its rows."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The height follows the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all rows at this width."""
        count = len(rows(self._widths(), width, self._gap))
        return count * self._row_height() + max(count - 1, 0) * self._gap

    def minimumSize(self) -> QSize:
        """Room for the widest item."""
        return QSize(max(self._widths(), default=0), self._row_height())

    def sizeHint(self) -> QSize:
        """The same: it takes what it gets."""
        return self.minimumSize()

    def setGeometry(self, rect: QRect) -> None:
        """Put every item into its place."""
        super().setGeometry(rect)
        widths, height = self._widths(), self._row_height()
        parent = self.parentWidget()
        mirrored = parent is not None and parent.isRightToLeft()
        for number, row in enumerate(rows(widths, rect.width(), self._gap)):
            left = rect.left()
            for place, width in zip(row, spread([widths[at] for at in row], rect.width(), self._gap), strict=True):
                x = rect.left() + rect.right() + 1 - left - width if mirrored else left
                at = QPoint(x, rect.top() + number * (height + self._gap))
                self._items[place].setGeometry(QRect(at, QSize(width, height)))
                left += width + self._gap

    def _widths(self) -> list[int]:
        return [item.sizeHint().width() for item in self._items]

    def _row_height(self) -> int:
        return max((item.sizeHint().height() for item in self._items), default=0)
