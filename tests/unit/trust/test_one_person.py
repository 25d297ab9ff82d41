import pytest

from remotehelp.errors import TrustError
from remotehelp.trust.badge import judge
from remotehelp.trust.one_person import one_person, renew
from remotehelp.trust.public import load_public

DAY = 86400


def verdict(folder, own, now, highest=0):
    public = folder / "public"
    return judge(
        own.badge_bytes, load_public(public).key, (public / "revocations.json").read_bytes(), now, now, highest
    )


def test_one_call_makes_organisation_key_and_badge(tmp_path, now):
    own = one_person(tmp_path, "Technician", "A", "Helping hand", now)
    held = verdict(tmp_path, own, now)
    assert (held.badge.given_name, held.badge.surname, held.badge.organisation.name) == (
        "Technician",
        "A",
        "Helping hand",
    )
    assert (held.clock_wrong, held.list_old) == (False, False)


def test_before_the_first_start_there_is_nothing_to_renew(tmp_path, now):
    assert renew(tmp_path, now) is None
    assert list(tmp_path.iterdir()) == []


def test_each_later_start_renews_badge_and_list(tmp_path, now):
    first = one_person(tmp_path, "Technician", "A", "Helping hand", now)
    number = verdict(tmp_path, first, now).list_number
    later = now + 60 * DAY
    again = renew(tmp_path, later)
    held = verdict(tmp_path, again, later, number)
    assert held.badge.organisation == first.badge.organisation
    assert held.badge.technician_key == first.badge.technician_key
    assert (held.badge.serial, held.list_old) == (2, False)
    assert held.list_number > number


def test_another_name_keeps_the_organisation_that_customers_know(tmp_path, now):
    first = one_person(tmp_path, "Technician", "A", "Helping hand", now)
    second = one_person(tmp_path, "Technician", "B", "Another name", now)
    assert second.badge.surname == "B"
    assert second.badge.organisation == first.badge.organisation
    assert renew(tmp_path, now).badge.surname == "B"


def test_a_name_that_misleads_makes_no_badge(tmp_path, now):
    with pytest.raises(TrustError):
        one_person(tmp_path, "Technician\u202e", "A", "Helping hand", now)
    assert renew(tmp_path, now) is None
