"""The dialog `Request`, and those of her own machine (`Before they control`): one question, two buttons of equal size.

The safe answer has the focus. All questions stand in one window, so that what holds for one holds for each: the gate is
closed and the picture held before it comes, it is painted over before pictures go on, and it rests before a yes counts.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QMouseEvent, QShowEvent, QWindow
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout

from remotehelp.customer.intents import Answer
from remotehelp.customer.view import CustomerView
from remotehelp.visit.checks import Check
from remotehelp.visit.grants import Wish
from ui.customer.asking import Asking, asking
from ui.customer.windows import SETTLED_MS
from ui.shared import controls, theme

#: `Allow` rests so long after each question came: a second click that was meant for something else hits nothing.
#: More than the longest double click of the desktops (500 ms), less than it takes to read the sentence
ARMING_MS = 700

FLAGS = (
    Qt.WindowType.Dialog
    | Qt.WindowType.CustomizeWindowHint
    | Qt.WindowType.WindowTitleHint
    | Qt.WindowType.WindowCloseButtonHint
    | Qt.WindowType.WindowStaysOnTopHint
)


class AllowButton(QPushButton):
    """`Allow`; the second click of a double click is never an answer, since it may aim at what was there before."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Swallow it."""
        event.accept()


class RequestDialog(QDialog):
    """Asks what the view asks. Closing it, Esc and `Not now` are the same answer.

    Signals: ``appeared(question)`` when the question of that number is really on the screen, with each question anew;
    ``vanished()`` when it has really left it, or never came.
    """

    appeared = Signal(int)
    vanished = Signal()

    def __init__(self, submit: Callable[[object], None]) -> None:
        super().__init__(None, FLAGS)
        self._submit = submit
        self._asked: Wish | Check | None = None
        self._question = 0  # the number of what is drawn, or was drawn last
        self._told: int | None = None  # the number that `appeared` told; None after `vanished`
        self._arming = self._timer(ARMING_MS, lambda: controls.explain(self.allow, ""))
        self._leaving = self._timer(SETTLED_MS, self._has_left)  # if the display says nothing
        self.setModal(False)  # the help bar's buttons stay in reach
        self.what = controls.narrow(controls.label(look="strong", identifier="what-they-ask"))
        self.more = controls.narrow(controls.label(identifier="what-to-think-of"))
        self.not_now = controls.button("")
        self.allow = AllowButton()
        self.allow.setAutoDefault(False)  # Enter is `Not now` unless `Allow` was chosen
        self.not_now.setDefault(True)
        self.not_now.clicked.connect(lambda: self._answer(False))
        self.allow.clicked.connect(lambda: self._answer(True))
        self._arrange()

    def show_view(self, view: CustomerView) -> None:
        """Come with a question, change with another one, go when none is open."""
        if (view.request, view.question) == (self._asked, self._question):
            return
        was, self._asked = self._asked, view.request
        unseen = view.question not in (0, self._question)
        self._question = view.question
        if view.request is not None:
            self._ask(asking(view))
        elif was is not None:
            self.hide()
            self._leaving.start()
        elif unseen:
            self.vanished.emit()

    def _ask(self, words: Asking) -> None:
        self._say(words)
        self.not_now.setFocus()
        self._rest()
        self._fit()
        if self.isVisible():
            self._has_come()
            return
        self._to_the_middle()
        self.show()
        self.raise_()
        self.activateWindow()

    def _say(self, words: Asking) -> None:
        self.setWindowTitle(words.title)
        self.setAccessibleName(words.title)
        self.what.setText(words.what)
        controls.show_text(self.more, words.more)
        self.not_now.setText(words.no)
        self.allow.setText(words.yes)
        controls.dress(self.not_now, "stop" if words.warns else "")
        size = self.not_now.sizeHint().expandedTo(self.allow.sizeHint()).expandedTo(QSize(0, theme.CONTROL_HEIGHT))
        for made in (self.not_now, self.allow):
            made.setMinimumSize(size)

    def reject(self) -> None:
        """Esc is `Not now`; the dialog goes when the view says so."""
        self._answer(False)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing is `Not now`."""
        event.ignore()
        self._answer(False)

    def showEvent(self, event: QShowEvent) -> None:
        """Watch the native window, which alone knows when it is on the screen."""
        super().showEvent(event)
        self.windowHandle().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell when the native window comes to the screen and leaves it."""
        if event.type() == QEvent.Type.Expose and isinstance(watched, QWindow):
            self._exposure_came(watched.isExposed())
        return super().eventFilter(watched, event)

    def _exposure_came(self, exposed: bool) -> None:
        if exposed:
            self._has_come()
        elif self._told is not None or self._leaving.isActive():
            self._has_left()

    def _has_come(self) -> None:
        """Tell of the present question once, when its window is on the screen."""
        if self._asked is not None and self._told != self._question and self.windowHandle().isExposed():
            self._leaving.stop()
            self._told = self._question
            self._rest()
            self.appeared.emit(self._question)

    def _has_left(self) -> None:
        self._leaving.stop()
        self._told = None
        self.vanished.emit()
        self._has_come()  # the next question, if it stands there by now

    def _rest(self) -> None:
        controls.explain(self.allow, self.tr("One moment, please."))
        self._arming.start()

    def _answer(self, allow: bool) -> None:
        if self._asked is not None:
            self._submit(Answer(allow, self._question))

    def _timer(self, milliseconds: int, work: Callable[[], None]) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=milliseconds)
        timer.timeout.connect(work)
        return timer

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        controls.spaced(column, spacing=theme.MARGIN)
        column.addWidget(self.what)
        column.addWidget(self.more)
        row = QHBoxLayout()
        row.addWidget(self.not_now, 1)
        row.addWidget(self.allow, 1)
        column.addLayout(row)
        self.setMinimumWidth(theme.WINDOW[0] - 2 * theme.MARGIN)

    def _fit(self) -> None:
        layout = self.layout()
        if layout is not None:
            layout.activate()  # the words have just changed
        width = max(self.minimumWidth(), self.sizeHint().width())
        self.resize(width, self.heightForWidth(width))

    def _to_the_middle(self) -> None:
        place = self.frameGeometry()
        place.moveCenter(self.screen().availableGeometry().center())
        self.move(place.topLeft())
