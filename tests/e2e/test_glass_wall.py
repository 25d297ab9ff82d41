"""The log of a visit through two real sides: both hold the same bytes, signed, and nothing secret is in any file."""

from __future__ import annotations

import base64
import contextlib
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from remotehelp import messages
from remotehelp.cli import cli, run
from remotehelp.customer import intents as ask
from remotehelp.logs import log_to
from remotehelp.messages import Right
from remotehelp.technician import intents as do
from remotehelp.technician.view import Page
from remotehelp.trust.wallet import load_own_badge
from remotehelp.visit import events as on
from remotehelp.visit.events import Side
from remotehelp.visit.machine import State
from remotehelp.visit.story import Entry
from tests.helpers.joined_openings import profile_in
from tests.helpers.joined_visits import Visits, visiting
from tests.helpers.roles import Broker, Customer, Firm, Technician, closing, visit
from tests.helpers.stories import Verified, verify
from tests.helpers.waiting import wait_until

PROBLEM, CHAT_C, CHAT_T = "canary-problem-Krebs", "canary-chat-Amsel", "canary-chat-Dohle"
TYPED, KEYS = "Zaunkönig", ("BracketLeft", "Backquote", "NumpadDivide")


class Desks:
    """Both sides, signed in at a real broker, in the folder ``home``."""

    def __init__(self, firm: Firm, broker: Broker, home: Path) -> None:
        self.home, firm.profiles = home, home
        self.customer = Customer(profile_in(home / "customer"), firm.link(broker.url))
        self.profile = firm.technician("technician")
        self.technician = Technician(self.profile)
        self.technician.sign_in(broker.url)

    @property
    def hers(self) -> list[bytes]:
        return [path.read_bytes() for path in sorted((self.home / "customer" / "data" / "visits").glob("*.jsonl"))]

    @property
    def his(self) -> list[bytes]:
        return [path.read_bytes() for path in sorted((self.profile.data / "cases").glob("*.jsonl"))]

    def agree(self) -> Verified:
        """Both have the same one log now, and it is whole."""
        wait_until(lambda: self.hers and self.hers == self.his and verify(self.hers[0]).whole)
        return verify(self.hers[0])


@pytest.fixture(scope="module")
def firm(tmp_path_factory: pytest.TempPathFactory) -> Firm:
    return Firm(tmp_path_factory.mktemp("firm"))


