"""Whole visits whose every packet goes through a real relay, longer than its credentials live."""

from __future__ import annotations

import contextlib
import functools
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiortc import RTCConfiguration, RTCIceTransportPolicy

from remotehelp.messages import Right
from remotehelp.peer import connection
from remotehelp.technician import intents as do
from remotehelp.technician.view import Page
from remotehelp.visit.shown import Line
from tests.helpers.coturn import SECRET, Coturn, coturn
from tests.helpers.joined_openings import profile_in
from tests.helpers.roles import Broker, Customer, Firm, Technician, closing, visit
from tests.helpers.waiting import wait_until

pytestmark = pytest.mark.e2e

CREDENTIALS_S = 6
LIFETIME_S = 9  # of an allocation: refreshed after five sixths of it, when the credentials have ended


@pytest.fixture(autouse=True)
def by_the_relay_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if no packet got through directly."""
    only = functools.partial(RTCConfiguration, iceTransportPolicy=RTCIceTransportPolicy.RELAY)
    monkeypatch.setattr(connection, "RTCConfiguration", only)


@pytest.fixture
def relay(tmp_path: Path) -> Iterator[Coturn]:
    with coturn(tmp_path / "coturn", lifetime_s=LIFETIME_S) as running:
        yield running


@pytest.fixture
def firm(tmp_path: Path) -> Firm:
    return Firm(tmp_path)


def broker(folder: Path, firm: Firm, *uris: str) -> Broker:
    (folder / "secret").write_bytes(SECRET)
    return Broker(folder / "broker", firm.public, relays=uris, secret=folder / "secret", life_s=CREDENTIALS_S)


def test_a_relayed_visit_goes_on_after_its_credentials_have_ended(tmp_path: Path, firm: Firm, relay: Coturn) -> None:
    with broker(tmp_path, firm, relay.uri("udp")) as running:
        customer = Customer(profile_in(tmp_path / "customer"), firm.link(running.url))
        technician = Technician(firm.technician("technician"))
        with closing(customer, technician):
            technician.sign_in(running.url)
            visit(customer, technician, Right.VIEW, Right.CONTROL)
            technician.wait(lambda view: view.quality is not None and view.quality.relayed)
            began = time.monotonic()
            while time.monotonic() < began + LIFETIME_S + 2:  # it is refreshed once at least, or has ended by then
                for down in (True, False):
                    technician.do(do.SendKey("KeyA", down))
                    wait_until(lambda down=down: customer.hands.held() == ({"KeyA"} if down else frozenset()))
                assert (customer.view.line, technician.view.line) == (Line.GOOD, Line.GOOD)
            assert customer.notices == technician.notices == []
            technician.do(do.EndVisit())
            technician.wait(lambda view: view.page is Page.GOODBYE)


def test_where_udp_is_blocked_a_visit_goes_by_tcp(tmp_path: Path, firm: Firm, relay: Coturn) -> None:
    blocked = "turn:127.0.0.1:9?transport=udp"
    with broker(tmp_path, firm, blocked, relay.uri("tcp")) as running:
        customer = Customer(profile_in(tmp_path / "customer"), firm.link(running.url))
        technician = Technician(firm.technician("technician"))
        with closing(customer, technician):
            technician.sign_in(running.url)
            visit(customer, technician, Right.CONTROL)
            technician.do(do.SendKey("KeyA", True))
            wait_until(lambda: customer.hands.held() == {"KeyA"})


def test_a_relay_that_is_started_anew_ends_no_visit(tmp_path: Path, firm: Firm) -> None:
    with contextlib.ExitStack() as first:
        relay = first.enter_context(coturn(tmp_path / "first"))
        with broker(tmp_path, firm, relay.uri("udp")) as running:
            customer = Customer(profile_in(tmp_path / "customer"), firm.link(running.url))
            technician = Technician(firm.technician("technician"))
            with closing(customer, technician):
                technician.sign_in(running.url)
                visit(customer, technician, Right.VIEW)
                first.close()
                technician.wait(lambda view: view.line is Line.LOST)
                with coturn(tmp_path / "second", port=relay.port):
                    for side in (technician, customer):
                        side.wait(lambda view: view.line is Line.GOOD, 20)
                    technician.do(do.Say("here again"))
                    customer.wait(lambda view: any(said.text == "here again" for said in view.conversation))
