import pytest

from remotehelp.errors import ConfigError, TrustError
from remotehelp.trust.revocations import KEEP_S, Revocations, Revoked, load_revocations, open_list, write_list


def test_a_list_is_read_again(issuer, now):
    listed = Revocations(5, now, (Revoked(3, now),))
    assert open_list(write_list(issuer.key, listed), issuer.organisation.key) == listed
    assert listed.names(3)
    assert not listed.names(4)


def test_a_list_of_another_organisation_is_refused(issuer, stranger, now):
    for data in (stranger.revocations(), b"", b"{}"):
        with pytest.raises(TrustError) as caught:
            open_list(data, issuer.organisation.key)
        assert caught.value.key == "revocations_not_signed"


def test_the_number_rises_even_within_a_second_and_after_a_backup(now):
    first = Revocations(now, now)
    second = first.next(now)
    assert second.number == now + 1
    assert first.next(now + 3600).number == now + 3600  # the backup, used an hour later, passes what was lost


def test_a_revoked_badge_stays_listed_until_it_is_expired_anyway(now):
    listed = Revocations(1, now).next(now, 7)
    assert listed.next(now + KEEP_S).names(7)
    assert not listed.next(now + KEEP_S + 1).names(7)
    assert len(listed.next(now, 7).revoked) == 1


def test_a_list_is_old_after_seven_days(now):
    listed = Revocations(1, now)
    assert not listed.is_old(now + 7 * 86400)
    assert listed.is_old(now + 7 * 86400 + 1)


def test_the_brokers_copy_is_checked(issuer, stranger, tmp_path):
    with pytest.raises(ConfigError):
        load_revocations(tmp_path, issuer.organisation.key)
    (tmp_path / "revocations.json").write_bytes(issuer.revocations())
    assert load_revocations(tmp_path, issuer.organisation.key) == issuer.revocations()
    with pytest.raises(TrustError):
        load_revocations(tmp_path, stranger.organisation.key)
