"""Two whole roles with a hostile broker between them, and what it may do to what it relays."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from pathlib import Path

import msgspec

from remotehelp import messages
from remotehelp.customer import intents as ask
from remotehelp.customer.view import Page as CustomerPage
from remotehelp.messages import HelloC, HelloT
from remotehelp.technician import intents as do
from remotehelp.technician.view import Page as TechnicianPage
from remotehelp.trust.code import parse_code
from tests.helpers.hostile_broker import TO_CUSTOMER, HostileBroker, Tamper
from tests.helpers.joined_openings import profile_in
from tests.helpers.roles import Customer, Firm, Technician
from tests.helpers.waiting import wait_until

PROBLEM = "The bank's page asks for my number 12345"
FP_C, FP_T = b"\xc1" * 32, b"\xc2" * 32  # the broker's own certificates, one for each side


class Middle:
    """Two people and the broker between them."""

    def __init__(self, folder: Path, broker: HostileBroker, firm: Firm) -> None:
        self.broker = broker
        self.customer = Customer(profile_in(folder / "customer"), firm.link(broker.url))
        self.profile = firm.technician("technician")
        self.technician = Technician(self.profile)
        self.technician.sign_in(broker.url)

    def attempt(self) -> None:
        """One code, read out and entered as it is, to the end of it on both sides."""
        self.technician.do(do.Join(self.customer.code(PROBLEM)))
        self.customer.wait(lambda view: view.page is CustomerPage.START and view.notice)
        self.technician.wait(lambda view: view.page is TechnicianPage.DESK and view.notice)

    def attempt_from_the_list(self) -> None:
        """She asks for help and is taken, to the end of it on both sides."""
        self.take()
        self.customer.wait(lambda view: view.page is CustomerPage.START and view.notice)
        self.technician.wait(lambda view: view.page is TechnicianPage.DESK and view.notice)

    def take(self) -> None:
        """She asks for help, and the technician takes her."""
        self.customer.do(ask.AskForHelp(PROBLEM))
        self.customer.wait(lambda view: view.page is CustomerPage.WAITING)
        self.technician.do(do.SetAvailable(True))
        self.technician.wait(lambda view: view.waiting.customers)
        self.technician.do(do.Take(self.technician.view.waiting.customers[0].ticket))

    def nobody_met(self, by: str = "code") -> None:
        """She never saw the meeting page, he never saw the visit, and each was told one thing."""
        assert self.customer.pages == ["start", by, "start"]
        assert "visit" not in self.technician.pages
        assert (len(self.customer.notices), len(self.technician.notices)) == (1, 1)
        assert self.customer.frames == self.technician.frames == 0

    def learnt_nothing(self, code: str = "") -> None:
        """No problem, SDP or secret stands in anything that the broker got, in clear or as base64."""
        for secret in (PROBLEM, "12345", parse_code(code).secret if code else ""):
            assert not secret or secret.encode() not in self.broker.seen
        self.learnt_no_way()

    def learnt_no_way(self) -> None:
        """Nothing of the connection stands in anything that the broker got; from the list it knows her words."""
        for secret in ("a=fingerprint", "a=candidate", "ice-pwd"):
            assert secret.encode() not in self.broker.seen


Stage = Callable[[Tamper | None], contextlib.AbstractContextManager[Middle]]


def changed(data: bytes, kind: type[messages.Message], **fields: object) -> bytes:
    """``data`` with these fields, if it is a message of this kind."""
    message = messages.decode_relayed(data)
    return messages.encode(msgspec.structs.replace(message, **fields)) if isinstance(message, kind) else data


def swap_fingerprints(way: str, data: bytes) -> list[bytes]:
    """The man in the middle: to each side the broker's own certificate, in hellos and wherever an SDP can be seen."""
    hello = changed(changed(data, HelloT, fp=FP_T), HelloC, fp=FP_C)
    own = ":".join(f"{byte:02X}" for byte in (FP_T if way == TO_CUSTOMER else FP_C)).encode()
    return [re.sub(rb"(?<=sha-256 )[0-9A-F:]{95}", own, hello)]


class Swallowed(list[bytes]):
    """Keeps what is relayed and hands nothing on."""

    def __call__(self, _: str, data: bytes) -> list[bytes]:
        self.append(data)
        return []

    def wait(self, count: int) -> None:
        wait_until(lambda: len(self) >= count)
