import hashlib
import math

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from remotehelp.errors import ConfigError, TrustError
from remotehelp.messages import PHOTO_LIMIT
from remotehelp.trust import signed
from remotehelp.trust.badge import (
    Badge,
    Request,
    check_photo,
    issue,
    judge,
    judge_again,
    make_request,
    open_badge,
    open_request,
)
from remotehelp.trust.public import Organisation, public_half

DAY = 86400
KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))


@pytest.fixture
def verdict_at(issuer, now):
    """How a customer's computer that pinned the organisation judges a badge, by default a good one."""

    def judged(badge_bytes=None, *, revocations=None, at=now, broker_time=None, pinned=None, highest=0):
        return judge(
            issuer.own().badge_bytes if badge_bytes is None else badge_bytes,
            pinned or issuer.organisation.key,
            issuer.revocations() if revocations is None else revocations,
            at,
            at if broker_time is None else broker_time,
            highest,
        )

    return judged


def key_of(action, *arguments, **named):
    with pytest.raises(TrustError) as caught:
        action(*arguments, **named)
    return caught.value.key


def resigned(issuer, badge, **changes):
    return signed.write_signed(issuer.key, signed.BADGE, msgspec.structs.replace(badge, **changes))


def test_a_good_badge_holds(issuer, verdict_at, now):
    verdict = verdict_at()
    assert verdict.badge == issuer.own().badge
    assert (verdict.badge.given_name, verdict.badge.surname) == ("Technician", "A")
    assert (verdict.clock_wrong, verdict.list_old, verdict.list_number) == (False, False, now)


def test_an_unsigned_badge_is_refused(issuer, verdict_at):
    body = msgspec.json.encode(issuer.own().badge)
    for data in (b"", body, msgspec.json.encode({"body": "", "signature": ""})):
        assert key_of(verdict_at, data) == "badge_not_signed"


def test_a_changed_badge_is_refused(issuer, verdict_at):
    document = msgspec.json.decode(issuer.own().badge_bytes, type=signed.Signed)
    changed = signed.Signed(document.body.replace(b"Technician", b"Terminator"), document.signature)
    assert key_of(verdict_at, msgspec.json.encode(changed)) == "badge_not_signed"


def test_a_badge_that_the_technician_signed_himself_is_refused(issuer, verdict_at):
    own = issuer.own()
    forged = signed.write_signed(own.private_key, signed.BADGE, own.badge)
    assert key_of(verdict_at, forged) == "badge_not_signed"


def test_a_signature_for_another_purpose_is_refused(issuer, verdict_at):
    assert key_of(verdict_at, signed.write_signed(issuer.key, signed.REQUEST, issuer.own().badge)) == "badge_not_signed"


def test_a_badge_of_another_organisation_is_refused_though_it_uses_the_same_name(issuer, stranger, verdict_at, now):
    assert key_of(verdict_at, stranger.own().badge_bytes) == "badge_foreign"
    pretender = Organisation("Helpers", stranger.organisation.key, "help.example.org")
    request = open_request(make_request("Technician", "A", None, KEY))
    assert key_of(verdict_at, issue(stranger.key, pretender, request, 1, now)) == "badge_foreign"


def test_a_badge_expires_by_the_second(issuer, verdict_at):
    last = issuer.own().badge.not_after
    far = last + 10 * DAY  # a broker whose clock is too far away to be believed
    assert verdict_at(at=last, broker_time=far).clock_wrong is False
    assert key_of(verdict_at, at=last + 1, broker_time=far) == "badge_expired"
    assert key_of(verdict_at, at=last + 0.1, broker_time=far) == "badge_expired"


def test_a_badge_from_the_future_is_not_valid_yet(issuer, verdict_at):
    first = issuer.own().badge.not_before
    assert verdict_at(at=first).clock_wrong is False
    assert key_of(verdict_at, at=first - 1) == "badge_not_yet_valid"


def test_a_badge_is_dated_an_hour_back_for_slow_clocks(verdict_at, now):
    assert verdict_at(at=now - 3600).clock_wrong is False


def test_a_wrong_date_of_up_to_26_hours_is_told_and_forgiven(issuer, verdict_at):
    first, last = issuer.own().badge.not_before, issuer.own().badge.not_after
    assert verdict_at(at=last + 26 * 3600, broker_time=last).clock_wrong is True
    assert verdict_at(at=first - 26 * 3600, broker_time=first).clock_wrong is True
    assert key_of(verdict_at, at=last + 26 * 3600 + 1, broker_time=last) == "badge_expired"
    assert key_of(verdict_at, at=first - 26 * 3600 - 1, broker_time=first) == "badge_not_yet_valid"


def test_a_brokers_clock_never_makes_a_valid_badge_invalid(verdict_at, now):
    assert verdict_at(broker_time=0).clock_wrong is False
    for nonsense in (math.nan, math.inf, -math.inf):
        assert verdict_at(broker_time=nonsense).clock_wrong is False
        assert key_of(verdict_at, at=now + 40 * DAY, broker_time=nonsense) == "badge_expired"


def test_a_revoked_badge_is_refused(issuer, verdict_at):
    assert key_of(verdict_at, revocations=issuer.revocations(1)) == "badge_revoked"
    assert verdict_at(revocations=issuer.revocations(2)).badge.serial == 1


def test_a_list_that_is_missing_or_not_the_organisations_own_lets_nobody_in(stranger, verdict_at):
    for revocations in (b"", b"{}", stranger.revocations()):
        assert key_of(verdict_at, revocations=revocations) == "revocations_not_signed"


