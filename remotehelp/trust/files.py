"""Small files that must be whole or absent: written atomically, read with a cap; private keys for this user alone."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from remotehelp.errors import ConfigError

PRIVATE = 0o600
PUBLIC = 0o644
FILE_LIMIT = 512 * 1024  # bytes; the largest is a request with a photo of 64 KiB, twice in base64


def write_atomically(path: Path, data: bytes, mode: int = PUBLIC) -> None:
    """``path`` holds ``data`` and nothing else, or what it held before; raises ConfigError("file_not_writable")."""
    draft = _draft(path)
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        with suppress(OSError):  # mostly there is none: the folder is missing or can't be written
            draft.unlink()
        raise ConfigError("file_not_writable", file=str(path)) from error


def check_writable(path: Path) -> None:
    """Leave everything as it is if a file can be written at ``path``, else raise ConfigError("file_not_writable")."""
    draft = _draft(path)
    try:
        draft.touch(PRIVATE, exist_ok=False)
        draft.unlink()
    except OSError as error:
        raise ConfigError("file_not_writable", file=str(path)) from error
    if path.is_dir():
        raise ConfigError("file_not_writable", file=str(path))


def _draft(path: Path) -> Path:
    return path.parent / f".{path.name}.{secrets.token_hex(4)}"  # with_name refuses the empty path


def read_file(path: Path, limit: int = FILE_LIMIT) -> bytes:
    """The bytes of ``path``; raises ConfigError("file_not_readable") if it is missing, closed or over ``limit``."""
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise ConfigError("file_not_readable", file=str(path)) from error
    if len(data) > limit:
        raise ConfigError("file_not_readable", file=str(path))
    return data


def make_folder(path: Path, mode: int = 0o755) -> Path:
    """``path``, made if it was missing; raises ConfigError("folder_not_writable")."""
    try:
        path.mkdir(mode=mode, parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError("folder_not_writable", folder=str(path)) from error
    return path


def save_key(path: Path, key: Ed25519PrivateKey) -> None:
    """Write the private key as PKCS #8 in PEM, mode 0600 from the first moment on."""
    write_atomically(path, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), PRIVATE)


def load_key(path: Path) -> Ed25519PrivateKey:
    """The private key in ``path``; raises ConfigError("key_not_readable") if it is none of Ed25519."""
    try:
        key = load_pem_private_key(read_file(path), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise ConfigError("key_not_readable", file=str(path)) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise ConfigError("key_not_readable", file=str(path))
    return key
