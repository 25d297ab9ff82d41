"""Both sides' openings over a broker, with stand-ins for the two connections: what each side was told, in order."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from remotehelp import messages
from remotehelp.customer import opening as customer_opening
from remotehelp.customer.code_opening import CodeOpening
from remotehelp.customer.queue_opening import QueueOpening
from remotehelp.errors import HelpError
from remotehelp.peer.connection import Detour
from remotehelp.profile import Profile
from remotehelp.technician import opening as technician_opening
from remotehelp.technician.broker_line import BrokerLine
from remotehelp.technician.code_joining import CodeJoining
from remotehelp.technician.opening import Joining
from remotehelp.technician.queue_joining import QueueJoining
from remotehelp.technician.signing_in import SigningIn
from remotehelp.trust.badge import Verdict
from remotehelp.trust.code import Code
from remotehelp.trust.known import Known
from remotehelp.trust.link import Link
from remotehelp.trust.receipt import Pact
from remotehelp.trust.safety_words import SafetyWords
from remotehelp.trust.wallet import OwnBadge
from tests.helpers.hostile_broker import TICKET, HostileBroker
from tests.helpers.issuer import Issuer
from tests.helpers.waiting import until

FP_C, FP_T = b"C" * 32, b"T" * 32
OFFER, ANSWER = "v=0 the customer's offer", "v=0 the technician's answer"
PROBLEM = "My printer wants a password"


def profile_in(folder: Path) -> Profile:
    """A new profile below ``folder``."""
    profile = Profile(folder, folder / "data", folder / "state", folder / "logs")
    for part in (profile.data, profile.state, profile.logs):
        part.mkdir(parents=True)
    return profile


@dataclass
class Guest:
    """The customer's side of it."""

    code: Code | None = None
    places: list[int | str] = field(default_factory=list)  # or "taken"
    words: SafetyWords | None = None
    here: list[int] = field(default_factory=list)
    verdict: Verdict | None = None
    pact: Pact | None = None
    photo: bytes = b""
    failed: HelpError | None = None
    guessed: bool | None = None
    offered_to: bytes = b""
    answer: str = ""
    parting: messages.Parting | None = None
    part: Detour | None = None

    def on_code(self, code: Code, expires_at: float) -> None:
        self.code = code

    def on_place(self, ahead: int) -> None:
        self.places.append(ahead)

    def on_taken(self) -> None:
        self.places.append("taken")

    def on_here(self, technicians: int) -> None:
        self.here.append(technicians)

    def on_proven(self, verdict: Verdict, words: SafetyWords | None, pact: Pact) -> None:
        self.verdict, self.words, self.pact = verdict, words, pact

    def on_photo(self, jpeg: bytes) -> None:
        self.photo = jpeg

    def on_parting(self, word: messages.Parting) -> None:
        self.parting = word

    def part_by(self, detour: Detour) -> None:
        self.part = detour

    def on_failed(self, error: HelpError, *, guessed: bool) -> None:
        assert self.failed is None, "told twice"
        self.failed, self.guessed = error, guessed

    async def offer(self, fingerprint: bytes) -> str:
        self.offered_to = fingerprint
        return OFFER

    async def accept(self, text: str) -> None:
        self.answer = text


@dataclass
class Host:
    """The technician's side of it."""

    paired: bool = False
    words: SafetyWords | None = None
    waiting: messages.WaitingList | None = None
    pact: Pact | None = None
    problem: str = ""
    failed: HelpError | None = None
    offer: str = ""
    offered_by: bytes = b""
    parting: messages.Parting | None = None
    part: Detour | None = None

    def on_paired(self, words: SafetyWords | None, pact: Pact) -> None:
        self.paired, self.words, self.pact = True, words, pact

    def on_waiting(self, waiting: messages.WaitingList) -> None:
        self.waiting = waiting

    def on_refused(self, key: str) -> None:
        pass  # told where it happens

    def on_problem(self, text: str) -> None:
        self.problem = text

    def on_parting(self, word: messages.Parting) -> None:
        self.parting = word

    def part_by(self, detour: Detour) -> None:
        self.part = detour

    def on_failed(self, error: HelpError) -> None:
        assert self.failed is None, "told twice"
        self.failed = error

    async def answer(self, text: str, fingerprint: bytes) -> str:
        self.offer, self.offered_by = text, fingerprint
        return ANSWER


