"""The badge: who a technician is and for whom, in the organisation's word; and how a customer's computer judges it."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import Annotated

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec import Meta

from remotehelp.errors import ConfigError, TrustError
from remotehelp.messages import PHOTO_LIMIT, Key32, Name
from remotehelp.trust import signed
from remotehelp.trust.names import clean_name, is_clean
from remotehelp.trust.public import Organisation, is_plain, public_half
from remotehelp.trust.revocations import Revocations, Serial, Time, open_list

DAY_S = 86400
DEFAULT_DAYS = 7
MOST_DAYS = 30
SKEW_S = 3600  # a badge is dated one hour back, so that a customer's slow clock does not find it in the future
CLOCK_ERROR_S = 26 * 3600  # the broker's clock is believed at most this far from the customer's

Hash = Annotated[bytes, Meta(min_length=32, max_length=32)]
Jpeg = Annotated[bytes, Meta(max_length=PHOTO_LIMIT)]


class Request(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a technician asks the organisation to sign; the photo comes along so that it can be looked at first."""

    given_name: Name
    surname: Name
    technician_key: Key32
    photo: Jpeg | None = None


class Badge(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an organisation says of a technician; times are seconds since 1970 UTC, both ends included."""

    given_name: Name
    surname: Name
    organisation: Organisation
    technician_key: Key32
    serial: Serial
    not_before: Time
    not_after: Time
    photo_hash: Hash | None = None

    def is_valid_at(self, now: float) -> bool:
        """Whether ``now`` lies within the badge's time."""
        return self.not_before <= now <= self.not_after


@dataclass(frozen=True)
class Verdict:
    """A badge that held, and what must be said beside it."""

    badge: Badge
    clock_wrong: bool  # "the date of this computer seems wrong"
    list_old: bool  # the list is older than 7 days: "not proven"
    list_number: int  # to be kept as the highest one seen


def make_request(given_name: str, surname: str, photo: bytes | None, key: Ed25519PrivateKey) -> bytes:
    """The request file, signed with the technician's own new key.

    Raises TrustError("name_not_allowed"), ConfigError("photo_not_usable").
    """
    if photo is not None and not _is_photo(photo):
        raise ConfigError("photo_not_usable")
    request = Request(clean_name(given_name), clean_name(surname), public_half(key), photo)
    return signed.write_signed(key, signed.REQUEST, request)


def open_request(data: bytes) -> Request:
    """The request, once its own key's signature held; raises TrustError("request_not_signed")."""
    request = signed.open_signed(
        data, signed.REQUEST, Request, lambda claimed: claimed.technician_key, "request_not_signed"
    )
    names_hold = is_clean(request.given_name) and is_clean(request.surname)
    if not names_hold or (request.photo is not None and not _is_photo(request.photo)):
        raise TrustError("request_not_signed")
    return request


def issue(
    key: Ed25519PrivateKey,
    organisation: Organisation,
    request: Request,
    serial: int,
    now: int,
    days: int = DEFAULT_DAYS,
) -> bytes:
    """The badge for a request, signed with the organisation's key; ``days`` is 1 to 30, counted from an hour ago."""
    if not 1 <= days <= MOST_DAYS:
        raise ConfigError("badge_days", most=MOST_DAYS)
    start = now - SKEW_S
    photo_hash = None if request.photo is None else hashlib.sha256(request.photo).digest()
    badge = Badge(
        given_name=request.given_name,
        surname=request.surname,
        organisation=organisation,
        technician_key=request.technician_key,
        serial=serial,
        not_before=start,
        not_after=start + days * DAY_S,
        photo_hash=photo_hash,
    )
    return signed.write_signed(key, signed.BADGE, badge)


def open_badge(data: bytes) -> Badge:
    """The badge, once the signature of the organisation *that it names* held, of which it proves nothing.

    Raises TrustError("badge_not_signed"), also for names that could mislead and for a time of more than 30 days.
    """
    badge = signed.open_signed(data, signed.BADGE, Badge, lambda claimed: claimed.organisation.key, "badge_not_signed")
    names_hold = is_plain(badge.organisation) and is_clean(badge.given_name)
    if not names_hold or not is_clean(badge.surname):
        raise TrustError("badge_not_signed")
    if not 0 <= badge.not_after - badge.not_before <= MOST_DAYS * DAY_S:
        raise TrustError("badge_not_signed")
    return badge


def judge(
    badge_bytes: bytes,
    pinned_org_key: bytes,
    revocations: bytes,
    now: float,
    broker_time: float,
    highest_list_seen: int = 0,
) -> Verdict:
    """What a customer's computer makes of a badge; ``now`` is its own clock, ``broker_time`` came with the nameplate.

    Raises TrustError with the key badge_not_signed, badge_foreign, revocations_not_signed, revocations_went_back,
    badge_revoked, badge_expired or badge_not_yet_valid.
    """
    badge = open_badge(badge_bytes)
    if not hmac.compare_digest(badge.organisation.key, pinned_org_key):
        raise TrustError("badge_foreign")
    return judge_again(badge, revocations, now, broker_time, highest_list_seen)


def judge_again(badge: Badge, revocations: bytes, now: float, broker_time: float, highest_list_seen: int) -> Verdict:
    """What a customer's computer makes of a badge that it has judged before; arguments and errors as of ``judge``."""
    revoked = _open_latest(revocations, badge.organisation.key, highest_list_seen)
    if revoked.names(badge.serial):
        raise TrustError("badge_revoked")
    clock = _clock(badge, now, broker_time)
    return Verdict(badge, clock != now, revoked.is_old(clock), revoked.number)


def check_photo(badge: Badge, jpeg: bytes) -> None:
    """Raise TrustError("photo_differs") unless this is the JPEG, at most 64 KiB, whose hash stands in the badge."""
    if badge.photo_hash is None or not _is_photo(jpeg):
        raise TrustError("photo_differs")
    if not hmac.compare_digest(hashlib.sha256(jpeg).digest(), badge.photo_hash):
        raise TrustError("photo_differs")


def _open_latest(data: bytes, key: bytes, highest_seen: int) -> Revocations:
    revoked = open_list(data, key)
    if revoked.number < highest_seen:
        raise TrustError("revocations_went_back")
    return revoked


def _clock(badge: Badge, now: float, broker_time: float) -> float:
    """The clock by which the badge is valid: our own, or the broker's if that differs by at most 26 h."""
    if badge.is_valid_at(now):
        return now
    if abs(now - broker_time) <= CLOCK_ERROR_S and badge.is_valid_at(broker_time):
        return broker_time
    raise TrustError("badge_expired" if now > badge.not_after else "badge_not_yet_valid")


def _is_photo(jpeg: bytes) -> bool:
    return len(jpeg) <= PHOTO_LIMIT and jpeg.startswith(b"\xff\xd8\xff")  # SOI and the next marker, ITU-T T.81 §B.1.1
