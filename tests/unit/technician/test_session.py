"""The technician's side as a role of a real engine, at a broker that believes everybody.

Whole visits through a real broker: tests/e2e/test_roles.py.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from remotehelp.customer import intents as ask
from remotehelp.messages import Right
from remotehelp.peer.connection import Connection
from remotehelp.peer.lifeline import READY_S
from remotehelp.technician import intents as do
from remotehelp.technician import own_broker, session
from remotehelp.technician.view import Page
from remotehelp.trust.link import parse_link
from tests.helpers.hostile_broker import TO_TECHNICIAN, HostileBroker
from tests.helpers.joined_openings import profile_in
from tests.helpers.roles import ROOT, Customer, Firm, Technician, closing, visit
from tests.helpers.waiting import wait_until

PROGRAM = (sys.executable, "-c", "from remotehelp.cli import cli, run; raise SystemExit(run(cli))")


@pytest.fixture
def firm(tmp_path: Path) -> Firm:
    return Firm(tmp_path)


@pytest.fixture
def broker(firm: Firm) -> Iterator[HostileBroker]:
    with HostileBroker(firm.revocations).in_a_thread() as broker:
        yield broker


@pytest.fixture
def technician(broker: HostileBroker, firm: Firm) -> Iterator[Technician]:
    technician = Technician(firm.technician("technician"))
    with closing(technician):
        technician.sign_in(broker.url)
        yield technician


@pytest.fixture
def customer(tmp_path: Path, broker: HostileBroker, firm: Firm) -> Iterator[Customer]:
    customer = Customer(profile_in(tmp_path / "customer"), firm.link(broker.url))
    with closing(customer):
        yield customer


@pytest.fixture
def newcomer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Technician]:
    """A technician's program that was never started before."""
    monkeypatch.setattr(own_broker, "EVERYWHERE", "127.0.0.1")  # tests stay on loopback
    monkeypatch.setattr(own_broker, "PORTS", (0,))
    monkeypatch.setattr(session, "lan_address", lambda: "127.0.0.1")
    monkeypatch.setenv("REMOTEHELP_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(ROOT)
    technician = Technician(profile_in(tmp_path / "newcomer"), PROGRAM)
    with closing(technician):
        yield technician


# --- badge and broker ------------------------------------------------------------------------------------


def test_a_first_start_makes_a_badge_and_serves_by_itself(newcomer: Technician, tmp_path: Path) -> None:
    newcomer.wait(lambda view: view.page is Page.FIRST_START)
    newcomer.do(do.CreateBadge("Technician", "A", "Example Help"))
    newcomer.wait(lambda view: view.page is Page.DESK, seconds=20)
    view = newcomer.view
    assert (view.me, view.own_broker, view.busy) == ("Technician A, Example Help", True, False)
    assert b"<svg" in view.link_qr
    customer = Customer(profile_in(tmp_path / "customer"), view.customer_link)
    with closing(customer):
        visit(customer, newcomer, Right.VIEW)  # the link is all that a customer needs
        customer.do(ask.StopEverything())
        newcomer.wait(lambda view: view.page is Page.GOODBYE)
    port = parse_link(view.customer_link).broker_url.rpartition(":")[2]
    process = newcomer.side._own_broker
    assert process is not None
    assert port == str(process.port)
    assert view.customer_address == f"http://127.0.0.1:{port}"
    newcomer.close()
    assert process._process.returncode is not None


def test_a_name_that_can_mislead_is_refused(newcomer: Technician) -> None:
    newcomer.do(do.CreateBadge("", "A", "Example Help"))
    newcomer.told("given_name_not_allowed")
    assert newcomer.view.page is Page.FIRST_START


def test_an_own_broker_that_does_not_start_is_one_sentence(tmp_path: Path) -> None:
    technician = Technician(profile_in(tmp_path / "newcomer"), ("/bin/false",))
    with closing(technician):
        technician.do(do.CreateBadge("Technician", "A", "Example Help"))
        technician.told("own_broker_failed")
        technician.wait(lambda view: view.page is Page.SIGN_IN and not view.busy)


def test_signing_in_needs_a_badge_and_an_address(tmp_path: Path, firm: Firm) -> None:
    stranger, technician = Technician(profile_in(tmp_path / "stranger")), Technician(firm.technician("technician"))
    with closing(stranger, technician):
        stranger.do(do.SignIn("http://127.0.0.1:9"))
        stranger.told("no_badge")
        technician.do(do.SignIn("  "))
        technician.told("broker_missing")


def test_a_damaged_badge_is_one_sentence(firm: Firm) -> None:
    profile = firm.technician("technician")
    (profile.data / "badge" / "badge.json").write_text("{}")
    technician = Technician(profile)
    with closing(technician):
        technician.told("badge_not_signed")
        assert technician.view.page is Page.FIRST_START


def test_pressing_sign_in_twice_signs_in_once(broker: HostileBroker, firm: Firm) -> None:
    technician = Technician(firm.technician("technician"))
    with closing(technician):
        for _ in range(3):
            technician.do(do.SignIn(broker.url))
        technician.wait(lambda view: view.page is Page.DESK)
        technician.do(do.SignIn(broker.url))
        technician.settle()
        assert broker.seen.count(b'"SignIn"') == 1


def test_being_available_is_told_to_the_broker(technician: Technician, broker: HostileBroker) -> None:
    technician.do(do.SetAvailable(True))
    technician.wait(lambda view: view.available)
    wait_until(lambda: b'{"type":"Available","on":true}' in broker.seen)


# --- joining ---------------------------------------------------------------------------------------------


def test_joining_can_be_given_up(technician: Technician, broker: HostileBroker, customer: Customer) -> None:
    broker.tamper = lambda way, data: []
    technician.do(do.Join(customer.code()))
    wait_until(lambda: b'"Claim"' in broker.seen)
    technician.do(do.CancelJoin())
    technician.wait(lambda view: view.page is Page.DESK)
    customer.told("technician_left_early")
    assert technician.notices == []


def test_a_second_join_while_joining_is_nothing(technician: Technician, broker: HostileBroker) -> None:
    broker.claims = False
    technician.do(do.Join("4711-000-000"))
    technician.do(do.Join("4711-000-001"))
    technician.wait(lambda view: view.page is Page.JOINING)
    wait_until(lambda: b'"Claim"' in broker.seen)
    technician.settle()
    assert broker.seen.count(b'"Claim"') == 1
    technician.do(do.CancelJoin())
    technician.wait(lambda view: view.page is Page.DESK)


def test_a_broker_that_speaks_garbage_is_left(
    technician: Technician, broker: HostileBroker, customer: Customer
) -> None:
    broker.tamper = lambda way, data: []
    technician.do(do.Join(customer.code()))
    wait_until(lambda: b'"Relay"' in broker.seen)
    broker.say_raw(TO_TECHNICIAN, "garbage")
    technician.told("broker_went_away")
    technician.wait(lambda view: view.page is Page.SIGN_IN)


# --- the visit -------------------------------------------------------------------------------------------


def test_what_a_window_sends_too_early_is_nothing(technician: Technician) -> None:
    for intent in (
        do.SendKey("KeyA", True),
        do.SendButton(1, True, 1, 1),
        do.SendWheel(0, 120, 1, 1),
        do.SendPointer(1, 1),
        do.ReleaseKeys(),
        do.AskFor(Right.VIEW),
        do.Say("Hello"),
        do.EndVisit(),
        do.CloseCase("", ""),
        do.CancelJoin(),
        do.ScreenShown(),
        do.Quit(),
    ):
        technician.do(intent)
    technician.settle()
    assert technician.notices == []
    assert technician.view.page is Page.DESK


def test_a_window_that_lost_the_keyboard_lets_all_keys_come_up(technician: Technician, customer: Customer) -> None:
    visit(customer, technician, Right.CONTROL)
    technician.do(do.SendKey("ControlLeft", True))
    wait_until(lambda: customer.hands.held() == {"ControlLeft"})
    technician.do(do.ReleaseKeys())
    wait_until(lambda: not customer.hands.held())


def in_the_way(folder: Path) -> bool:
    """Put a file where the folder was; the program may just be writing into it."""
    with contextlib.suppress(OSError):
        shutil.rmtree(folder, ignore_errors=True)
        folder.write_text("a file stands in the way")
    return folder.is_file()


def test_a_case_that_can_not_be_kept_stays_open(technician: Technician, customer: Customer) -> None:
    visit(customer, technician)
    technician.do(do.SetNotes("called twice"))
    technician.do(do.EndVisit())
    technician.wait(lambda view: view.page is Page.GOODBYE)
    folder = technician.side._profile.data / "cases"
    technician.wait(lambda view: view.log is not None and view.log.closed)
    last = len(technician.view.log.lines)
    wait_until(lambda: any(path.read_bytes().count(b"\n") == last for path in folder.glob("*.jsonl")))
    wait_until(lambda: any(b"called twice" in path.read_bytes() for path in folder.glob("*.json")))
    wait_until(lambda: in_the_way(folder))
    technician.do(do.CloseCase("stalled", "resumed"))
    technician.told("file_not_writable")
    assert (technician.view.page, technician.view.notes) == (Page.GOODBYE, "called twice")
    folder.unlink()
    folder.mkdir(exist_ok=True)
    technician.do(do.CloseCase("stalled", "resumed"))
    technician.wait(lambda view: view.page is Page.DESK)
    [case] = folder.glob("*.json")
    assert json.loads(case.read_bytes())["notes"] == "called twice"


def test_a_case_is_on_the_disk_from_the_beginning_in_case_the_program_is_killed(
    technician: Technician, customer: Customer
) -> None:
    folder = technician.side._profile.data / "cases"
    visit(customer, technician, Right.VIEW)
    technician.do(do.SetNotes("called twice"))
    technician.do(do.Say("Hello"))
    wait_until(lambda: any(b"called twice" in path.read_bytes() for path in folder.glob("*.json")))
    [case] = folder.glob("*.json")
    wait_until(lambda: b'"said"' in case.with_suffix(".jsonl").read_bytes())
    technician.do(do.EndVisit())
    wait_until(lambda: b'"left"' in case.with_suffix(".jsonl").read_bytes())
    assert list(folder.glob("*.json")) == [case]


def test_ending_the_program_in_mid_visit_keeps_the_case_and_its_notes(
    technician: Technician, customer: Customer, firm: Firm
) -> None:
    visit(customer, technician, Right.VIEW)
    technician.do(do.SetNotes("called twice"))
    technician.close()
    customer.wait(lambda view: view.page == "goodbye")
    assert customer.notices == []
    [case] = (technician.side._profile.data / "cases").glob("*.json")
    kept = json.loads(case.read_bytes())
    assert (kept["problem"], kept["notes"]) == ("The printer stopped", "called twice")
    again = Technician(technician.side._profile)
    with closing(again):
        again.wait(lambda view: len(view.history) == 1)


def test_the_newest_face_is_there_from_the_first_moment(technician: Technician, customer: Customer) -> None:
    wait_until(lambda: technician.side._last_face)
    technician.camera.stop()  # a still camera: what was seen last is what she sees
    technician.do(do.Join(customer.code()))
    customer.meet()


def test_control_can_be_asked_for_once_the_own_face_was_there(technician: Technician, customer: Customer) -> None:
    visit(customer, technician)
    technician.wait(lambda view: {line.right: line.why_not for line in view.asks}[Right.CONTROL] == "")
    assert not technician.side._shown.no_face


# --- before the connection stands ------------------------------------------------------------------------


@pytest.fixture
def line_that_never_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    """No side ever says that it is ready."""
    monkeypatch.setattr(Connection, "_opened", lambda _: None)


def meet(technician: Technician, customer: Customer) -> None:
    """Both know who the other is, offer and answer have crossed, and the connection does not stand."""
    technician.do(do.Join(customer.code()))
    for window in (customer, technician):
        wait_until(lambda window=window: window.side._visit is not None and window.side._visit.connection.described)
    customer.settle()


GOING = {
    "declines": (ask.DeclineVisit(), "customer_declined"),
    "stops": (ask.StopEverything(), "customer_left_early"),
    "closes": (None, "customer_left_early"),
}


@pytest.mark.usefixtures("line_that_never_stands")
@pytest.mark.parametrize(("intent", "key"), GOING.values(), ids=GOING.keys())
def test_a_customer_who_goes_before_the_connection_stands_is_told_at_once(
    technician: Technician, customer: Customer, intent: ask.Intent | None, key: str
) -> None:
    meet(technician, customer)
    started = time.monotonic()
    if intent is None:
        customer.close()
    else:
        customer.do(intent)
    technician.told(key)
    assert time.monotonic() - started < READY_S / 3
    technician.wait(lambda view: view.page is Page.DESK)
    assert customer.notices == []


@pytest.mark.usefixtures("line_that_never_stands")
@pytest.mark.parametrize("closes", [False, True], ids=["ends", "closes"])
def test_a_technician_who_goes_before_the_connection_stands_is_told_at_once(
    technician: Technician, customer: Customer, closes: bool
) -> None:
    meet(technician, customer)
    started = time.monotonic()
    if closes:
        technician.close()
    else:
        technician.do(do.EndVisit())
    customer.told("technician_left_early")
    assert time.monotonic() - started < READY_S / 3
    assert technician.notices == []


@pytest.mark.usefixtures("line_that_never_stands")
def test_a_broker_that_dies_before_the_connection_stands_ends_no_visit(
    technician: Technician, customer: Customer, broker: HostileBroker
) -> None:
    meet(technician, customer)
    broker.cut()
    technician.told("broker_gone_visit_goes_on")
    assert technician.view.page is Page.VISIT
    assert customer.view.page == "meeting"
    assert customer.notices == []
