"""A visit whose line is lost and made anew, with the real broker: what both people see, and how it goes on.

With `-s` each test prints how long that took.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from remotehelp.customer import intents as ask
from remotehelp.customer.view import Page as CustomerPage
from remotehelp.demo import cast
from remotehelp.demo.waiting import wait_for
from remotehelp.messages import Right
from remotehelp.technician import intents as do
from remotehelp.technician.view import Ended
from remotehelp.technician.view import Page as TechnicianPage
from remotehelp.trust import organisation
from remotehelp.visit.shown import Line
from tests.helpers.cut_lines import SIDES, Network, network
from tests.helpers.joined_openings import profile_in
from tests.helpers.roles import Broker, Customer, Firm, Technician, closing, silence, visit
from tests.helpers.two_desks import Pair, TwoDesks, log_entries
from tests.helpers.waiting import wait_until

pytestmark = pytest.mark.e2e
TRYING = "We are trying to get the line back"
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
        self.customer.wait(lambda view: view.line is Line.LOST and not view.sees)
        self.technician.wait(lambda view: view.line is Line.LOST and view.sees and not view.controls)
        assert not self.customer.hands.held()
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
        assert self.customer.pages[-2:] == ["meeting", "visit"]

    def anew(self) -> None:
        """Another connection has taken the place of this one on both sides, perhaps before anybody saw the loss."""
        running = [side.side._visit for side in (self.customer, self.technician)]
        before = [one.connection for one in running if one is not None]
        silence(self.customer, self.technician)
        wait_until(lambda: all(one and one.connection not in before for one in running), MENDED_S)
        self.mended()


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


@pytest.fixture
def net() -> Iterator[Network]:
    """Three computers."""
    with network() as made:
        yield made


@dataclass
class Windows:
    """The real programs, each on a computer of its own, in a visit with control."""

    pair: Pair
    net: Network
    serve: Callable[[int], Broker]
    broker: Broker

    def says(self, *lines: str, timeout: float = MENDED_S) -> float:
        """Wait until her line and his are in these words; how long that took."""
        began = time.monotonic()
        for app, words in zip((self.pair.hers, self.pair.theirs), lines, strict=True):
            app.wait_text("line", words, timeout=timeout)
        return time.monotonic() - began

    def mended(self) -> int:
        """How often another connection has taken the place of the one before, by her program's own log."""
        return sum(entry["event"] == "mended" for entry in log_entries(self.pair.customer))

    def good(self) -> float:
        """Wait until both say that the line is good and that she is seen again; how long that took."""
        took = self.says("The line is good", "good line")
        self.pair.hers.wait_text("they-see", "They can see your screen")
        return took


@pytest.fixture
def windows(desks: TwoDesks, net: Network, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Windows]:
    def serve(port: int) -> Broker:
        return Broker(tmp_path / "broker", desks.organisation.public, port, SIDES["broker"], net.inside("broker"))

    program, broker = cast.PROGRAM, serve(0)
    monkeypatch.setattr(cast, "PROGRAM", (*net.inside("customer"), *program))
    customer = desks.open_customer("customer-apart", desks.organisation.link(broker.url))
    monkeypatch.setattr(cast, "PROGRAM", (*net.inside("technician"), *program))
    technician = desks.open_technician(broker.url)
    pair = Pair(desks, customer, technician)
    pair.meet()
    pair.accept()
    pair.allow("Ask for control")
    pair.hand()
    there = Windows(pair, net, serve, broker)
    yield there
    there.broker.kill()
    for window in (customer, technician):
        assert window.process.end() == 0, window.process.output()


def test_ten_seconds_without_a_line_and_a_server_that_is_killed_meanwhile_are_survived(windows: Windows) -> None:
    pair, began = windows.pair, time.monotonic()
    windows.net.cut("customer")
    windows.broker.kill()
    noticed = windows.says(TRYING, TRYING)
    pair.hers.wait_text("they-see", "Nobody can see your screen")
    pair.hers.wait_text("they-control", "Only you use mouse and keys")
    assert not pair.theirs.enabled("Ask for control")
    port = urlsplit(windows.broker.url).port
    assert port is not None
    windows.broker = windows.serve(port)
    time.sleep(max(CUT_S - (time.monotonic() - began), 0))  # for so long nothing comes through
    windows.net.join("customer")
    print(f"both windows said so after {noticed:.2f} s, and that it is back {windows.good():.2f} s after the line was")
    pair.hers.wait_text("they-control", "Only you use mouse and keys")
    pair.allow("Ask for control")
    mended, began = windows.mended(), time.monotonic()
    windows.net.move("customer", "10.78.0.12")
    wait_for(lambda: windows.mended() > mended, MENDED_S, "the new address does not find the other side")
    print(f"under another address after {time.monotonic() - began:.2f} s")
    windows.good()
    pair.theirs.press("End visit")
    pair.hers.wait_text("Summary", "The line came back")


def test_a_server_that_dies_together_with_the_line_is_waited_for_and_she_may_leave_meanwhile(apart: Apart) -> None:
    apart.broker.kill()
    silence(apart.customer, apart.technician)
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
    silence(apart.customer, apart.technician)
    apart.customer.wait(lambda view: view.page is CustomerPage.GOODBYE)
    apart.technician.wait(lambda view: view.page is TechnicianPage.GOODBYE and view.ended is Ended.BY_BADGE)
    assert apart.customer.notices == ["badge_lapsed"]
    assert "badge_lapsed" in apart.technician.notices
    assert "badge was not valid" in apart.customer.view.summary


def test_control_has_to_be_asked_for_again(apart: Apart) -> None:
    apart.anew()
    apart.technician.do(do.AskFor(Right.CONTROL))
    apart.customer.answer(Right.CONTROL)
    apart.technician.wait(lambda view: view.controls)
    apart.technician.do(do.SendKey("KeyA", True))
    wait_until(lambda: apart.customer.hands.held() == {"KeyA"})
