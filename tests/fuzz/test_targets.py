"""A short run of `make fuzz`: each parser with its seeds changed here and there, and with any bytes."""

from __future__ import annotations

import random

import pytest

from tests.fuzz.targets import TARGETS, Target, run

ROUNDS = 150


@pytest.mark.parametrize("name", TARGETS)
def test_seeds_are_understood(name: str) -> None:
    for seed in TARGETS[name].seeds:
        TARGETS[name].read(seed)


@pytest.mark.parametrize("name", TARGETS)
def test_what_is_changed_is_understood_or_refused(name: str) -> None:
    chance = random.Random(name)  # noqa: S311 - the same each time
    for _ in range(ROUNDS):
        run(TARGETS[name].read, changed(TARGETS[name], chance))


def test_a_parser_that_fails_otherwise_is_noticed() -> None:
    with pytest.raises(ZeroDivisionError):
        run(lambda data: 1 // len(data), b"")


def changed(target: Target, chance: random.Random) -> bytes:
    """A seed with some bytes flipped, left out, doubled, or put at its end; or bytes alone."""
    data = bytearray(chance.choice(target.seeds or (b"",)))
    for _ in range(chance.randint(1, 4)):
        at, length = chance.randrange(len(data) + 1), chance.choice((1, 1, 2, 8, 64))
        data[at : at + chance.choice((0, length))] = chance.choice((b"", chance.randbytes(length), data[at : at + 64]))
    return bytes(data)
