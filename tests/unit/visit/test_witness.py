"""What the technician's machine signs is what it knows to be so, as far as it can know."""

import pytest

from remotehelp import messages
from remotehelp.errors import RemoteProtocolError
from remotehelp.messages import Right
from remotehelp.visit.events import Side
from remotehelp.visit.story import Entry
from remotehelp.visit.witness import Witness
from tests.helpers.stories import short_story

C, T = Side.CUSTOMER, Side.TECHNICIAN

DEEDS = [
    (messages.Ask(Right.CONTROL), Entry(1, T, "asked", "control")),
    (messages.AskScreens(("one", "two")), Entry(1, T, "asked_screens", "one, two")),
    (messages.Chat("Good day"), Entry(1, T, "said", size=8)),
    (messages.Goodbye(), Entry(1, T, "left")),
]


def hear(witness: Witness, *entries: Entry) -> None:
    for line in short_story(*entries).entries:
        witness.hear(line)


def refuses(witness: Witness, entry: Entry) -> bool:
    with pytest.raises(RemoteProtocolError, match="log_not_true") as caught:
        hear(witness, entry)
    return caught.value.values == {"line": 2}


@pytest.mark.parametrize(("message", "entry"), DEEDS, ids=str)
def test_a_deed_of_his_is_in_the_log_once_for_each_time_that_he_did_it(message, entry):
    witness = Witness()
    assert refuses(witness, entry)
    witness.did(message)
    hear(witness, entry)
    assert refuses(witness, entry)


@pytest.mark.parametrize(
    "entry",
    [
        Entry(1, T, "asked", "view"),
        Entry(1, T, "asked_screens", "one"),
        Entry(1, T, "said", size=9),
    ],
)
def test_another_deed_than_his_is_refused(entry):
    witness = Witness()
    for message, _ in DEEDS:
        witness.did(message)
    assert refuses(witness, entry)


def test_a_deed_that_did_not_reach_her_may_be_missing_and_hers_are_hers():
    witness = Witness()
    for text in ("a", "bb", "ccc"):
        witness.did(messages.Chat(text))
    hear(
        witness,
        Entry(1, T, "said", size=2),
        Entry(2, C, "said", size=500),
        Entry(3, C, "left"),
        Entry(4, T, "said", size=3),
    )


def test_the_rights_in_the_log_have_to_be_those_that_were_told():
    witness = Witness()
    assert witness.agrees(closes=False)
    witness.told(frozenset({Right.VIEW, Right.CONTROL}))
    assert not witness.agrees(closes=False)
    hear(witness, Entry(1, C, "allowed", "view"), Entry(1, C, "allowed", "control"))
    assert witness.agrees(closes=False)
    hear(witness, Entry(2, C, "took_back", "control"))
    assert not witness.agrees(closes=False)
    witness.told(frozenset({Right.VIEW}))
    assert witness.agrees(closes=False)


def test_a_log_that_is_closed_leaves_no_right_given():
    witness = Witness()
    witness.told(frozenset({Right.VIEW}))
    hear(witness, Entry(1, C, "allowed", "view"))
    assert not witness.agrees(closes=True)
    hear(witness, Entry(2, C, "lapsed", "view"))
    assert witness.agrees(closes=True)
