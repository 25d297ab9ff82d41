import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from remotehelp.errors import TrustError
from remotehelp.trust import signed
from remotehelp.trust.public import public_half

KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes([1]) * 32)


class Statement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    text: str


def opened(data, context=signed.BADGE, key=KEY):
    return signed.open_signed(data, context, Statement, lambda _: public_half(key), "badge_not_signed")


def refused(data, **how):
    with pytest.raises(TrustError) as caught:
        opened(data, **how)
    return caught.value.key == "badge_not_signed"


def test_what_was_signed_is_read_again():
    data = signed.write_signed(KEY, signed.BADGE, Statement("yes"))
    assert opened(data) == Statement("yes")
    assert msgspec.json.decode(data).keys() == {"body", "signature"}


def test_a_signature_counts_for_its_purpose_and_key_alone():
    data = signed.write_signed(KEY, signed.BADGE, Statement("yes"))
    assert refused(data, context=signed.REVOCATIONS)
    assert refused(data, key=OTHER)


def test_no_purpose_is_the_beginning_of_another():
    contexts = [signed.ORGANISATION, signed.REVOCATIONS, signed.REQUEST, signed.BADGE, signed.CLAIM, signed.CODE]
    assert len(set(contexts)) == len(contexts)
    assert not any(a != b and b.startswith(a) for a in contexts for b in contexts)


@pytest.mark.parametrize("field", ["body", "signature"])
def test_one_changed_byte_anywhere_is_refused(field):
    document = msgspec.json.decode(signed.write_signed(KEY, signed.BADGE, Statement("yes")), type=signed.Signed)
    whole = getattr(document, field)
    for place in range(len(whole)):
        changed = whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
        assert refused(msgspec.json.encode(msgspec.structs.replace(document, **{field: changed})))


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"body":"","signature":""}']
)
def test_what_is_no_signed_document_is_refused(data):
    assert refused(data)


def test_a_signed_body_with_an_unknown_field_is_refused():
    class More(msgspec.Struct):
        text: str
        extra: int

    assert refused(signed.write_signed(KEY, signed.BADGE, More("yes", 1)))


def test_a_public_key_that_is_none_holds_nothing():
    assert not signed.holds(b"short", signed.CODE, b"", bytes(64))
    assert not signed.holds(bytes(32), signed.CODE, b"", b"")
