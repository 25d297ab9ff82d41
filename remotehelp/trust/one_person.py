"""A technician without an organisation makes one: key, badge and list in one go, renewed at each start."""

from __future__ import annotations

from pathlib import Path

from remotehelp.trust import organisation, wallet
from remotehelp.trust.badge import MOST_DAYS, make_request
from remotehelp.trust.wallet import OwnBadge

WALLET = "badge"


def one_person(directory: Path, given_name: str, surname: str, organisation_name: str, now: int) -> OwnBadge:
    """An organisation of one in ``directory`` and its badge; ``directory/public`` is what the broker gets.

    An organisation that is there already stays, with its key and its name, and gives a new badge.
    Raises TrustError("name_not_allowed").
    """
    if not organisation.is_organisation(directory):
        organisation.init(directory, organisation_name, None, now)
    request = wallet.request(directory / WALLET, given_name, surname, None)
    return _install(directory, organisation.issue_badge(directory, request, now, MOST_DAYS), now)


def renew(directory: Path, now: int) -> OwnBadge | None:
    """The organisation of one at a later start, with a fresh badge and a fresh list; None before the first start.

    Names, photo and key stay as they were.
    """
    if not organisation.is_organisation(directory) or not (directory / WALLET / wallet.BADGE_FILE).exists():
        return None
    last = wallet.load(directory / WALLET)
    request = make_request(last.badge.given_name, last.badge.surname, last.photo, last.private_key)
    return _install(directory, organisation.issue_badge(directory, request, now, MOST_DAYS), now)


def _install(directory: Path, badge: bytes, now: int) -> OwnBadge:
    wallet.install(directory / WALLET, badge, now)
    return wallet.load(directory / WALLET)
