"""Signing in at a broker that is written in the test."""

from __future__ import annotations

import asyncio

import pytest
from websockets.asyncio.server import ServerConnection

from remotehelp import messages
from remotehelp.errors import HelpError, RemoteProtocolError, ServiceUnavailable, TrustError
from remotehelp.messages import (
    AccountAsked,
    Claimed,
    Enrol,
    GiveAccount,
    Presence,
    Refused,
    Resume,
    SignedIn,
    SignIn,
    encode_json,
)
from remotehelp.technician import signing_in
from remotehelp.technician.signing_in import SigningIn
from remotehelp.trust import signin
from remotehelp.trust.badge import open_badge
from tests.helpers.issuer import Issuer
from tests.helpers.strange_broker import WELCOME, broker
from tests.helpers.waiting import until

OWN = Issuer().badge()
SECRET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


class Heard:
    """What a broker heard; it answers each message with the next of its answers, and later ones not at all."""

    def __init__(self, *answers: messages.Message | str) -> None:
        self.answers = list(answers)
        self.messages: list[messages.ToBroker] = []
        self.gone = asyncio.Event()

    async def __call__(self, socket: ServerConnection) -> None:
        await socket.send(encode_json(WELCOME))
        async for data in socket:
            self.messages.append(messages.decode_to_broker(data))
            if self.answers:
                answer = self.answers.pop(0)
                await socket.send(encode_json(Presence(2)))
                await socket.send(answer if isinstance(answer, str) else encode_json(answer))
        self.gone.set()


async def test_signing_in_is_proving_the_badges_key_and_nothing_else() -> None:
    heard = Heard(SignedIn())
    async with broker(heard) as address:
        signing = await SigningIn.begin(address, OWN)
        assert signing.answer == SignedIn()
        await signing.close()
    [sent] = heard.messages
    assert isinstance(sent, SignIn)
    signin.check(open_badge(sent.badge), WELCOME.broker, WELCOME.nonce, sent.signature)


async def test_an_account_is_given_on_the_same_socket_as_often_as_it_takes() -> None:
    heard = Heard(AccountAsked(), Refused("account_refused"), Enrol(SECRET), SignedIn(bytes(32)))
    async with broker(heard) as address:
        signing = await SigningIn.begin(address, OWN)
        with pytest.raises(TrustError, match="account_refused"):
            await signing.give_account("a", "wrong", "")
        assert signing.answer == AccountAsked()
        await signing.give_account("a", "right", "")
        assert signing.answer == Enrol(SECRET)
        await signing.give_account("a", "right", "123456")
        assert signing.answer == SignedIn(bytes(32))
        assert not signing.ended
        await signing.close()
    assert heard.messages[1:] == [
        GiveAccount("a", "wrong", ""),
        GiveAccount("a", "right", ""),
        GiveAccount("a", "right", "123456"),
    ]


async def test_a_session_that_is_over_leaves_the_account_to_be_given() -> None:
    heard = Heard(AccountAsked(), Refused("session_over"), SignedIn())
    async with broker(heard) as address:
        signing = await SigningIn.begin(address, OWN)
        with pytest.raises(TrustError, match="session_over"):
            await signing.resume(bytes(32))
        await signing.give_account("a", "right", "123456")
        await signing.close()
    assert heard.messages[1] == Resume(bytes(32))


async def refused(kind: type[HelpError], *answers: messages.Message | str) -> str:
    heard = Heard(*answers)
    async with broker(heard) as address:
        with pytest.raises(kind) as caught:
            await SigningIn.begin(address, OWN)
        await asyncio.wait_for(heard.gone.wait(), 5)  # no socket stays open
    return caught.value.key


@pytest.mark.parametrize(
    ("answer", "kind", "key"),
    [
        (Refused("badge_expired"), TrustError, "badge_expired"),
        (Refused("port_in_use"), TrustError, "other_side_refused"),
        (Claimed(bytes(16)), RemoteProtocolError, "message_not_understood"),
        ("garbage", RemoteProtocolError, "message_not_understood"),
    ],
)
async def test_a_broker_that_does_not_sign_in_says_why(
    answer: messages.Message | str, kind: type[HelpError], key: str
) -> None:
    assert await refused(kind, answer) == key


async def test_a_broker_that_does_not_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing_in, "ANSWER_S", 0.1)
    assert await refused(ServiceUnavailable) == "broker_unreachable"


async def test_a_broker_that_hangs_up() -> None:
    async def answer(socket: ServerConnection) -> None:
        await socket.send(encode_json(WELCOME))

    async with broker(answer) as address:
        with pytest.raises(ServiceUnavailable, match="broker_went_away"):
            await SigningIn.begin(address, OWN)


async def test_a_broker_that_hangs_up_while_the_password_is_typed_is_noticed() -> None:
    async def answer(socket: ServerConnection) -> None:
        await socket.send(encode_json(WELCOME))
        await socket.recv()
        await socket.send(encode_json(AccountAsked()))

    async with broker(answer) as address:
        signing = await SigningIn.begin(address, OWN)
        await until(lambda: signing.ended)
        with pytest.raises(ServiceUnavailable, match="broker_went_away"):
            await signing.give_account("a", "right", "")


async def test_giving_up_while_signing_in_leaves_no_socket() -> None:
    heard = Heard()
    async with broker(heard) as address:
        begun = asyncio.create_task(SigningIn.begin(address, OWN))
        await until(lambda: heard.messages)
        begun.cancel()
        await asyncio.wait_for(heard.gone.wait(), 5)
        await asyncio.gather(begun, return_exceptions=True)
