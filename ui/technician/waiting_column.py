"""Who waits for help without a code, and the one button that takes somebody."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QListWidgetItem, QVBoxLayout, QWidget

from remotehelp.technician.intents import Intent, SetAvailable, Take
from remotehelp.technician.view import Page, TechnicianView, WaitingCustomer
from ui.shared import controls, tame, theme
from ui.technician import parts

REDRAW_MS = 10_000  # minutes go on without anything else happening
TICKET = Qt.ItemDataRole.UserRole


class WaitingColumn(QWidget):
    """`Available`, the list `Waiting` and `Take`, which takes the first who came unless another one is chosen."""

    def __init__(self, submit: Callable[[Intent], None], clock: Callable[[], float] = time.monotonic) -> None:
        """``clock`` gives the seconds that ``WaitingCustomer.since`` counts in."""
        super().__init__()
        self._submit, self._clock = submit, clock
        self._customers: tuple[WaitingCustomer, ...] = ()
        self.available = QCheckBox(self.tr("Available"))
        self.available.toggled.connect(lambda on: self._submit(SetAvailable(on)))
        self.list = parts.WordyList(self.tr("Waiting"), "")
        self.list.itemActivated.connect(lambda item: self._submit(Take(item.data(TICKET))))
        self._more = controls.label(look="small", identifier="more-waiting")
        self._more.hide()
        self.take = parts.button(self.tr("Take"), "Ctrl+T", icon="back_hand")
        self.take.clicked.connect(self._take_one)
        minutes = QTimer(self, interval=REDRAW_MS)
        minutes.timeout.connect(self._draw)
        minutes.start()
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        controls.spaced(column, margin=0)
        column.addStrut(16 * theme.STEP)
        column.addWidget(parts.Caption(self.tr("Waiting"), strong=True))
        column.addWidget(self.available)
        column.addWidget(self.list, 1)
        column.addWidget(self._more)
        column.addWidget(self.take)

    def show_view(self, view: TechnicianView) -> None:
        """Follow the state; who is chosen stays chosen."""
        self.available.blockSignals(True)
        self.available.setChecked(view.available)
        self.available.blockSignals(False)
        controls.explain(self.available, "" if view.signed_in else self._not_signed_in())
        self._customers = view.waiting.customers
        self._draw()
        self.list.say_while_empty(self._why_empty(view))
        behind = view.waiting.total - len(view.waiting.customers)
        controls.show_text(self._more, self.tr("%n more wait", "", behind) if behind > 0 else "")
        parts.may(self.take, self._why_not_take(view))

    def _draw(self) -> None:
        tickets = [customer.ticket for customer in self._customers]
        if tickets != [self._item(row).data(TICKET) for row in range(self.list.count())]:
            self._fill(tickets)
        for row, customer in enumerate(self._customers):
            words = self._line(customer)
            if self._item(row).text() != words:
                self._item(row).setText(words)
                self._item(row).setToolTip(tame.tip(customer.words))

    def _fill(self, tickets: list[int]) -> None:
        chosen = self.list.currentItem().data(TICKET) if self.list.currentItem() else None
        self.list.clear()
        for ticket in tickets:
            item = QListWidgetItem(self.list)
            item.setData(TICKET, ticket)
        if chosen in tickets:
            self.list.setCurrentRow(tickets.index(chosen))

    def _item(self, row: int) -> QListWidgetItem:
        return self.list.item(row)

    def _take_one(self) -> None:
        chosen = self.list.currentItem() or self.list.item(0)
        if chosen is not None:
            self._submit(Take(chosen.data(TICKET)))

    # --- words ---------------------------------------------------------------------------------------

    def _line(self, customer: WaitingCustomer) -> str:
        words = tame.flat(customer.words) or self.tr("(nothing written)")
        minutes = max(0, int(self._clock() - customer.since)) // 60
        return self.tr("{minutes} min: {words}").format(minutes=minutes, words=words)

    def _why_empty(self, view: TechnicianView) -> str:
        if not view.available:
            return self.tr("Customers who wait will stand here as soon as you tick “Available”.")
        if view.page is Page.JOINING:
            return self.tr("The list rests while you are with a customer.")
        return self.tr("Nobody waits. Customers who wait will stand here.")

    def _why_not_take(self, view: TechnicianView) -> str:
        if not view.signed_in:
            return self._not_signed_in()
        if view.page is Page.JOINING or view.busy:
            return self.tr("One moment, please …")
        if not view.available:
            return self.tr("Tick “Available” first: then you see who waits.")
        return "" if view.waiting.customers else self.tr("Nobody waits at the moment.")

    def _not_signed_in(self) -> str:
        return self.tr("You are not signed in at a server yet.")
