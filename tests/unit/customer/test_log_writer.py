"""The log on her machine: written, sent, signed by both, and what it says where a signature is missing."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import pytest

from remotehelp import messages
from remotehelp.customer import log_writer
from remotehelp.customer.log_writer import LogWriter
from remotehelp.errors import LocalProtocolError
from remotehelp.trust.receipt import Pact
from remotehelp.visit import story
from remotehelp.visit.events import Side
from remotehelp.visit.heads import ANSWER_S, EVERY_S
from remotehelp.visit.story import Entry, Head, Story
from tests.helpers.pacts import pacts
from tests.helpers.stories import verify

ACCEPTED = Entry(1, Side.CUSTOMER, "accepted")
LEFT = Entry(9, Side.TECHNICIAN, "left")


@dataclass
class Desk:
    """Her log, a clock that the test turns, and what went over."""

    now: float = 100.0
    clock: float = 1_795_876_380.0
    visiting: bool = True
    sent: list[messages.Message] = field(default_factory=list)
    changes: int = 0

    def __post_init__(self) -> None:
        self.hers, self.his = pacts()
        self.log = LogWriter(
            lambda: self.now, lambda: self.clock, self.sent.append, lambda: self.visiting, self._changed
        )

    def _changed(self) -> None:
        self.changes += 1

    def begin(self) -> Desk:
        """Paired, the line stands, she has let him in and both have signed that."""
        self.log.open(self.hers)
        self.log.begin()
        self.log.write(ACCEPTED)
        self.log.rights_changed()
        self.answer()
        return self

    def later(self, seconds: float) -> None:
        self.now += seconds
        self.log.look()

    @property
    def asked(self) -> messages.LogHead:
        """The head that was put to him last."""
        return next(message for message in reversed(self.sent) if isinstance(message, messages.LogHead))

    @property
    def heads(self) -> int:
        return sum(isinstance(message, messages.LogHead) for message in self.sent)

    def signature(self, by: Pact | None = None) -> messages.LogSigned:
        """His answer to that, or somebody else's."""
        asked = self.asked
        at = self.log.story.entries[asked.upto - 1].hash
        assert isinstance(at, bytes)
        head = Head.of(self.hers.opening.visit, asked.upto, at, closes=asked.closes)
        return messages.LogSigned(asked.upto, (by or self.his).sign(head.body))

    def answer(self, by: Pact | None = None) -> None:
        self.log.signed(self.signature(by))

    @property
    def said(self) -> list[tuple[str, str]]:
        return [(line.what, line.text) for line in self.log.story.entries]

    @property
    def his_copy(self) -> Story:
        """What he makes of the lines that went over."""
        copy = Story()
        for message in self.sent:
            if isinstance(message, messages.LogLine) and not copy.has(message.line):
                copy.take(message.line)
        return copy


def test_before_the_pairing_there_is_no_log() -> None:
    desk = Desk()
    desk.log.write(ACCEPTED)
    desk.log.begin()
    desk.log.rights_changed()
    desk.log.close(reachable=True)
    assert (desk.said, desk.sent, desk.changes) == ([], [], 0)


def test_what_was_written_before_the_line_stood_goes_over_when_it_does() -> None:
    desk = Desk()
    desk.log.open(desk.hers)
    desk.log.write(ACCEPTED)
    assert desk.sent == []
    desk.log.begin()
    assert desk.his_copy.as_lines() == desk.log.story.as_lines()
    assert desk.log.story.opening == desk.hers.opening


def test_each_line_goes_over_as_it_is_written_and_time_is_what_her_clock_says() -> None:
    desk = Desk().begin()
    desk.clock -= 3600
    desk.log.write(LEFT)
    assert desk.his_copy.as_lines() == desk.log.story.as_lines()
    accepted, left = (line for line in desk.log.story.entries if line.what in ("accepted", "left"))
    assert (accepted.clock - left.clock, left.n - accepted.n) == (3_600_000, 2)


def test_both_sign_at_a_change_of_rights_and_every_thirty_seconds() -> None:
    desk = Desk().begin()
    assert desk.said == [("opened", ""), ("accepted", ""), ("signed", "2")]
    assert desk.changes == 1
    desk.later(EVERY_S - 1)
    assert desk.heads == 1
    desk.later(1)
    assert desk.heads == 2
    desk.answer()
    assert desk.said[-1] == ("signed", "3")
    desk.log.write(Entry(2, Side.CUSTOMER, "allowed", "view"))
    desk.log.rights_changed()
    desk.answer()
    assert desk.said[-1] == ("signed", "5")
    assert verify(desk.log.story.as_lines()).signed_upto == 5


def test_what_changes_while_a_head_is_open_is_signed_right_after_it() -> None:
    desk = Desk().begin()
    desk.log.rights_changed()
    open_head = desk.asked
    desk.log.write(Entry(2, Side.CUSTOMER, "allowed", "view"))
    desk.log.rights_changed()
    assert desk.asked == open_head
    desk.answer()
    assert (desk.said[-1], desk.heads) == (("signed", "3"), 2)
    desk.later(0)
    desk.answer()
    assert desk.said[-1] == ("signed", "5")
    assert verify(desk.log.story.as_lines()).signed_upto == 5


def test_while_the_line_is_mended_nothing_is_asked_and_afterwards_it_is() -> None:
    desk = Desk().begin()
    desk.visiting = False
    desk.log.rights_changed()
    desk.later(2 * EVERY_S)
    assert desk.heads == 1
    desk.visiting = True
    desk.later(0)
    assert desk.heads == 2


