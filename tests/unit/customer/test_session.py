"""The customer's side as a role of a real engine, at a broker that believes everybody.

Whole visits through a real broker: tests/e2e/test_roles.py.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from remotehelp.customer import intents as ask
from remotehelp.customer.injector import Injector
from remotehelp.customer.session import CustomerSide
from remotehelp.customer.view import Page
from remotehelp.desktop.fake import fake_desktop
from remotehelp.desktop.screens import Monitor
from remotehelp.errors import BackendError, ConfigError
from remotehelp.messages import Right
from remotehelp.sentences import sentence
from remotehelp.technician import intents as do
from remotehelp.technician.view import Page as TechnicianPage
from remotehelp.visit.checks import BeforeControl
from remotehelp.visit.grants import OFFERED
from tests.helpers.hostile_broker import HostileBroker
from tests.helpers.joined_openings import profile_in
from tests.helpers.roles import Customer, Firm, Technician, Window, closing, visit
from tests.helpers.stories import verify
from tests.helpers.waiting import wait_until


@pytest.fixture
def firm(tmp_path: Path) -> Firm:
    return Firm(tmp_path)


@pytest.fixture
def broker(firm: Firm) -> Iterator[HostileBroker]:
    with HostileBroker(firm.revocations).in_a_thread() as broker:
        yield broker


@pytest.fixture
def customer(tmp_path: Path, broker: HostileBroker, firm: Firm) -> Iterator[Customer]:
    customer = Customer(profile_in(tmp_path / "customer"), firm.link(broker.url))
    with closing(customer):
        yield customer


@pytest.fixture
def technician(broker: HostileBroker, firm: Firm) -> Iterator[Technician]:
    technician = Technician(firm.technician("technician"))
    with closing(technician):
        technician.sign_in(broker.url)
        yield technician


# --- the start page ------------------------------------------------------------------------------------


def test_without_a_link_nobody_can_be_asked(tmp_path: Path) -> None:
    customer = Customer(profile_in(tmp_path / "customer"), None)
    with closing(customer):
        customer.do(ask.ShowCode("help"))
        customer.told("link_missing")
        assert customer.view.problem == "help"


def test_a_link_is_kept_for_the_next_start(tmp_path: Path, firm: Firm) -> None:
    profile = profile_in(tmp_path / "customer")
    customer = Customer(profile, None)
    with closing(customer):
        customer.do(ask.UseLink("https://example.org"))
        customer.told("link_not_understood")
        customer.do(ask.UseLink(firm.link("http://127.0.0.1:9")))
        customer.wait(lambda view: view.organisation and not view.notice)
        assert (customer.view.links_taken, customer.view.links_refused) == (1, 1)
        customer.do(ask.UseLink(firm.link("http://127.0.0.1:9")))
        customer.wait(lambda view: view.links_taken == 2)
    again = Customer(profile, None)
    with closing(again):
        again.wait(lambda view: view.organisation and view.organisation.name == "Example Help")


def test_a_computer_that_can_not_take_part_says_so_and_may_be_mended(tmp_path: Path, firm: Firm) -> None:
    tries: list[int] = []

    def make_desktop() -> object:
        tries.append(1)
        if len(tries) < 3:
            raise BackendError("wayland_not_yet")
        return fake_desktop()

    profile, link = profile_in(tmp_path / "customer"), firm.link("http://127.0.0.1:9")
    window = Window(lambda engine: CustomerSide(engine, profile, make_desktop, sentence, link))  # type: ignore[arg-type]
    with closing(window):
        window.told("wayland_not_yet")
        window.do(ask.ShowCode(""))
        window.do(ask.ShowCode(""))  # she signed in to another desktop meanwhile
        window.wait(lambda view: view.notice and view.notice.key == "broker_unreachable")


def test_a_damaged_file_of_known_organisations_keeps_it_from_starting(tmp_path: Path) -> None:
    profile = profile_in(tmp_path / "customer")
    (profile.data / "known.json").write_text("{")
    with pytest.raises(ConfigError, match="known_not_readable"):
        Customer(profile, None)


def test_a_display_that_is_lost_before_the_code_is_one_sentence(customer: Customer) -> None:
    def lost() -> tuple[Monitor, ...]:
        raise BackendError("display_lost")

    customer.screens.monitors = lost  # type: ignore[method-assign]
    customer.do(ask.ShowCode(""))
    customer.told("display_lost")
    customer.wait(lambda view: view.page is Page.START and not view.busy)


# --- the code ------------------------------------------------------------------------------------------


def test_cancel_gives_the_code_up(customer: Customer, broker: HostileBroker) -> None:
    customer.code()
    customer.do(ask.Cancel())
    customer.wait(lambda view: view.page is Page.START and not view.code and not view.busy)
    assert customer.notices == []


def test_a_new_code_takes_the_place_of_the_old_one(customer: Customer) -> None:
    first = customer.code()
    customer.do(ask.ShowCode("again"))
    customer.wait(lambda view: view.code and view.code != first)
    customer.do(ask.ShowCode("once more"))
    customer.do(ask.ShowCode("and more"))
    customer.wait(lambda view: view.code and view.problem == "and more")
    assert customer.notices == []


def test_the_code_counts_down(customer: Customer) -> None:
    customer.code()
    left = customer.view.code_expires_in_s
    assert 590 < left <= 600
    customer.wait(lambda view: view.code_expires_in_s < left)


def test_a_notice_stays_until_she_does_something_herself(customer: Customer) -> None:
    customer.do(ask.UseLink("nonsense"))
    customer.told("link_not_understood")
    for unasked in (
        ask.OwnWindows(()),
        ask.FaceShown(),
        ask.FrameShown((), 0),
        ask.QuestionShown((), 0),
        ask.QuestionGone(),
        ask.LookForWindows(),
    ):
        customer.do(unasked)
    customer.do(ask.OwnWindows((ask.OwnWindow(1, 0, 0, 9, 9),)))
    customer.settle()
    assert customer.view.notice is not None
    customer.do(ask.Cancel())
    customer.wait(lambda view: view.notice is None)


# --- the meeting and the visit ---------------------------------------------------------------------------


def test_accept_waits_for_her_answer_about_the_link(customer: Customer, technician: Technician) -> None:
    technician.do(do.Join(customer.code()))
    customer.wait(lambda view: view.page is Page.MEETING)
    customer.wait_frame()
    customer.do(ask.AcceptVisit())
    customer.do(ask.ChooseOrigin("whatever"))
    customer.do(ask.AcceptVisit())
    customer.do(ask.ChooseOrigin("asked"))
    customer.wait(lambda view: view.may_accept)
    assert customer.view.page is Page.MEETING
    customer.do(ask.AcceptVisit())
    customer.wait(lambda view: view.page is Page.VISIT)


def test_declining_leads_back_to_the_start_and_tells_the_technician(customer: Customer, technician: Technician) -> None:
    technician.do(do.Join(customer.code()))
    customer.meet()
    customer.do(ask.DeclineVisit())
    customer.wait(lambda view: view.page is Page.START)
    technician.told("customer_declined")
    technician.wait(lambda view: view.page is TechnicianPage.DESK)
    assert customer.notices == []
    visit(customer, technician)  # and both can begin anew


def test_her_own_check_boxes_give_and_take(customer: Customer, technician: Technician) -> None:
    visit(customer, technician)
    customer.do(ask.SetRight(Right.CONTROL, True))
    customer.answer(BeforeControl())
    technician.wait(lambda view: view.controls and view.sees)
    customer.do(ask.SetRight(Right.VIEW, False))
    technician.wait(lambda view: not view.controls and not view.sees)
    customer.do(ask.SetRight(Right.FILES, True))  # not offered yet
    customer.do(ask.SetRight(Right.VIEW, True))
    technician.wait(lambda view: view.sees)
    assert not any(line.on for line in technician.view.grants if line.right is Right.FILES)


def test_not_now_is_no(customer: Customer, technician: Technician) -> None:
    visit(customer, technician)
    technician.do(do.AskFor(Right.CONTROL))
    customer.answer(Right.CONTROL, allow=False)
    technician.wait(lambda view: not any(line.waiting for line in view.asks))
    assert not customer.view.controls


def test_stop_this_is_wrong_ends_all_rights_and_a_report_can_be_written(
    customer: Customer, technician: Technician, tmp_path: Path
) -> None:
    visit(customer, technician, Right.VIEW)
    technician.do(do.AskFor(Right.CONTROL))
    customer.answer(Right.CONTROL, stop=True)
    customer.wait(lambda view: view.unseen and not view.controls)
    assert customer.notices == ["stopped_all"]
    technician.wait(lambda view: not view.sees and not any(line.waiting for line in view.asks))
    assert {line.why_not for line in technician.view.asks if line.right in OFFERED} == {"asking_rests"}
    assert all(line.again_at for line in technician.view.asks if line.right in OFFERED)
    technician.do(do.AskFor(Right.VIEW))
    customer.do(ask.WriteReport())
    customer.wait(lambda view: view.report)
    assert customer.view.page is Page.VISIT
    assert customer.view.request is None
    [report] = (tmp_path / "customer" / "data" / "reports").iterdir()
    assert customer.view.report is not None
    assert customer.view.report.path == str(report)
    assert customer.view.report.contact == ""  # a new organisation's word is no help
    assert "You stopped everything that was allowed." in report.read_text()
    customer.do(ask.CloseReport())
    customer.wait(lambda view: view.report is None)


def test_a_report_in_the_meeting_is_about_whom_she_meets(
    customer: Customer, technician: Technician, tmp_path: Path
) -> None:
    technician.do(do.Join(customer.code()))
    customer.meet()
    customer.do(ask.WriteReport())
    customer.wait(lambda view: view.report)
    [report] = (tmp_path / "customer" / "data" / "reports").iterdir()
    assert "Technician A" in report.read_text()
    assert customer.view.page is Page.MEETING


def test_a_report_that_can_not_be_written_is_one_sentence_and_all_rights_have_ended(
    customer: Customer, technician: Technician, tmp_path: Path
) -> None:
    visit(customer, technician, Right.VIEW)
    (tmp_path / "customer" / "data" / "reports").write_text("a file in the way")
    customer.do(ask.WriteReport())
    customer.wait(lambda view: view.notice and view.unseen)
    assert customer.notices == ["folder_not_writable"]
    assert customer.view.report is None


def test_nobody_is_reported_where_nobody_came(customer: Customer, tmp_path: Path) -> None:
    customer.do(ask.WriteReport())
    customer.settle()
    assert not (tmp_path / "customer" / "data" / "reports").exists()


def test_a_monitor_that_is_not_there_is_one_sentence(customer: Customer, technician: Technician) -> None:
    visit(customer, technician, Right.VIEW)
    customer.do(ask.ChooseMonitors(("HDMI-9",)))
    customer.told("monitor_gone")
    assert customer.view.sees


def test_a_window_that_is_not_there_is_one_sentence(customer: Customer, technician: Technician) -> None:
    visit(customer, technician, Right.VIEW)
    customer.do(ask.LookForWindows())
    customer.do(ask.ChooseWindow(7))
    customer.told("window_closed")
    assert customer.view.sees
    assert customer.view.window is None


def test_ending_the_program_says_goodbye_for_her(customer: Customer, technician: Technician, tmp_path: Path) -> None:
    visit(customer, technician, Right.CONTROL)
    customer.close()
    technician.wait(lambda view: view.page is TechnicianPage.GOODBYE and view.she_left)
    assert technician.notices == []
    [story] = (tmp_path / "customer" / "data" / "visits").iterdir()
    assert b'"left"' in story.read_bytes()


def test_after_a_failure_of_our_own_the_page_of_the_visit_goes(
    customer: Customer, technician: Technician, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> None:
        raise ValueError("a bug of ours")

    visit(customer, technician, Right.CONTROL)
    monkeypatch.setattr(Injector, "close_gate", broken)
    technician.do(do.AskFor(Right.POINT))
    customer.wait(lambda view: view.page is Page.START)
    assert customer.notices == ["ended_for_safety"]
    technician.wait(lambda view: view.page is TechnicianPage.GOODBYE)
    monkeypatch.undo()
    assert customer.code()


# --- the goodbye -----------------------------------------------------------------------------------------


@pytest.fixture
def goodbye(customer: Customer, technician: Technician) -> Customer:
    visit(customer, technician, Right.VIEW)
    technician.do(do.EndVisit())
    customer.wait(lambda view: view.page is Page.GOODBYE)
    return customer


def test_the_goodbye_outlasts_the_technician(goodbye: Customer, technician: Technician, tmp_path: Path) -> None:
    technician.do(do.CloseCase("stalled", "resumed"))
    technician.wait(lambda view: view.page is TechnicianPage.DESK)
    goodbye.wait(lambda view: "resumed" in view.summary)
    goodbye.do(ask.SaveCopy(str(tmp_path / "copy")))
    goodbye.wait(lambda view: view.saved == str(tmp_path / "copy"))
    assert "In your words: The printer stopped" in (tmp_path / "copy").read_text()
    assert not list(tmp_path.glob("copy.*"))
    goodbye.do(ask.KeepOrganisation())
    goodbye.wait(lambda view: view.kept and not view.may_keep)
    goodbye.do(ask.CloseVisit())
    goodbye.wait(lambda view: view.page is Page.START and view.organisation and view.organisation.kind == "known")


def test_a_copy_that_can_not_be_saved_is_named_and_can_be_saved_elsewhere(goodbye: Customer, tmp_path: Path) -> None:
    goodbye.do(ask.SaveCopy(str(tmp_path / "missing" / "copy.txt")))
    goodbye.told("file_not_writable")
    goodbye.do(ask.SaveCopy(str(tmp_path / "copy.txt")))
    goodbye.wait(lambda view: view.saved)


def test_the_signed_log_is_saved_byte_for_byte(goodbye: Customer, tmp_path: Path) -> None:
    goodbye.wait(lambda view: view.log is not None and view.log.closed)
    goodbye.do(ask.SaveLog(str(tmp_path / "log.jsonl")))
    goodbye.wait(lambda view: view.saved == str(tmp_path / "log.jsonl"))
    assert verify((tmp_path / "log.jsonl").read_bytes()).whole
    wait_until(lambda: (tmp_path / "log.jsonl").read_bytes() == Path(goodbye.view.log.file).read_bytes())


def test_the_log_is_on_the_disk_before_she_closes_the_goodbye(goodbye: Customer) -> None:
    log = Path(goodbye.view.log.file)
    wait_until(lambda: log.exists() and b'"left"' in log.read_bytes())
    goodbye.do(ask.CloseVisit())
    goodbye.wait(lambda view: view.page is Page.START)
    assert list(log.parent.iterdir()) == [log]


def test_the_log_grows_with_the_visit_in_case_the_program_is_killed(
    customer: Customer, technician: Technician, tmp_path: Path
) -> None:
    visit(customer, technician, Right.VIEW)
    visits = tmp_path / "customer" / "data" / "visits"
    wait_until(lambda: any(b'"allowed"' in path.read_bytes() for path in visits.glob("*")))
    [log] = visits.iterdir()
    customer.do(ask.Say("Thank you"))
    wait_until(lambda: b'"said"' in log.read_bytes())


def test_a_story_that_can_not_be_kept_is_one_sentence_and_the_window_goes_on(
    customer: Customer, technician: Technician, tmp_path: Path
) -> None:
    (tmp_path / "customer" / "data" / "visits").write_text("a file stands in the way")
    visit(customer, technician, Right.VIEW)
    technician.do(do.EndVisit())
    goodbye = customer
    goodbye.wait(lambda view: view.page is Page.GOODBYE)
    assert goodbye.notices == []
    goodbye.do(ask.CloseVisit())
    goodbye.told("folder_not_writable")
    goodbye.wait(lambda view: view.page is Page.START)


def test_an_organisation_of_a_visit_that_ended_badly_is_not_kept(customer: Customer, technician: Technician) -> None:
    visit(customer, technician, Right.VIEW)
    technician.rogue(lambda connection: connection._channels["control"].send(b"\x00"))
    customer.wait(lambda view: view.page is Page.GOODBYE)
    assert not customer.view.may_keep
    customer.do(ask.KeepOrganisation())
    customer.do(ask.CloseVisit())
    customer.wait(lambda view: view.page is Page.START)
    assert customer.view.organisation is not None
    assert customer.view.organisation.kind == "new"


@pytest.mark.parametrize(
    "intent",
    [ask.AcceptVisit(), ask.DeclineVisit(), ask.Answer(True, 0), ask.SetRight(Right.VIEW, True), ask.StopControl(),
     ask.StopEverything(), ask.ChooseMonitors(("x",)),
     ask.LookForWindows(), ask.ChooseWindow(7), ask.Say("x"), ask.SaveCopy("/tmp/x"), ask.KeepOrganisation(),  # noqa: S108
     ask.SaveLog("/tmp/x"),  # noqa: S108
     ask.CloseVisit(), ask.Quit(), ask.Cancel()],
    ids=lambda intent: type(intent).__name__,
)  # fmt: skip
def test_what_a_window_sends_too_early_or_too_late_is_nothing(
    customer: Customer, intent: ask.Intent, broker: HostileBroker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    customer.do(intent)
    customer.code()
    assert customer.notices == []
    assert not Path("copy").exists()


@pytest.mark.parametrize(
    ("intent", "stops"),
    [
        (ask.StopControl(), True),
        (ask.StopEverything(), True),
        (ask.Quit(), True),
        (ask.SetRight(Right.CONTROL, False), True),
        (ask.SetRight(Right.VIEW, False), True),
        (ask.SetRight(Right.POINT, False), False),
        (ask.SetRight(Right.CONTROL, True), False),
        (ask.Say("Hello"), False),
    ],
    ids=str,
)
def test_what_ends_control_stops_the_hands_at_once_however_busy_the_loop_is(
    customer: Customer, technician: Technician, intent: ask.Intent, stops: bool
) -> None:
    visit(customer, technician, Right.CONTROL)
    busy, goes_on = threading.Event(), threading.Event()
    customer.engine.call(lambda: (busy.set(), goes_on.wait(10)))
    assert busy.wait(10)
    assert customer.desktop.hands.fence.passes()
    customer.do(intent)
    assert customer.desktop.hands.fence.passes() is not stops
    goes_on.set()
