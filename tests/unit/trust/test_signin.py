import pytest

from remotehelp.errors import TrustError
from remotehelp.trust import signed, signin

BROKER, NONCE = bytes(16), bytes(range(32))


def refused(*arguments):
    with pytest.raises(TrustError) as caught:
        signin.check(*arguments)
    return caught.value.key == "sign_in_not_proven"


def test_the_owner_of_the_badge_signs_in(issuer):
    own = issuer.own()
    proof = signin.prove(own.private_key, BROKER, NONCE)
    signin.check(own.badge, BROKER, NONCE, proof)


def test_the_proof_counts_for_this_broker_and_this_nonce_alone(issuer):
    own = issuer.own()
    proof = signin.prove(own.private_key, BROKER, NONCE)
    assert refused(own.badge, bytes([1]) * 16, NONCE, proof)
    assert refused(own.badge, BROKER, bytes(32), proof)
    assert refused(own.badge, BROKER, NONCE, bytes(64))


def test_nobody_signs_in_with_another_ones_badge(issuer):
    assert refused(issuer.own(serial=2).badge, BROKER, NONCE, signin.prove(issuer.own().private_key, BROKER, NONCE))


def test_it_is_exactly_what_the_protocol_says(issuer):
    own = issuer.own()
    assert signin.prove(own.private_key, BROKER, NONCE) == own.private_key.sign(b"RHP/1 claim" + BROKER + NONCE)


def test_a_proof_for_a_broker_is_no_signature_for_a_visit(issuer):
    own = issuer.own()
    assert refused(own.badge, BROKER, NONCE, signed.sign(own.private_key, signed.CODE, BROKER + NONCE))
