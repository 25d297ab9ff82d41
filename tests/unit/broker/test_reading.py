"""What is understood on a broker's socket, and what is said of the rest."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remotehelp.broker.reading import read
from remotehelp.errors import RemoteProtocolError
from remotehelp.messages import BROKER_LIMIT, VERSION, Claim, Open, encode_json

OPEN = Open(VERSION, bytes(16))


def refusal(text: str) -> str:
    with pytest.raises(RemoteProtocolError) as caught:
        read(text)
    return caught.value.key


def test_a_good_message_is_read() -> None:
    assert read(encode_json(OPEN)) == OPEN
    assert read(encode_json(Claim("4711"))) == Claim("4711")


def test_a_newer_version_is_named_even_if_the_message_has_changed() -> None:
    assert refusal(encode_json(Open(VERSION + 1, bytes(16)))) == "newer_version"
    assert refusal('{"type": "Teleport", "v": 2, "to": [1, 2]}') == "newer_version"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "not json",
        '{"type": "Open"}',
        '{"type": "Open", "v": 1, "sid": "AAAA"}',
        '{"type": "Open", "v": 0, "sid": "AAAAAAAAAAAAAAAAAAAAAA=="}',
        '{"type": "Open", "v": "2", "sid": "AAAAAAAAAAAAAAAAAAAAAA=="}',
        '{"type": "Open", "v": 1, "sid": "AAAAAAAAAAAAAAAAAAAAAA==", "more": 1}',
        '{"type": "Claim", "nameplate": "471"}',
        '{"type": "Claim", "nameplate": "47a1"}',
        '{"type": "Available", "on": NaN}',
        '{"type": "Welcome"}',
        "[" * 100_000,
        '"\ud800"',
    ],
)
def test_anything_else_is_not_understood(text: str) -> None:
    assert refusal(text) == "message_not_understood"


def test_what_is_too_long_is_not_parsed() -> None:
    assert refusal(json.dumps({"type": "Open", "v": 2, "x": "y" * BROKER_LIMIT})) == "message_too_long"


@given(st.text())
def test_no_text_whatever_does_worse_than_a_refusal(text: str) -> None:
    with pytest.raises(RemoteProtocolError):
        read(text)
