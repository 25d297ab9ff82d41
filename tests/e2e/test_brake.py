"""The brake against swindlers, in the real programs: before control, before a bank's window is seen, and the report."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from remotehelp.demo.box import Box
from remotehelp.demo.processes import Process
from remotehelp.demo.remote_hand import RemoteHand
from remotehelp.demo.waiting import wait_for
from remotehelp.demo.watch import Watch
from remotehelp.demo.windows import Window, wait_active, wait_window
from tests.helpers.attack import Attack, spot_of
from tests.helpers.two_desks import WAIT_S, Pair, Paper, paper, stories

pytestmark = pytest.mark.e2e

BANK = "Online-Banking | Example Bank"
CONTROLS, CONTROLS_NOT = "✓ Control mouse and keys: allowed", "– Control mouse and keys: not allowed"
SEES_NOT = "– See the screen: not allowed"


class Bank:
    """A window on her desk that calls itself a bank's."""

    def __init__(self, visit: Pair, title: str) -> None:
        self._desk = visit.customer.desk
        self.process: Process = self._desk.start(["xterm", "-T", title, "-geometry", "60x12+60+420"])
        self.window: Window = wait_window(self._desk.display, title)
        self._desk.hand.click_at(*self.window.place.centre)

    def wait_active(self) -> None:
        """Wait until it is in front; a question about it would be in front of it."""
        wait_active(self._desk.display, self.window)


@pytest.fixture
def under(pair: Pair) -> Iterator[Paper]:
    """A terminal over which every question will appear: what is pressed too early or too late lands there."""
    with paper(pair.customer.desk, pair.desks.folder, "110x36+40+60") as opened:
        yield opened


def test_before_the_first_control_she_is_asked_and_can_stop_it_all(visit: Pair) -> None:
    visit.allow("Ask to see the screen")
    visit.hand()
    visit.theirs.press("Ask for control")
    visit.hers.press("Allow")
    assert "gift cards" in visit.hers.wait_text("what-they-ask", "gift cards")
    assert not visit.hers.checked("Let them control")
    assert visit.theirs.exists(CONTROLS_NOT)
    visit.hers.press("Stop, this is wrong")
    visit.hers.wait_gone("Stop, this is wrong")
    visit.theirs.find(SEES_NOT)
    visit.hers.wait_text("they-see", "Nobody can see your screen")
    visit.hers.wait_text("notice", "Report")
    assert not visit.theirs.enabled("Ask for control")
    assert not visit.theirs.enabled("Ask to see the screen")
    visit.hers.press("Report")
    visit.hers.wait_text("report-written", "They can no longer see anything")
    [report] = (visit.customer.home / "data" / "reports").glob("*.txt")
    assert str(report) in visit.hers.text("report-file")
    assert "You stopped everything that was allowed." in report.read_text()
    visit.hers.press("Done")
    visit.hers.wait_gone("Done")
    assert visit.hers.exists("Stop everything")
    visit.go_home()
    [*_, story] = wait_for(lambda: stories(visit.customer.home), WAIT_S, "no log was kept")
    assert [what for _, what, _ in story if "control" in what or "stopped" in what] == [
        "asked_before_control",
        "stopped_all",
    ]


def test_she_says_go_on_once_and_is_not_asked_again(visit: Pair) -> None:
    visit.hers.press("Let them control")
    visit.hers.press("Go on")
    visit.theirs.find(CONTROLS)
    visit.hers.press("Stop control")
    visit.theirs.find(CONTROLS_NOT)
    visit.hers.press("Let them control")
    visit.theirs.find(CONTROLS)
    assert not visit.hers.exists("Go on")


def test_a_banks_window_in_front_stops_picture_and_input_until_she_says_go_on(under: Paper, controlled: Pair) -> None:
    hand = controlled.take(under)
    hand.type("a")
    under.wait_text("a")
    bank = Bank(controlled, BANK)
    controlled.hers.wait_text("what-they-ask", "online banking")
    controlled.theirs.wait_text("notice", "private window")
    place = controlled.hers.extents("Go on")
    with Attack(controlled.technician.desk, spot_of(hand, place)) as attack:
        attack.go_on(1)
        controlled.hers.wait_enabled("Go on")
        with still(controlled, hand, bank.window.place):
            attack.go_on(2)
    assert controlled.hers.exists("Go on")
    assert under.text() == "a"
    controlled.hers.press("Go on")
    controlled.hers.wait_gone("Go on")
    controlled.take(under).type("b")
    under.wait_text("ab")
    bank.process.end()


class still:  # noqa: N801 - reads as one
    """Nothing of her screen comes to the technician meanwhile, though it changes there."""

    def __init__(self, visit: Pair, hand: RemoteHand, box: Box) -> None:
        self._watch = Watch(visit.technician.desk.display, hand.region(box))
        self._before = b""

    def __enter__(self) -> None:
        self._before = self._watch.look()

    def __exit__(self, *_: object) -> None:
        after = self._watch.look()
        self._watch.close()
        assert after == self._before


def test_what_is_in_front_already_is_asked_about_before_it_is_seen(visit: Pair) -> None:
    bank = Bank(visit, BANK)
    bank.wait_active()
    visit.hers.press("Show my screen")
    visit.hers.wait_text("what-they-ask", "online banking")
    visit.hers.press("Stop, this is wrong")
    visit.hers.wait_gone("Stop, this is wrong")
    visit.theirs.find(SEES_NOT)
    bank.process.end()
