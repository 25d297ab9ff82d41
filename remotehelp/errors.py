"""Errors that carry a key and values, never a sentence.

The sentence that a person reads stands in ``remotehelp/sentences.py`` under the same key.
"""

from __future__ import annotations


class HelpError(Exception):
    """Something went wrong that a person may have to be told: a sentence's key and its values."""

    def __init__(self, key: str, **values: str | int) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values

    def __str__(self) -> str:
        return self.key if not self.values else f"{self.key} {self.values}"


class LocalProtocolError(HelpError):
    """Our own program broke the protocol: a bug of ours, never the peer's doing."""


class RemoteProtocolError(HelpError):
    """The other side sent what the protocol does not allow; whoever it was is not trusted further."""


class TrustError(HelpError):
    """A proof did not hold: code, badge, signature, fingerprint or revocation list."""


class ConsentError(HelpError):
    """Something was tried that the customer has not allowed (any more)."""


class StaleEpoch(ConsentError):
    """The action belongs to a grant that has been revoked since it was sent."""


class GateClosed(ConsentError):
    """The action came while a question to the customer is open, or aims at one of our own windows."""


class BackendError(HelpError):
    """This computer can't do what was asked: no display, no permission, a part that is missing."""


class ConfigError(HelpError):
    """A setting, a file or a folder can't be used as it is (exit status 78)."""


class TemporaryError(HelpError):
    """Something is in use just now; the same may work in a moment (exit status 75)."""


class ServiceUnavailable(HelpError):
    """A server that is needed does not answer (exit status 69)."""
