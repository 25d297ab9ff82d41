import pytest
from hypothesis import given
from hypothesis import strategies as st

from remotehelp.errors import TrustError
from remotehelp.trust.sealing import TAG_SIZE, Opener, Sealer

KEY, TH = bytes(range(32)), bytes(32)


def refused(opener, sealed):
    with pytest.raises(TrustError) as caught:
        opener.open(sealed)
    return caught.value.key == "seal_broken"


@given(st.lists(st.binary(max_size=100), max_size=5))
def test_what_is_sealed_in_order_is_opened_in_order(messages):
    sealer, opener = Sealer(KEY, TH), Opener(KEY, TH)
    sealed = [sealer.seal(message) for message in messages]
    assert [opener.open(one) for one in sealed] == messages
    assert [len(one) - len(plain) for one, plain in zip(sealed, messages, strict=True)] == [TAG_SIZE] * len(messages)


def test_the_same_words_never_look_the_same():
    sealer = Sealer(KEY, TH)
    assert sealer.seal(b"same") != sealer.seal(b"same")


def test_a_missing_message_closes_for_good():
    sealer, opener = Sealer(KEY, TH), Opener(KEY, TH)
    first, second, third = sealer.seal(b"1"), sealer.seal(b"2"), sealer.seal(b"3")
    assert opener.open(first) == b"1"
    assert refused(opener, third)
    assert refused(opener, second)  # even what would have been right


def test_a_repeated_message_closes_for_good():
    sealer, opener = Sealer(KEY, TH), Opener(KEY, TH)
    first = sealer.seal(b"1")
    assert opener.open(first) == b"1"
    assert refused(opener, first)
    assert refused(opener, sealer.seal(b"2"))


@given(st.integers(0, 8 * (5 + TAG_SIZE) - 1))
def test_one_flipped_bit_closes(bit):
    sealed = bytearray(Sealer(KEY, TH).seal(b"hello"))
    sealed[bit // 8] ^= 1 << bit % 8
    assert refused(Opener(KEY, TH), bytes(sealed))


@pytest.mark.parametrize(("key", "th"), [(bytes(32), TH), (KEY, bytes([1]) * 32)])
def test_another_key_and_another_visit_open_nothing(key, th):
    assert refused(Opener(key, th), Sealer(KEY, TH).seal(b"hello"))


@pytest.mark.parametrize("short", [b"", b"x", bytes(TAG_SIZE - 1)])
def test_what_is_too_short_to_be_sealed_closes(short):
    assert refused(Opener(KEY, TH), short)
