"""A broker in the middle that reads, changes, repeats, swallows and invents: nobody is met, and nothing is learnt.

Both roles run whole, each in an engine of its own; the broker is the test's and believes everybody.
"""

from __future__ import annotations

import os

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from remotehelp import messages
from remotehelp.customer import intents as ask
from remotehelp.customer.view import Page as CustomerPage
from remotehelp.errors import TrustError
from remotehelp.messages import HelloC, HelloT, Sealed
from remotehelp.peer import lifeline
from remotehelp.technician import intents as do
from remotehelp.technician.view import Page as TechnicianPage
from remotehelp.trust.badge import open_badge
from remotehelp.trust.code import Code, parse_code
from remotehelp.trust.pairing import CustomerPairing, TechnicianPairing
from remotehelp.trust.wallet import OwnBadge, load_own_badge
from tests.helpers.hostile_broker import TO_CUSTOMER, TO_TECHNICIAN
from tests.helpers.issuer import Issuer
from tests.helpers.middle import FP_C, FP_T, PROBLEM, Middle, Stage, Swallowed, changed, swap_fingerprints
from tests.helpers.roles import visit
from tests.helpers.waiting import wait_until

pytestmark = pytest.mark.e2e


def test_the_same_broker_without_a_trick_brings_both_together(stage: Stage) -> None:
    """Without this the other tests would prove nothing."""
    with stage(None) as middle:
        visit(middle.customer, middle.technician)
        assert middle.customer.notices == middle.technician.notices == []
        assert middle.technician.view.problem
        middle.learnt_nothing()
        assert b'"Relay"' in middle.broker.seen


def test_swapped_fingerprints_bring_nobody_anywhere(stage: Stage) -> None:
    with stage(swap_fingerprints) as middle:
        middle.attempt()
        middle.nobody_met()
        assert middle.customer.notices == ["code_wrong"]
        middle.learnt_nothing()


@pytest.mark.parametrize("one", [HelloT, HelloC])
def test_one_swapped_fingerprint_is_enough_to_fail(stage: Stage, one: type[messages.Message]) -> None:
    with stage(lambda _, data: [changed(data, one, fp=FP_T)]) as middle:
        middle.attempt()
        middle.nobody_met()
        middle.learnt_nothing()


@pytest.mark.parametrize("field", ["nonce", "badge", "caps", "sig", "pake"])
def test_nothing_in_a_hello_can_be_changed(stage: Stage, field: str) -> None:
    own = Issuer("Example Help").badge(photo=None)
    new = {"nonce": b"n" * 32, "badge": own.badge_bytes, "caps": ("everything",), "sig": b"s" * 32, "pake": b"p" * 33}

    def change(_: str, data: bytes) -> list[bytes]:
        kind = HelloC if field == "sig" else HelloT
        return [changed(data, kind, **{field: new[field]})]

    with stage(change) as middle:
        middle.attempt()
        middle.nobody_met()
        middle.learnt_nothing()


def test_a_technicians_own_words_sent_back_are_no_answer(stage: Stage) -> None:
    kept = Swallowed()
    with stage(kept) as middle:
        middle.technician.do(do.Join(middle.customer.code(PROBLEM)))
        kept.wait(1)
        middle.broker.say(TO_TECHNICIAN, kept[0])
        middle.technician.told("message_out_of_order")
        middle.learnt_nothing()


def test_a_customers_own_words_sent_back_are_no_answer(stage: Stage) -> None:
    kept = Swallowed()
    with stage(kept) as middle:
        middle.technician.do(do.Join(middle.customer.code(PROBLEM)))
        kept.wait(1)
        middle.broker.say(TO_CUSTOMER, kept[0])
        kept.wait(2)
        middle.broker.say(TO_CUSTOMER, kept[1])
        middle.customer.told("message_out_of_order")
        middle.technician.wait(lambda view: view.notice)
        middle.nobody_met()
        middle.learnt_nothing()


def test_a_broker_that_plays_the_customer_has_one_guess(stage: Stage) -> None:
    """It answers the technician's hello itself, without knowing the secret, and makes the confirmation up."""
    kept = Swallowed()
    with stage(kept) as middle:
        code = middle.customer.code(PROBLEM)
        middle.technician.do(do.Join(code))
        kept.wait(1)
        organisation = open_badge(messages.decode_relayed(kept[0]).badge).organisation  # type: ignore[union-attr]
        played = CustomerPairing(
            Code("4711", "000000"),
            middle.broker.sid,
            organisation,
            FP_C,
            visit_key=Ed25519PrivateKey.generate(),
            opened_at=0.0,
            nonce=os.urandom(32),
        )
        middle.broker.say(TO_TECHNICIAN, played.receive_hello(kept[0], 0.0))
        kept.wait(2)
        with pytest.raises(TrustError, match="code_wrong"):  # what he proves tells it that the guess was wrong
            played.receive_confirm(kept[1], lambda _: pytest.fail("not reached"))
        middle.broker.say(TO_TECHNICIAN, messages.encode(messages.ConfirmC(bytes(32))))
        middle.technician.told("code_wrong")
        assert "visit" not in middle.technician.pages
        middle.learnt_nothing(code)


