"""What the technician's machine signs is what it knows to be so, as far as it can know."""

import pytest

from remotehelp import messages
from remotehelp.errors import RemoteProtocolError
from remotehelp.messages import Right
from remotehelp.visit.events import Side
from remotehelp.visit.story import OF_A_RIGHT, WHATS, Entry
from remotehelp.visit.witness import HIS, Witness
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


@pytest.mark.parametrize("what", sorted(WHATS - HIS - {"opened", "signed"}))
def test_what_only_her_machine_can_do_is_not_put_on_him(what):
    assert refuses(Witness(), Entry(1, T, what, "control" if what in OF_A_RIGHT else ""))


def test_that_his_program_did_not_sign_is_hers_to_say():
    hear(Witness(), Entry(1, T, "not_signed", "1"))


def test_the_rights_in_the_log_have_to_be_those_that_were_told():
    witness = Witness()
    assert witness.agrees(closes=False)
    witness.told(frozenset({Right.VIEW, Right.CONTROL}))
    assert not witness.agrees(closes=False)
    hear(witness, Entry(1, C, "allowed", "view"), Entry(1, C, "allowed", "control"))
    assert witness.agrees(closes=False)
    witness.told(frozenset({Right.VIEW}))
    assert not witness.agrees(closes=False)
    hear(witness, Entry(2, C, "took_back", "control"))
    assert witness.agrees(closes=False)


def test_a_log_that_is_closed_leaves_no_right_given():
    witness = Witness()
    witness.told(frozenset({Right.VIEW}))
    hear(witness, Entry(1, C, "allowed", "view"))
    assert not witness.agrees(closes=True)
    hear(witness, Entry(2, C, "left"), Entry(2, C, "lapsed", "view"))
    assert witness.agrees(closes=True)


def given(*rights: Right) -> Witness:
    """Told and in the log."""
    witness = Witness()
    hear(witness, *(Entry(1, C, "allowed", right) for right in rights))
    witness.told(frozenset(rights))
    return witness


CONTROL = Entry(5, C, "allowed", "control")
TOOK_BACK = Entry(6, C, "took_back", "control")
LOST, BACK = Entry(7, C, "line_lost"), Entry(9, C, "line_back")


def test_a_right_that_was_given_and_taken_between_two_heads_without_being_told_is_not_signed():
    witness = given(Right.VIEW)
    hear(witness, CONTROL, TOOK_BACK)
    assert not witness.agrees(closes=False)
    witness.told(frozenset({Right.VIEW}))
    assert not witness.agrees(closes=False)


def test_a_right_that_is_over_and_given_anew_without_being_told_is_not_signed():
    witness = given(Right.VIEW, Right.CONTROL)
    hear(witness, TOOK_BACK, CONTROL)
    assert not witness.agrees(closes=False)


def test_what_was_told_in_between_is_signed():
    witness = given(Right.VIEW)
    hear(witness, CONTROL)
    witness.told(frozenset({Right.VIEW, Right.CONTROL}))
    witness.told(frozenset({Right.VIEW}))
    hear(witness, TOOK_BACK)
    assert witness.agrees(closes=False)


@pytest.mark.parametrize(
    "entries",
    [
        (TOOK_BACK,),
        (CONTROL, CONTROL),
        (LOST, CONTROL),
        (Entry(8, C, "left"), CONTROL),
    ],
    ids=["nothing was given", "given twice", "while the line is mended", "after the end"],
)
def test_rights_come_and_go_in_turn_and_only_in_a_visit(entries):
    with pytest.raises(RemoteProtocolError, match="log_not_true"):
        hear(given(Right.VIEW), *entries)


@pytest.mark.parametrize("told", [(), (Right.VIEW, Right.CONTROL)], ids=["in time", "what was told before is lost"])
def test_what_was_told_right_before_the_line_was_lost_may_not_have_come(told):
    witness = given(*told) if told else Witness()
    if told:
        hear(witness, LOST, Entry(7, C, "lapsed", "control"), BACK)
    else:
        hear(witness, Entry(4, C, "allowed", "view"))
    hear(witness, CONTROL, TOOK_BACK, LOST, BACK)
    witness.told(frozenset({Right.VIEW}))
    assert witness.agrees(closes=False)


def test_once_the_line_is_back_what_is_given_has_to_be_told_again():
    witness = given(Right.VIEW, Right.CONTROL)
    hear(witness, LOST, Entry(7, C, "lapsed", "control"), BACK, CONTROL, TOOK_BACK)
    witness.told(frozenset({Right.VIEW}))
    assert not witness.agrees(closes=False)
