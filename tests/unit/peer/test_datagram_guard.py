"""Who may speak to a socket of a visit."""

from __future__ import annotations

import pytest

from remotehelp.peer.datagram_guard import CHECKS, CHECKS_S, TRUST_S, Address, DatagramGuard

PARTNER, STRANGER = ("192.0.2.1", 40_000), ("198.51.100.7", 40_000)
CHECK, HELLO, MEDIA = b"\x00\x01" + bytes(18), b"\x16\xfe\xff" + bytes(60), b"\x80" + bytes(40)


class Bench:
    def __init__(self) -> None:
        self.partners: set[Address] = {PARTNER}
        self.now, self.looked = 5.0, 0
        self.guard = DatagramGuard(self._partners, lambda: self.now)

    def _partners(self) -> set[Address]:
        self.looked += 1
        return self.partners


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.mark.parametrize("data", [CHECK, HELLO, MEDIA, b"\x00"])
def test_the_partner_may_send_anything(bench: Bench, data: bytes) -> None:
    assert all(bench.guard.passes(data, PARTNER) for _ in range(CHECKS * 3))
    assert bench.looked == 1


@pytest.mark.parametrize("data", [HELLO, MEDIA, b"\x04", b"\xff" * 1500])
def test_a_stranger_may_not(bench: Bench, data: bytes) -> None:
    assert not bench.guard.passes(data, STRANGER)
    assert not bench.guard.passes(data, (PARTNER[0], PARTNER[1] + 1))


def test_an_empty_datagram_is_refused_whoever_sends_it(bench: Bench) -> None:
    assert not bench.guard.passes(b"", PARTNER)
    assert not bench.guard.passes(b"", STRANGER)


def test_strangers_may_check_the_path_but_not_flood_it(bench: Bench) -> None:
    passed = [bench.guard.passes(CHECK, (STRANGER[0], port)) for port in range(CHECKS * 3)]
    assert passed == [True] * CHECKS + [False] * CHECKS * 2
    bench.now += CHECKS_S
    assert bench.guard.passes(CHECK, STRANGER)


def test_a_new_partner_is_known_at_once_and_an_old_one_soon_no_more(bench: Bench) -> None:
    assert bench.guard.passes(MEDIA, PARTNER)
    bench.partners = {STRANGER}
    assert bench.guard.passes(MEDIA, STRANGER)
    assert not bench.guard.passes(MEDIA, PARTNER)
    bench.partners = set()
    bench.now += TRUST_S
    assert not bench.guard.passes(MEDIA, STRANGER)
