"""The hostile broker where there is no code: it may know her words, but it brings nobody together with itself."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from remotehelp import messages
from remotehelp.customer import intents as ask
from remotehelp.customer.view import Page as CustomerPage
from remotehelp.messages import HelloC, HelloT, Taken
from remotehelp.technician.view import Page as TechnicianPage
from remotehelp.trust.badge import Verdict
from remotehelp.trust.exchange import DiffieHellman
from remotehelp.trust.queue_pairing import QueueCustomer, QueueTechnician
from remotehelp.trust.safety_words import safety_words
from remotehelp.trust.wallet import load_own_badge
from tests.helpers.hostile_broker import TO_CUSTOMER, TO_TECHNICIAN
from tests.helpers.middle import FP_C, FP_T, PROBLEM, Stage, Swallowed, changed, swap_fingerprints

pytestmark = pytest.mark.e2e


def test_the_same_broker_without_a_trick_brings_both_together_with_the_same_words(stage: Stage) -> None:
    """Without this the other tests would prove nothing."""
    with stage(None) as middle:
        middle.take()
        middle.customer.meet()
        words = middle.customer.view.safety_words
        assert words is not None
        middle.technician.wait(lambda view: view.safety_words == words)
        middle.customer.do(ask.AcceptVisit())
        middle.technician.wait(lambda view: view.accepted)
        assert middle.customer.notices == middle.technician.notices == []
        assert middle.customer.pages == ["start", "waiting", "meeting", "visit"]
        middle.learnt_no_way()


def test_swapped_fingerprints_bring_nobody_anywhere(stage: Stage) -> None:
    with stage(swap_fingerprints) as middle:
        middle.attempt_from_the_list()
        middle.nobody_met(by="waiting")
        assert middle.customer.notices == ["opening_changed"]
        middle.learnt_no_way()


@pytest.mark.parametrize("one", [HelloT, HelloC])
def test_a_swapped_share_brings_nobody_anywhere(stage: Stage, one: type[messages.Message]) -> None:
    with stage(lambda _, data: [changed(data, one, pake=DiffieHellman().message)]) as middle:
        middle.attempt_from_the_list()
        middle.nobody_met(by="waiting")
        middle.learnt_no_way()


def test_a_broker_that_plays_the_technician_with_a_copy_of_the_badge_lacks_its_key(stage: Stage) -> None:
    kept = Swallowed()
    with stage(kept) as middle:
        middle.customer.do(ask.AskForHelp(PROBLEM))
        middle.customer.wait(lambda view: view.page is CustomerPage.WAITING)
        copy = replace(load_own_badge(middle.profile), private_key=Ed25519PrivateKey.generate())
        played = QueueTechnician(middle.broker.sid, copy, FP_T, nonce=os.urandom(32))
        middle.broker.say_raw(TO_CUSTOMER, Taken(middle.broker.revocations))
        middle.broker.say(TO_CUSTOMER, played.commit())
        kept.wait(1)
        middle.broker.say(TO_CUSTOMER, *played.receive_hello(kept[0]))
        middle.customer.told("technician_not_proven")
        assert middle.customer.pages == ["start", "waiting", "start"]
        assert middle.customer.frames == 0


def test_a_broker_that_plays_the_customer_has_nobody_who_sees_its_words(stage: Stage) -> None:
    """Nothing can stop it, and nothing comes of it: she is not there, and her screen would show other words."""
    kept = Swallowed()
    with stage(kept) as middle:
        middle.take()
        kept.wait(1)
        own = load_own_badge(middle.profile)
        key = Ed25519PrivateKey.generate()
        organisation = own.badge.organisation
        played = QueueCustomer(middle.broker.sid, organisation, FP_C, visit_key=key, nonce=os.urandom(32))
        middle.broker.say(TO_TECHNICIAN, played.receive_commit(kept[0]))
        kept.wait(3)
        played.receive_hello(kept[1])
        verdict = Verdict(own.badge, clock_wrong=False, list_old=False, list_number=1)
        confirm, keys, _ = played.receive_confirm(kept[2], lambda _: verdict)
        middle.broker.say(TO_TECHNICIAN, confirm)
        middle.technician.wait(lambda view: view.safety_words == safety_words(keys.words))
        assert middle.customer.view.safety_words is None
        assert middle.customer.view.page is CustomerPage.WAITING
        assert middle.technician.view.page is TechnicianPage.VISIT
