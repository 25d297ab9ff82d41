"""The link from her helper, remembered in the profile, and how well the organisation behind it is known."""

from __future__ import annotations

import datetime
import time

from remotehelp.customer.view import Organisation
from remotehelp.errors import TrustError
from remotehelp.profile import Profile
from remotehelp.trust.domain import prove_by_domain
from remotehelp.trust.files import write_atomically
from remotehelp.trust.known import Kind, Known, Standing
from remotehelp.trust.link import Link, parse_link
from remotehelp.trust.public import Organisation as PublicOrganisation

LINK_FILE = "link.txt"


class HelperLink:
    """The link in use, or none yet; a link never replaces what is known."""

    def __init__(self, profile: Profile) -> None:
        self.known = Known(profile.data)
        self._file = profile.data / LINK_FILE
        self._proven_domain: str | None = None
        self.link: Link | None = self._load()

    def use(self, text: str) -> Link:
        """Take this link from now on; raises TrustError("link_not_understood", "organisation_key_changed")."""
        link = parse_link(text)
        self.known.standing(link.organisation)
        write_atomically(self._file, text.strip().encode())
        self.link, self._proven_domain = link, None
        return link

    async def prove(self) -> None:
        """Ask the organisation's own domain for its key, over TLS."""
        link = self.link
        if link is not None and link.organisation.domain is not None:
            organisation = link.organisation
            if await prove_by_domain(link.organisation.domain, organisation.key) and link is self.link:
                self._proven_domain = organisation.domain

    def standing(self, organisation: PublicOrganisation) -> Standing:
        """How well ``organisation`` is known here; raises TrustError("organisation_key_changed")."""
        return self.known.standing(organisation, self._proven_domain)

    def shown(self, organisation: PublicOrganisation) -> Organisation:
        """``organisation`` as the window names it; raises TrustError("organisation_key_changed")."""
        standing = self.standing(organisation)
        detail = ""
        if standing.kind is Kind.PROVEN:
            detail = standing.domain or organisation.domain or organisation.name
        elif standing.kind is Kind.KNOWN and standing.since is not None:
            detail = datetime.datetime.fromtimestamp(standing.since).astimezone().date().isoformat()
        return Organisation(organisation.name, standing.kind.value, detail)

    def keep(self, organisation: PublicOrganisation) -> None:
        """Remember the badge's organisation as known from today on."""
        self.known.keep(organisation, int(time.time()))

    def _load(self) -> Link | None:
        try:
            return parse_link(self._file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, TrustError):
            return None
