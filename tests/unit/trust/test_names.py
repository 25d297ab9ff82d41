import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remotehelp.errors import TrustError
from remotehelp.trust.names import clean_domain, clean_name, is_clean, same_name


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("Technician", "Technician"),
        ("  Technician   A ", "Technician A"),
        ("Zoe\u0308", "Zo\u00eb"),  # NFC
        ("\u5c71\u7530 \u592a\u90ce", "\u5c71\u7530 \u592a\u90ce"),
        ("\u0627\u0628\u062a", "\u0627\u0628\u062a"),
        ("O'Neill-van der Berg 3rd", "O'Neill-van der Berg 3rd"),
        ("x" * 100, "x" * 100),
    ],
)
def test_a_name_is_kept_in_one_form(typed, clean):
    assert clean_name(typed) == clean
    assert is_clean(clean)


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param("", id="empty"),
        pytest.param("   ", id="blank"),
        pytest.param("x" * 101, id="too long"),
        pytest.param("A\nB", id="new line"),
        pytest.param("A\x00B", id="control"),
        pytest.param("A\x1b[2J", id="terminal escape"),
        pytest.param("abc\u202edef", id="bidi override"),
        pytest.param("abc\u2066def", id="bidi isolate"),
        pytest.param("\u200fabc", id="bidi mark"),
        pytest.param("Bank\u200b", id="zero-width space"),
        pytest.param("Ba\u200dnk", id="zero-width joiner"),
        pytest.param("Ba\u00adnk", id="soft hyphen"),
        pytest.param("\ufeffBank", id="byte order mark"),
        pytest.param("A\u2028B", id="line separator"),
        pytest.param("\u3164", id="Hangul filler"),
        pytest.param("\u2800\u2800", id="braille blank"),
        pytest.param("Bank\ufe0f", id="variation selector"),
        pytest.param("A\ue000", id="private use"),
        pytest.param("A\ud800", id="surrogate"),
        pytest.param("A\U000e0041", id="tag character"),
    ],
)
def test_a_name_that_hides_something_is_refused(bad):
    with pytest.raises(TrustError) as caught:
        clean_name(bad)
    assert caught.value.key == "name_not_allowed"
    assert not is_clean(bad)


@given(st.text(max_size=120))
def test_a_clean_name_stays_as_it_is(text):
    try:
        name = clean_name(text)
    except TrustError:
        return
    assert clean_name(name) == name
    assert unicodedata.is_normalized("NFC", name)
    assert name.isprintable()
    assert 1 <= len(name) <= 100


@pytest.mark.parametrize("name", ["help.example.org", "localhost", "xn--bcher-kva.example", "a-b.c1"])
def test_a_domain(name):
    assert clean_domain(f" {name.upper()} ") == name
    assert is_clean("Name", name)
    assert not is_clean("Name", name.upper())


@pytest.mark.parametrize(
    "bad",
    ["", ".", "a..b", "-a.org", "a-.org", "a.org/", "https://a.org", "a.org:443", "user@a.org", "192.0.2.1", "1", "a b",
     "b\u00fccher.example", "\u0430pple.example", "a.org\n.b", "x" * 64 + ".org", ".".join(["abc"] * 70), "[::1]"],
)  # fmt: skip
def test_what_is_no_domain(bad):
    with pytest.raises(TrustError) as caught:
        clean_domain(bad)
    assert caught.value.key == "domain_not_allowed"


def test_names_that_read_the_same_are_the_same():
    assert same_name("Helpers", "HELPERS")
    assert same_name("Stra\u00dfe", "STRASSE")
    assert same_name("\uff28elpers", "helpers")  # full-width H
    assert not same_name("Helpers", "Helper")