def play_the_technician(middle: Middle, kept: Swallowed, own: OwnBadge, code: Code) -> None:
    """The broker, or whoever it works with, speaks to her as a technician with this badge and this code."""
    played = TechnicianPairing(code, middle.broker.sid, own, FP_T, nonce=os.urandom(32))
    middle.broker.say(TO_CUSTOMER, played.hello())
    kept.wait(1)
    middle.broker.say(TO_CUSTOMER, played.receive_hello(kept[0]))
    middle.customer.told("code_wrong")
    assert middle.customer.pages == ["start", "code", "start"]
    assert middle.customer.frames == 0


def test_a_broker_that_plays_the_technician_with_a_good_badge_needs_the_code(stage: Stage) -> None:
    kept = Swallowed()
    with stage(kept) as middle:
        code = middle.customer.code(PROBLEM)
        own = load_own_badge(middle.profile)
        play_the_technician(middle, kept, own, Code("4711", "000000"))
        middle.learnt_nothing(code)


def test_a_stranger_who_overheard_the_code_needs_a_badge_of_the_firm(stage: Stage) -> None:
    kept = Swallowed()
    with stage(kept) as middle:
        code = parse_code(middle.customer.code(PROBLEM))
        play_the_technician(middle, kept, Issuer("Example Help").badge(photo=None), code)
        middle.learnt_nothing()


@pytest.mark.parametrize("which", [HelloT, HelloC, messages.ConfirmT, messages.ConfirmC])
def test_a_repeated_message_is_never_taken_twice(
    stage: Stage, which: type[messages.Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lifeline, "READY_S", 1.0)  # the technician's side may have answered before she refused

    def repeat(_: str, data: bytes) -> list[bytes]:
        return [data, data] if isinstance(messages.decode_relayed(data), which) else [data]

    with stage(repeat) as middle:
        middle.technician.do(do.Join(middle.customer.code(PROBLEM)))
        middle.technician.wait(lambda view: view.page is TechnicianPage.DESK and view.notice)
        middle.customer.wait(lambda view: view.page is CustomerPage.START and view.notice)
        assert "visit" not in middle.customer.pages
        assert not middle.customer.view.sees
        middle.learnt_nothing()


@pytest.mark.parametrize("what", ["changed", "repeated", "cut", "left out"])
def test_sealed_messages_that_were_touched_end_it_before_a_line_stands(stage: Stage, what: str) -> None:
    count = 0

    def touch(_: str, data: bytes) -> list[bytes]:
        nonlocal count
        message = messages.decode_relayed(data)
        if not isinstance(message, Sealed):
            return [data]
        count += 1
        tricks = {
            "changed": [messages.encode(Sealed(bytes([message.data[0] ^ 1]) + message.data[1:]))],
            "repeated": [data, data],
            "cut": [messages.encode(Sealed(message.data[:-1]))],
            "left out": [] if count == 1 else [data],
        }
        return tricks[what]

    with stage(touch) as middle:
        middle.technician.do(do.Join(middle.customer.code(PROBLEM)))
        middle.technician.wait(lambda view: view.page is TechnicianPage.DESK and view.notice)
        middle.customer.wait(lambda view: view.page is CustomerPage.START and view.notice)
        assert "seal_broken" in middle.technician.notices
        assert middle.customer.frames == middle.technician.frames == 0
        middle.learnt_nothing()


def test_a_broker_that_swallows_everything_is_left_by_her(stage: Stage) -> None:
    with stage(lambda way, data: []) as middle:
        middle.technician.do(do.Join(middle.customer.code(PROBLEM)))
        wait_until(lambda: b'"Claim"' in middle.broker.seen)
        middle.customer.do(ask.Cancel())
        middle.customer.wait(lambda view: view.page is CustomerPage.START)
        middle.technician.told("customer_left_early")
        middle.learnt_nothing()


def test_two_technicians_words_are_never_mixed(stage: Stage) -> None:
    """A confirmation from another pairing, replayed, opens nothing."""
    kept: dict[str, bytes] = {}

    def replay(_: str, data: bytes) -> list[bytes]:
        name = type(messages.decode_relayed(data)).__name__
        return [kept.setdefault(name, data) if name.startswith("Confirm") else data]

    with stage(replay) as middle:
        visit(middle.customer, middle.technician)
        middle.customer.do(ask.StopEverything())
        middle.technician.wait(lambda view: view.page is TechnicianPage.GOODBYE)
        middle.customer.do(ask.CloseVisit())
        middle.technician.do(do.CloseCase("", ""))
        middle.customer.wait(lambda view: view.page is CustomerPage.START)
        middle.technician.wait(lambda view: view.page is TechnicianPage.DESK)
        middle.attempt()
        assert middle.customer.pages == ["start", "code", "meeting", "visit", "goodbye", "start", "code", "start"]
