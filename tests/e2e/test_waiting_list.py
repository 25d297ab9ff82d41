"""Asking for help without a code: both roles and a real broker, without windows."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from remotehelp import messages
from remotehelp.customer import intents as ask
from remotehelp.customer.view import Page as CustomerPage
from remotehelp.messages import Right
from remotehelp.technician import intents as do
from remotehelp.technician.broker_line import BrokerLine
from remotehelp.technician.signing_in import SigningIn
from remotehelp.technician.view import Page as TechnicianPage
from remotehelp.trust import organisation
from remotehelp.trust.wallet import load_own_badge
from remotehelp.visit.shown import Line
from tests.helpers.joined_openings import profile_in
from tests.helpers.roles import Broker, Customer, Firm, Technician, silence

pytestmark = pytest.mark.e2e

MENDED_S = 20.0  # no bar: a machine may be busy


class Place:
    """A firm with a broker; customers and technicians come when they are asked for."""

    def __init__(self, folder: Path, broker: Broker, firm: Firm) -> None:
        self.folder, self.broker, self.firm = folder, broker, firm
        self.windows: list[Customer | Technician] = []

    def customer(self, name: str, problem: str) -> Customer:
        """She waits in the list."""
        made = Customer(profile_in(self.folder / name), self.firm.link(self.broker.url))
        self.windows.append(made)
        made.do(ask.AskForHelp(problem))
        made.wait(lambda view: view.page is CustomerPage.WAITING)
        return made

    def technician(self, name: str) -> Technician:
        """Signed in and available."""
        made = Technician(self.firm.technician(name))
        self.windows.append(made)
        made.sign_in(self.broker.url)
        made.do(do.SetAvailable(True))
        return made

    def take_and_vanish(self, name: str) -> None:
        """A technician's program takes the first who waits and is gone before it said anything."""
        asyncio.run(self._take_and_vanish(name))

    async def _take_and_vanish(self, name: str) -> None:
        own = load_own_badge(self.firm.technician(name))
        line = BrokerLine((await SigningIn.begin(self.broker.url, own)).signalling)
        desk = Desk()
        reading = asyncio.create_task(line.run(desk))
        await line.available(True)
        async with asyncio.timeout(10):
            listed = await desk.list
            await line.signalling.send(messages.Take(listed.first[0].ticket))
            async for message in line.room():
                if isinstance(message, messages.Claimed):
                    break
        await line.close()
        await reading


class Desk:
    """Keeps the first list."""

    def __init__(self) -> None:
        self.list: asyncio.Future[messages.WaitingList] = asyncio.get_running_loop().create_future()

    def on_waiting(self, waiting: messages.WaitingList) -> None:
        if not self.list.done():
            self.list.set_result(waiting)

    def on_refused(self, key: str) -> None:
        raise AssertionError(key)


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
    yield place
    for window in place.windows:
        window.close()


def told(technician: Technician) -> list[str]:
    return [customer.words for customer in technician.view.waiting.customers]


def test_first_come_first_served_and_each_knows_her_place(place: Place) -> None:
    first, second = place.customer("first", "the printer"), place.customer("second", "the mail")
    second.wait(lambda view: view.ahead == 1)
    technician = place.technician("technician")
    technician.wait(lambda _: told(technician) == ["the printer", "the mail"])
    first.wait(lambda view: view.here == 1)
    first.do(ask.Cancel())
    first.wait(lambda view: view.page is CustomerPage.START)
    second.wait(lambda view: view.ahead == 0)
    technician.wait(lambda _: told(technician) == ["the mail"])
    technician.do(do.SetAvailable(False))
    technician.wait(lambda view: not view.waiting.customers)
    second.wait(lambda view: view.here == 0)