@pytest.mark.parametrize("how", ["refused", "wrong", "hers", "late"])
def test_a_signature_that_is_missing_is_said_once_and_nothing_is_blocked(how: str) -> None:
    desk = Desk().begin()
    for _ in range(2):
        desk.log.rights_changed()
        if how == "refused":
            desk.log.not_signed(messages.LogNotSigned(desk.asked.upto))
        elif how == "late":
            desk.later(ANSWER_S)
            desk.later(ANSWER_S)
        else:
            desk.answer(pacts()[1] if how == "wrong" else desk.hers)
        desk.log.write(Entry(3, Side.CUSTOMER, "allowed", "view"))
    assert desk.said[3:] == [("not_signed", "3"), ("allowed", "view"), ("allowed", "view")]
    found = verify(desk.log.story.as_lines())
    assert (found.whole, found.signed_upto) == (False, 2)


def test_a_late_signature_still_counts_and_the_next_gap_is_said_anew() -> None:
    desk = Desk().begin()
    desk.log.rights_changed()
    late = desk.signature()
    desk.later(ANSWER_S)
    desk.log.signed(late)
    assert desk.said[3:] == [("not_signed", "3"), ("signed", "3")]
    desk.log.rights_changed()
    desk.log.not_signed(messages.LogNotSigned(desk.asked.upto))
    assert desk.said[-1] == ("not_signed", "4")


def test_an_answer_to_nothing_is_nothing() -> None:
    desk = Desk().begin()
    before = desk.said
    desk.answer()
    desk.log.not_signed(messages.LogNotSigned(2))
    desk.log.signed(messages.LogSigned(99, b"s" * 64))
    assert desk.said == before


def test_the_end_is_signed_and_nothing_is_written_after_it() -> None:
    desk = Desk().begin()
    desk.log.rights_changed()  # open when the end comes, which goes before it
    desk.log.write(LEFT)
    desk.log.close(reachable=True)
    desk.log.write(ACCEPTED)
    desk.log.rights_changed()
    desk.log.close(reachable=False)
    assert desk.asked.closes
    desk.answer()
    desk.log.write(ACCEPTED)
    assert desk.said[3:] == [("left", ""), ("signed", "4")]
    assert verify(desk.log.story.as_lines()).whole
    assert desk.his_copy.as_lines() == desk.log.story.as_lines()


def test_who_writes_a_line_is_told_its_number() -> None:
    desk = Desk()
    assert desk.log.write(ACCEPTED) == 0
    desk.begin()
    assert desk.log.write(LEFT) == 4
    desk.log.close(reachable=True)
    assert desk.log.write(ACCEPTED) == 0


def test_the_line_that_closes_the_log_has_the_time_that_was_signed() -> None:
    desk = Desk().begin()
    desk.log.write(LEFT)
    desk.log.close(reachable=True)
    desk.now, desk.clock = desk.now + 0.5, desk.clock + 0.5
    desk.answer()
    left, closing = desk.log.story.entries[-2:]
    assert (closing.at, closing.clock) == (left.at, left.clock)
    assert verify(desk.log.story.as_lines()).whole


@pytest.mark.parametrize("how", ["refused", "wrong", "late", "unreachable"])
def test_without_the_last_signature_the_log_stays_unfinished_and_says_so(how: str) -> None:
    desk = Desk().begin()
    desk.log.write(LEFT)
    desk.log.close(reachable=how != "unreachable")
    if how == "refused":
        desk.log.not_signed(messages.LogNotSigned(desk.asked.upto))
    elif how == "wrong":
        desk.answer(desk.hers)
    elif how == "late":
        desk.later(ANSWER_S)
    before = desk.said
    desk.answer()
    assert desk.said == before == [*before[:3], ("left", ""), ("not_signed", "3")]
    assert not verify(desk.log.story.as_lines()).whole


async def test_the_line_waits_a_moment_for_the_last_signature(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk().begin()
    await desk.log.settled()  # nothing is over yet
    desk.log.close(reachable=True)
    waiting = asyncio.create_task(desk.log.settled())
    await asyncio.sleep(0)
    assert not waiting.done()
    desk.answer()
    await waiting
    assert desk.said[-1][0] == "signed"
    monkeypatch.setattr(log_writer, "CLOSE_S", 0.01)
    desk = Desk().begin()
    desk.log.close(reachable=True)
    await desk.log.settled()
    assert desk.said[-1] == ("not_signed", "3")
    desk = Desk()
    await desk.log.settled()
    assert desk.said == []


def test_after_a_new_line_what_he_may_not_have_goes_over_again() -> None:
    desk = Desk().begin()
    desk.log.write(LEFT)
    desk.log.rights_changed()
    desk.log.write(Entry(10, Side.CUSTOMER, "line_lost"))
    desk.sent.clear()
    desk.log.begin()
    again = [message.line for message in desk.sent if isinstance(message, messages.LogLine)]
    assert again == list(desk.log.story.written_after(2))
    desk.answer()
    assert desk.said[-1] == ("signed", "5"), "all that he has now is signed, in place of what was asked before"


def test_a_log_that_is_full_takes_no_more_and_can_still_be_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk().begin()
    monkeypatch.setattr(story, "STORY_LIMIT", len(desk.log.story.as_lines()) - 1 + story.ROOM_AT_THE_END)
    with pytest.raises(LocalProtocolError, match="log_full"):
        desk.log.write(LEFT)
    desk.later(EVERY_S)
    assert desk.heads == 1
    desk.log.close(reachable=True)
    desk.answer()
    assert verify(desk.log.story.as_lines()).whole
