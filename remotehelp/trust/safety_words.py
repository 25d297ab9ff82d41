"""The two words that both people see where they share no code: 22 bits of what they agreed on."""

from __future__ import annotations

WORDS = 2048  # in the list; 11 bits a word

SafetyWords = tuple[int, int]  # places in the list


def safety_words(key: bytes) -> SafetyWords:
    """The places of both words in the list, from the first 22 bits of ``Keys.words``."""
    first = int.from_bytes(key[:3]) >> 2
    return first // WORDS, first % WORDS
