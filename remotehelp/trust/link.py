"""The customer's link: where the broker is and which organisation she expects there; it never starts a visit."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

import segno

from remotehelp.errors import TrustError
from remotehelp.trust.files import write_atomically
from remotehelp.trust.names import clean_domain, clean_name
from remotehelp.trust.public import Organisation

SCHEME = "remotehelp"
LINK_LIMIT = 4000  # characters
_FIELDS = frozenset({"broker", "key", "name", "domain"})


@dataclass(frozen=True)
class Link:
    """What a link says; nothing of it is proven."""

    broker_url: str
    organisation: Organisation


def make_link(broker_url: str, organisation: Organisation) -> str:
    """``remotehelp://join?broker=…&key=…&name=…&domain=…``; raises TrustError("broker_address_not_understood")."""
    fields = {
        "broker": clean_broker_url(broker_url),
        "key": base64.urlsafe_b64encode(organisation.key).rstrip(b"=").decode(),
        "name": organisation.name,
    }
    if organisation.domain is not None:
        fields["domain"] = organisation.domain
    return f"{SCHEME}://join?{urlencode(fields)}"


def parse_link(text: str) -> Link:
    """The link that a person pasted or opened; raises TrustError("link_not_understood")."""
    try:
        fields = _fields(text.strip())
        domain = fields.get("domain")
        organisation = Organisation(
            clean_name(fields["name"]), _key(fields["key"]), None if domain is None else clean_domain(domain)
        )
        return Link(clean_broker_url(fields["broker"]), organisation)
    except (KeyError, ValueError, TrustError) as error:
        raise TrustError("link_not_understood") from error


def clean_broker_url(text: str) -> str:
    """A broker's address in one form: ``http`` or ``https``, host, port and path; a bare ``host:port`` gets ``http``.

    Raises TrustError("broker_address_not_understood"), also for user names, queries and fragments.
    """
    text = text.strip()
    try:
        parts = urlsplit(text if "://" in text else f"http://{text}")
        clean = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        if not clean or parts.username is not None or parts.query or parts.fragment or not text.isprintable():
            raise TrustError("broker_address_not_understood")
    except ValueError as error:  # a port that is no number, an open bracket
        raise TrustError("broker_address_not_understood") from error
    return urlunsplit((parts.scheme, parts.netloc.lower(), parts.path.rstrip("/"), "", ""))


def write_qr(link: str, path: Path) -> None:
    """The link as a QR code (ISO/IEC 18004, level M) in a PNG; raises ConfigError("file_not_writable")."""
    picture = io.BytesIO()
    segno.make_qr(link, error="m").save(picture, kind="png", scale=8, border=4)
    write_atomically(path, picture.getvalue())


def _fields(text: str) -> dict[str, str]:
    """Each field once, none that is unknown; raises ValueError."""
    if len(text) > LINK_LIMIT:
        raise ValueError("too long")
    parts = urlsplit(text)
    if (parts.scheme, parts.netloc.lower(), parts.path.rstrip("/"), parts.fragment) != (SCHEME, "join", "", ""):
        raise ValueError("not a link to join")
    found = parse_qs(parts.query, strict_parsing=True, errors="strict", max_num_fields=len(_FIELDS))
    if not found.keys() <= _FIELDS or any(len(values) != 1 for values in found.values()):
        raise ValueError("fields")
    return {name: values[0] for name, values in found.items()}


def _key(text: str) -> bytes:
    key = base64.b64decode(text + "=", altchars=b"-_", validate=True)  # binascii.Error is a ValueError
    if len(text) != 43 or len(key) != 32:
        raise ValueError("key")
    return key
