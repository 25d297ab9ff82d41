from hypothesis import given
from hypothesis import strategies as st

from remotehelp.trust.safety_words import WORDS, safety_words


def test_the_first_22_bits_name_two_words():
    assert safety_words(bytes.fromhex("000000") + bytes(29)) == (0, 0)
    assert safety_words(bytes.fromhex("fffffc") + bytes(29)) == (WORDS - 1, WORDS - 1)
    assert safety_words(bytes.fromhex("002000") + bytes(29)) == (1, 0)
    assert safety_words(bytes.fromhex("000004") + bytes(29)) == (0, 1)
    assert safety_words(bytes.fromhex("000003") + b"\xff" * 29) == (0, 0)


@given(st.binary(min_size=32, max_size=32))
def test_every_key_names_words_of_the_list(key):
    assert all(0 <= place < WORDS for place in safety_words(key))
