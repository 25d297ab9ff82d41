import ast
import string
from pathlib import Path

import pytest

import remotehelp
from remotehelp import errors
from remotehelp.errors import ConfigError
from remotehelp.sentences import SENTENCES, explain, sentence

ROOT = Path(remotehelp.__file__).parent.parent
ERRORS = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, errors.HelpError)}


def placeholders(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def raised():
    """Each place where an error is made with a key written out: (where, key, names of the values)."""
    for path in sorted([*ROOT.glob("remotehelp/**/*.py"), *ROOT.glob("ui/**/*.py")]):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ERRORS:
                keys = node.args[:1]
                if keys and isinstance(keys[0], ast.Constant):
                    values = {keyword.arg for keyword in node.keywords}
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", keys[0].value, values


def test_every_error_that_can_be_raised_has_its_sentence():
    places = list(raised())
    assert len(places) > 20, "the search finds nothing any more"
    assert [f"{where} {key}" for where, key, _ in places if key not in SENTENCES] == []


def test_every_error_brings_the_values_that_its_sentence_names():
    lacking = [
        f"{where} {key}" for where, key, values in raised() if not placeholders(SENTENCES.get(key, "")) <= values
    ]
    assert lacking == []


@pytest.mark.parametrize("key", SENTENCES)
def test_a_text_has_no_stray_spaces_and_no_programmers_words(key):
    text = SENTENCES[key]
    assert text == " ".join(text.split())
    assert not {"Traceback", "Exception", "Error", "None"} & set(text.replace(".", " ").split())


@pytest.mark.parametrize("key", sorted({key for _, key, _ in raised()} & SENTENCES.keys()))
def test_what_an_error_says_is_a_whole_sentence(key):
    text = SENTENCES[key]
    assert text[0].isupper() or text.startswith("{")
    assert text.endswith((".", "?"))


def test_values_are_filled_in():
    assert sentence("folder_not_writable", folder="/x").startswith("The folder /x can't be written to")
    assert explain(ConfigError("folder_not_writable", folder="/x")) == sentence("folder_not_writable", folder="/x")


def test_an_unknown_key_is_a_bug_that_shows():
    with pytest.raises(KeyError):
        sentence("no_such_sentence")
