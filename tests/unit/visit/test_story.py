"""The log of a visit as lines, each chained to the one before it."""

import base64
import hashlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remotehelp.errors import LocalProtocolError, RemoteProtocolError
from remotehelp.messages import LINE_LIMIT, LogOpening, LogReceipt
from remotehelp.sentences import SENTENCES
from remotehelp.visit import story as story_module
from remotehelp.visit.events import Side
from remotehelp.visit.story import (
    LATEST_MS,
    OF_A_RIGHT,
    ROOM_AT_THE_END,
    TEXT_LIMIT,
    WHATS,
    Entry,
    Head,
    Story,
    same_upto,
)
from tests.helpers.stories import OPENING, SOON, mirror, short_story

ACCEPTED = Entry(4.25, Side.CUSTOMER, "accepted")
WINDOW = Entry(9, Side.CUSTOMER, "showed_window", "Grüße,\n“Brief”")
SAID = Entry(10, Side.TECHNICIAN, "said", size=12)


def refusal(story: Story, written: bytes) -> tuple[str, object]:
    before = story.as_lines()
    with pytest.raises(RemoteProtocolError) as caught:
        story.take(written)
    assert story.as_lines() == before, "what does not hold must not be kept"
    return caught.value.key, caught.value.values.get("line")


def test_entries_keep_their_order_and_are_numbered_from_one():
    story = short_story(ACCEPTED, WINDOW, SAID)
    assert [(line.n, line.what) for line in story.entries] == [
        (1, "opened"), (2, "accepted"), (3, "showed_window"), (4, "said"),
    ]  # fmt: skip
    assert story.opening == OPENING


def test_what_was_handed_out_does_not_grow_and_can_not_be_changed():
    story = short_story(ACCEPTED)
    before = story.entries
    story.add(SAID, SOON)
    assert len(before) == 2
    with pytest.raises(AttributeError):
        before[1].text = "something else"


def test_one_json_line_an_entry_with_plain_fields():
    first, accepted, window = short_story(ACCEPTED, WINDOW).as_lines().splitlines(keepends=True)
    assert json.loads(accepted) | {"hash": ""} == {
        "n": 2, "at": 4.25, "clock": SOON, "who": "customer", "what": "accepted", "text": "", "size": 0, "hash": "",
    }  # fmt: skip
    assert "Grüße".encode() in window
    assert json.loads(first)["opening"].keys() == {"visit", "customer", "badge"}


def test_the_chain_is_what_the_docstring_says():
    before = bytes(32)
    for written in short_story(ACCEPTED, WINDOW, SAID).as_lines().splitlines():
        bare, _, rest = written.rpartition(b',"hash":"')
        before = hashlib.sha256(b"RHP/1 line" + before + bare + b"}").digest()
        assert base64.b64decode(rest.removesuffix(b'"}')) == before


def test_times_are_as_the_clock_told_them_and_never_reordered():
    story = Story()
    story.add(Entry(0, Side.CUSTOMER, "opened"), SOON, opening=OPENING)
    for clock in (SOON + 5, SOON - 86_400_000, SOON + 5, -1, 10**18):
        story.add(SAID, clock)
    assert [line.clock - SOON for line in story.entries][:4] == [0, 5, -86_400_000, 5]
    assert [line.clock for line in story.entries][4:] == [0, LATEST_MS]
    assert [line.n for line in story.entries] == [1, 2, 3, 4, 5, 6]
    assert mirror(story).as_lines() == story.as_lines()


