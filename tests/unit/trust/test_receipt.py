"""A log holds if every line and every signature does; the first bad line is named."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remotehelp.errors import RemoteProtocolError
from remotehelp.messages import LogOpening, LogReceipt
from remotehelp.trust.receipt import Pact
from remotehelp.visit.events import Side
from remotehelp.visit.story import Entry, Head, Story
from tests.helpers.issuer import Issuer
from tests.helpers.pacts import pacts
from tests.helpers.stories import SOON, sign, signed_story, verify

OWN = Issuer().badge()
HERS, HIS = pacts(OWN)
LOG = signed_story(HERS, HIS).as_lines()
LINES = LOG.splitlines(keepends=True)
some = settings(max_examples=150, deadline=None)


def first_bad(data: bytes) -> tuple[str, object]:
    with pytest.raises(RemoteProtocolError) as caught:
        verify(data)
    return caught.value.key, caught.value.values.get("line")


def line_of(place: int) -> int:
    """The number of the line in which this byte stands."""
    return LOG[:place].count(b"\n") + 1


def rewritten(change: dict[int, Entry], clocks: dict[int, int] | None = None) -> bytes:
    """The log as somebody would write it anew who has no key: other entries, the chain renewed, the old receipts."""
    old, new = signed_story(HERS, HIS), Story()
    for line in old.entries:
        entry = change.get(line.n, Entry(line.at, line.who, line.what, line.text, line.size))
        clock = (clocks or {}).get(line.n, line.clock)
        new.add(entry, clock, opening=line.opening, receipt=line.receipt)
    return new.as_lines()


def test_a_whole_log_says_whose_it_is():
    found = verify(LOG)
    assert found.whole
    assert (found.signed_upto, len(found.lines)) == (7, 8)
    assert found.badge == OWN.badge
    assert found.opening.customer == HERS.opening.customer


def test_what_is_signed_is_what_the_docstring_says():
    head = Head.of(b"v" * 32, 7, b"h" * 32, closes=True)
    assert head.body == b"v" * 32 + bytes(7) + b"\x07" + b"h" * 32 + b"\x01"
    assert HIS.sign(head.body) == OWN.private_key.sign(b"RHP/1 log" + head.body)


def test_without_its_closing_receipt_a_log_is_unfinished_at_every_line():
    for kept in range(1, len(LINES)):
        found = verify(b"".join(LINES[:kept]))
        assert not found.whole
        assert len(found.lines) == kept
        assert found.signed_upto == (3 if kept >= 4 else 0)


def test_a_log_that_is_cut_off_in_a_line_names_it():
    for place in range(1, len(LOG)):
        if LOG[place - 1 : place] != b"\n":
            assert first_bad(LOG[:place]) == ("log_line_cut", line_of(place))


def test_nothing_is_no_log():
    assert first_bad(b"") == ("log_empty", None)


@some
@given(st.integers(0, len(LOG) - 1), st.integers(1, 255))
def test_a_byte_that_is_changed_is_found_in_its_line(place, change):
    data = bytearray(LOG)
    data[place] ^= change
    assert first_bad(bytes(data))[1] == line_of(place)


@pytest.mark.parametrize("n", range(1, len(LINES) + 1))
def test_a_line_that_is_gone_twice_there_or_at_another_place_is_named(n):
    without = LINES[: n - 1] + LINES[n:]
    if n < len(LINES):
        assert first_bad(b"".join(without))[1] == n
        swapped = [*LINES[: n - 1], LINES[n], LINES[n - 1], *LINES[n + 1 :]]
        assert first_bad(b"".join(swapped)) == ("log_line_missing", n)
    doubled = LINES[:n] + LINES[n - 1 :]
    assert first_bad(b"".join(doubled))[1] == n + 1


def test_nothing_can_be_added_not_even_by_who_knows_the_chain():
    story = signed_story(HERS, HIS)
    story.add(Entry(9, Side.CUSTOMER, "accepted"), SOON)
    assert first_bad(story.as_lines()) == ("log_goes_on", 9)


@pytest.mark.parametrize(
    ("n", "entry", "named"),
    [
        (2, Entry(1, Side.CUSTOMER, "declined"), 4),
        (3, Entry(2, Side.TECHNICIAN, "asked", "view"), 4),
        (3, Entry(2.5, Side.TECHNICIAN, "asked", "control"), 4),
        (4, Entry(61, Side.CUSTOMER, "signed", "3"), 8),
        (5, Entry(63, Side.CUSTOMER, "allowed", "view"), 8),
        (7, Entry(64, Side.CUSTOMER, "lapsed", "view"), 8),
    ],
)
def test_who_renews_the_whole_chain_is_found_by_the_next_signatures(n, entry, named):
    assert first_bad(rewritten({n: entry})) == ("log_signature_wrong", named)
    assert rewritten({}) == LOG


@pytest.mark.parametrize(
    ("entry", "key"),
    [
        (Entry(65, Side.CUSTOMER, "signed", "7"), "log_line_changed"),
        (Entry(0, Side.CUSTOMER, "signed", "7"), "log_line_changed"),
        (Entry(64, Side.TECHNICIAN, "signed", "7"), "log_line_not_understood"),
        (Entry(64, Side.CUSTOMER, "signed", "9"), "log_line_not_understood"),
        (Entry(64, Side.CUSTOMER, "signed", "7", 1), "log_line_not_understood"),
    ],
    ids=["later", "earlier", "who", "text", "size"],
)
def test_the_line_that_closes_a_log_can_say_nothing_that_is_not_signed(entry, key):
    assert first_bad(rewritten({8: entry})) == (key, 8)


@pytest.mark.parametrize("clock", [SOON + 64_001, SOON + 9_000_000, 0])
def test_the_line_that_closes_a_log_can_not_put_off_its_end(clock):
    assert first_bad(rewritten({}, {8: clock})) == ("log_line_changed", 8)


def test_a_line_that_is_put_in_or_left_out_with_a_new_chain_is_found():
    for leave_out in (2, 3, 5, 6, 7):
        new = Story()
        for line in signed_story(HERS, HIS).entries:
            if line.n != leave_out:
                entry = Entry(line.at, line.who, line.what, line.text, line.size)
                new.add(entry, line.clock, opening=line.opening, receipt=line.receipt)
        assert first_bad(new.as_lines())[0] == "log_signature_wrong"


def test_signatures_of_another_visit_do_not_hold():
    other_hers, other_his = pacts(OWN)
    theirs = signed_story(other_hers, other_his).entries
    mine = Story()
    for line, other in zip(signed_story(HERS, HIS).entries, theirs, strict=True):
        entry = Entry(line.at, line.who, line.what, line.text, line.size)
        mine.add(entry, line.clock, opening=line.opening, receipt=other.receipt)
    assert first_bad(mine.as_lines()) == ("log_signature_wrong", 4)


@pytest.mark.parametrize("which", ["customer", "technician"])
def test_each_of_the_two_signatures_counts(which):
    story = Story()
    story.add(Entry(0, Side.CUSTOMER, "opened"), SOON, opening=HERS.opening)
    head = story.head(closes=True)
    signatures = {"customer": HERS.sign(head.body), "technician": HIS.sign(head.body)}
    swapped = signatures | {which: signatures["technician" if which == "customer" else "customer"]}
    story.add(Entry(0, Side.CUSTOMER, "signed", "1"), SOON, receipt=LogReceipt(1, True, **swapped))
    assert first_bad(story.as_lines()) == ("log_signature_wrong", 2)


def test_a_receipt_that_closes_less_than_everything_closes_nothing():
    story = Story()
    story.add(Entry(0, Side.CUSTOMER, "opened"), SOON, opening=HERS.opening)
    head = story.head(closes=True)
    story.add(Entry(1, Side.CUSTOMER, "accepted"), SOON)
    receipt = LogReceipt(1, True, HERS.sign(head.body), HIS.sign(head.body))
    story.add(Entry(1, Side.CUSTOMER, "signed", "1"), SOON, receipt=receipt)
    assert first_bad(story.as_lines()) == ("log_signature_wrong", 3)


def test_a_receipt_for_the_way_can_not_be_taken_for_the_last_one():
    story = Story()
    story.add(Entry(0, Side.CUSTOMER, "opened"), SOON, opening=HERS.opening)
    head = story.head(closes=False)
    receipt = LogReceipt(1, True, HERS.sign(head.body), HIS.sign(head.body))
    story.add(Entry(0, Side.CUSTOMER, "signed", "1"), SOON, receipt=receipt)
    assert first_bad(story.as_lines()) == ("log_signature_wrong", 2)


@pytest.mark.parametrize("upto", [1, 2, 3, 4, 2**31 - 1])
def test_a_receipt_goes_up_to_a_line_after_the_receipt_before_it(upto):
    story = Story()
    story.add(Entry(0, Side.CUSTOMER, "opened"), SOON, opening=HERS.opening)
    sign(story, HERS, HIS)
    hashed = b"" if upto > 2 else story.entries[upto - 1].hash
    head = Head.of(HERS.opening.visit, upto, hashed, closes=False)
    receipt = LogReceipt(upto, False, HERS.sign(head.body), HIS.sign(head.body))
    story.add(Entry(1, Side.CUSTOMER, "signed", str(upto)), SOON, receipt=receipt)
    if upto == 2:
        assert verify(story.as_lines()).signed_upto == 2
    else:
        assert first_bad(story.as_lines()) == ("log_signature_wrong", 3)


@pytest.mark.parametrize(
    "badge", [Issuer().unsigned().badge_bytes, b"", b"{}", OWN.badge_bytes[:-4]], ids=["forged", "none", "empty", "cut"]
)
def test_a_badge_that_its_organisation_did_not_sign_is_none(badge):
    story = Story()
    opening = LogOpening(HERS.opening.visit, HERS.opening.customer, badge)
    story.add(Entry(0, Side.CUSTOMER, "opened"), SOON, opening=opening)
    assert first_bad(story.as_lines()) == ("log_badge_not_signed", 1)


@pytest.mark.parametrize("badge", [Issuer().badge(), Issuer().stolen()], ids=["another", "stolen"])
def test_signatures_under_another_badge_do_not_hold(badge):
    story = Story()
    opening = LogOpening(HERS.opening.visit, HERS.opening.customer, badge.badge_bytes)
    story.add(Entry(0, Side.CUSTOMER, "opened"), SOON, opening=opening)
    sign(story, Pact.made(opening, badge.badge, HERS.own_key), Pact.made(opening, badge.badge, HIS.own_key))
    assert first_bad(story.as_lines()) == ("log_signature_wrong", 2)


def test_a_private_key_is_shown_nowhere():
    assert "own_key" not in repr(HERS)
