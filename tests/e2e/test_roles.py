"""Whole visits between the two roles and a real broker process, without windows: the good one, and each way to fail."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from remotehelp import messages
from remotehelp.customer import intents as ask
from remotehelp.customer.view import Page as CustomerPage
from remotehelp.desktop.hands import Press, Type
from remotehelp.media.area import Rect
from remotehelp.messages import Right
from remotehelp.technician import intents as do
from remotehelp.technician.view import Page as TechnicianPage
from remotehelp.trust import organisation, wallet
from remotehelp.visit.shown import Line
from tests.helpers.joined_openings import profile_in
from tests.helpers.roles import ROOT, Broker, Customer, Firm, Technician, closing, visit
from tests.helpers.stories import verify
from tests.helpers.waiting import wait_until

pytestmark = pytest.mark.e2e


class Place:
    """A firm, its broker, a customer and a technician who is signed in."""

    def __init__(self, folder: Path, broker: Broker, firm: Firm) -> None:
        self.folder, self.broker, self.firm = folder, broker, firm
        self.customer = Customer(profile_in(folder / "customer"), firm.link(broker.url))
        self.technician = Technician(firm.technician("technician"))
        self.technician.sign_in(broker.url)

    def code(self, problem: str = "The printer stopped") -> str:
        return self.customer.code(problem)

    def held(self) -> frozenset[str | int]:
        return self.customer.hands.held()


@pytest.fixture(scope="module")
def firm(tmp_path_factory: pytest.TempPathFactory) -> Firm:
    return Firm(tmp_path_factory.mktemp("firm"))


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory, firm: Firm) -> Iterator[Broker]:
    with Broker(tmp_path_factory.mktemp("broker"), firm.public) as running:
        yield running


@pytest.fixture
def place(tmp_path: Path, broker: Broker, firm: Firm) -> Iterator[Place]:
    firm.profiles = tmp_path
    place = Place(tmp_path, broker, firm)
    with closing(place.customer, place.technician):
        yield place
    names = {thread.name for thread in threading.enumerate()}
    assert not names & {"engine", "camera", "capture_0"}


def test_a_whole_visit(place: Place, tmp_path: Path) -> None:
    customer, technician = place.customer, place.technician
    visit(customer, technician, Right.VIEW, Right.CONTROL)
    assert technician.view.problem == "The printer stopped"
    person = customer.view.technician
    assert person is not None
    assert (person.given_name, person.surname, person.demonstration) == ("Technician", "A", True)
    assert (person.organisation.name, person.organisation.kind) == ("Example Help", "new")
    technician.wait(lambda view: view.screen_size == (640, 480) and view.controls)
    technician.do(do.SendButton(1, True, 50, 60))
    technician.do(do.SendButton(1, False, 50, 60))
    technician.do(do.SendKey("KeyA", True))
    wait_until(lambda: len(customer.hands.done) == 3)
    assert [action for _, action in customer.hands.done] == [
        Press(1, True, 50, 60),
        Press(1, False, 50, 60),
        Type("KeyA", True),
    ]
    seen = technician.frames
    customer.screens.paint(Rect(10, 10, 300, 300), (255, 0, 0))
    wait_until(lambda: technician.frames > seen)
    technician.do(do.Say("Hello"))
    customer.do(ask.Say("Good day"))
    for window in (customer, technician):
        window.wait(lambda view: {said.text for said in view.conversation} == {"Hello", "Good day"})
    customer.do(ask.StopControl())
    technician.wait(lambda view: not view.controls and view.sees)
    assert place.held() == frozenset()
    technician.do(do.SetNotes("called twice"))
    technician.do(do.EndVisit())
    customer.wait(lambda view: view.page is CustomerPage.GOODBYE and not view.sees)
    technician.wait(lambda view: view.page is TechnicianPage.GOODBYE)
    technician.do(do.CloseCase("the queue was stalled", "resumed the queue"))
    technician.wait(lambda view: view.page is TechnicianPage.DESK)
    customer.wait(lambda view: "resumed the queue" in view.summary)
    customer.do(ask.KeepOrganisation())
    customer.do(ask.SaveCopy(str(tmp_path / "copy.txt")))
    customer.wait(lambda view: view.saved and view.kept)
    customer.do(ask.CloseVisit())
    customer.wait(lambda view: view.page is CustomerPage.START)
    copy = (tmp_path / "copy.txt").read_text(encoding="utf-8")
    assert "Technician A of Example Help helped you." in copy
    assert "the queue was stalled" in copy
    assert customer.view.organisation is not None
    assert customer.view.organisation.kind == "known"
    [line] = technician.view.history
    assert "resumed the queue" in line
    assert customer.notices == technician.notices == []
    assert customer.pages == ["start", "code", "meeting", "visit", "goodbye", "start"]


def test_the_next_visit_of_the_same_two_begins_as_the_first_did(place: Place) -> None:
    for _ in range(2):
        visit(place.customer, place.technician, Right.VIEW)
        place.customer.do(ask.StopEverything())
        place.customer.wait(lambda view: view.page is CustomerPage.GOODBYE)
        place.customer.do(ask.CloseVisit())
        place.technician.wait(lambda view: view.page is TechnicianPage.GOODBYE and view.she_left)
        place.technician.do(do.CloseCase("", ""))
        place.technician.wait(lambda view: view.page is TechnicianPage.DESK)
        place.customer.wait(lambda view: view.page is CustomerPage.START)
    assert place.customer.notices == place.technician.notices == []
    assert len(place.technician.view.history) == 2


def test_a_wrong_code_lets_nobody_in_and_both_are_told(place: Place) -> None:
    code = place.code()
    misheard = code[:-1] + str((int(code[-1]) + 1) % 10)
    place.technician.do(do.Join(misheard))
    place.technician.told("code_wrong")
    place.customer.told("code_wrong")
    place.customer.wait(lambda view: view.page is CustomerPage.START and not view.code)
    place.technician.wait(lambda view: view.page is TechnicianPage.DESK)
    assert "meeting" not in place.customer.pages
    place.technician.do(do.Join(code))  # burned for everybody
    place.technician.wait(lambda view: view.notice and view.notice.key == "no_such_code")
    visit(place.customer, place.technician)  # a new one works


def test_a_code_is_used_once_on_the_technicians_side(place: Place) -> None:
    place.technician.do(do.Join("9999-000-000"))
    place.technician.told("no_such_code")
    place.technician.wait(lambda view: view.page is TechnicianPage.DESK)
    place.technician.do(do.Join("9999 000 000"))
    place.technician.wait(lambda view: view.notice and view.notice.key == "code_already_used")


def test_a_code_is_used_once_on_the_customers_side(place: Place, broker: Broker, firm: Firm) -> None:
    second = Technician(firm.technician("second"))
    with closing(second):
        second.sign_in(broker.url)
        code = place.code()
        place.technician.do(do.Join(code))
        place.customer.meet()
        second.do(do.Join(code))
        second.told("no_such_code")
        place.customer.do(ask.AcceptVisit())
        place.technician.wait(lambda view: view.accepted)
    assert place.customer.notices == []


@pytest.mark.parametrize(
    ("code", "key"),
    [("", "code_empty"), ("4711", "code_half"), ("4711-482-91x", "code_not_digits"), ("1" * 12, "code_too_long")],
)
def test_what_is_no_code_is_one_sentence(place: Place, code: str, key: str) -> None:
    place.technician.do(do.Join(code))
    place.technician.told(key)


def test_three_wrong_codes_stop_new_ones_for_a_while(place: Place) -> None:
    for _ in range(3):
        code = place.code()
        place.technician.do(do.Join(code[:-1] + str((int(code[-1]) + 1) % 10)))
        place.customer.wait(lambda view: view.notice and view.notice.key == "code_wrong")
        place.technician.wait(lambda view: view.page is TechnicianPage.DESK)
    place.customer.do(ask.ShowCode(""))
    place.customer.wait(lambda view: view.notice and view.notice.key == "too_many_failures")


def test_an_expired_badge_is_refused_at_the_door(place: Place, broker: Broker, firm: Firm) -> None:
    late = Technician(firm.technician("late", days_ago=8))
    with closing(late):
        late.do(do.SignIn(broker.url))
        late.told("badge_expired")


def test_a_revoked_badge_is_refused_even_after_it_signed_in(place: Place, firm: Firm) -> None:
    own = wallet.load_own_badge(place.technician.side._profile)
    code = place.code()
    organisation.revoke(firm.folder, own.badge.serial, int(time.time()))
    place.technician.do(do.Join(code))
    place.technician.told("badge_revoked")
    assert place.customer.pages == ["start", "code"]
    again = Technician(place.technician.side._profile)
    with closing(again):
        again.do(do.SignIn(place.broker.url))
        again.told("badge_revoked")


def test_a_badge_of_another_organisation_is_refused_at_the_door(place: Place, tmp_path: Path) -> None:
    other = Technician(Firm(tmp_path, "Other Help").technician("other"))
    with closing(other):
        other.do(do.SignIn(place.broker.url))
        other.told("badge_foreign")


def test_a_broker_that_dies_does_not_end_the_visit(place: Place, firm: Firm, tmp_path: Path) -> None:
    with Broker(tmp_path / "short", firm.public) as short:
        customer = Customer(profile_in(tmp_path / "second"), firm.link(short.url))
        technician = Technician(firm.technician("short"))
        with closing(customer, technician):
            technician.sign_in(short.url)
            visit(customer, technician, Right.CONTROL)
            short.kill()
            technician.told("broker_gone_visit_goes_on")
            technician.do(do.SendKey("KeyA", True))
            wait_until(lambda: customer.hands.held() == {"KeyA"})
            assert customer.notices == []
            assert customer.view.line is Line.GOOD
            technician.do(do.EndVisit())
            technician.wait(lambda view: view.page is TechnicianPage.GOODBYE)
            technician.do(do.CloseCase("", ""))
            technician.wait(lambda view: view.page is TechnicianPage.SIGN_IN and len(view.history) == 1)


def test_a_broker_that_is_away_is_one_sentence_for_each_and_nothing_is_lost(tmp_path: Path, firm: Firm) -> None:
    firm.profiles = tmp_path
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    customer = Customer(profile_in(tmp_path / "customer"), firm.link(url))
    technician = Technician(firm.technician("technician"))
    with closing(customer, technician):
        customer.do(ask.ShowCode("The printer stopped"))
        customer.told("broker_unreachable")
        technician.do(do.SignIn(url))
        technician.told("broker_unreachable")
        customer.wait(lambda view: view.page is CustomerPage.START and not view.busy)
        assert customer.view.problem == "The printer stopped"
        with Broker(tmp_path / "late", firm.public, port):  # it comes, and the same two go on
            technician.sign_in(url)
            visit(customer, technician)


def test_a_broker_that_dies_while_a_code_is_open_is_one_sentence(tmp_path: Path, firm: Firm) -> None:
    firm.profiles = tmp_path
    with Broker(tmp_path / "short", firm.public) as short:
        customer = Customer(profile_in(tmp_path / "customer"), firm.link(short.url))
        technician = Technician(firm.technician("technician"))
        with closing(customer, technician):
            technician.sign_in(short.url)
            customer.code()
            short.kill()
            customer.told("broker_went_away")
            technician.told("broker_went_away")


KILLED = """
import sys
from pathlib import Path
from remotehelp.profile import Profile
from remotehelp.messages import Right
from remotehelp.technician import intents as do
from tests.helpers.roles import Technician
folder, url, code = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
technician = Technician(Profile(folder, folder / "data", folder / "state", folder / "logs"))
technician.sign_in(url)
technician.do(do.Join(code))
technician.wait(lambda view: view.accepted)
technician.do(do.AskFor(Right.CONTROL))
technician.wait(lambda view: view.controls)
sys.stdin.readline()
technician.do(do.SendKey("ShiftLeft", True))
technician.do(do.SendButton(1, True, 5, 5))
sys.stdin.read()
"""


def test_a_technicians_program_that_is_killed_is_known_within_two_seconds(place: Place, firm: Firm) -> None:
    profile = firm.technician("killed")
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(profile.config), place.broker.url, place.code()],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )
    try:
        customer = place.customer
        customer.meet()
        customer.do(ask.AcceptVisit())
        customer.answer(Right.CONTROL)
        assert process.stdin is not None
        process.stdin.write(b"the question is gone\n")
        process.stdin.flush()
        wait_until(lambda: place.held() == {"ShiftLeft", 1})
        process.send_signal(signal.SIGKILL)
        begin = time.monotonic()
        customer.wait(lambda view: view.line is Line.LOST, seconds=4)
        assert time.monotonic() - begin < 2
        assert place.held() == frozenset()
        assert not customer.view.controls
        customer.wait(lambda view: not view.sees)
        customer.do(ask.StopEverything())
        customer.wait(lambda view: view.page is CustomerPage.GOODBYE)
        hers, [his] = Path(customer.view.log.file), (profile.data / "cases").glob("*.jsonl")
        customer.do(ask.CloseVisit())
        customer.wait(lambda view: view.page is CustomerPage.START)
        wait_until(lambda: verify(hers.read_bytes()).lines[-1].what == "not_signed")
        assert not verify(hers.read_bytes()).whole
        assert not verify(his.read_bytes()).whole, "what a program that was killed leaves can't be read"
        assert hers.read_bytes().startswith(his.read_bytes())
    finally:
        process.kill()
        process.communicate()


def control(data: bytes | str) -> object:
    return lambda connection: connection._channels["control"].send(data)


def live(data: bytes | str) -> object:
    return lambda connection: connection._channels["live"].send(data)


NAN = b"\x85\xa4type\xa1P\xa1x\xcb\x7f\xf8\x00\x00\x00\x00\x00\x00\xa1y\x01\xa1n\x01\xa5epoch\x00"


@pytest.mark.parametrize(
    ("misbehave", "key"),
    [
        (control(b"\x81\xa4type\xa9Elevation"), "message_not_understood"),
        (control(messages.encode(messages.Chat("x" * 4000)) * 75), "message_too_long"),
        (control(b"\x82\xa4type\xa4Chat\xa1v\x02"), "newer_version"),
        (live(NAN), "message_not_understood"),
        (live("text"), "message_not_understood"),
    ],
    ids=["unknown", "300 KB", "newer version", "NaN", "text"],
)
def test_bad_input_on_a_live_visit_ends_it_with_one_sentence(place: Place, misbehave: object, key: str) -> None:
    customer, technician = place.customer, place.technician
    visit(customer, technician, Right.CONTROL)
    technician.do(do.SendKey("KeyA", True))
    wait_until(lambda: place.held() == {"KeyA"})
    technician.rogue(misbehave)  # type: ignore[arg-type]
    customer.wait(lambda view: view.page is CustomerPage.GOODBYE)
    customer.told(key)
    assert place.held() == frozenset()
    assert not customer.view.sees
    assert not customer.view.controls
    technician.wait(lambda view: view.page is TechnicianPage.GOODBYE)
    assert technician.notices == []


def test_the_panic_key_ends_everything(place: Place) -> None:
    visit(place.customer, place.technician, Right.CONTROL)
    place.technician.do(do.SendKey("KeyA", True))
    wait_until(lambda: place.held())
    place.customer.panic.press()
    place.customer.wait(lambda view: view.page is CustomerPage.GOODBYE)
    place.technician.wait(lambda view: view.page is TechnicianPage.GOODBYE and not view.controls)
    assert place.held() == frozenset()


def test_face_before_hands(place: Place) -> None:
    customer, technician = place.customer, place.technician
    technician.do(do.Join(customer.code()))
    customer.wait(lambda view: view.page is CustomerPage.MEETING)
    customer.do(ask.ChooseOrigin("asked"))
    customer.wait(lambda view: view.may_accept)
    customer.do(ask.AcceptVisit())
    technician.wait(lambda view: view.accepted)
    technician.do(do.AskFor(Right.CONTROL))
    technician.wait(lambda view: not any(line.waiting for line in view.asks))
    customer.do(ask.SetRight(Right.CONTROL, True))
    customer.wait(lambda view: {line.why_not for line in view.rights} >= {"face_before_hands"})
    assert not customer.view.controls
    customer.do(ask.FaceShown())
    technician.do(do.AskFor(Right.CONTROL))
    customer.answer(Right.CONTROL)
    customer.wait(lambda view: view.controls)