@given(
    st.lists(
        st.builds(
            Entry,
            st.one_of(st.integers(0, 100), st.floats(0, 1e10)),
            st.sampled_from(Side),
            st.sampled_from(sorted(WHATS - OF_A_RIGHT - {"opened", "signed"})),
            st.text(st.characters(codec="utf-8"), max_size=30),
            st.integers(0, 2**53),
        ),
        max_size=6,
    ),
    st.integers(0, LATEST_MS),
)
@settings(max_examples=40, deadline=None)
def test_every_story_is_taken_over_byte_for_byte(entries, clock):
    story = Story()
    story.add(Entry(0, Side.CUSTOMER, "opened"), clock, opening=OPENING)
    for entry in entries:
        story.add(entry, clock)
    assert mirror(story).as_lines() == story.as_lines()
    assert mirror(story).head(closes=False) == story.head(closes=False)


@pytest.mark.parametrize("character", ["\0", "ä", "\U0001f600", '"'])
def test_a_title_without_end_is_cut(character):
    story = short_story(Entry(1, Side.CUSTOMER, "showed_window", character * 100_000))
    assert story.entries[1].text == character * TEXT_LIMIT
    assert mirror(story).as_lines() == story.as_lines()


def test_a_line_that_was_taken_over_is_known_again():
    story = short_story(ACCEPTED)
    copy = mirror(story)
    written = story.written_after(1)
    assert copy.has(written[0])
    assert not copy.has(story.add(SAID, SOON))
    assert story.written_after(2) == (story.as_lines().splitlines(keepends=True)[2],)


def test_a_line_that_is_missing_swapped_or_repeated_is_named():
    lines = short_story(ACCEPTED, WINDOW, SAID).as_lines().splitlines(keepends=True)
    copy = Story()
    copy.take(lines[0])
    assert refusal(copy, lines[2]) == ("log_line_missing", 2)
    assert refusal(copy, lines[0]) == ("log_line_missing", 2)
    copy.take(lines[1])
    assert refusal(copy, lines[1]) == ("log_line_missing", 3)


def test_a_line_of_another_story_is_named():
    one, other = short_story(ACCEPTED, SAID), short_story(WINDOW, SAID)
    copy = mirror(short_story(ACCEPTED))
    assert refusal(copy, other.written_after(2)[0]) == ("log_line_changed", 3)
    copy.take(one.written_after(2)[0])


@pytest.mark.parametrize(
    "change",
    [
        lambda line: line.replace(b'"at":4.25', b'"at": 4.25'),
        lambda line: line.replace(b'"at":4.25', b'"at":4.250'),
        lambda line: line.replace(b"accepted", b"\\u0061ccepted"),
        lambda line: line.replace(b'"text":"",', b""),
        lambda line: line.replace(b'"size":0', b'"size":0,"more":1'),
        lambda line: line.replace(b"accepted", b"gave_away"),
        lambda line: line.replace(b"customer", b"stranger"),
        lambda line: line.replace(b"\n", b"\r\n"),
        lambda line: b'{"n":2}\n',
        lambda line: b"[" * 5000 + b"\n",
        lambda line: b"\xff\xfe\n",
        lambda line: b"\n",
        lambda line: b" " * (LINE_LIMIT - len(line) + 1) + line,
    ],
)
def test_there_is_one_way_to_write_a_line(change):
    lines = short_story(ACCEPTED).as_lines().splitlines(keepends=True)
    copy = Story()
    copy.take(lines[0])
    assert refusal(copy, change(lines[1])) == ("log_line_not_understood", 2)
    assert refusal(copy, lines[1][:-1]) == ("log_line_cut", 2)
    copy.take(lines[1])


def written(entry, **more) -> bytes:
    """A line that a machine wrote which keeps to no rule but the chain's."""
    return Story().add(entry, SOON, **more)


@pytest.mark.parametrize(
    "line",
    [
        written(ACCEPTED),
        written(Entry(0, Side.CUSTOMER, "opened")),
        written(ACCEPTED, opening=OPENING),
        written(Entry(0, Side.CUSTOMER, "signed")),
        *(written(Entry(0, Side.CUSTOMER, what, text)) for what in sorted(OF_A_RIGHT) for text in ("nonsense", "")),
        written(
            Entry(0, Side.CUSTOMER, "opened"), opening=OPENING, receipt=LogReceipt(1, False, b"c" * 64, b"t" * 64)
        ),
    ],
)  # fmt: skip
def test_a_log_begins_with_whose_keys_these_are_and_each_kind_has_what_belongs_to_it(line):
    assert refusal(Story(), line) == ("log_line_not_understood", 1)


