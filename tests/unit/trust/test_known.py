import stat

import pytest

from remotehelp.errors import ConfigError, TrustError
from remotehelp.trust.known import Kind, Known, Standing
from remotehelp.trust.public import Organisation, write_public


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "site"
    folder.mkdir()
    return folder


@pytest.fixture
def known(tmp_path, site):
    return Known(tmp_path, site)


def refused(action, *arguments):
    with pytest.raises(TrustError) as caught:
        action(*arguments)
    return caught.value.key == "organisation_key_changed"


def test_an_organisation_that_came_with_a_link_is_new(known, issuer):
    assert known.standing(issuer.organisation) == Standing(Kind.NEW)
    assert known.standing(issuer.organisation) == Standing(Kind.NEW)  # asking keeps nothing


def test_one_that_she_kept_is_known_since_that_day_also_after_a_restart(known, tmp_path, site, issuer, now):
    known.keep(issuer.organisation, now)
    known.keep(issuer.organisation, now + 5)
    assert known.standing(issuer.organisation) == Standing(Kind.KNOWN, since=now)
    assert Known(tmp_path, site).standing(issuer.organisation) == Standing(Kind.KNOWN, since=now)
    assert stat.S_IMODE((tmp_path / "known.json").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("name", "domain"),
    [("Helpers", None), ("HELPERS", None), ("\uff28elpers", "other.example"), ("Other", "help.example.org")],
)
def test_a_known_organisation_with_another_key_is_refused(known, issuer, stranger, now, name, domain):
    known.keep(issuer.organisation, now)
    pretender = Organisation(name, stranger.organisation.key, domain)
    assert refused(known.standing, pretender)
    assert refused(known.standing, pretender, domain)  # not even its own domain's word replaces a pin
    assert refused(known.keep, pretender, now)
    assert known.standing(issuer.organisation).kind is Kind.KNOWN


def test_two_that_look_different_are_both_kept(known, issuer, stranger, now):
    known.keep(issuer.organisation, now)
    known.keep(stranger.organisation, now)
    assert known.standing(stranger.organisation).kind is Kind.KNOWN


def test_a_link_never_replaces_a_pin(known, issuer, now):
    known.keep(issuer.organisation, now)
    renamed = Organisation("Other name", issuer.organisation.key, "other.example")
    assert known.standing(renamed).kind is Kind.KNOWN  # the same key is the same organisation
    known.keep(renamed, now + 5)
    assert refused(known.standing, Organisation("Helpers", bytes(32)))


def test_an_installers_file_proves_its_key_and_domain(known, site, issuer, stranger, now):
    (site / "helpers.json").write_bytes(write_public(issuer.key, issuer.organisation))
    assert known.standing(issuer.organisation) == Standing(Kind.PROVEN, domain="help.example.org")
    assert known.standing(stranger.organisation) == Standing(Kind.NEW)
    known.keep(issuer.organisation, now)
    assert known.standing(issuer.organisation) == Standing(Kind.PROVEN, since=now, domain="help.example.org")


def test_the_domain_comes_from_the_proof_not_from_the_link(known, site, issuer):
    (site / "helpers.json").write_bytes(write_public(issuer.key, issuer.organisation))
    boasting = Organisation("Helpers", issuer.organisation.key, "bank.example")
    assert known.standing(boasting).domain == "help.example.org"


def test_a_stranger_with_an_installed_name_is_refused(known, site, issuer, stranger, now):
    (site / "helpers.json").write_bytes(write_public(issuer.key, issuer.organisation))
    pretender = Organisation("helpers", stranger.organisation.key)
    assert refused(known.standing, pretender)
    assert refused(known.keep, pretender, now)


def test_an_installers_file_that_does_not_hold_proves_nothing(known, site, issuer, stranger):
    (site / "broken.json").write_bytes(b"{}")
    (site / "forged.json").write_bytes(write_public(stranger.key, issuer.organisation))
    assert known.standing(issuer.organisation) == Standing(Kind.NEW)


def test_a_proof_by_domain_counts_for_that_domain_alone(known, issuer):
    proven = Standing(Kind.PROVEN, domain="help.example.org")
    assert known.standing(issuer.organisation, "help.example.org") == proven
    assert known.standing(issuer.organisation, "other.example") == Standing(Kind.NEW)
    nameless = Organisation("Helpers", issuer.organisation.key)
    assert known.standing(nameless, "help.example.org") == Standing(Kind.NEW)


def test_the_highest_list_of_each_organisation_is_remembered(known, tmp_path, site, issuer, stranger):
    key = issuer.organisation.key
    assert known.highest_list(key) == 0
    for number in (5, 9, 7):
        known.saw_list(key, number)
    assert known.highest_list(key) == Known(tmp_path, site).highest_list(key) == 9
    assert known.highest_list(stranger.organisation.key) == 0


@pytest.mark.parametrize("content", [b"", b"{", b'{"pins": 1}', b'{"pins": [], "more": 1}', b"\xff"])
def test_a_damaged_file_is_told_rather_than_forgotten(tmp_path, site, content):
    (tmp_path / "known.json").write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        Known(tmp_path, site)
    assert (caught.value.key, caught.value.values) == ("known_not_readable", {"file": str(tmp_path / "known.json")})
    assert (tmp_path / "known.json").read_bytes() == content


def test_without_a_site_folder_nothing_is_proven(tmp_path, issuer):
    assert Known(tmp_path, tmp_path / "missing").standing(issuer.organisation) == Standing(Kind.NEW)
