"""Credentials for relays: who gets them, when they are renewed, and what they are."""

from __future__ import annotations

import base64
import hashlib
import hmac
from itertools import count
from pathlib import Path

import pytest

from remotehelp.broker.turn import LONGEST_S, Relays, Renewals, credentials, load_relays
from remotehelp.errors import ConfigError
from remotehelp.messages import (
    Claimed,
    Joined,
    Leave,
    Message,
    PeerLeft,
    Place,
    Presence,
    Refused,
    Relay,
    Taken,
    TurnServers,
    decode_from_broker,
    encode_json,
)

URI = "turn:help.example.org:3478?transport=udp"
RELAYS = Relays((URI,), b"a secret of this test alone")
ONE, TWO = 1, 2


def renewals(relays: Relays | None = RELAYS) -> Renewals:
    names = count()
    return Renewals(relays, lambda: f"name{next(names)}")


def test_they_are_of_the_form_that_relays_know() -> None:
    given = credentials(RELAYS, "name", now=1000.9)
    assert given.uris == (URI,)
    assert given.username == f"{1000 + LONGEST_S}:name"
    mac = hmac.new(RELAYS.secret, given.username.encode(), hashlib.sha1).digest()
    assert base64.b64decode(given.password) == mac
    assert decode_from_broker(encode_json(given)) == given


@pytest.mark.parametrize("message", [Claimed(bytes(16)), Joined(), Taken(b"")])
def test_the_beginning_of_a_room_brings_them_and_nothing_else(message: Message) -> None:
    known = renewals()
    assert known.told(ONE, Presence(1), 0) is None
    assert known.told(ONE, Relay(b"x"), 0) is None
    assert isinstance(known.told(ONE, message, 0), TurnServers)
    assert renewals(None).told(ONE, message, 0) is None


def test_they_are_renewed_for_both_before_they_end_and_under_the_same_name() -> None:
    known = renewals()
    first = [known.told(socket, message, 0) for socket, message in ((ONE, Claimed(bytes(16))), (TWO, Joined()))]
    assert known.due(LONGEST_S / 2 - 1) == []
    renewed = known.due(LONGEST_S / 2)
    assert [socket for socket, _ in renewed] == [ONE, TWO]
    for before, (_, after) in zip(first, renewed, strict=True):
        assert before is not None
        ends, name = before.username.split(":")
        assert after.username == f"{int(ends) + LONGEST_S // 2}:{name}"
    assert known.due(LONGEST_S / 2) == []
    assert len(known.due(LONGEST_S)) == 2


@pytest.mark.parametrize("end", [PeerLeft(), Place(0), Refused("code_burned"), Leave(), None], ids=repr)
def test_who_is_in_no_room_gets_no_more(end: Message | None) -> None:
    known = renewals()
    known.told(ONE, Joined(), 0)
    match end:
        case Leave():
            known.heard(ONE, end)
        case None:
            known.left(ONE)
        case _:
            assert known.told(ONE, end, 0) is None
    assert known.due(LONGEST_S) == []
    assert known._names == known._due == {}


def test_each_room_has_another_name() -> None:
    known = renewals()
    first, second = known.told(ONE, Joined(), 0), known.told(ONE, Joined(), 0)
    assert first is not None
    assert second is not None
    assert first.username != second.username


def test_the_secret_comes_from_a_file_and_is_in_no_log(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("  a long random secret\n")
    relays = load_relays([URI, "turns:help.example.org"], tmp_path / "secret", 30)
    assert relays == Relays((URI, "turns:help.example.org"), b"a long random secret", 30)
    assert "random" not in repr(relays)
    assert load_relays([], None) is None


@pytest.mark.parametrize(
    "uri",
    ["", "help.example.org", "stun:help.example.org", "turn:", "turn:a b", "turn:x?transport=sctp", "turn:x:999999",
     "turns:x?transport=udp", "turn:x@y", "turn:x\n", "turn:[::1]:3478"],
)  # fmt: skip
def test_what_is_no_address_of_a_relay_is_named(tmp_path: Path, uri: str) -> None:
    (tmp_path / "secret").write_text("a long random secret")
    with pytest.raises(ConfigError, match="turn_not_understood"):
        load_relays([uri], tmp_path / "secret")


def test_a_secret_that_is_missing_or_short_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="turn_needs_secret"):
        load_relays([URI], None)
    (tmp_path / "secret").write_text("short" + " " * 100)
    with pytest.raises(ConfigError, match="turn_secret_short"):
        load_relays([URI], tmp_path / "secret")
    with pytest.raises(ConfigError, match="file_not_readable"):
        load_relays([URI], tmp_path / "missing")
