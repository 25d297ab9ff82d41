"""Logs of visits as both sides write and take them over."""

from __future__ import annotations

from typing import NamedTuple

from remotehelp.messages import LogOpening, LogReceipt
from remotehelp.trust.badge import Badge
from remotehelp.trust.receipt import LogProofs, Pact
from remotehelp.visit.events import Side
from remotehelp.visit.story import Entry, Line, Story, read_log

SOON = 1_795_876_380_000  # a clock's milliseconds
OPENING = LogOpening(b"v" * 32, b"c" * 32, b"badge")


def short_story(*entries: Entry) -> Story:
    """What happened after the opening."""
    story = Story()
    story.add(Entry(0, Side.CUSTOMER, "opened"), SOON, opening=OPENING)
    for entry in entries:
        story.add(entry, SOON)
    return story


def mirror(story: Story) -> Story:
    """The other side's copy."""
    copy = Story()
    for written in story.written_after(0):
        copy.take(written)
    return copy


def sign(story: Story, customer: Pact, technician: Pact, *, closes: bool = False) -> None:
    """Both sign the head, and the receipt is the next line."""
    head = story.head(closes=closes)
    receipt = LogReceipt(head.upto, closes, customer.sign(head.body), technician.sign(head.body))
    at, clock = (story.entries[-1].at, story.entries[-1].clock) if closes else (60, SOON + 60_000)
    story.add(Entry(at, Side.CUSTOMER, "signed", str(head.upto)), clock, receipt=receipt)


def signed_story(customer: Pact, technician: Pact) -> Story:
    """A visit of eight lines, signed once on the way and closed."""
    story = Story()
    story.add(Entry(0, Side.CUSTOMER, "opened"), SOON, opening=customer.opening)
    story.add(Entry(1, Side.CUSTOMER, "accepted"), SOON + 1000)
    story.add(Entry(2, Side.TECHNICIAN, "asked", "control"), SOON + 2000)
    sign(story, customer, technician)
    story.add(Entry(63, Side.CUSTOMER, "allowed", "control"), SOON + 63_000)
    story.add(Entry(64, Side.TECHNICIAN, "left"), SOON + 64_000)
    story.add(Entry(64, Side.CUSTOMER, "lapsed", "control"), SOON + 64_000)
    sign(story, customer, technician, closes=True)
    return story


class Verified(NamedTuple):
    """What a log says to whoever checks it, and whose badge is in it."""

    lines: tuple[Line, ...]
    opening: LogOpening
    signed_upto: int
    whole: bool
    badge: Badge


def verify(data: bytes) -> Verified:
    """As `remotehelp verify` reads a log."""
    proofs = LogProofs()
    found = read_log(data, proofs)
    return Verified(found.lines, found.opening, found.signed_upto, found.whole, proofs.badge)