class Openings:
    """Both openings at one broker; run inside of ``broker.running()``.

    The connection stands as soon as she has the answer, or when a test sets ``standing`` if not ``connects``.
    """

    def __init__(self, broker: HostileBroker, issuer: Issuer, folder: Path) -> None:
        self.broker, self.issuer = broker, issuer
        self.known = Known(folder)
        self.guest, self.host = Guest(), Host()
        self.connects = True
        self.standing = asyncio.Event()

    @classmethod
    def new(cls, folder: Path) -> Openings:
        """With an organisation of their own."""
        issuer = Issuer()
        return cls(HostileBroker(issuer.revocations()), issuer, folder)

    def open(self) -> asyncio.Task[None]:
        """The customer asks for a code."""
        return asyncio.create_task(CodeOpening(self.guest, *self._hers()).run())

    def ask(self) -> asyncio.Task[None]:
        """The customer asks for help without a code."""
        return asyncio.create_task(QueueOpening(self.guest, *self._hers()).run())

    def _hers(self) -> tuple[Link, Known, str, customer_opening.Line]:
        line = customer_opening.Line(FP_C, self.guest.offer, self._accept, self.guest.part_by, self._stands)
        return Link(self.broker.url, self.issuer.organisation), self.known, PROBLEM, line

    async def join(self, own: OwnBadge, change: Callable[[Code], Code] = lambda code: code) -> None:
        """A technician signs in and joins with the customer's code, or what ``change`` makes of it."""
        await until(lambda: self.guest.code)
        assert self.guest.code is not None
        code = change(self.guest.code)
        await self._as_technician(own, lambda line: CodeJoining(self.host, line.signalling, own, code, self._his()))

    async def take(self, own: OwnBadge) -> None:
        """A technician signs in and takes her from the list."""
        await until(lambda: self.guest.places)
        await self._as_technician(own, lambda line: QueueJoining(self.host, line.signalling, own, TICKET, self._his()))

    def _his(self) -> technician_opening.Line:
        return technician_opening.Line(FP_T, self.host.answer, self.host.part_by, self._stands)

    async def _as_technician(self, own: OwnBadge, make: Callable[[BrokerLine], Joining[Any]]) -> None:
        line = BrokerLine((await SigningIn.begin(self.broker.url, own)).signalling)
        reading = asyncio.create_task(line.run(self.host))
        await make(line).run(line.room())
        await line.close()
        await reading

    async def both(self, own: OwnBadge, change: Callable[[Code], Code] = lambda code: code) -> None:
        """The whole opening with a code, to whatever end."""
        async with asyncio.timeout(10):
            opening = self.open()
            await self.join(own, change)
            await opening

    async def from_the_list(self, own: OwnBadge) -> None:
        """The whole opening from the list, to whatever end."""
        async with asyncio.timeout(10):
            opening = self.ask()
            await self.take(own)
            await opening

    async def _accept(self, text: str) -> None:
        await self.guest.accept(text)
        if self.connects:
            self.standing.set()

    async def _stands(self) -> None:
        await self.standing.wait()

    @property
    def failures(self) -> tuple[str | None, str | None]:
        """The keys of what the customer and the technician were told."""
        c, t = self.guest.failed, self.host.failed
        return c and c.key, t and t.key


def wrong(code: Code) -> Code:
    """The same code with one digit misheard."""
    return Code(code.nameplate, f"{(int(code.secret) + 1) % 10**6:06d}")