def test_a_list_that_goes_back_is_refused(issuer, verdict_at):
    assert verdict_at(revocations=issuer.revocations(number=9), highest=9).list_number == 9
    assert key_of(verdict_at, revocations=issuer.revocations(number=8), highest=9) == "revocations_went_back"


def test_a_badge_is_judged_again_by_the_time_and_the_list_of_then(issuer, now):
    own = issuer.own(serial=5)
    later = now + 6 * DAY
    again = judge_again(own.badge, issuer.revocations(), later, later, 0)
    assert (again.badge, again.clock_wrong) == (own.badge, False)
    assert key_of(judge_again, own.badge, issuer.revocations(5), now, now, 0) == "badge_revoked"
    assert key_of(judge_again, own.badge, issuer.revocations(), now + 8 * DAY, now + 8 * DAY, 0) == "badge_expired"
    assert key_of(judge_again, own.badge, issuer.revocations(number=3), now, now, 4) == "revocations_went_back"
    assert key_of(judge_again, own.badge, b"made up", now, now, 0) == "revocations_not_signed"


def test_a_list_older_than_seven_days_is_told(issuer, verdict_at, now):
    assert verdict_at(revocations=issuer.revocations(time=now - 7 * DAY)).list_old is False
    assert verdict_at(revocations=issuer.revocations(time=now - 7 * DAY - 1)).list_old is True


@pytest.mark.parametrize(
    "changes",
    [
        {"given_name": "Tech\u202enician"},
        {"surname": "A\u200b"},
        {"surname": " A"},
        {"given_name": "x" * 101},
        {"serial": 0},
        {"not_before": 1_800_000_000, "not_after": 1_800_000_000 + 30 * DAY + 1},
        {"not_before": 1_800_000_000, "not_after": 1_799_999_999},
        {"photo_hash": b"short"},
        {"technician_key": b"short"},
    ],
    ids=str,
)
def test_a_badge_that_is_signed_but_not_as_it_should_be_is_refused(issuer, verdict_at, changes):
    assert key_of(verdict_at, resigned(issuer, issuer.own().badge, **changes)) == "badge_not_signed"


def test_an_organisation_name_that_misleads_is_refused(issuer, verdict_at):
    for name, domain in (("Help\u200bers", None), ("Helpers", "he\u013ap.example.org")):
        misleading = Organisation(name, issuer.organisation.key, domain)
        data = resigned(issuer, issuer.own().badge, organisation=misleading)
        assert key_of(verdict_at, data) == "badge_not_signed"


@given(st.binary(max_size=200))
def test_any_bytes_are_refused(data):
    assert key_of(open_badge, data) == "badge_not_signed"
    assert key_of(open_request, data) == "request_not_signed"


def test_a_badge_says_what_was_asked_for(issuer, now, photo):
    request = open_request(make_request(" Zoe\u0308 ", "A", photo, KEY))
    badge = open_badge(issue(issuer.key, issuer.organisation, request, 12, now))
    assert badge == Badge(
        given_name="Zo\u00eb",
        surname="A",
        organisation=issuer.organisation,
        technician_key=public_half(KEY),
        serial=12,
        not_before=now - 3600,
        not_after=now - 3600 + 7 * DAY,
        photo_hash=hashlib.sha256(photo).digest(),
    )


@pytest.mark.parametrize("days", [1, 30])
def test_a_badge_is_valid_for_1_to_30_days(issuer, now, days):
    badge = issuer.own(days=days).badge
    assert badge.not_after - badge.not_before == days * DAY
    for wrong in (0, 31, -1):
        with pytest.raises(ConfigError) as caught:
            issuer.own(days=wrong)
        assert caught.value.key == "badge_days"


def test_a_request_is_signed_with_the_key_that_it_asks_for(issuer):
    content = Request("Technician", "A", public_half(KEY))
    assert open_request(signed.write_signed(KEY, signed.REQUEST, content)) == content
    assert key_of(open_request, signed.write_signed(issuer.key, signed.REQUEST, content)) == "request_not_signed"


@pytest.mark.parametrize("changes", [{"given_name": "A\u200b"}, {"surname": ""}, {"photo": b"no picture"}], ids=str)
def test_a_request_that_misleads_is_refused(changes):
    content = msgspec.structs.replace(Request("Technician", "A", public_half(KEY)), **changes)
    assert key_of(open_request, signed.write_signed(KEY, signed.REQUEST, content)) == "request_not_signed"


def test_a_name_that_misleads_is_not_asked_for():
    assert key_of(make_request, "A\u202e", "B", None, KEY) == "name_not_allowed"


def test_a_photo_is_a_jpeg_of_at_most_64_kib(photo):
    largest = photo.ljust(PHOTO_LIMIT, b"\0")
    assert open_request(make_request("Technician", "A", largest, KEY)).photo == largest
    for bad in (largest + b"\0", b"\x89PNG", b""):
        with pytest.raises(ConfigError) as caught:
            make_request("Technician", "A", bad, KEY)
        assert caught.value.key == "photo_not_usable"


def test_only_the_photo_that_was_signed_is_shown(issuer, photo):
    badge = issuer.own(photo=photo).badge
    check_photo(badge, photo)
    for other in (photo + b"\0", b"", photo.ljust(PHOTO_LIMIT + 1, b"\0")):
        assert key_of(check_photo, badge, other) == "photo_differs"
    assert key_of(check_photo, issuer.own().badge, photo) == "photo_differs"


def test_a_badge_fits_into_a_hello(issuer, now, photo):
    long = "\U0001f600" * 100
    organisation = Organisation(long, issuer.organisation.key, ".".join(["abcdefghi"] * 25))
    request = open_request(make_request(long, long, photo, KEY))
    assert len(issue(issuer.key, organisation, request, 2**31 - 1, now, 30)) <= 8192
