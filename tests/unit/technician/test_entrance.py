"""Getting in at a broker that is written in the test: the badge, the account, and back by a session."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from websockets.asyncio.server import ServerConnection

from remotehelp import messages
from remotehelp.errors import ConfigError, HelpError, ServiceUnavailable, TrustError
from remotehelp.messages import AccountAsked, Enrol, GiveAccount, Refused, Resume, SignedIn, SignIn, encode_json
from remotehelp.technician.entrance import Entrance
from remotehelp.technician.intents import SignInWithAccount
from remotehelp.technician.view import AskedAccount
from tests.helpers.issuer import Issuer
from tests.helpers.strange_broker import WELCOME, broker
from tests.helpers.waiting import until

OWN = Issuer().badge()
SECRET, OTHER_SECRET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "B" * 32


class Door:
    """A broker that asks for an account and answers what comes then from its list, in order, over all sockets."""

    def __init__(self, *answers: messages.Message, asks: bool = True) -> None:
        self.answers, self.asks = list(answers), asks
        self.given: list[messages.ToBroker] = []
        self.sockets: list[ServerConnection] = []

    async def __call__(self, socket: ServerConnection) -> None:
        self.sockets.append(socket)
        await socket.send(encode_json(WELCOME))
        async for data in socket:
            message = messages.decode_to_broker(data)
            if isinstance(message, SignIn):
                await socket.send(encode_json(AccountAsked() if self.asks else SignedIn()))
            else:
                self.given.append(message)
                await socket.send(encode_json(self.answers.pop(0)))


@pytest.fixture
def entrance(tmp_path: Path) -> Entrance:
    return Entrance(tmp_path / "account")


def given(address: str, code: str = "", *, account: str = "technician.a", password: str = "right") -> SignInWithAccount:  # noqa: S107
    return SignInWithAccount(address, account, password, code)


async def test_a_broker_without_accounts_lets_the_badge_in(entrance: Entrance) -> None:
    async with broker(Door(asks=False)) as address:
        signed_in = await entrance.use_badge(address, OWN)
        assert signed_in is not None
        assert entrance.asked is None
        await signed_in.close()


async def test_an_account_is_asked_for_enrolled_and_remembered_without_its_password(
    entrance: Entrance, tmp_path: Path
) -> None:
    door = Door(Enrol(SECRET), SignedIn(bytes(32)))
    async with broker(door) as address:
        assert await entrance.use_badge(address, OWN) is None
        assert entrance.asked == AskedAccount()
        assert await entrance.give(given(address, account=" Technician.A "), OWN) is None
        assert entrance.asked is not None
        assert entrance.asked.secret == SECRET
        assert entrance.asked.secret_qr.startswith(b"<?xml")
        signed_in = await entrance.give(given(address, " 123 456"), OWN)
        assert signed_in is not None
        assert entrance.asked is None
        await signed_in.close()
    assert len(door.sockets) == 1
    assert door.given == [GiveAccount("technician.a", "right", ""), GiveAccount("technician.a", "right", "123456")]
    assert (tmp_path / "account").read_bytes() == b"technician.a"


async def test_the_account_of_last_time_is_offered(tmp_path: Path) -> None:
    (tmp_path / "account").write_text("technician.a")
    entrance = Entrance(tmp_path / "account")
    async with broker(Door()) as address:
        await entrance.use_badge(address, OWN)
        assert entrance.asked == AskedAccount("technician.a")
        await entrance.close()


@pytest.mark.parametrize("damaged", [b"\xff", b"", b"two words", b"x" * 600_000])
async def test_a_damaged_memory_is_none(tmp_path: Path, damaged: bytes) -> None:
    (tmp_path / "account").write_bytes(damaged)
    entrance = Entrance(tmp_path / "account")
    async with broker(Door()) as address:
        await entrance.use_badge(address, OWN)
        assert entrance.asked == AskedAccount()
        await entrance.close()


async def test_a_refusal_leaves_everything_to_be_tried_again_on_the_same_socket(entrance: Entrance) -> None:
    door = Door(Refused("account_refused"), SignedIn(bytes(32)))
    async with broker(door) as address:
        await entrance.use_badge(address, OWN)
        with pytest.raises(TrustError, match="account_refused"):
            await entrance.give(given(address, "000000"), OWN)
        assert entrance.asked is not None
        signed_in = await entrance.give(given(address, "123456"), OWN)
        assert signed_in is not None
        await signed_in.close()
    assert len(door.sockets) == 1


@pytest.mark.parametrize(
    ("wrong", "kind", "key"),
    [
        ({"account": "two words"}, TrustError, "account_name_not_allowed"),
        ({"account": ""}, TrustError, "account_name_not_allowed"),
        ({"password": ""}, ConfigError, "password_missing"),
        ({"code": "12345"}, TrustError, "one_time_code_not_digits"),
        ({"code": "\uff11\uff12\uff13\uff14\uff15\uff16"}, TrustError, "one_time_code_not_digits"),
    ],
)
async def test_what_can_not_be_right_is_not_sent(
    entrance: Entrance, wrong: dict[str, str], kind: type[HelpError], key: str
) -> None:
    door = Door()
    async with broker(door) as address:
        await entrance.use_badge(address, OWN)
        with pytest.raises(kind, match=key):
            await entrance.give(given(address, **wrong), OWN)
        assert entrance.asked == AskedAccount()
        assert door.given == []
        await entrance.close()


async def test_a_line_that_was_lost_while_typing_is_made_anew(entrance: Entrance) -> None:
    door = Door(SignedIn(bytes(32)))
    async with broker(door) as address:
        await entrance.use_badge(address, OWN)
        await hang_up(door, entrance)
        signed_in = await entrance.give(given(address, "123456"), OWN)
        assert signed_in is not None
        await signed_in.close()
    assert len(door.sockets) == 2


async def test_a_key_that_was_lost_with_its_line_is_told_to_be_replaced(entrance: Entrance) -> None:
    door = Door(Enrol(SECRET), Enrol(OTHER_SECRET))
    async with broker(door) as address:
        await entrance.use_badge(address, OWN)
        await entrance.give(given(address), OWN)
        await hang_up(door, entrance)
        with pytest.raises(ServiceUnavailable, match="second_factor_anew"):
            await entrance.give(given(address, "123456"), OWN)
        assert entrance.asked is not None
        assert entrance.asked.secret == OTHER_SECRET
        await entrance.close()


async def hang_up(door: Door, entrance: Entrance) -> None:
    await door.sockets[-1].close()
    await until(lambda: entrance._signing is not None and entrance._signing.ended)


async def signed_in_once(entrance: Entrance, address: str) -> None:
    await entrance.use_badge(address, OWN)
    signed_in = await entrance.give(given(address, "123456"), OWN)
    assert signed_in is not None
    await signed_in.close()


async def test_a_session_brings_back_without_a_word_once(entrance: Entrance) -> None:
    door = Door(SignedIn(b"a" * 32), SignedIn(b"b" * 32), SignedIn(b"c" * 32))
    async with broker(door) as address:
        await signed_in_once(entrance, address)
        for _ in range(2):
            signed_in = await entrance.use_badge(address, OWN)
            assert signed_in is not None
            await signed_in.close()
    assert door.given[1:] == [Resume(b"a" * 32), Resume(b"b" * 32)]


async def test_a_session_that_is_over_is_forgotten_and_the_account_asked_for(entrance: Entrance) -> None:
    door = Door(SignedIn(b"a" * 32), Refused("session_over"))
    async with broker(door) as address:
        await signed_in_once(entrance, address)
        for _ in range(2):
            assert await entrance.use_badge(address, OWN) is None
            assert entrance.asked == AskedAccount("technician.a")
        await entrance.close()
    assert door.given[1:] == [Resume(b"a" * 32)]


async def test_a_session_is_shown_to_no_other_broker(entrance: Entrance) -> None:
    other = Door()
    async with broker(Door(SignedIn(b"a" * 32))) as address, broker(other) as elsewhere:
        await signed_in_once(entrance, address)
        assert await entrance.use_badge(elsewhere, OWN) is None
        await entrance.close()
    assert other.given == []


async def test_giving_up_closes_the_socket(entrance: Entrance) -> None:
    door = Door()
    async with broker(door) as address:
        await entrance.use_badge(address, OWN)
        await entrance.close()
        assert entrance.asked is None
        await asyncio.wait_for(door.sockets[0].wait_closed(), 5)
