"""Whatever a person may be told has its sentence, with every value that it names; and no sentence lies unused."""

import ast
import string

import pytest

from remotehelp import errors
from remotehelp.messages import Right
from remotehelp.sentences import SENTENCES
from remotehelp.visit.story import WHATS
from tests.helpers.architecture import ROOT, Module, calls, modules, modules_in

ERRORS = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, errors.HelpError)}
TELLING = ERRORS | {"sentence", "say", "_say", "translated"}  # key first, values by name
BARE = {"reason", "spoken", "Refused", "Refusal", "refuse"}  # a key alone: the sentence has no values
WHY_NOT = {"RightLine": 2, "AskLine": 2}  # place of a key alone, also by the name ``why_not``
ANY = None  # values that can't be read off the source


class Use:
    """One place that names a sentence: its key, and the values given with it (``ANY`` if they come as a whole)."""

    def __init__(self, where, key, values):
        self.where, self.key, self.values = where, key, values

    def __repr__(self):
        return f"{self.where} {self.key}"


def literals(node):
    """The keys that ``node`` may come to: a literal, or either side of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)
    elif isinstance(node, ast.BoolOp):
        for part in node.values:
            yield from literals(part)


def uses_in(module):
    for name, call in calls(module):
        keys, values = key_and_values(name, call)
        for node in keys:
            for key in literals(node):
                yield Use(module.where(call), key, values)


def key_and_values(name, call):
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    if name in TELLING:
        return call.args[:1], ANY if None in given else set(given)
    if name == "Notice":
        return call.args[:1], pairs(call.args[1:2])
    if name in BARE:
        return call.args[:1], set()
    if name in WHY_NOT:
        place = WHY_NOT[name]
        return [*call.args[place : place + 1], *([given["why_not"]] if "why_not" in given else [])], set()
    return [], set()


def pairs(nodes):
    """The names in ``(("file", path), ...)``; ``ANY`` if it is not written out."""
    if not nodes:
        return set()
    if not isinstance(nodes[0], ast.Tuple):
        return ANY
    return {key for pair in nodes[0].elts if isinstance(pair, ast.Tuple) for key in literals(pair.elts[0])}


def uses():
    return [use for module in modules() if module.name != "remotehelp.sentences" for use in uses_in(module)]


def values_of(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def what_is_noted():
    """Every ``what`` that is written into the log of a visit."""
    for module in modules_in("remotehelp.visit.host", "remotehelp.customer.log_writer"):
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Constant) and node.value in WHATS:
                yield node.value


def test_every_key_has_its_sentence():
    found = uses()
    assert len(found) > 150, "the search finds nothing any more"
    assert [use for use in found if use.key not in SENTENCES] == []


def test_every_sentence_gets_the_values_that_it_names():
    lacking = [
        (use, sorted(values_of(SENTENCES[use.key]) - use.values))
        for use in uses()
        if use.key in SENTENCES and use.values is not ANY and not values_of(SENTENCES[use.key]) <= use.values
    ]
    assert lacking == []


def test_everything_that_can_be_noted_is_has_its_sentence_and_the_reverse():
    assert set(what_is_noted()) == WHATS
    noted = {f"story_{what}" for what in WHATS}
    assert noted == {key for key in SENTENCES if key.startswith("story_")}
    assert all(values_of(SENTENCES[key]) <= {"who", "text", "size"} for key in noted)


def test_every_right_has_its_words_and_the_reverse():
    assert {f"right_{right}" for right in Right} <= SENTENCES.keys()
    words = {key for key in SENTENCES if key.startswith("right_")} - {use.key for use in uses()}
    assert words == {f"right_{right}" for right in Right}


def test_no_sentence_lies_unused():
    said = {
        node.value
        for module in modules()
        if module.name != "remotehelp.sentences"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    built = {f"story_{what}" for what in WHATS} | {f"right_{right}" for right in Right}
    assert sorted(SENTENCES.keys() - said - built) == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("raise TrustError('a', minutes=3)", [("a", {"minutes"})]),
        ("raise errors.TrustError('a' if x else 'b')", [("a", set()), ("b", set())]),
        ("say('a', who=x, text=y)", [("a", {"who", "text"})]),
        ("translated('a', **values)", [("a", ANY)]),
        ("Notice('a', (('file', path),))", [("a", {"file"})]),
        ("RightLine(right, on, '' if on else 'a')", [("a", set())]),
        ("AskLine(right, why_not='a')", [("a", set())]),
        ("Send(socket, Refused('a'))", [("a", set())]),
    ],
)
def test_the_search_sees_each_way_to_name_a_sentence(line, expected):
    made_up = Module("made_up", ROOT / "made_up.py", ast.parse(line))
    assert [(use.key, use.values) for use in uses_in(made_up)] == expected
