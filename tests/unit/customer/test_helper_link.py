"""The link from her helper: remembered, replaced only by a good one, and never a way around what is known."""

from __future__ import annotations

import asyncio
import datetime
import stat
import time
from pathlib import Path

import pytest

from remotehelp.customer import helper_link
from remotehelp.customer.helper_link import LINK_FILE, HelperLink
from remotehelp.customer.view import Organisation as Shown
from remotehelp.errors import TrustError
from remotehelp.profile import Profile
from remotehelp.trust.link import make_link
from remotehelp.trust.public import Organisation
from tests.helpers.issuer import Issuer
from tests.helpers.joined_openings import profile_in

FIRM = Issuer("Example Help").organisation
WITH_DOMAIN = Organisation("Example Help", FIRM.key, "help.example.org")
URL = "https://broker.example.org"


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return profile_in(tmp_path / "profile")


def test_without_a_link_there_is_none(profile: Profile) -> None:
    assert HelperLink(profile).link is None


def test_a_link_is_remembered(profile: Profile) -> None:
    used = HelperLink(profile).use(f"  {make_link(URL, FIRM)}\n")
    again = HelperLink(profile)
    assert again.link == used
    assert again.link is not None
    assert (again.link.broker_url, again.link.organisation) == (URL, FIRM)
    assert stat.S_ISREG((profile.data / LINK_FILE).stat().st_mode)


def test_a_bad_link_leaves_the_good_one_in_place(profile: Profile) -> None:
    helper = HelperLink(profile)
    good = helper.use(make_link(URL, FIRM))
    with pytest.raises(TrustError, match="link_not_understood"):
        helper.use("https://example.org/help-me-now")
    assert helper.link == good
    assert HelperLink(profile).link == good


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"remotehelp://join?broker=x", b"\0" * 100])
def test_a_damaged_file_is_no_link(profile: Profile, content: bytes) -> None:
    (profile.data / LINK_FILE).write_bytes(content)
    assert HelperLink(profile).link is None


def test_an_organisation_is_new_until_she_keeps_it(profile: Profile) -> None:
    helper = HelperLink(profile)
    helper.use(make_link(URL, FIRM))
    assert helper.shown(FIRM) == Shown("Example Help", "new")
    helper.keep(FIRM)
    today = datetime.datetime.fromtimestamp(time.time()).astimezone().date().isoformat()
    assert helper.shown(FIRM) == Shown("Example Help", "known", today)
    assert HelperLink(profile).shown(FIRM).kind == "known"


def test_a_link_never_replaces_what_is_known(profile: Profile) -> None:
    helper = HelperLink(profile)
    good = helper.use(make_link(URL, FIRM))
    helper.keep(FIRM)
    pretender = Issuer("Example  Help").organisation
    for text in (make_link(URL, pretender), make_link("https://evil.example.net", pretender)):
        with pytest.raises(TrustError, match="organisation_key_changed"):
            helper.use(text)
    assert HelperLink(profile).link == good


async def test_its_own_domain_can_prove_it(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, bytes]] = []

    async def prove(domain: str, key: bytes) -> bool:
        asked.append((domain, key))
        return True

    monkeypatch.setattr(helper_link, "prove_by_domain", prove)
    helper = HelperLink(profile)
    helper.use(make_link(URL, WITH_DOMAIN))
    assert helper.shown(WITH_DOMAIN).kind == "new"
    await helper.prove()
    assert asked == [("help.example.org", FIRM.key)]
    assert helper.shown(WITH_DOMAIN) == Shown("Example Help", "proven", "help.example.org")
    helper.use(make_link(URL, Issuer("Other Help").organisation))
    assert helper.shown(WITH_DOMAIN).kind == "new"  # proven for the link in use alone


async def test_a_proof_that_comes_after_the_link_was_changed_proves_nothing(
    profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = asyncio.Event()

    async def prove(domain: str, key: bytes) -> bool:
        await go.wait()
        return True

    monkeypatch.setattr(helper_link, "prove_by_domain", prove)
    helper = HelperLink(profile)
    helper.use(make_link(URL, WITH_DOMAIN))
    proving = asyncio.create_task(helper.prove())
    await asyncio.sleep(0)
    other = Organisation("Other Help", Issuer().organisation.key, "help.example.org")
    helper.use(make_link(URL, other))
    go.set()
    await proving
    assert helper.shown(other).kind == "new"


async def test_an_organisation_without_a_domain_asks_nobody(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    async def prove(domain: str, key: bytes) -> bool:
        pytest.fail("nobody is to be asked")

    monkeypatch.setattr(helper_link, "prove_by_domain", prove)
    helper = HelperLink(profile)
    await helper.prove()
    helper.use(make_link(URL, FIRM))
    await helper.prove()
