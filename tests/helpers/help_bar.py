"""The help bar of a visit with much to say, alone on a real display; run as a program on a desk."""

from __future__ import annotations

import sys
from dataclasses import replace

from PySide6.QtWidgets import QApplication

from remotehelp.visit.shown import Notice
from tests.helpers import gallery
from ui.customer.help_bar import HelpBar
from ui.shared import theme


def main() -> int:
    app = QApplication(sys.argv)
    theme.apply(app, theme.Face.CUSTOMER)
    bar = HelpBar(lambda _intent: None)
    bar.show_view(replace(gallery.VISIT, notice=Notice("hands_lost")))
    bar.appear()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
