"""The technician's own things in one folder: a private key for each request, the photo, and the badge in use."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from remotehelp.errors import ConfigError, TrustError
from remotehelp.profile import Profile
from remotehelp.trust.badge import Badge, make_request, open_badge
from remotehelp.trust.files import PRIVATE, load_key, make_folder, read_file, save_key, write_atomically
from remotehelp.trust.public import public_half

BADGE_FILE = "badge.json"


@dataclass(frozen=True)
class OwnBadge:
    """The badge in use, as it is sent, with the key and the photo that belong to it."""

    badge: Badge
    badge_bytes: bytes
    private_key: Ed25519PrivateKey = field(repr=False)
    photo: bytes | None = field(default=None, repr=False)


def wallet_folder(profile: Profile) -> Path:
    """Where this profile keeps the technician's key and badge."""
    return profile.data / "badge"


def load_own_badge(profile: Profile) -> OwnBadge:
    """The badge that was installed in this profile; raises ConfigError("no_badge")."""
    return load(wallet_folder(profile))


def request(folder: Path, given_name: str, surname: str, photo: bytes | None) -> bytes:
    """A request for a new key, which stays in ``folder``; the badge in use stays in use.

    Raises TrustError("name_not_allowed"), ConfigError("photo_not_usable").
    """
    key = Ed25519PrivateKey.generate()
    data = make_request(given_name, surname, photo, key)
    save_key(_key_file(folder, public_half(key)), key)
    if photo is not None:
        write_atomically(_photo_file(folder, hashlib.sha256(photo).digest()), photo, PRIVATE)
    return data


def install(folder: Path, badge_bytes: bytes, now: float) -> Badge:
    """The badge, from now on the one in use.

    Raises TrustError("badge_not_signed", "badge_expired", "badge_not_for_this_computer").
    """
    badge = open_badge(badge_bytes)
    if now > badge.not_after:
        raise TrustError("badge_expired")
    _own(folder, badge, badge_bytes)
    write_atomically(folder / BADGE_FILE, badge_bytes, PRIVATE)
    return badge


def load(folder: Path) -> OwnBadge:
    """The badge in use in ``folder``.

    Raises ConfigError("no_badge"), TrustError("badge_not_signed", "badge_not_for_this_computer").
    """
    if not (folder / BADGE_FILE).exists():
        raise ConfigError("no_badge")
    badge_bytes = read_file(folder / BADGE_FILE)
    return _own(folder, open_badge(badge_bytes), badge_bytes)


def _own(folder: Path, badge: Badge, badge_bytes: bytes) -> OwnBadge:
    key_file = _key_file(folder, badge.technician_key)
    if not key_file.exists():
        raise TrustError("badge_not_for_this_computer")
    photo = None if badge.photo_hash is None else read_file(_photo_file(folder, badge.photo_hash))
    return OwnBadge(badge, badge_bytes, load_key(key_file), photo)


def _key_file(folder: Path, public_key: bytes) -> Path:
    return make_folder(folder / "keys", 0o700) / f"{public_key.hex()}.pem"


def _photo_file(folder: Path, photo_hash: bytes) -> Path:
    return make_folder(folder / "photos", 0o700) / f"{photo_hash.hex()}.jpg"
