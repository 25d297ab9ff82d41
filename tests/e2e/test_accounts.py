"""A broker with accounts as a real process, its command line, and technicians who sign in with badge and account."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest
from websockets.sync.client import ClientConnection, connect

from remotehelp.broker import technicians
from remotehelp.broker.store import DATABASE_FILE
from remotehelp.demo.cast import PROGRAM
from remotehelp.messages import (
    VERSION,
    AccountAsked,
    Claim,
    FromBroker,
    GiveAccount,
    Message,
    Open,
    Opened,
    Refused,
    Resume,
    SignedIn,
    SignIn,
    Welcome,
    decode_from_broker,
    encode_json,
)
from remotehelp.sentences import sentence
from remotehelp.technician import intents as do
from remotehelp.technician.view import Page
from remotehelp.trust import signin
from remotehelp.trust.wallet import load_own_badge
from tests.helpers.joined_openings import profile_in
from tests.helpers.roles import Broker, Customer, Firm, Technician, closing, visit

pytestmark = pytest.mark.e2e

NAME, PASSWORD = "technician.a", "correct horse"
STEP_S = 30


class Place:
    """A firm whose broker has one account that nobody has used yet."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data = folder, folder / "broker"
        self.firm = Firm(folder)
        technicians.add(self.data, NAME, PASSWORD, admin=True)

    def broker(self) -> Broker:
        return Broker(self.data, self.firm.public)

    def technician(self) -> Technician:
        return Technician(self.firm.technician("technician"))


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def codes(secret: str) -> Iterator[str]:
    """Two codes, each good once and for at least half a minute: a clock may be early by one step."""
    now = int(time.time())
    for step in (0, 1):
        yield pyotp.TOTP(secret).at(now + step * STEP_S)


def sign_in(technician: Technician, url: str) -> Iterator[str]:
    """Enrol the account; its further codes."""
    technician.wait(lambda view: view.page is Page.SIGN_IN)
    technician.do(do.SignIn(url))
    technician.wait(lambda view: view.account is not None and not view.busy)
    technician.do(do.SignInWithAccount(url, NAME, PASSWORD, ""))
    technician.wait(lambda view: view.account is not None and view.account.secret)
    assert technician.view.account is not None
    further = codes(technician.view.account.secret)
    technician.do(do.SignInWithAccount(url, NAME, PASSWORD, next(further)))
    technician.wait(lambda view: view.page is Page.DESK)
    return further


def test_badge_account_and_code_open_the_desk_and_a_session_brings_back(place: Place) -> None:
    with place.broker() as broker:
        technician = place.technician()
        customer = Customer(profile_in(place.folder / "customer"), place.firm.link(broker.url))
        with closing(customer, technician):
            further = sign_in(technician, broker.url)
            visit(customer, technician)
            technician.do(do.EndVisit())
            technician.wait(lambda view: view.page is Page.GOODBYE)
            technician.do(do.CloseCase("", ""))
            technician.wait(lambda view: view.page is Page.DESK)
            technician.engine.call(lambda: technician.engine.spawn(technician.side._line.close(), name="cut"))
            technician.wait(lambda view: view.page is Page.SIGN_IN)
            technician.do(do.SignIn(broker.url))
            technician.wait(lambda view: view.page is Page.DESK)  # nothing was typed
        again = Technician(technician.side._profile)  # another program: the account is remembered, the session not
        with closing(again):
            again.do(do.SignIn(broker.url))
            again.wait(lambda view: view.account is not None and view.account.name == NAME)
            again.do(do.SignInWithAccount(broker.url, NAME, "wrong horse", "000000"))
            again.told("account_refused")
            again.do(do.SignInWithAccount(broker.url, NAME, PASSWORD, next(further)))
            again.wait(lambda view: view.page is Page.DESK)


def test_a_technician_whose_account_is_disabled_meanwhile_is_out(place: Place) -> None:
    with place.broker() as broker:
        technician = place.technician()
        with closing(technician):
            sign_in(technician, broker.url)
            technicians.disable(place.data, NAME)
            technician.do(do.Join("4711-000-000"))
            technician.told("session_over")
            technician.wait(lambda view: view.page is Page.SIGN_IN)


def hear(socket: ClientConnection) -> FromBroker:
    return decode_from_broker(socket.recv(timeout=20))


def ask(socket: ClientConnection, message: Message) -> FromBroker:
    socket.send(encode_json(message))
    return hear(socket)


@contextlib.contextmanager
def program(url: str) -> Iterator[tuple[ClientConnection, Welcome]]:
    """A bare socket to a broker, and its welcome."""
    with connect(url.replace("http", "ws") + "/ws", proxy=None) as socket:
        welcome = hear(socket)
        assert isinstance(welcome, Welcome)
        yield socket, welcome


def test_a_database_restored_from_a_backup_brings_no_code_and_no_session_back(place: Place) -> None:
    backup = place.folder / "backup"
    technician = place.technician()
    own = load_own_badge(technician.side._profile)
    with place.broker() as broker, closing(technician), program(broker.url) as (customer, _):
        further = sign_in(technician, broker.url)
        token = technician.side._entrance._session
        shutil.copytree(place.data, backup)
        opened = ask(customer, Open(VERSION, bytes(16)))
        assert isinstance(opened, Opened)
        broker.kill()
    shutil.rmtree(place.data)
    shutil.copytree(backup, place.data)
    with place.broker() as broker, program(broker.url) as (socket, welcome):
        proof = signin.prove(own.private_key, welcome.broker, welcome.nonce)
        assert ask(socket, SignIn(VERSION, own.badge_bytes, proof)) == AccountAsked()
        assert ask(socket, Resume(token)) == Refused("session_over")
        assert isinstance(ask(socket, GiveAccount(NAME, PASSWORD, next(further))), SignedIn)
        assert ask(socket, Claim(opened.nameplate)) == Refused("no_such_code")


def test_a_broker_whose_database_was_lost_does_not_serve_without_accounts(place: Place) -> None:
    (place.data / DATABASE_FILE).unlink()
    done = subprocess.run(
        [*PROGRAM, "broker", "serve", "--port", "0", "--data", str(place.data), "--org", str(place.firm.public)],
        capture_output=True,
        text=True,
        timeout=30,
        env={**os.environ, "REMOTEHELP_HOME": str(place.folder / "home"), "LANGUAGE": "en"},
    )
    assert (done.returncode, done.stdout) == (78, "")
    assert done.stderr.strip() == sentence("accounts_lost", folder=str(place.data))
