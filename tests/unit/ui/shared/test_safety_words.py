from __future__ import annotations

import hashlib

import pytest

from remotehelp.trust.safety_words import WORDS
from tests.helpers.reading import by_id, read
from ui.shared import resources
from ui.shared.safety_words import LIST, SafetyWords, in_words


@pytest.fixture
def words(qtbot) -> SafetyWords:
    made = SafetyWords("Compare these words.")
    qtbot.addWidget(made)
    return made


def test_both_words_are_shown_with_what_to_do(words: SafetyWords) -> None:
    words.show_words((0, WORDS - 1))
    assert by_id(words, "safety-words").text() == in_words((0, WORDS - 1)) == "abandon zoo"
    assert "Compare these words." in {name for name, _, _ in read(words)}


def test_without_words_there_is_nothing(words: SafetyWords) -> None:
    assert not words.isVisible()
    words.show_words((1, 2))
    words.show_words(None)
    assert not words.isVisible()


def test_it_is_the_list_that_everybody_knows() -> None:
    """SHA-256 of BIP-39's english.txt: another list on one side, and no two people read the same words."""
    data = resources.path(*LIST).read_bytes()
    assert hashlib.sha256(data).hexdigest() == "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda"
    assert len(set(data.split())) == WORDS


def test_each_place_has_a_word_of_its_own() -> None:
    assert len({in_words((place, 0)) for place in range(WORDS)}) == WORDS
    assert resources.path("words", "english.LICENSE").read_text().startswith("The MIT License")
