import msgspec
import pytest

from remotehelp.errors import ConfigError, TrustError
from remotehelp.trust import signed
from remotehelp.trust.public import Organisation, load_public, open_public, public_half, write_public


def test_an_organisation_shows_its_name_domain_and_key(issuer, tmp_path):
    data = write_public(issuer.key, issuer.organisation)
    assert open_public(data) == issuer.organisation
    (tmp_path / "organisation.json").write_bytes(data)
    assert load_public(tmp_path) == load_public(tmp_path / "organisation.json") == issuer.organisation


def test_the_id_is_the_hash_of_the_key(issuer, stranger):
    assert len(issuer.organisation.id) == 32
    renamed = Organisation("Another name", issuer.organisation.key)
    assert renamed.id == issuer.organisation.id != stranger.organisation.id


def test_nobody_signs_for_another_organisation(issuer, stranger):
    with pytest.raises(TrustError) as caught:
        open_public(write_public(stranger.key, issuer.organisation))
    assert caught.value.key == "organisation_not_signed"


@pytest.mark.parametrize(
    ("name", "domain"), [("Ba\u200bnk", None), ("Bank ", None), ("Bank", "b\u0430nk.example"), ("Bank", "")]
)
def test_a_name_that_misleads_is_refused_though_it_is_signed(issuer, name, domain):
    content = Organisation(name, public_half(issuer.key), domain)
    with pytest.raises(TrustError) as caught:
        open_public(signed.write_signed(issuer.key, signed.ORGANISATION, content))
    assert caught.value.key == "organisation_not_signed"


@pytest.mark.parametrize(
    "words",
    [
        {"contact": "call\u202e us"},
        {"contact": ""},
        {"private": ("ab",)},
        {"private": ("x" * 33,)},
        {"private": ("word",) * 17},
        {"private": ("w\u200bord",)},
        {"private": "word"},
    ],
)
def test_words_that_mislead_or_are_too_many_are_refused_though_they_are_signed(issuer, words):
    content = Organisation("Bank", public_half(issuer.key), None, **words)
    with pytest.raises(TrustError) as caught:
        open_public(signed.write_signed(issuer.key, signed.ORGANISATION, content))
    assert caught.value.key == "organisation_not_signed"


def test_a_file_without_them_is_as_it_was(issuer):
    content = Organisation("Bank", public_half(issuer.key), None)
    assert b"private" not in msgspec.json.encode(content)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ConfigError) as caught:
        load_public(tmp_path)
    assert caught.value.values == {"file": str(tmp_path / "organisation.json")}