@pytest.fixture(scope="module")
def broker(firm: Firm, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    with Broker(tmp_path_factory.mktemp("broker"), firm.public) as running:
        yield running


@pytest.fixture
def desks(firm: Firm, broker: Broker, tmp_path: Path) -> Iterator[Desks]:
    both = Desks(firm, broker, tmp_path)
    with closing(both.technician, both.customer):
        yield both


def kinds(found: Verified) -> list[tuple[str, str, str]]:
    return [(line.who, line.what, line.text) for line in found.lines if line.what not in ("signed", "showed_screens")]


def test_after_a_visit_both_have_the_same_whole_log_and_anybody_can_check_it(
    desks: Desks, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    visit(desks.customer, desks.technician, Right.CONTROL)
    desks.customer.do(ask.SetRight(Right.CONTROL, False))
    desks.technician.wait(lambda view: not view.controls)
    wait_until(lambda: b'"took_back"' in desks.hers[0])
    assert not verify(desks.hers[0]).whole, "what is on the disk if the program dies now"
    desks.technician.do(do.EndVisit())
    found = desks.agree()
    assert kinds(found) == [
        ("customer", "opened", ""),
        ("customer", "accepted", ""),
        ("technician", "asked", "control"),
        ("customer", "asked_before_control", ""),
        ("customer", "allowed", "view"),
        ("customer", "allowed", "control"),
        ("customer", "took_back", "control"),
        ("technician", "left", ""),
        ("customer", "lapsed", "view"),
    ]
    assert found.badge == load_own_badge(desks.profile).badge
    assert found.signed_upto == len(found.lines) - 1
    [file] = (desks.home / "customer" / "data" / "visits").glob("*.jsonl")
    monkeypatch.setenv("REMOTEHELP_HOME", str(desks.home / "anybody"))
    assert run(cli, ["verify", str(file)]) == 0
    told = capsys.readouterr().out
    assert f"This log is whole: {len(found.lines)} entries" in told
    assert f"Technician A of Example Help, badge {found.badge.serial}" in told
    assert "does not know the organisation" in told


@pytest.mark.parametrize("who", ["customer", "technician", "technician closes the case at once"])
def test_who_closes_the_program_at_once_has_the_whole_log_too(desks: Desks, who: str) -> None:
    visit(desks.customer, desks.technician, Right.VIEW)
    if who == "customer":
        desks.customer.close()
    elif who == "technician":
        desks.technician.close()
    else:
        desks.technician.do(do.EndVisit())
        desks.technician.wait(lambda view: view.page is Page.GOODBYE)
        desks.technician.do(do.CloseCase("stalled", "resumed"))
    desks.agree()


def test_a_visit_that_she_does_not_want_is_signed_as_such(desks: Desks) -> None:
    desks.technician.do(do.Join(desks.customer.code()))
    desks.customer.meet()
    desks.customer.do(ask.DeclineVisit())
    wait_until(lambda: desks.hers and verify(desks.hers[0]).whole)
    assert [line.what for line in verify(desks.hers[0]).lines] == ["opened", "declined", "signed"]


@contextlib.contextmanager
def program_logs(path: Path) -> Iterator[None]:
    """What both programs log goes where it goes in a program of its own."""
    before, handlers = structlog.get_config(), logging.getLogger().handlers[:]
    log_to(path)
    try:
        yield
    finally:
        structlog.configure(**before)
        for handler in logging.getLogger().handlers:
            handler.close()
        logging.getLogger().handlers[:] = handlers


def test_no_secret_no_key_and_no_word_is_in_any_file_that_a_visit_writes(desks: Desks) -> None:
    with program_logs(desks.home / "program.jsonl"):
        code = desks.customer.code(PROBLEM)
        desks.technician.do(do.Join(code))
        desks.customer.meet()
        desks.customer.do(ask.AcceptVisit())
        desks.technician.wait(lambda view: view.accepted)
        desks.technician.do(do.AskFor(Right.CONTROL))
        desks.customer.answer(Right.CONTROL)
        desks.technician.wait(lambda view: view.controls)
        desks.customer.do(ask.Say(CHAT_C))
        desks.technician.do(do.Say(CHAT_T))
        desks.technician.do(do.SendText(TYPED))
        for key in KEYS:
            desks.technician.do(do.SendKey(key, True))
            desks.technician.do(do.SendKey(key, False))
        wait_until(lambda: len(desks.customer.hands.done) >= 2 * len(KEYS))
        desks.customer.wait(lambda view: len(view.conversation) == 2)
        desks.technician.do(do.EndVisit())
        desks.agree()
        pact = desks.technician.side._visit.log._pact
        her_pact = desks.customer.side._visit.log._pact
    keys = [key.own_key.private_bytes_raw() for key in (pact, her_pact)]
    secrets = [code, code.replace("-", ""), code[5:].replace("-", ""), code[5:], CHAT_C, CHAT_T, TYPED, *KEYS]
    written = [path for path in desks.home.rglob("*") if path.is_file() and path.suffix in (".jsonl", ".log", ".json")]
    assert {path.parent.name for path in written} >= {"visits", "cases"}
    assert desks.home / "program.jsonl" in written
    for path in written:
        data = path.read_bytes()
        assert [secret for secret in secrets if secret.encode() in data] == [], path
        assert not any(form in data for key in keys for form in forms(key)), path
        assert PROBLEM.encode() not in data or path.parent.name == "cases", path


def forms(key: bytes) -> tuple[bytes, ...]:
    """A key as it might be written down."""
    return key, key.hex().encode(), base64.b64encode(key)[:-1], base64.urlsafe_b64encode(key)[:-1]


# --- what goes wrong ------------------------------------------------------------------------------


def says(both: Visits) -> list[str]:
    return [line.what for line in both.c.log.story.entries]


async def test_a_line_that_is_lost_for_good_leaves_an_unfinished_log_that_says_so() -> None:
    async with visiting(Right.VIEW) as both:
        await both.until(lambda: says(both)[-1] == "signed")
        await both.t.connection.close()
        await both.until(lambda: both.c.host.state is State.GOODBYE)
        assert says(both)[-3:] == ["gave_up", "lapsed", "not_signed"]
        found = verify(both.c.log.story.as_lines())
        assert not found.whole
        his = both.t.log.story.as_lines()
        assert both.c.log.story.as_lines().startswith(his)
        assert not verify(his).whole


async def test_a_technicians_program_that_does_not_sign_stops_nothing() -> None:
    async with visiting(Right.VIEW) as both:
        await both.until(lambda: says(both)[-1] == "signed")
        both.t.log.sign = lambda message: both.t.connection.send(messages.LogSigned(message.upto, b"x" * 64))
        await both.allow(Right.CONTROL)
        await both.until(lambda: "not_signed" in says(both))
        both.c.feed(on.Said(Side.CUSTOMER, "Still there?"))
        await both.until(lambda: both.t.conversation)
        assert both.c.host.state is State.VISITING
        both.t.feed(on.Left(Side.TECHNICIAN))
        await both.until(lambda: both.c.host.state is State.GOODBYE)
        await both.c.log.settled()
        found = verify(both.c.log.story.as_lines())
        assert (found.whole, says(both).count("not_signed")) == (False, 1)


async def test_a_customers_program_that_puts_a_deed_on_him_gets_no_signature() -> None:
    async with visiting() as both:
        both.c.log.write(Entry(3, Side.TECHNICIAN, "asked", "control"))
        both.c.log.rights_changed()
        await both.until(lambda: says(both)[-1] == "not_signed")
        assert both.t_told.troubles == ["log_refused"]
        assert both.t.guest.state is State.VISITING
        await both.allow(Right.VIEW)


@pytest.mark.parametrize("message", [messages.LogLine(b"{}\n"), messages.LogHead(1, True, b"s" * 64)], ids=str)
async def test_only_her_machine_writes_the_log(message: messages.Message) -> None:
    async with visiting() as both:
        both.t.connection.send(message)
        await both.until(lambda: both.ended)
        assert both.c_told.troubles == ["message_not_understood"]


@pytest.mark.parametrize("message", [messages.LogSigned(1, b"s" * 64), messages.LogNotSigned(1)], ids=str)
async def test_only_his_machine_signs_for_him(message: messages.Message) -> None:
    async with visiting() as both:
        both.c.connection.send(message)
        await both.until(lambda: both.ended)
        assert both.t_told.troubles == ["message_not_understood"]
