"""An organisation's own folder, kept offline: the private key, the count of badges, and ``public/`` for brokers.

=============================== ==================================================================
``organisation.key``            the private key, mode 0600; it never leaves this folder
``serial``                      the serial of the last badge
``badges/N.json``, ``N.jpg``    each badge that was issued, and the photo that was signed with it
``public/organisation.json``    name, domain and key, signed
``public/revocations.json``     the list of revoked badges, signed
=============================== ==================================================================
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from remotehelp.errors import ConfigError, HelpError, TrustError
from remotehelp.trust.badge import DEFAULT_DAYS, issue, open_request
from remotehelp.trust.files import load_key, make_folder, read_file, save_key, write_atomically
from remotehelp.trust.names import clean_domain, clean_name
from remotehelp.trust.public import (
    ORGANISATION_FILE,
    PRIVATE_WORDS,
    Organisation,
    PrivateWords,
    load_public,
    public_half,
    write_public,
)
from remotehelp.trust.revocations import REVOCATIONS_FILE, Revocations, open_list, write_list

KEY_FILE = "organisation.key"
PUBLIC_FOLDER = "public"


def is_organisation(directory: Path) -> bool:
    """Whether ``init`` made this folder."""
    return (directory / KEY_FILE).exists()


def init(
    directory: Path,
    name: str,
    domain: str | None,
    now: int,
    contact: str | None = None,
    private: Sequence[str] = (),
) -> Organisation:
    """A new organisation in ``directory``; an organisation that is there already is never replaced.

    ``contact`` and ``private``: as in ``Organisation``. Raises ConfigError("organisation_exists"),
    TrustError("name_not_allowed", "domain_not_allowed", "private_words_not_allowed").
    """
    if is_organisation(directory):
        raise ConfigError("organisation_exists", folder=str(directory))
    key = Ed25519PrivateKey.generate()
    organisation = Organisation(
        clean_name(name),
        public_half(key),
        clean_domain(domain) if domain else None,
        clean_name(contact) if contact else None,
        clean_words(private),
    )
    public = make_folder(make_folder(directory, 0o700) / PUBLIC_FOLDER)
    write_atomically(public / ORGANISATION_FILE, write_public(key, organisation))
    write_atomically(public / REVOCATIONS_FILE, write_list(key, Revocations(now, now)))
    save_key(directory / KEY_FILE, key)  # last: a folder without it counts as unmade, and init can be run again
    return organisation


def load(directory: Path) -> Organisation:
    """The organisation that lives in ``directory``; raises ConfigError("not_an_organisation")."""
    if not is_organisation(directory):
        raise ConfigError("not_an_organisation", folder=str(directory))
    return load_public(directory / PUBLIC_FOLDER)


def issue_badge(directory: Path, request: bytes, now: int, days: int = DEFAULT_DAYS) -> bytes:
    """A badge for the request, and a fresh revocation list; a copy of the badge and its photo stay in ``badges/``.

    Raises ConfigError("not_an_organisation", "badge_days"), TrustError("request_not_signed").
    """
    organisation = load(directory)
    wanted = open_request(request)
    serial = last_serial(directory) + 1
    badge = issue(load_key(directory / KEY_FILE), organisation, wanted, serial, now, days)
    write_atomically(directory / "serial", str(serial).encode())  # first: a serial is never given twice
    issued = make_folder(directory / "badges")
    write_atomically(issued / f"{serial}.json", badge)
    if wanted.photo is not None:
        write_atomically(issued / f"{serial}.jpg", wanted.photo)
    _next_list(directory, now)
    return badge


def revoke(directory: Path, serial: int | None, now: int) -> int:
    """The number of a fresh signed list; with ``serial`` that badge counts no more, without the list is only renewed.

    Raises ConfigError("not_an_organisation", "revocations_damaged"), HelpError("serial_unknown").
    """
    load(directory)
    if serial is None:
        return _next_list(directory, now)
    if not 1 <= serial <= last_serial(directory):
        raise HelpError("serial_unknown", serial=serial)
    return _next_list(directory, now, serial)


def last_serial(directory: Path) -> int:
    """The serial of the last badge, 0 before the first; raises ConfigError("file_not_readable")."""
    path = directory / "serial"
    if not path.exists():
        return 0
    try:
        return int(read_file(path))
    except ValueError as error:
        raise ConfigError("file_not_readable", file=str(path)) from error


def clean_words(private: Sequence[str]) -> tuple[str, ...]:
    """Words that make a window private, as they are shown; raises TrustError("private_words_not_allowed")."""
    try:
        return msgspec.convert([clean_name(word) for word in private], PrivateWords)
    except (msgspec.ValidationError, TrustError) as error:
        raise TrustError("private_words_not_allowed", most=PRIVATE_WORDS) from error


def _next_list(directory: Path, now: int, *serials: int) -> int:
    path = directory / PUBLIC_FOLDER / REVOCATIONS_FILE
    key = load_key(directory / KEY_FILE)
    try:
        revocations = open_list(read_file(path), public_half(key)).next(now, *serials)
    except TrustError as error:
        raise ConfigError("revocations_damaged", file=str(path)) from error
    write_atomically(path, write_list(key, revocations))
    return revocations.number
