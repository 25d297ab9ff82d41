"""The help bar: who is here, what they may do, and how to stop it; always on top while a visit lasts."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from remotehelp.customer.intents import (
    ChooseMonitors,
    ChooseWindow,
    LookForWindows,
    StopControl,
    StopEverything,
    WriteReport,
)
from remotehelp.customer.view import CustomerView, Monitor
from remotehelp.visit.events import Side
from ui.customer import person, window_choices
from ui.customer.conversation import Conversation
from ui.customer.face_head import FaceHead
from ui.customer.rights_part import RightsPart
from ui.customer.shown_choice import ShownChoice
from ui.customer.status_words import controlling, line_words, seeing
from ui.customer.windows import SETTLED_MS, stay_in_sight
from ui.shared import controls, screen_choices, sentences, theme
from ui.shared.line_details import show_line_details
from ui.shared.marked_label import MarkedLabel
from ui.shared.picture import FaceView
from ui.shared.safety_words import in_words
from ui.shared.short_label import ShortLabel
from ui.shared.tall_scroll_area import TallScrollArea

ANSWER_MS = 8000  # as long as one reads a sentence twice
FLAGS = (
    Qt.WindowType.Window
    | Qt.WindowType.CustomizeWindowHint
    | Qt.WindowType.WindowTitleHint
    | Qt.WindowType.WindowStaysOnTopHint
)


class HelpBar(QWidget):
    """One column at the edge of the screen; `Chat` opens the conversation beside it.

    It never takes the focus when it appears, and closing its window does not end the visit: its buttons do.
    What stops and what is allowed never scrolls out of sight.
    """

    def __init__(self, submit: Callable[[object], None]) -> None:
        super().__init__(None, FLAGS)
        self._submit = submit
        self._placed = False
        self._framed = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._framed.timeout.connect(self.stay_inside)
        self._told = ""  # the view's own notice
        self._answering = QTimer(self, singleShot=True, interval=ANSWER_MS)  # why the bar was not closed
        self._answering.timeout.connect(self._show_notice)
        self._monitors: tuple[Monitor, ...] = ()
        self._choices: list[ChooseMonitors | ChooseWindow] = []
        stay_in_sight(self)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setWindowTitle(self.tr("RemoteHelp: your visit"))
        self._make_words()
        self._make_buttons()
        self._arrange()

    def show_view(self, view: CustomerView) -> None:
        """Draw what the view says."""
        if view.technician is not None:
            self.who.setText(person.one_line(view.technician))
            self.face.set_empty(person.why_no_picture(view.technician))
            self.face.set_mark(self.tr("Demonstration") if view.technician.demonstration else "")
        self.face.set_still(person.no_longer_live(view))
        words = in_words(view.safety_words) if view.safety_words else ""
        controls.show_text(self.words, words and self.tr("Safety words: {words}").format(words=words))
        name = view.technician.given_name if view.technician else ""
        self.they_see.show_marked(*seeing(view.sees, alone=view.window is not None))
        self.they_control.show_marked(*controlling(view.controls, hers=view.her_turn))
        self.line.show_marked(*line_words(view.line, name))
        show_line_details(self.line, view.quality)
        self._told = sentences.told(view.notice) if view.notice else ""
        self._show_notice()
        self.rights.show_view(view)
        self._show_monitors(view)
        nobody = self.tr("Nobody but you is using the mouse and keyboard.")
        controls.explain(self.stop_control, "" if view.controls else nobody)
        self.conversation.show_view(view)
        self._show_news(view, name)

    def appear(self) -> None:
        """Show the bar in the screen's upper far corner, as tall as it needs and the screen allows."""
        self.rights.rest()
        self.setFocus()  # on nothing: a key that was meant for `Accept` does nothing here
        self.adjust_size()
        if not self._placed:
            self._placed = True
            room = self._room()
            left = room.left() if self.isRightToLeft() else room.right() + 1 - self.width()
            self.move(left, room.top() + theme.TITLE_BAR)
        self.show()

    def adjust_size(self) -> None:
        """Take the least width that the words allow, and the height that the content wants, within the screen."""
        self._fit_head()
        width = self.minimumSizeHint().width()
        self.resize(width, min(self.sizeHint().height(), self._most()))
        self._framed.start()

    def _fit_head(self) -> None:
        """The large face only where everything below it has room, too."""
        width = self._bar.minimumSizeHint().width()
        rest = self._column.sizeHint().height() - self._head.sizeHint().height()
        self._head.fit(width - 2 * theme.STEP, self._most() - rest)

    def stay_inside(self) -> None:
        """Bring the whole frame into the screen; how large that is shows only some time after the window."""
        self.resize(self.width(), min(self.height(), self._most()))
        screen, frame = self.screen().availableGeometry(), self.frameGeometry()
        frame.moveTop(max(screen.top(), min(frame.top(), screen.bottom() + 1 - frame.height())))
        frame.moveLeft(max(screen.left(), min(frame.left(), screen.right() + 1 - frame.width())))
        if frame.topLeft() != self.pos():
            self.move(frame.topLeft())

    def _most(self) -> int:
        """The tallest that fits the screen."""
        return self._room().height() - self._frame_height()

    def _frame_height(self) -> int:
        return self.frameGeometry().height() - self.height() or theme.TITLE_BAR

    def _room(self) -> QRect:
        return self.screen().availableGeometry().adjusted(2 * theme.STEP, theme.STEP, -2 * theme.STEP, -theme.STEP)

    def event(self, event: QEvent) -> bool:
        """Grow and shrink with what there is to say, and stay in sight: a visit never goes on unseen."""
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.adjust_size()
        elif event.type() == QEvent.Type.WindowStateChange and self.isMinimized():
            QTimer.singleShot(0, self.showNormal)
        return handled

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stay, and say how the visit is ended."""
        event.ignore()
        self._answering.start()
        self._show_notice()

    # --- parts ---------------------------------------------------------------------------------------

    def _make_words(self) -> None:
        self.face = FaceView(self.tr("Technician's face"), full=True)
        self.who = ShortLabel(identifier="who-is-here", lines=2, look="strong")
        self.words = ShortLabel(identifier="safety-words")
        self.they_see = MarkedLabel(identifier="they-see")
        self.they_control = MarkedLabel(identifier="they-control")
        self.line = MarkedLabel(identifier="line")
        self.notice = controls.narrow(controls.label(look="notice", identifier="notice"))
        self.news = ShortLabel(identifier="new-message")

    def _make_buttons(self) -> None:
        self.rights = RightsPart(self._submit)
        self.monitor = ShownChoice()
        self.monitor.looked_at.connect(lambda: self._submit(LookForWindows()))
        self.monitor.activated.connect(self._shown_chosen)
        self._make_chat()
        self.later = self._later_buttons()
        self.report = self._small(self.tr("Report"), "campaign")
        self.report.clicked.connect(lambda: self._submit(WriteReport()))
        self._make_stops()

    def _make_chat(self) -> None:
        self.conversation = Conversation(self._submit)
        self.chat = self._small(self.tr("Chat"), "chat")
        self.chat.setCheckable(True)
        self.chat.toggled.connect(self._chat_toggled)

    def _make_stops(self) -> None:
        self.stop_control = controls.button(self.tr("Stop control"), icon="back_hand", look="stop-quiet")
        self.stop_control.clicked.connect(lambda: self._submit(StopControl()))
        self.stop_everything = controls.button(self.tr("Stop everything"), icon="stop_circle", look="stop")
        self.stop_everything.clicked.connect(lambda: self._submit(StopEverything()))

    def _later_buttons(self) -> tuple[QPushButton, ...]:
        """What a later version brings: there, disabled, and each says what that means now."""
        always = self.tr("A later version brings this. The picture always stays.")
        reasons = (
            ("mic_off", self.tr("Mute"), self.tr("A later version brings voice. Nobody hears you now.")),
            ("pause_circle", self.tr("Pause picture"), self.tr("A later version brings this. Untick Show my screen.")),
            ("open_in_full", self.tr("Larger face"), always),
            ("visibility_off", self.tr("Hide face"), always),
            ("fiber_manual_record", self.tr("Record"), self.tr("A later version brings this. Nothing is recorded.")),
        )
        buttons = tuple(self._small(text, icon) for icon, text, _ in reasons)
        for made, (_, _, why_not) in zip(buttons, reasons, strict=True):
            controls.explain(made, why_not)
        return buttons

    def _small(self, text: str, icon: str) -> QPushButton:
        made = controls.button(text, icon=icon)
        made.setIconSize(QSize(theme.SMALL_ICON, theme.SMALL_ICON))
        controls.dress(made, "compact")
        return made

    # --- layout --------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self._bar = QWidget()
        self._head = FaceHead(self.face, self.who)
        column = self._column = QVBoxLayout(self._bar)
        controls.spaced(column, margin=theme.STEP, spacing=theme.HALF)
        column.addStrut(theme.BAR_WIDTH - 2 * theme.STEP)  # a least width, which longer words may widen
        column.addWidget(self._head)
        column.addWidget(self.words)
        column.addWidget(self.news)
        column.addWidget(self.rights)
        self._scroll = TallScrollArea(self._middle(), theme.BAR_WIDTH - 2 * theme.STEP)
        column.addWidget(self._scroll, 1)
        column.addWidget(self.stop_control)
        column.addWidget(self.stop_everything)
        self._beside = QWidget()
        beside = QVBoxLayout(self._beside)
        controls.spaced(beside, margin=theme.STEP)
        beside.addWidget(self.conversation)
        self._beside.hide()
        self._row = QHBoxLayout(self)
        controls.spaced(self._row, margin=0, spacing=0)
        self._row.addWidget(self._beside)
        self._row.addWidget(self._bar)

    def _middle(self) -> QWidget:
        middle = QWidget()
        column = QVBoxLayout(middle)
        controls.spaced(column, margin=0, spacing=theme.HALF)
        for part in (self.notice, self.they_see, self.they_control, self.line, self.rights.later, self.monitor):
            column.addWidget(part)
        grid = QGridLayout()
        grid.setSpacing(theme.HALF)
        for place, made in enumerate((self.chat, *self.later)):
            grid.addWidget(made, place // 2, place % 2)
        column.addLayout(grid)
        last = QHBoxLayout()
        last.addWidget(controls.label(self.tr("Ctrl+Alt+End stops everything, too."), look="small"), 1)
        last.addWidget(self.report)
        column.addLayout(last)
        column.addStretch()
        return middle

    def _chat_toggled(self, opened: bool) -> None:
        """Open the conversation beside the bar; the bar itself stays where it is on the screen."""
        before = self.width()
        self._beside.setVisible(opened)
        self.news.hide()
        self._row.activate()
        self.adjust_size()
        if not self.isRightToLeft():
            self.move(self.x() + before - self.width(), self.y())
        if opened:
            self.conversation.message.setFocus()

    # --- words ---------------------------------------------------------------------------------------

    def _show_notice(self) -> None:
        """What the view tells; else, for a while, why the bar is still here."""
        stays = self.tr("Your visit goes on. To end it, press Stop everything.")
        self._tell(self._told or (stays if self._answering.isActive() else ""))

    def _tell(self, words: str) -> None:
        """Show a notice, the first thing of what scrolls: on a low screen it would come unseen."""
        news = words if words != self.notice.text() else ""
        controls.show_text(self.notice, words)
        if news:
            controls.announce(self.notice, news)
            self._scroll.verticalScrollBar().setValue(0)

    def _show_monitors(self, view: CustomerView) -> None:
        if view.monitors != self._monitors:
            self._monitors = view.monitors
            self._framed.start()  # the bar may stand where no screen is any more
        found = window_choices.windows(view)
        self._choices = [ChooseMonitors(names) for names in screen_choices.choices(view.monitors)]
        self._choices += [ChooseWindow(window.id) for window in found]
        words = [*screen_choices.labels(view.monitors), *window_choices.labels(found)]
        self.monitor.offer(words, sentences.reason(view.no_windows))
        self.monitor.setPlaceholderText(screen_choices.several(len(view.shown), len(view.monitors)))
        now = ChooseMonitors(view.shown) if view.window is None else ChooseWindow(view.window.id)
        self.monitor.setCurrentIndex(self._choices.index(now) if now in self._choices else -1)

    def _shown_chosen(self, index: int) -> None:
        self._submit(self._choices[index])

    def _show_news(self, view: CustomerView, name: str) -> None:
        last = view.conversation[-1] if view.conversation else None
        unread = last is not None and last.who is Side.TECHNICIAN and not self.chat.isChecked()
        text = self.tr("{name} wrote: {text}").format(name=name, text=last.text) if last and unread else ""
        before = self.news.text()
        controls.show_text(self.news, text)
        if self.news.text() != before:
            controls.announce(self.news, self.news.text())