def test_two_technicians_at_once_one_is_with_her_and_the_other_is_told(place: Place) -> None:
    customer = place.customer("customer", "the printer")
    both = [place.technician("one"), place.technician("two")]
    for technician in both:
        technician.wait(lambda view: view.waiting.customers)
    tickets = [technician.view.waiting.customers[0].ticket for technician in both]
    for technician, ticket in zip(both, tickets, strict=True):
        technician.do(do.Take(ticket))
    for technician in both:
        technician.wait(lambda view: view.page is TechnicianPage.VISIT or view.notice)
    [winner] = [technician for technician in both if technician.view.page is TechnicianPage.VISIT]
    [other] = [technician for technician in both if technician is not winner]
    other.told("no_longer_waiting")
    other.wait(lambda view: view.page is TechnicianPage.DESK and view.available)
    customer.meet()
    customer.wait(lambda view: view.safety_words is not None)
    assert customer.view.safety_words == winner.view.safety_words
    assert customer.notices == winner.notices == []


def test_after_a_technician_who_vanished_she_is_at_her_place_and_the_next_one_comes(place: Place) -> None:
    customer, behind = place.customer("customer", "the printer"), place.customer("behind", "the mail")
    place.take_and_vanish("vanishing")
    technician = place.technician("technician")
    technician.wait(lambda _: told(technician) == ["the printer", "the mail"])
    technician.do(do.Take(technician.view.waiting.customers[0].ticket))
    customer.meet()
    behind.wait(lambda view: view.ahead == 0)
    assert customer.notices == []


def test_a_visit_from_the_list_is_a_visit_and_who_is_in_it_is_not_available(place: Place) -> None:
    customer, technician = place.customer("customer", "the printer"), place.technician("technician")
    technician.wait(lambda view: view.waiting.customers)
    technician.do(do.Take(technician.view.waiting.customers[0].ticket))
    customer.meet()
    customer.do(ask.AcceptVisit())
    technician.wait(lambda view: view.accepted)
    technician.do(do.AskFor(Right.VIEW))
    customer.answer(Right.VIEW)
    technician.wait(lambda view: view.sees)
    assert technician.view.problem == "the printer"
    another = place.customer("another", "the mail")
    another.wait(lambda view: view.here == 0)
    assert told(technician) == []
    technician.do(do.EndVisit())
    technician.wait(lambda view: view.page is TechnicianPage.GOODBYE)
    technician.do(do.CloseCase("", ""))
    technician.wait(lambda _: told(technician) == ["the mail"])
    another.wait(lambda view: view.here == 1)
    assert technician.view.safety_words is None


def test_a_lost_line_of_a_visit_from_the_list_is_made_anew_with_the_same_words(place: Place) -> None:
    customer, technician = place.customer("customer", "the printer"), place.technician("technician")
    technician.wait(lambda view: view.waiting.customers)
    technician.do(do.Take(technician.view.waiting.customers[0].ticket))
    customer.meet()
    customer.do(ask.AcceptVisit())
    technician.wait(lambda view: view.accepted)
    words = technician.view.safety_words
    silence(customer, technician)
    for window in (customer, technician):
        window.wait(lambda view: view.line is Line.LOST)
    for window in (customer, technician):
        window.wait(lambda view: view.line is Line.GOOD, MENDED_S)
        assert window.view.safety_words == words


def test_who_is_declined_is_at_the_desk_again_and_she_at_the_start_with_her_words(place: Place) -> None:
    customer, technician = place.customer("customer", "the printer"), place.technician("technician")
    technician.wait(lambda view: view.waiting.customers)
    technician.do(do.Take(technician.view.waiting.customers[0].ticket))
    customer.meet()
    customer.do(ask.DeclineVisit())
    customer.wait(lambda view: view.page is CustomerPage.START and view.problem == "the printer")
    technician.told("customer_declined")
    technician.wait(lambda view: view.page is TechnicianPage.DESK and not view.waiting.customers)


def test_a_revoked_badge_is_told_when_the_box_is_ticked_and_the_box_is_off_again(place: Place) -> None:
    technician = place.technician("technician")
    technician.do(do.SetAvailable(False))
    serial = load_own_badge(technician.side._profile).badge.serial
    organisation.revoke(place.firm.folder, serial, int(time.time()))
    technician.do(do.SetAvailable(True))
    technician.told("badge_revoked")
    technician.wait(lambda view: not view.available)
