import msgspec
import pytest

from remotehelp.visit.events import Side
from remotehelp.visit.story import Entry, Story

ACCEPTED = Entry(4.25, Side.CUSTOMER, "accepted")
SAID = Entry(9.0, Side.TECHNICIAN, "said", "Grüß Gott,\nich sehe “es”.")


def test_entries_keep_their_order():
    story = Story()
    story.add(ACCEPTED)
    story.add(SAID)
    assert story.entries == (ACCEPTED, SAID)


def test_what_was_handed_out_does_not_grow_and_can_not_be_changed():
    story = Story()
    story.add(ACCEPTED)
    before = story.entries
    story.add(SAID)
    assert before == (ACCEPTED,)
    with pytest.raises(AttributeError):
        ACCEPTED.text = "something else"


def test_one_json_line_an_entry_that_reads_back_the_same():
    story = Story()
    story.add(ACCEPTED)
    story.add(SAID)
    lines = story.as_lines().splitlines()
    assert [msgspec.json.decode(line, type=Entry) for line in lines] == [ACCEPTED, SAID]
    assert story.as_lines().endswith(b"\n")
    assert "Grüß".encode() in lines[1]


def test_a_story_in_which_nothing_happened_is_empty():
    assert Story().as_lines() == b""
