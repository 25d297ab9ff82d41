"""Taking a customer from the waiting list, the technician's side."""

from __future__ import annotations

import asyncio

import pytest

from remotehelp import messages
from remotehelp.messages import Claimed, Commit, HelloT, PeerLeft, Refused
from remotehelp.technician import opening
from tests.helpers.hostile_broker import TO_CUSTOMER, TO_TECHNICIAN
from tests.helpers.joined_openings import FP_C, OFFER, PROBLEM, Openings
from tests.helpers.waiting import until


async def test_the_customer_who_was_taken_is_joined(openings: Openings) -> None:
    async with openings.broker.running():
        await openings.from_the_list(openings.issuer.badge())
    host = openings.host
    assert (host.paired, host.problem, host.offer, host.offered_by) == (True, PROBLEM, OFFER, FP_C)
    assert host.words is not None
    assert openings.failures == (None, None)


async def test_his_hello_is_sent_only_after_hers(openings: Openings) -> None:
    order: list[type[messages.Message]] = []

    def note(_: str, data: bytes) -> list[bytes]:
        order.append(type(messages.decode_relayed(data)))
        return [data]

    openings.broker.tamper = note
    async with openings.broker.running():
        await openings.from_the_list(openings.issuer.badge())
    assert order[:5] == [Commit, messages.HelloC, HelloT, messages.ConfirmT, messages.ConfirmC]


async def test_his_hello_never_leaves_for_a_customer_whose_hello_is_refused(openings: Openings) -> None:
    """The broker sends his own commitment back as if it were hers."""
    sent: list[bytes] = []

    def reflect(way: str, data: bytes) -> list[bytes]:
        if way == TO_CUSTOMER:
            sent.append(data)
        return [data] if way == TO_CUSTOMER else [sent[0]]

    openings.broker.tamper = reflect
    async with openings.broker.running():
        await openings.from_the_list(openings.issuer.badge())
    assert openings.failures[1] == "message_out_of_order"
    assert not any(isinstance(messages.decode_relayed(data), HelloT) for data in sent)


async def alone(openings: Openings, *told: messages.Message) -> str:
    """What the technician is told when, after the taking, the broker says this and no customer answers."""
    openings.broker.claims = False
    async with openings.broker.running():
        waiting = openings.ask()
        taking = asyncio.create_task(openings.take(openings.issuer.badge()))
        await until(lambda: b'"Take"' in openings.broker.seen)
        for message in told:
            await openings.broker.tell(TO_TECHNICIAN, message)
        await asyncio.wait_for(taking, 5)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
    assert openings.host.failed is not None
    assert not openings.host.paired
    return openings.host.failed.key


@pytest.mark.parametrize("key", ["no_longer_waiting", "took_too_long", "too_many_tries"])
async def test_what_the_broker_refuses_is_told(openings: Openings, key: str) -> None:
    assert await alone(openings, Refused(key)) == key


async def test_a_customer_who_leaves_is_told(openings: Openings) -> None:
    assert await alone(openings, Claimed(bytes(16)), PeerLeft()) == "customer_left_early"


async def test_a_customer_who_does_not_answer_is_not_waited_for(
    openings: Openings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "HELLO_WITHIN_S", 0.1)
    assert await alone(openings) == "customer_did_not_answer"
