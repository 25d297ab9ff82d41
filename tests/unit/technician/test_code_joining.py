"""Joining with a code, the technician's side: what only a code has."""

from __future__ import annotations

from remotehelp.messages import Claim, HelloT, decode_relayed
from tests.helpers.hostile_broker import NAMEPLATE
from tests.helpers.joined_openings import Openings


async def test_the_broker_hears_the_nameplate_and_never_the_secret(openings: Openings) -> None:
    first: list[bytes] = []

    def note(_: str, data: bytes) -> list[bytes]:
        first.append(data)
        return [data]

    openings.broker.tamper = note
    async with openings.broker.running():
        await openings.both(openings.issuer.badge())
    assert openings.guest.code is not None
    assert f'"{Claim.__name__}","nameplate":"{NAMEPLATE}"'.encode() in openings.broker.seen
    assert openings.guest.code.secret.encode() not in openings.broker.seen
    assert isinstance(decode_relayed(first[0]), HelloT)  # without a commitment: the code binds both
    assert openings.failures == (None, None)
