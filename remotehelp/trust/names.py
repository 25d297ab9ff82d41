"""Names that can't lie: what a person, an organisation or a domain may be called on a customer's screen."""

from __future__ import annotations

import re
import unicodedata

from remotehelp.errors import TrustError

NAME_LIMIT = 100  # characters after normalising

# Controls, formats (bidi overrides, zero-width signs), surrogates, private use, unassigned, separators of lines.
_FORBIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# Letters and marks that draw nothing: grapheme joiner, Hangul and Khmer fillers, braille blank, variation selectors.
_BLANK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ACCOUNT = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}\Z")  # messages.AccountName
_DOMAIN = re.compile(rf"(?=.{{1,253}}\Z)(?:{_LABEL}\.)*(?![0-9]+\Z){_LABEL}\Z")  # RFC 1123 §2.1; never an IP address


def clean_name(text: str) -> str:
    """``text`` in Unicode form NFC with single spaces.

    Raises TrustError("name_not_allowed") if it is empty, longer than 100 characters, or holds characters that draw
    nothing or turn the direction of the text (Unicode Technical Report 36 §2).
    """
    name = unicodedata.normalize("NFC", text)
    if any(unicodedata.category(sign) in _FORBIDDEN_CATEGORIES for sign in name) or _BLANK.search(name):
        raise TrustError("name_not_allowed")
    name = " ".join(name.split())
    if not name or len(name) > NAME_LIMIT:
        raise TrustError("name_not_allowed")
    return name


def clean_domain(text: str) -> str:
    """``text`` as a lower-case ASCII host name; other scripts only as ``xn--``, so that none looks like another.

    Raises TrustError("domain_not_allowed").
    """
    domain = text.strip().lower()
    if not _DOMAIN.match(domain):
        raise TrustError("domain_not_allowed")
    return domain


def clean_account(text: str) -> str:
    """``text`` as the name of an account at a broker: small ASCII letters, so that none looks like another.

    Raises TrustError("account_name_not_allowed").
    """
    account = text.strip().lower()
    if not _ACCOUNT.match(account):
        raise TrustError("account_name_not_allowed")
    return account


def is_clean(name: str, domain: str | None = None) -> bool:
    """Whether both are already in the form that ``clean_name`` and ``clean_domain`` give."""
    try:
        return clean_name(name) == name and (domain is None or clean_domain(domain) == domain)
    except TrustError:
        return False


def same_name(one: str, other: str) -> bool:
    """Whether a person would read both as the same name: compared in NFKC without case (Unicode 16 §3.13, D147)."""
    return _folded(one) == _folded(other)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
