"""From the text on a broker's socket to a message, or to the reason why not."""

from __future__ import annotations

import msgspec

from remotehelp.errors import RemoteProtocolError
from remotehelp.messages import BROKER_LIMIT, VERSION, ToBroker, decode_to_broker


class AnyVersion(msgspec.Struct):
    """What can be read of every message, of whatever version."""

    v: int = 1


def read(text: str) -> ToBroker:
    """The message; raises RemoteProtocolError("newer_version", "message_too_long" or "message_not_understood").

    A newer version is found out even where its messages have changed beyond recognition.
    """
    if len(text) <= BROKER_LIMIT and _version(text) > VERSION:
        raise RemoteProtocolError("newer_version")
    return decode_to_broker(text)


def _version(text: str) -> int:
    try:
        return msgspec.json.decode(text, type=AnyVersion).v
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return VERSION
