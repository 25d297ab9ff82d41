"""Each line of the log as a sentence."""

import pytest

from remotehelp.messages import Right
from remotehelp.sentences import SENTENCES, sentence
from remotehelp.visit.events import Side
from remotehelp.visit.story import OF_A_RIGHT, WHATS, Entry
from remotehelp.visit.telling import told
from tests.helpers.stories import short_story

NAMES = {Side.CUSTOMER: "You", Side.TECHNICIAN: "Technician A"}


def words(entry: Entry) -> str:
    return told(short_story(entry).entries[1], NAMES, sentence)


@pytest.mark.parametrize("what", sorted(WHATS - {"opened", "signed"}))
@pytest.mark.parametrize("who", list(Side))
def test_there_are_words_for_each_kind_of_entry(what, who):
    said = words(Entry(1, who, what, "view" if what in OF_A_RIGHT else "{odd} <b>", 12))
    assert said.endswith(".")
    assert ("{who}" in SENTENCES[f"story_{what}"]) == (NAMES[who] in said)


@pytest.mark.parametrize("right", list(Right))
@pytest.mark.parametrize("what", sorted(OF_A_RIGHT))
def test_there_are_words_for_each_right(what, right):
    assert SENTENCES[f"right_{right}"] in words(Entry(1, Side.CUSTOMER, what, right))


def test_of_what_was_written_the_log_tells_the_length():
    assert words(Entry(1, Side.TECHNICIAN, "said", size=12)) == "Technician A wrote a message (length 12)."
