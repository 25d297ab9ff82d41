import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spake2 import SPAKE2_A, SPAKE2_B

from remotehelp.errors import RemoteProtocolError
from remotehelp.trust.exchange import FIELD, DiffieHellman, Pake

ALICE = "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"
BOB = "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb"

# all points whose order divides 8, and what RFC 7748 §5 reads as them: https://cr.yp.to/ecdh.html#validate
LOW_ORDER = [
    0,
    1,
    325606250916557431795983626356110631294008115727848805560023387167927233504,
    39382357235489614581723060781553021112529911719440698176882885853963445705823,
    FIELD - 1,
    FIELD,
    FIELD + 1,
]


def key_of(exchange, message):
    with pytest.raises(RemoteProtocolError) as caught:
        exchange.finish(message)
    return caught.value.key


def test_two_shares_make_one_secret_and_each_time_another():
    secrets = set()
    for _ in range(2):
        one, other = DiffieHellman(), DiffieHellman()
        assert one.finish(other.message) == other.finish(one.message)
        secrets.add(one.finish(other.message))
    assert len(secrets) == 2


def test_the_example_of_rfc_7748():
    """§6.1."""
    alice = DiffieHellman(lambda _: bytes.fromhex(ALICE))
    bob = DiffieHellman(lambda _: bytes.fromhex(BOB))
    assert alice.message.hex() == "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"
    shared = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742"
    assert alice.finish(bob.message).hex() == bob.finish(alice.message).hex() == shared


@pytest.mark.parametrize("point", LOW_ORDER)
def test_a_share_of_low_order_is_refused(point):
    assert key_of(DiffieHellman(), point.to_bytes(32, "little")) == "message_not_understood"


@pytest.mark.parametrize("point", LOW_ORDER[:5])
def test_a_share_of_low_order_in_disguise_is_refused(point):
    """The highest bit is not part of the point (RFC 7748 §5)."""
    assert key_of(DiffieHellman(), (point | 1 << 255).to_bytes(32, "little")) == "message_not_understood"


def test_our_own_share_is_refused_also_in_disguise():
    own = DiffieHellman()
    assert key_of(own, own.message) == "own_message_came_back"
    disguised = int.from_bytes(own.message, "little") | 1 << 255
    assert key_of(own, disguised.to_bytes(32, "little")) == "message_not_understood"


@pytest.mark.parametrize("size", [0, 31, 33, 64])
def test_a_share_of_another_size_is_refused(size):
    assert key_of(DiffieHellman(), b"\x09" * size) == "message_not_understood"


@given(st.binary(min_size=32, max_size=32))
@settings(max_examples=60, deadline=None)
def test_any_share_is_taken_or_refused(share):
    with contextlib.suppress(RemoteProtocolError):
        assert len(DiffieHellman().finish(share)) == 32


def test_a_code_makes_one_secret_and_two_codes_make_two():
    one, other, wrong = Pake(SPAKE2_A, "482913"), Pake(SPAKE2_B, "482913"), Pake(SPAKE2_B, "482914")
    secret = one.finish(other.message)
    assert other.finish(one.message) == secret
    assert wrong.finish(one.message) != secret


def test_the_share_of_one_mode_is_none_of_the_other():
    assert key_of(DiffieHellman(), Pake(SPAKE2_A, "482913").message) == "message_not_understood"
    assert key_of(Pake(SPAKE2_A, "482913"), DiffieHellman().message) == "message_not_understood"
