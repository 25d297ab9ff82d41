"""A technician without a server: the first start makes a badge, an organisation of one and a server of its own."""

from __future__ import annotations

import os
import re
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress

import psutil
import pytest

from remotehelp.demo.cast import Window
from remotehelp.demo.face import write_face
from remotehelp.demo.waiting import wait_for
from remotehelp.sentences import sentence
from remotehelp.technician.own_broker import PORTS
from remotehelp.trust.link import parse_link
from tests.helpers.two_desks import PROBLEM, WAIT_S, Pair, TwoDesks

pytestmark = pytest.mark.e2e

WHO = {"Given name": "Technician", "Surname": "A", "Organisation": "Organisation A"}
ME = "Technician A, Organisation A"
USUAL_PORT = PORTS[0]


Start = Callable[[], Window]


@pytest.fixture
def start(desks: TwoDesks) -> Iterator[Start]:
    """Start the technician's program, always in the same profile, in which nothing was configured at first."""
    started: list[Window] = []
    face = desks.folder / "face.mp4"
    if not face.exists():
        write_face(face)

    def begin() -> Window:
        started.append(Window(desks.technician, desks.home("first-start"), "technician", "--camera", str(face)))
        return started[-1]

    yield begin
    for window in started:
        window.process.end()


@pytest.fixture
def customer(desks: TwoDesks) -> Iterator[Window]:
    """The customer's program, without a link so far."""
    opened = Window(desks.customer, desks.home("customer-of-first-start"), "window")
    yield opened
    opened.process.end()


@contextmanager
def usual_port_taken() -> Iterator[None]:
    """Another program has the port that the technician's own server takes where it can."""
    with ExitStack() as held:
        with suppress(OSError):  # then somebody else has it, which does as well
            held.enter_context(socket.create_server(("0.0.0.0", USUAL_PORT)))  # noqa: S104 - where the server would be
        yield


def own_broker(technician: Window) -> psutil.Process:
    """The server that the technician's program started as its child."""
    children = psutil.Process(technician.process.pid).children(recursive=True)
    [broker] = [child for child in children if "serve" in child.cmdline()]
    return broker


def gone(process: psutil.Process) -> bool:
    """Whether it has ended, or is only waiting for whoever picks it up."""
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


def use(customer: Window, link: str) -> None:
    """She pastes the link that her helper gave her."""
    customer.app.set_text("Link from your helper", link)
    customer.app.press("Use link")


def whole_visit(pair: Pair) -> None:
    """She meets the technician, shows her screen, and both say goodbye."""
    pair.join(pair.show_code())
    pair.hers.wait_text("technician", "Technician A")
    pair.accept()
    pair.allow("Ask to see the screen")
    pair.hand()
    pair.theirs.press("End visit")
    pair.theirs.set_text("What was done", "All of it.")
    pair.theirs.press("Close case")
    pair.hers.wait_text("Summary", "All of it.")


def test_a_first_start_a_visit_and_a_second_start_with_the_same_organisation(
    desks: TwoDesks, start: Start, customer: Window
) -> None:
    first = start()
    app = first.app
    assert not app.enabled("Create my badge")
    for name, text in WHO.items():
        app.type_into(name, text)
    app.press("Create my badge")
    link = app.wait_text("customer-link", r"^remotehelp://join\?")
    assert app.text("broker-address") == parse_link(link).broker_url
    assert app.text("me") == ME
    use(customer, link)
    whole_visit(Pair(desks, customer, first))
    customer.app.press("Keep this organisation")
    customer.app.press("Close")
    broker = own_broker(first)
    assert first.process.end() == 0
    wait_for(lambda: gone(broker), WAIT_S, "the server goes on without the program")

    with usual_port_taken():
        second = start()
        assert second.app.text("me") == ME
        assert not second.app.exists("Create my badge")
        link = second.app.wait_text("customer-link", r"^remotehelp://join\?")
    assert not parse_link(link).broker_url.endswith(f":{USUAL_PORT}")
    use(customer, link)
    pair = Pair(desks, customer, second)
    pair.join(pair.show_code())
    words = customer.app.wait_text("technician", "known since")
    assert re.fullmatch(r"Technician A\nOrganisation A\nknown since .*", words), words
    customer.app.wait_enabled("Accept")
    broker = own_broker(second)
    os.kill(second.process.pid, signal.SIGKILL)
    wait_for(lambda: gone(broker), WAIT_S, "the server outlives the program that was killed")
    customer.app.wait_text("notice", re.escape(sentence("line_lost_in_meeting")))
    assert customer.app.text("Describe the problem") == PROBLEM
    assert customer.process.end() == 0
    for window in (first, second, customer):
        assert "Traceback" not in window.process.output()
