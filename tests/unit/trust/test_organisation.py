import stat

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from remotehelp.errors import ConfigError, HelpError, TrustError
from remotehelp.trust import organisation
from remotehelp.trust.badge import judge, make_request, open_badge
from remotehelp.trust.public import load_public
from remotehelp.trust.revocations import open_list

KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
REQUEST = make_request("Technician", "A", None, KEY)


@pytest.fixture
def made(tmp_path, now):
    folder = tmp_path / "org"
    organisation.init(folder, "Helpers", "help.example.org", now)
    return folder


def listed(folder):
    return open_list((folder / "public" / "revocations.json").read_bytes(), load_public(folder / "public").key)


def everything(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_public_folder_holds_all_that_a_broker_gets_and_no_secret(made, now):
    assert sorted(path.name for path in (made / "public").iterdir()) == ["organisation.json", "revocations.json"]
    assert organisation.load(made) == load_public(made / "public")
    assert (organisation.load(made).name, organisation.load(made).domain) == ("Helpers", "help.example.org")
    assert listed(made).number == now
    assert stat.S_IMODE((made / "organisation.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(made.stat().st_mode) == 0o700


def test_whom_to_tell_and_words_of_its_own_go_with_every_badge(tmp_path, now):
    folder = tmp_path / "org"
    made = organisation.init(folder, "Helpers", None, now, " 0800  123 ", ["Payroll", "our till"])
    assert (made.contact, made.private) == ("0800 123", ("Payroll", "our till"))
    assert organisation.load(folder) == made
    assert open_badge(organisation.issue_badge(folder, REQUEST, now)).organisation == made


@pytest.mark.parametrize("words", [["ab"], ["x" * 33], ["word"] * 17, ["pay\u200broll"], [""], ["  a  "]])
def test_words_that_can_not_be_shown_or_are_too_many_make_nothing(tmp_path, now, words):
    with pytest.raises(TrustError) as caught:
        organisation.init(tmp_path / "org", "Helpers", None, now, None, words)
    assert caught.value.key == "private_words_not_allowed"
    assert not (tmp_path / "org").exists()


def test_an_organisation_is_never_replaced(made, now):
    before = everything(made)
    with pytest.raises(ConfigError) as caught:
        organisation.init(made, "Other", None, now)
    assert caught.value.key == "organisation_exists"
    assert everything(made) == before


def test_a_half_made_organisation_can_be_made_again(made, now):
    (made / "organisation.key").unlink()
    assert organisation.init(made, "Helpers", None, now).domain is None
    assert listed(made).number == now


@pytest.mark.parametrize(
    ("name", "domain", "key"), [("A\u200b", None, "name_not_allowed"), ("A", "a b", "domain_not_allowed")]
)
def test_a_name_that_misleads_makes_nothing(tmp_path, now, name, domain, key):
    with pytest.raises(TrustError) as caught:
        organisation.init(tmp_path / "org", name, domain, now)
    assert caught.value.key == key
    assert not (tmp_path / "org").exists()


def test_each_badge_has_its_own_serial_and_a_copy_stays(made, now, photo):
    first = organisation.issue_badge(made, REQUEST, now)
    second = organisation.issue_badge(made, make_request("Technician", "B", photo, KEY), now, days=30)
    assert [open_badge(first).serial, open_badge(second).serial, organisation.last_serial(made)] == [1, 2, 2]
    assert (made / "badges" / "1.json").read_bytes() == first
    assert (made / "badges" / "2.jpg").read_bytes() == photo
    assert not (made / "badges" / "1.jpg").exists()


def test_a_badge_holds_until_it_is_revoked(made, now):
    key = organisation.load(made).key
    badge = organisation.issue_badge(made, REQUEST, now)
    revocations = made / "public" / "revocations.json"
    seen = judge(badge, key, revocations.read_bytes(), now, now).list_number
    organisation.revoke(made, 1, now)
    with pytest.raises(TrustError) as caught:
        judge(badge, key, revocations.read_bytes(), now, now, seen)
    assert caught.value.key == "badge_revoked"


def test_init_badge_and_revoke_each_write_a_list_with_a_higher_number(made, now):
    numbers = [listed(made).number]
    organisation.issue_badge(made, REQUEST, now)
    numbers.append(listed(made).number)
    numbers.append(organisation.revoke(made, 1, now))
    numbers.append(organisation.revoke(made, None, now))
    assert numbers == [now, now + 1, now + 2, now + 3]
    assert listed(made).number == now + 3
    assert listed(made).names(1)


@pytest.mark.parametrize("serial", [0, 1, 2, -1])
def test_a_badge_that_was_never_issued_is_not_revoked(made, now, serial):
    before = everything(made)
    with pytest.raises(HelpError) as caught:
        organisation.revoke(made, serial, now)
    assert (caught.value.key, caught.value.values) == ("serial_unknown", {"serial": serial})
    assert everything(made) == before


def test_a_bad_request_uses_up_no_serial(made, now):
    before = everything(made)
    with pytest.raises(TrustError) as caught:
        organisation.issue_badge(made, b"not a request", now)
    assert caught.value.key == "request_not_signed"
    assert everything(made) == before


def test_a_folder_without_an_organisation_is_named(tmp_path, now):
    for act in (
        lambda: organisation.load(tmp_path),
        lambda: organisation.issue_badge(tmp_path, REQUEST, now),
        lambda: organisation.revoke(tmp_path, None, now),
    ):
        with pytest.raises(ConfigError) as caught:
            act()
        assert (caught.value.key, caught.value.values) == ("not_an_organisation", {"folder": str(tmp_path)})


def test_a_damaged_count_of_badges_is_told_rather_than_begun_anew(made, now):
    organisation.issue_badge(made, REQUEST, now)
    (made / "serial").write_text("one")
    with pytest.raises(ConfigError) as caught:
        organisation.issue_badge(made, REQUEST, now)
    assert caught.value.key == "file_not_readable"


def test_a_list_that_somebody_changed_is_not_signed_again(made, now):
    path = made / "public" / "revocations.json"
    path.write_bytes(b"{}")
    with pytest.raises(ConfigError) as caught:
        organisation.revoke(made, None, now)
    assert (caught.value.key, caught.value.values) == ("revocations_damaged", {"file": str(path)})
    assert path.read_bytes() == b"{}"
