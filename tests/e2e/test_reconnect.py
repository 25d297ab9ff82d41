"""A visit whose line is lost and made anew, with the real broker: what both people see, and how it goes on.

With `-s` each test prints how long that took.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from remotehelp.customer import intents as ask
from remotehelp.customer.view import Page as CustomerPage
from remotehelp.messages import Right
from remotehelp.technician import intents as do
from remotehelp.technician.view import Ended
from remotehelp.technician.view import Page as TechnicianPage
from remotehelp.trust import organisation
from remotehelp.visit.shown import Line
from tests.helpers.cut_lines import SIDES, Network, network
from tests.helpers.joined_openings import profile_in
from tests.helpers.roles import Broker, Customer, Firm, Technician, closing, silence, visit
from tests.helpers.waiting import wait_until

CUT_S = 10.0
MENDED_S = 20.0  # no bar: a machine may be busy


@dataclass
class Apart:
    """A visit of two people, and what they see of their line."""

    customer: Customer
    technician: Technician
    broker: Broker
    firm: Firm

    def lost(self) -> None:
        """Both see that the line is lost; nothing is held, and only the picture stays, as an old one."""
        began = time.monotonic()
        self.customer.wait(lambda view: view.line is Line.LOST)
        self.technician.wait(lambda view: view.line is Line.LOST and view.sees and not view.controls)
        assert not self.customer.hands.held()
        assert not self.customer.view.sees
        print(f"noticed on both sides after {time.monotonic() - began:.2f} s")

    def mended(self) -> None:
        """Both see a good line and the same person; the picture goes on, and control does not."""
        began = time.monotonic()
        self.customer.wait(lambda view: view.line is Line.GOOD and view.sees, MENDED_S)
        self.technician.wait(lambda view: view.line is Line.GOOD and view.sees and not view.controls, MENDED_S)
        self.technician.wait_frame()
        print(f"mended, with a picture, after {time.monotonic() - began:.2f} s")
        self.customer.wait_frame()
        assert {line.right for line in self.customer.view.rights if line.on} == {Right.VIEW}
        assert self.customer.view.code == ""
        assert self.customer.pages == ["start", "code", "meeting", "visit"]

    def silence(self) -> None:
        """The two don't reach each other any more, though both reach the broker."""
        silence(self.customer, self.technician)


@pytest.fixture
def apart(tmp_path: Path) -> Iterator[Apart]:
    """Both people and the broker on one computer."""
    firm = Firm(tmp_path)
    with Broker(tmp_path / "broker", firm.public) as broker:
        customer = Customer(profile_in(tmp_path / "anna"), firm.link(broker.url))
        technician = Technician(firm.technician("tina"))
        with closing(customer, technician):
            technician.sign_in(broker.url)
            visit(customer, technician, Right.VIEW, Right.CONTROL)
            yield Apart(customer, technician, broker, firm)


def serve(net: Network, folder: Path, firm: Firm, port: int = 0) -> Broker:
    return Broker(folder / "broker", firm.public, port, SIDES["broker"], net.inside("broker"))


def test_ten_seconds_without_a_line_a_server_that_is_killed_and_a_new_address_are_survived(tmp_path: Path) -> None:
    firm = Firm(tmp_path)
    with network() as net, serve(net, tmp_path, firm) as killed:
        customer = Customer(profile_in(tmp_path / "anna"), firm.link(killed.url))
        technician = Technician(firm.technician("tina"))
        with closing(customer, technician):
            net.put("customer", customer)
            net.put("technician", technician)
            technician.sign_in(killed.url)
            visit(customer, technician, Right.VIEW, Right.CONTROL)
            there = Apart(customer, technician, killed, firm)
            began = time.monotonic()
            net.cut("customer")
            killed.kill()
            there.lost()
            port = urlsplit(killed.url).port
            assert port is not None
            with serve(net, tmp_path, firm, port):
                time.sleep(max(CUT_S - (time.monotonic() - began), 0))  # for so long nothing comes through
                assert customer.view.line is technician.view.line is Line.LOST
                net.join("customer")
                there.mended()
                net.move("customer", "10.78.0.12")
                there.lost()
                there.mended()


def test_a_server_that_dies_together_with_the_line_is_waited_for_and_she_may_leave_meanwhile(apart: Apart) -> None:
    apart.broker.kill()
    apart.silence()
    apart.lost()
    apart.customer.do(ask.StopEverything())
    apart.customer.wait(lambda view: view.page is CustomerPage.GOODBYE)
    assert apart.technician.view.line is Line.LOST
    port = urlsplit(apart.broker.url).port
    assert port is not None
    with Broker(apart.customer.side._profile.data.parent.parent / "broker", apart.firm.public, port):
        apart.technician.wait(lambda view: view.page is TechnicianPage.GOODBYE and view.ended is Ended.BY_HER)


def test_a_badge_that_was_revoked_meanwhile_ends_the_visit_in_words_on_both_sides(apart: Apart) -> None:
    running = apart.technician.side._own
    assert running is not None
    organisation.revoke(apart.firm.folder, running.badge.serial, int(time.time()))
    apart.silence()
    apart.customer.wait(lambda view: view.page is CustomerPage.GOODBYE)
    apart.technician.wait(lambda view: view.page is TechnicianPage.GOODBYE and view.ended is Ended.BY_BADGE)
    assert apart.customer.notices == ["badge_lapsed"]
    assert "badge_lapsed" in apart.technician.notices
    assert "badge was not valid" in apart.customer.view.summary


def test_control_has_to_be_asked_for_again(apart: Apart) -> None:
    apart.silence()
    apart.lost()
    apart.mended()
    apart.technician.do(do.AskFor(Right.CONTROL))
    apart.customer.answer(Right.CONTROL)
    apart.technician.wait(lambda view: view.controls)
    apart.technician.do(do.SendKey("KeyA", True))
    wait_until(lambda: apart.customer.hands.held() == {"KeyA"})
