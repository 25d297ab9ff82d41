import stat

import pytest

from remotehelp.errors import ConfigError, TrustError
from remotehelp.profile import Profile
from remotehelp.trust import wallet
from remotehelp.trust.badge import issue, open_request
from remotehelp.trust.public import public_half


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "badge"


@pytest.fixture
def sign(issuer, now):
    def signed(request, serial=1):
        return issue(issuer.key, issuer.organisation, open_request(request), serial, now)

    return signed


def test_from_request_to_the_badge_in_use(folder, sign, now, photo):
    badge_bytes = sign(wallet.request(folder, "Technician", "A", photo))
    badge = wallet.install(folder, badge_bytes, now)
    own = wallet.load(folder)
    assert own.badge == badge
    assert own.badge_bytes == badge_bytes
    assert own.photo == photo
    assert public_half(own.private_key) == badge.technician_key
    assert "private_key" not in repr(own)


def test_it_is_found_in_the_profile(tmp_path, sign, now):
    profile = Profile(tmp_path, tmp_path / "data", tmp_path, tmp_path)
    wallet.install(
        wallet.wallet_folder(profile), sign(wallet.request(wallet.wallet_folder(profile), "T", "A", None)), now
    )
    assert wallet.load_own_badge(profile).badge.given_name == "T"


def test_the_private_key_is_for_this_user_alone_and_not_in_the_request(folder):
    request = wallet.request(folder, "Technician", "A", None)
    (key_file,) = (folder / "keys").iterdir()
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert stat.S_IMODE((folder / "keys").stat().st_mode) == 0o700
    assert key_file.read_bytes().splitlines()[1] not in request


def test_each_request_has_a_new_key_and_the_badge_in_use_stays_until_the_next_is_installed(folder, sign, now, photo):
    first = wallet.request(folder, "Technician", "A", None)
    second = wallet.request(folder, "Technician", "A", photo)
    assert open_request(first).technician_key != open_request(second).technician_key
    wallet.install(folder, sign(first, 1), now)
    assert wallet.load(folder).photo is None
    wallet.install(folder, sign(second, 2), now)
    assert (wallet.load(folder).badge.serial, wallet.load(folder).photo) == (2, photo)


def test_no_badge_yet(folder):
    with pytest.raises(ConfigError) as caught:
        wallet.load(folder)
    assert caught.value.key == "no_badge"


def test_the_badge_of_another_computer_is_refused_and_the_own_one_kept(folder, tmp_path, sign, now):
    own = sign(wallet.request(folder, "Technician", "A", None))
    wallet.install(folder, own, now)
    foreign = sign(wallet.request(tmp_path / "other", "Technician", "B", None), 2)
    with pytest.raises(TrustError) as caught:
        wallet.install(folder, foreign, now)
    assert caught.value.key == "badge_not_for_this_computer"
    assert wallet.load(folder).badge_bytes == own


def test_an_expired_and_a_changed_badge_are_not_installed(folder, sign, now):
    badge = sign(wallet.request(folder, "Technician", "A", None))
    with pytest.raises(TrustError) as caught:
        wallet.install(folder, badge, now + 8 * 86400)
    assert caught.value.key == "badge_expired"
    with pytest.raises(TrustError) as caught:
        wallet.install(folder, badge.replace(b"e", b"f", 1), now)
    assert caught.value.key == "badge_not_signed"
    with pytest.raises(ConfigError):
        wallet.load(folder)
