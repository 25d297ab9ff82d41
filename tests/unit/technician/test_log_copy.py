"""The technician's copy of the log: the same bytes, signed as far as they are true."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import pytest

from remotehelp import messages
from remotehelp.messages import Right
from remotehelp.technician import log_copy
from remotehelp.technician.log_copy import LogCopy
from remotehelp.trust.receipt import Pact
from remotehelp.visit.events import Side
from remotehelp.visit.story import Entry, Story
from tests.helpers.pacts import pacts
from tests.helpers.stories import SOON, sign, verify

ASKED = Entry(1, Side.TECHNICIAN, "asked", "view")
ALLOWED = Entry(2, Side.CUSTOMER, "allowed", "view")
SHOWED = Entry(2, Side.CUSTOMER, "showed_screens", "one")
LEFT = Entry(3, Side.CUSTOMER, "left")
LAPSED = Entry(3, Side.CUSTOMER, "lapsed", "view")


@dataclass
class Desk:
    """His copy, and her log as an honest or a dishonest machine writes it."""

    over: bool = False
    sent: list[messages.Message] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    changes: int = 0

    def __post_init__(self) -> None:
        self.hers, self.his = pacts()
        self.hers_log = Story()
        self.log = LogCopy(
            self.sent.append, lambda: self.over, self._changed, lambda error: self.troubles.append(error.key)
        )

    def _changed(self) -> None:
        self.changes += 1

    def begin(self, by: Pact | None = None) -> Desk:
        """Paired; her machine says whose keys these are."""
        self.log.open(self.his)
        opening = (by or self.hers).opening
        self.take(self.hers_log.add(Entry(0, Side.CUSTOMER, "opened"), SOON, opening=opening))
        return self

    def take(self, written: bytes) -> None:
        self.log.take(messages.LogLine(written))

    def hear(self, *entries: Entry) -> None:
        for entry in entries:
            self.take(self.hers_log.add(entry, SOON))

    def ask(self, *, closes: bool = False, by: Pact | None = None) -> messages.Message:
        """His answer to her wish that he signs."""
        head = self.hers_log.head(closes=closes)
        self.log.sign(messages.LogHead(head.upto, closes, (by or self.hers).sign(head.body)))
        return self.sent[-1]

    def receipt(self, *, closes: bool = False) -> None:
        """Her machine writes the receipt that belongs to his signature."""
        sign(self.hers_log, self.hers, self.his, closes=closes)
        self.take(self.hers_log.written_after(self.hers_log.length - 1)[0])

    @property
    def refuses(self) -> bool:
        """Whether he signs nothing any more, and was told once."""
        answers = [self.ask(), self.ask(closes=True)]
        return self.troubles == ["log_refused"] and all(isinstance(a, messages.LogNotSigned) for a in answers)


def test_the_copy_is_the_same_byte_for_byte_and_signed() -> None:
    desk = Desk().begin()
    desk.log.witness.did(messages.Ask(Right.VIEW))
    desk.hear(ASKED, ALLOWED)
    desk.log.witness.told(frozenset({Right.VIEW}))
    answer = desk.ask()
    assert isinstance(answer, messages.LogSigned)
    assert desk.his.technician_signed(desk.hers_log.head(closes=False).body, answer.signature)
    desk.receipt()
    assert desk.log.story.as_lines() == desk.hers_log.as_lines()
    assert verify(desk.log.story.as_lines()).signed_upto == 3
    assert desk.changes == 4
    assert desk.troubles == []


def test_what_comes_again_after_a_new_line_is_there_already() -> None:
    desk = Desk().begin()
    desk.hear(ALLOWED)
    for written in desk.hers_log.written_after(0):
        desk.take(written)
    assert (desk.log.story.as_lines(), desk.troubles) == (desk.hers_log.as_lines(), [])


@pytest.mark.parametrize("other", ["visit", "key", "badge"])
def test_a_log_that_names_others_is_not_signed(other: str) -> None:
    assert Desk().begin(by=pacts()[0]).refuses


def test_a_log_before_the_pairing_is_not_signed() -> None:
    desk = Desk()
    desk.take(desk.hers_log.add(Entry(0, Side.CUSTOMER, "opened"), SOON, opening=desk.hers.opening))
    assert desk.refuses


def test_a_deed_that_is_put_on_him_is_not_signed() -> None:
    desk = Desk().begin()
    desk.hear(ASKED)
    assert desk.refuses


def test_a_line_that_does_not_follow_is_not_taken_and_none_after_it() -> None:
    desk = Desk().begin()
    desk.hers_log.add(ALLOWED, SOON)  # it never comes
    before = desk.log.story.as_lines()
    desk.hear(LAPSED)
    desk.take(b"{}\n")
    assert desk.log.story.as_lines() == before
    assert desk.refuses


def test_rights_that_were_not_told_are_not_signed() -> None:
    desk = Desk().begin()
    desk.hear(ALLOWED)
    assert isinstance(desk.ask(), messages.LogNotSigned)
    assert desk.refuses


def test_a_right_that_came_and_went_untold_is_not_signed() -> None:
    desk = Desk().begin()
    desk.hear(ALLOWED, LAPSED)
    assert isinstance(desk.ask(), messages.LogNotSigned)
    assert desk.refuses


def test_a_head_of_other_lines_is_not_signed() -> None:
    desk = Desk().begin()
    desk.hers_log.add(LAPSED, SOON)  # it never comes
    assert isinstance(desk.ask(), messages.LogNotSigned)
    assert desk.refuses


def test_a_head_that_comes_late_over_an_old_line_is_nothing() -> None:
    desk = Desk().begin()
    head = desk.hers_log.head(closes=False)
    desk.hear(SHOWED)
    desk.log.sign(messages.LogHead(head.upto, False, desk.hers.sign(head.body)))
    assert (desk.sent, desk.troubles) == ([], [])
    assert isinstance(desk.ask(), messages.LogSigned)


def test_a_head_that_she_has_not_signed_is_not_signed() -> None:
    desk = Desk().begin()
    assert isinstance(desk.ask(by=desk.his), messages.LogNotSigned)
    assert desk.refuses


def test_the_end_is_signed_once_it_has_come_with_no_right_left() -> None:
    desk = Desk().begin()
    desk.hear(ALLOWED)
    desk.log.witness.told(frozenset({Right.VIEW}))
    desk.over = True
    desk.hear(LEFT, LAPSED)
    assert isinstance(desk.ask(closes=True), messages.LogSigned)
    desk.receipt(closes=True)
    assert verify(desk.log.story.as_lines()).whole
    desk.hear(ALLOWED)
    assert verify(desk.log.story.as_lines()).whole, "what comes after the end is not taken"


def test_a_log_that_is_closed_in_the_middle_of_a_visit_is_not_signed() -> None:
    desk = Desk().begin()
    assert isinstance(desk.ask(closes=True), messages.LogNotSigned)


def test_a_receipt_that_he_did_not_give_is_not_true() -> None:
    desk = Desk().begin()
    sign(desk.hers_log, desk.hers, pacts()[1])
    desk.take(desk.hers_log.written_after(1)[0])
    assert desk.refuses


async def test_the_line_waits_a_moment_for_the_last_line(monkeypatch: pytest.MonkeyPatch) -> None:
    await Desk().log.settled()  # there is no log
    desk = Desk(over=True).begin()
    waiting = asyncio.create_task(desk.log.settled())
    await asyncio.sleep(0)
    assert not waiting.done()
    desk.ask(closes=True)
    desk.receipt(closes=True)
    await waiting
    monkeypatch.setattr(log_copy, "CLOSE_S", 0.01)
    await Desk().begin().log.settled()
    refused = Desk().begin()
    refused.hear(ASKED)
    await refused.log.settled()