def test_a_second_beginning_and_a_receipt_without_signatures_are_none():
    copy = mirror(short_story())
    for entry, more in (
        (Entry(0, Side.CUSTOMER, "opened"), {"opening": OPENING}),
        (Entry(0, Side.CUSTOMER, "signed"), {}),
    ):
        author = mirror(copy)
        assert refusal(copy, author.add(entry, SOON, **more)) == ("log_line_not_understood", 2)


def test_the_head_is_the_last_line_and_a_receipt_names_an_earlier_one():
    story = short_story(ACCEPTED)
    head = story.head(closes=False)
    assert head == Head.of(OPENING.visit, 2, story.entries[1].hash, closes=False)
    story.add(SAID, SOON)
    receipt = LogReceipt(2, False, b"c" * 64, b"t" * 64)
    assert story.head_at(receipt) == head
    story.add(Entry(11, Side.CUSTOMER, "signed", "2"), SOON, receipt=receipt)
    assert not story.closed
    story.add(Entry(11, Side.CUSTOMER, "signed", "4"), SOON, receipt=LogReceipt(4, True, b"c" * 64, b"t" * 64))
    assert story.closed
    assert mirror(story).closed


def test_a_log_that_would_grow_without_end_is_full_and_has_room_for_its_end(monkeypatch):
    story, copy = short_story(), mirror(short_story())
    monkeypatch.setattr(story_module, "STORY_LIMIT", len(story.as_lines()) - 1 + ROOM_AT_THE_END)
    before = story.as_lines()
    with pytest.raises(LocalProtocolError, match="log_full"):
        story.add(ACCEPTED, SOON)
    assert story.full
    assert story.as_lines() == before
    last = story.add(Entry(9, Side.TECHNICIAN, "not_signed", "1"), SOON)
    monkeypatch.setattr(story_module, "STORY_LIMIT", len(before) + 10)
    assert refusal(copy, last) == ("log_full", None)


def test_copies_of_one_visit_go_on_one_after_the_other_or_differ_in_their_last_line():
    story = short_story(ACCEPTED, WINDOW)
    whole, signed, unsigned = story.as_lines(), mirror(story), mirror(story)
    receipt = LogReceipt(3, True, b"c" * 64, b"t" * 64)
    signed.add(Entry(9, Side.CUSTOMER, "signed", "3"), SOON, receipt=receipt)
    unsigned.add(Entry(9, Side.TECHNICIAN, "not_signed", "1"), SOON)
    assert same_upto(whole, whole) == (3, True)
    assert same_upto(whole, unsigned.as_lines()) == same_upto(unsigned.as_lines(), whole) == (3, True)
    assert same_upto(signed.as_lines(), unsigned.as_lines()) == (3, True)
    unsigned.add(SAID, SOON)
    assert same_upto(signed.as_lines(), unsigned.as_lines()) == (3, False)
    assert same_upto(whole, short_story(ACCEPTED, SAID, WINDOW).as_lines()) == (2, False)
    assert same_upto(b"one\n", b"other\n") == (0, False)


def test_a_story_in_which_nothing_happened_is_empty():
    assert Story().as_lines() == b""
    assert Story().opening is None
    assert not Story().closed


def test_every_kind_has_its_sentence():
    assert {f"story_{what}" for what in WHATS} == {key for key in SENTENCES if key.startswith("story_")}


def test_an_opening_holds_a_badge_and_no_more():
    assert (
        len(written(Entry(0, Side.CUSTOMER, "opened"), opening=LogOpening(b"v" * 32, b"c" * 32, b"b" * 8192)))
        <= LINE_LIMIT
    )
