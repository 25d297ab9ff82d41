"""Argon2id with the library's own parameters, and as much work for an account that is not there."""

from __future__ import annotations

import asyncio
import threading

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import VerifyMismatchError

from remotehelp.broker.passwords import AT_ONCE, NOBODY, Passwords
from tests.helpers.waiting import until

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class Counting:
    """Notes what is verified, and how many verify at the same time; all wait for ``go``."""

    def __init__(self) -> None:
        self.verified: list[str] = []
        self.most = self._now = 0
        self.go = threading.Event()
        self._lock = threading.Lock()

    def hash(self, password: str) -> str:
        return QUICK.hash(password)

    def verify(self, hash: str, password: str) -> bool:
        with self._lock:
            self.verified.append(hash)
            self._now += 1
            self.most = max(self.most, self._now)
        assert self.go.wait(5)
        with self._lock:
            self._now -= 1
        raise VerifyMismatchError


async def test_what_is_kept_is_argon2id_and_never_twice_the_same() -> None:
    passwords = Passwords()
    one, two = await passwords.hash("correct horse"), await passwords.hash("correct horse")
    assert one.startswith("$argon2id$")
    assert one != two
    assert await passwords.fits(one, "correct horse")
    assert not await passwords.fits(one, "correct horsf")


def test_nobody_is_hashed_with_the_parameters_of_today() -> None:
    assert extract_parameters(NOBODY) == extract_parameters(PasswordHasher().hash("anything"))


async def test_without_an_account_as_much_is_computed_and_nothing_fits() -> None:
    counting = Counting()
    counting.go.set()
    passwords = Passwords(counting)
    kept = await passwords.hash("correct horse")
    assert not await passwords.fits(kept, "wrong")
    assert not await passwords.fits(None, "wrong")
    assert counting.verified == [kept, NOBODY]


@pytest.mark.parametrize("kept", ["", "garbage", "$argon2id$"])
async def test_a_damaged_hash_fits_nothing(kept: str) -> None:
    assert not await Passwords(QUICK).fits(kept or "x", "")


@pytest.mark.parametrize("typed", ["Z\u00fcrich 1", "Zu\u0308rich 1", "Z\u00fcrich\u00a01"])
async def test_the_same_password_comes_from_every_keyboard(typed: str) -> None:
    passwords = Passwords(QUICK)
    assert await passwords.fits(await passwords.hash("Z\u00fcrich 1"), typed)


async def test_a_crowd_waits_so_that_memory_does_not_grow() -> None:
    counting = Counting()
    passwords = Passwords(counting)
    crowd = [asyncio.create_task(passwords.fits(None, "x")) for _ in range(8)]
    await until(lambda: len(counting.verified) == AT_ONCE)
    counting.go.set()
    assert await asyncio.gather(*crowd) == [False] * 8
    assert counting.most == AT_ONCE
