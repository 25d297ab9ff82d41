"""What this computer knows of organisations: pins that a person kept, and the newest revocation list of each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import msgspec

from remotehelp.errors import ConfigError, HelpError, TrustError
from remotehelp.profile import site_organisations
from remotehelp.trust.files import PRIVATE, read_file, write_atomically
from remotehelp.trust.names import same_name
from remotehelp.trust.public import Organisation, load_public

KNOWN_FILE = "known.json"


class Kind(StrEnum):
    """How well this computer knows an organisation."""

    NEW = "new"
    KNOWN = "known"
    PROVEN = "proven"


@dataclass(frozen=True)
class Standing:
    """What may be said about an organisation: ``since`` in seconds since 1970 UTC, ``domain`` only if it is proven."""

    kind: Kind
    since: int | None = None
    domain: str | None = None


class Pin(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An organisation that a person chose to keep."""

    organisation: Organisation
    since: int


class _Contents(msgspec.Struct, forbid_unknown_fields=True):
    pins: list[Pin] = msgspec.field(default_factory=list)
    lists: dict[str, int] = msgspec.field(default_factory=dict)  # organisation key in hex -> highest list number


class Known:
    """The file ``known.json`` in a profile's data folder; ``site``: where an installer puts public files.

    Raises ConfigError("known_not_readable") rather than forget a pin.
    """

    def __init__(self, folder: Path, site: Path | None = None) -> None:
        self._path = folder / KNOWN_FILE
        self._site = site or site_organisations()
        self._contents = self._load()

    def standing(self, organisation: Organisation, proven_domain: str | None = None) -> Standing:
        """How well ``organisation`` is known; ask for the link's *and* for the badge's, whose name the prompt shows.

        ``proven_domain``: the domain for which ``prove_by_domain`` was true.
        Raises TrustError("organisation_key_changed") if it looks like a known or installed one with another key.
        """
        installed = _installed(self._site)
        self._refuse_another_key(organisation, installed)
        pin = self._pin(organisation.key)
        since = None if pin is None else pin.since
        for one in installed:
            if one.key == organisation.key:
                return Standing(Kind.PROVEN, since, one.domain)
        if proven_domain is not None and proven_domain == organisation.domain:
            return Standing(Kind.PROVEN, since, proven_domain)
        return Standing(Kind.NEW if pin is None else Kind.KNOWN, since)

    def keep(self, organisation: Organisation, now: int) -> None:
        """Keep a new organisation as known since ``now``; one that is known already stays as it was.

        Raises TrustError("organisation_key_changed"), ConfigError("file_not_writable").
        """
        self._refuse_another_key(organisation, _installed(self._site))
        if self._pin(organisation.key) is None:
            self._contents.pins.append(Pin(organisation, now))
            self._save()

    def highest_list(self, organisation_key: bytes) -> int:
        """The highest number of a revocation list seen from this organisation, 0 before the first."""
        return self._contents.lists.get(organisation_key.hex(), 0)

    def saw_list(self, organisation_key: bytes, number: int) -> None:
        """Remember the number of a list whose signature held; a lower one changes nothing."""
        if number > self.highest_list(organisation_key):
            self._contents.lists[organisation_key.hex()] = number
            self._save()

    def _pin(self, key: bytes) -> Pin | None:
        return next((pin for pin in self._contents.pins if pin.organisation.key == key), None)

    def _refuse_another_key(self, organisation: Organisation, installed: list[Organisation]) -> None:
        for known in [*installed, *(pin.organisation for pin in self._contents.pins)]:
            if known.key != organisation.key and _looks_alike(known, organisation):
                raise TrustError("organisation_key_changed", name=known.name)

    def _load(self) -> _Contents:
        if not self._path.exists():
            return _Contents()
        try:
            return msgspec.json.decode(read_file(self._path), type=_Contents)
        except (msgspec.DecodeError, UnicodeError, ConfigError) as error:
            raise ConfigError("known_not_readable", file=str(self._path)) from error

    def _save(self) -> None:
        write_atomically(self._path, msgspec.json.encode(self._contents), PRIVATE)


def _looks_alike(one: Organisation, other: Organisation) -> bool:
    same_domain = one.domain is not None and one.domain == other.domain
    return same_domain or same_name(one.name, other.name)


def _installed(folder: Path) -> list[Organisation]:
    """The organisations whose public files an installer put here; a file that does not hold proves nothing."""
    found = []
    for path in sorted(folder.glob("*.json")):
        try:
            found.append(load_public(path))
        except HelpError:
            continue
    return found
