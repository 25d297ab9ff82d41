"""The three names of a first start: which of them can't be used."""

from __future__ import annotations

from remotehelp.errors import TrustError
from remotehelp.technician.intents import CreateBadge
from remotehelp.trust.names import clean_name


def check_names(wanted: CreateBadge) -> None:
    """Raises TrustError("given_name_not_allowed", "surname_not_allowed", "organisation_name_not_allowed")."""
    for name, refusal in (
        (wanted.given_name, TrustError("given_name_not_allowed")),
        (wanted.surname, TrustError("surname_not_allowed")),
        (wanted.organisation, TrustError("organisation_name_not_allowed")),
    ):
        try:
            clean_name(name)
        except TrustError:
            raise refusal from None
