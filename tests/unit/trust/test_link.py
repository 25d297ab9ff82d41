import base64
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from remotehelp.errors import ConfigError, TrustError
from remotehelp.trust.link import LINK_LIMIT, Link, clean_broker_url, make_link, parse_link, write_qr
from remotehelp.trust.names import clean_name
from remotehelp.trust.public import Organisation

KEY = bytes(range(32))
TEXT = base64.urlsafe_b64encode(KEY).rstrip(b"=").decode()
GOOD = f"remotehelp://join?broker=http%3A%2F%2F192.0.2.7%3A8470&key={TEXT}&name=Helpers"


def test_the_form_of_a_link():
    assert make_link("http://192.0.2.7:8470", Organisation("Helpers", KEY)) == GOOD
    assert make_link("http://a", Organisation("H & Co", KEY, "a.org")).endswith("&name=H+%26+Co&domain=a.org")


@pytest.mark.parametrize("text", [GOOD, f"  {GOOD}\n", GOOD.replace("join?", "join/?"), GOOD[:60] + "\n" + GOOD[60:]])
def test_a_link_is_understood_as_people_paste_it(text):
    assert parse_link(text) == Link("http://192.0.2.7:8470", Organisation("Helpers", KEY))


@given(st.text(min_size=1, max_size=100), st.binary(min_size=32, max_size=32))
def test_every_organisation_comes_back_from_its_link(name, key):
    try:
        organisation = Organisation(clean_name(name), key, "help.example.org")
    except TrustError:
        return
    assert parse_link(make_link("https://help.example.org/broker", organisation)) == Link(
        "https://help.example.org/broker", organisation
    )


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("hello", id="words"),
        pytest.param("https://help.example.org", id="web page"),
        pytest.param(GOOD.replace("remotehelp:", "http:"), id="another scheme"),
        pytest.param(GOOD.replace("join", "grant"), id="another action"),
        pytest.param(GOOD.replace("join?", "join/now?"), id="a path"),
        pytest.param(GOOD + "#now", id="a fragment"),
        pytest.param(GOOD.replace("&name=Helpers", ""), id="no name"),
        pytest.param(GOOD.replace("Helpers", ""), id="empty name"),
        pytest.param(GOOD.replace("Helpers", "Help%E2%80%8Bers"), id="zero-width space"),
        pytest.param(GOOD.replace("Helpers", "Help%0Aers"), id="new line"),
        pytest.param(GOOD.replace("Helpers", "%FF"), id="no UTF-8"),
        pytest.param(GOOD.replace(TEXT, TEXT[:-1]), id="half a key"),
        pytest.param(GOOD.replace(TEXT, TEXT + "A"), id="too much key"),
        pytest.param(GOOD.replace(TEXT, "*" * 43), id="no key"),
        pytest.param(GOOD.replace(TEXT, "\u00e9" * 43), id="key of other letters"),
        pytest.param(GOOD.replace("http%3A", "file%3A"), id="a file as broker"),
        pytest.param(GOOD.replace("192.0.2.7", "user%40192.0.2.7"), id="broker with a user"),
        pytest.param(GOOD + "&name=Other", id="two names"),
        pytest.param(GOOD + "&grant=control", id="unknown field"),
        pytest.param(GOOD + "&domain=b%C3%BCcher.example", id="domain in another script"),
        pytest.param(GOOD + "&domain", id="domain without a value"),
        pytest.param(GOOD + "&domain=" + quote("a" * LINK_LIMIT), id="too long"),
    ],
)
def test_what_is_no_whole_link(text):
    with pytest.raises(TrustError) as caught:
        parse_link(text)
    assert caught.value.key == "link_not_understood"


@given(st.text(max_size=200))
def test_any_text_is_a_link_or_not_understood(text):
    for candidate in (text, f"remotehelp://join?{text}", GOOD + text):
        try:
            assert isinstance(parse_link(candidate), Link)
        except TrustError as error:
            assert error.key == "link_not_understood"  # noqa: PT017


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("http://Help.Example.org:8470/", "http://help.example.org:8470"),
        (" https://help.example.org ", "https://help.example.org"),
        ("192.0.2.7:8470", "http://192.0.2.7:8470"),
        ("help.example.org", "http://help.example.org"),
        ("http://[2001:db8::1]:80", "http://[2001:db8::1]:80"),
    ],
)
def test_a_brokers_address_has_one_form(typed, clean):
    assert clean_broker_url(typed) == clean


@pytest.mark.parametrize(
    "bad",
    ["", " ", "http://", "ftp://a", "javascript://a", "http://a:99999", "http://a:b", "http://[::1", "http://u:p@a",
     "http://a?x", "http://a#x", "http://a/\u202e", "http://a\nb"],
)  # fmt: skip
def test_what_is_no_brokers_address(bad):
    with pytest.raises(TrustError) as caught:
        clean_broker_url(bad)
    assert caught.value.key == "broker_address_not_understood"


def test_the_qr_code_is_a_picture(tmp_path):
    path = tmp_path / "link.png"
    write_qr(make_link("http://a", Organisation("\u5c71" * 100, KEY, "a.org")), path)
    with Image.open(path) as picture:
        assert picture.format == "PNG"
        assert picture.width == picture.height >= 21 * 8
        assert {0, 255} <= set(picture.convert("L").tobytes())
    with pytest.raises(ConfigError):
        write_qr(GOOD, tmp_path / "missing" / "link.png")
