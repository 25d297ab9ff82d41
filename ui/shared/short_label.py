"""Words that never take more room than they were given."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy

from ui.shared import theme

#: characters that are looked at when it is drawn: more than any label has room for
DRAWN = 500


class ShortLabel(QLabel):
    """At most ``lines`` lines, cut at the end where they do not fit, as wide as there is room; a screen reader has all.

    Line breaks are shown as spaces.
    """

    def __init__(self, *, identifier: str, lines: int = 1, look: str = "") -> None:
        super().__init__()
        self._lines = lines
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAccessibleIdentifier(identifier)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        if look:
            theme.look(self, look)

    def setText(self, text: str) -> None:
        """Show ``text``, its line breaks as spaces."""
        super().setText(" ".join(text.split()))
        self.updateGeometry()

    def drawn(self) -> list[str]:
        """The lines as they are drawn in the present width."""
        rest, width = self.text()[:DRAWN], self.width()
        lines: list[str] = []
        while rest and len(lines) + 1 < self._lines:
            length = self._fitting(rest, width)
            lines.append(rest[:length].rstrip())
            rest = rest[length:]
        short = self.fontMetrics().elidedText(rest, Qt.TextElideMode.ElideRight, width)
        return [*lines, short] if rest else lines

    def sizeHint(self) -> QSize:
        """The height of the lines that the present width needs."""
        return QSize(0, max(1, len(self.drawn())) * self.fontMetrics().lineSpacing())

    def minimumSizeHint(self) -> QSize:
        """Any width."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need other lines."""
        super().resizeEvent(event)
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what fits."""
        painter = QPainter(self)
        align = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop
        painter.drawText(self.rect(), align, "\n".join(self.drawn()))
        painter.end()

    def _fitting(self, text: str, width: int) -> int:
        """How many characters of ``text`` stand in its first line."""
        layout = QTextLayout(text, self.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(max(1, width))
        layout.endLayout()
        return max(1, line.textLength())
