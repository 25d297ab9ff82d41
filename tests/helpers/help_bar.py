"""The help bar, alone on a real display, of a visit that has more to say after some milliseconds (the argument)."""

from __future__ import annotations

import sys
from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from remotehelp.visit.shown import Notice
from tests.helpers import gallery
from ui.customer.help_bar import HelpBar
from ui.shared import theme


def main() -> int:
    app = QApplication(sys.argv)
    theme.apply(app, theme.Face.CUSTOMER)
    bar = HelpBar(lambda _intent: None)
    bar.show_view(replace(gallery.VISIT, sees=False, controls=False))
    bar.appear()
    more = replace(gallery.VISIT, notice=Notice("hands_lost"))
    QTimer.singleShot(int(sys.argv[1]), lambda: bar.show_view(more))
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
