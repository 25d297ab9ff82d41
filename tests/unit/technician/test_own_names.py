"""Which of the three names of a first start can't be used."""

from __future__ import annotations

import pytest

from remotehelp.errors import TrustError
from remotehelp.technician.intents import CreateBadge
from remotehelp.technician.own_names import check_names


def test_names_of_people_are_allowed() -> None:
    check_names(CreateBadge("Technician", "A", "Example Help"))


@pytest.mark.parametrize(
    ("wanted", "key"),
    [
        (CreateBadge("", "A", "Example Help"), "given_name_not_allowed"),
        (CreateBadge("Technician", "A" * 101, "Example Help"), "surname_not_allowed"),
        (CreateBadge("Technician", "A", "Example\u202eHelp"), "organisation_name_not_allowed"),
        (CreateBadge("", "", ""), "given_name_not_allowed"),
    ],
)
def test_the_first_that_is_not_is_named(wanted: CreateBadge, key: str) -> None:
    with pytest.raises(TrustError) as refused:
        check_names(wanted)
    assert refused.value.key == key
