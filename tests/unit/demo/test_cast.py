"""The cast: an organisation, a badge and a broker, made by the commands that people use."""

from __future__ import annotations

import urllib.request
from pathlib import Path

import pytest

from remotehelp.demo.cast import GIVEN_NAME, ORGANISATION, SURNAME, Broker, Organisation, run_command
from remotehelp.demo.processes import Processes
from remotehelp.demo.waiting import StageError
from remotehelp.trust.link import parse_link
from remotehelp.trust.public import load_public
from remotehelp.trust.wallet import load


def test_the_organisation_signed_the_technicians_badge_and_its_broker_serves(tmp_path: Path) -> None:
    organisation = Organisation(tmp_path, tmp_path / "technician")
    own = load(tmp_path / "technician" / "data" / "badge")
    assert (own.badge.given_name, own.badge.surname) == (GIVEN_NAME, SURNAME)
    assert own.badge.organisation == load_public(organisation.public)
    with Processes(tmp_path / "logs") as processes:
        broker = Broker(tmp_path, organisation.public, processes)
        with urllib.request.urlopen(f"{broker.address}/healthz", timeout=5) as answer:  # noqa: S310 - our own broker
            assert answer.status == 200
        link = parse_link(organisation.link(broker.address))
    assert (link.broker_url, link.organisation.name) == (broker.address, ORGANISATION)


def test_a_command_that_fails_says_its_own_sentence(tmp_path: Path) -> None:
    with pytest.raises(StageError, match="There is no organisation in"):
        run_command("org", "revoke", str(tmp_path), home=tmp_path / "home")
