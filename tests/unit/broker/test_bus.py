"""The in-memory bus: letters reach the node that they are addressed to, in order."""

from __future__ import annotations

import pytest

from remotehelp.broker.bus import Letter, MemoryBus
from remotehelp.errors import ServiceUnavailable


async def test_letters_reach_their_node_alone_and_in_order() -> None:
    bus, here, there = MemoryBus(), [], []
    bus.listen("here", here.append)
    bus.listen("there", there.append)
    for text in ("one", "two"):
        await bus.post("here", Letter(1, text))
    await bus.post("nowhere", Letter(None, "lost"))
    assert here == [Letter(1, "one"), Letter(1, "two")]
    assert there == []


async def test_it_is_not_ready_before_a_node_listens() -> None:
    bus = MemoryBus()
    with pytest.raises(ServiceUnavailable):
        await bus.check()
    bus.listen("here", lambda _: None)
    await bus.check()
