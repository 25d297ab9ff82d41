"""Both roles in engines of their own, without windows, and the broker as a real process."""

from __future__ import annotations

import contextlib
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from remotehelp.customer import intents as ask
from remotehelp.customer.session import CustomerSide
from remotehelp.customer.view import CustomerView
from remotehelp.customer.view import Page as CustomerPage
from remotehelp.desktop.fake import FakeCursorWatch, FakeHands, FakePanic, fake_desktop
from remotehelp.desktop.fake_screens import FakeScreens
from remotehelp.desktop.pick import Desktop
from remotehelp.engine import Engine, Role
from remotehelp.media.camera_frame import CameraFrame
from remotehelp.messages import Right
from remotehelp.profile import Profile
from remotehelp.sentences import SENTENCES, sentence
from remotehelp.technician import intents as do
from remotehelp.technician.session import TechnicianSide
from remotehelp.technician.view import Page as TechnicianPage
from remotehelp.technician.view import TechnicianView
from remotehelp.trust import organisation, wallet
from remotehelp.trust.link import make_link
from remotehelp.trust.public import Organisation
from remotehelp.visit.checks import BeforeControl
from tests.helpers.joined_openings import profile_in
from tests.helpers.joined_peers import grey_face
from tests.helpers.mended_visits import cut

ROOT = Path(__file__).parents[2]
SOON_S = 10.0
DAY_S = 86400


class Face:
    """A camera: the same grey picture fifteen times a second until ``stop``."""

    def __init__(self, put: Callable[[CameraFrame], None]) -> None:
        self._put = put
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="camera", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopping.wait(1 / 15):
            self._put(grey_face())


class Window:
    """Where a window would be: draws nothing, keeps the newest view, each notice once, and counts frames."""

    def __init__(self, make_role: Callable[[Engine], Role]) -> None:
        self.view: Any = None
        self.notices: list[str] = []
        self.pages: list[str] = []
        self.frames = 0
        self._news = threading.Condition()
        self.engine = Engine(make_role)
        self.engine.start(self._update)

    def do(self, intent: object) -> None:
        self.engine.submit(intent)

    def settle(self) -> None:
        """Wait until everything that was done so far has been handled."""
        handled = threading.Event()
        self.engine.call(handled.set)
        assert handled.wait(SOON_S)

    def wait(self, holds: Callable[[Any], object], seconds: float = SOON_S) -> None:
        """Wait until the view is as it should be."""
        with self._news:
            if not self._news.wait_for(lambda: self.view is not None and holds(self.view), seconds):
                raise AssertionError(f"it never came: {self.view} {self.notices}")

    def wait_frame(self, more: int = 1) -> None:
        """Wait for so many more frames."""
        with self._news:
            wanted = self.frames + more
            assert self._news.wait_for(lambda: self.frames >= wanted, SOON_S), "no picture came"

    def told(self, key: str) -> None:
        """Wait for this one notice; it has a sentence, and no other was told."""
        with self._news:
            assert self._news.wait_for(lambda: key in self.notices, SOON_S), f"{key} was not told: {self.notices}"
            assert self.notices == [key], f"{self.notices}"

    def close(self) -> None:
        self.engine.stop()

    def _update(self, update: object) -> None:
        with self._news:
            if isinstance(update, str):
                self.engine.frames[update].take()
                self.frames += 1
            else:
                self._keep(update)
            self._news.notify_all()

    def _keep(self, view: Any) -> None:
        before, self.view = self.view, view
        if before is None or before.page != view.page:
            self.pages.append(view.page.value)
        if view.notice is not None and (before is None or before.notice != view.notice):
            assert SENTENCES[view.notice.key].format(**dict(view.notice.values))
            self.notices.append(view.notice.key)


class Customer(Window):
    """The customer's side on a desktop in memory."""

    view: CustomerView
    side: CustomerSide

    def __init__(self, profile: Profile, link: str | None) -> None:
        self.desktop: Desktop = fake_desktop()
        super().__init__(lambda engine: self._make(engine, profile, link))

    def _make(self, engine: Engine, profile: Profile, link: str | None) -> CustomerSide:
        self.side = CustomerSide(engine, profile, lambda: self.desktop, sentence, link)
        return self.side

    @property
    def hands(self) -> FakeHands:
        assert isinstance(self.desktop.hands, FakeHands)
        return self.desktop.hands

    @property
    def cursor(self) -> FakeCursorWatch:
        assert isinstance(self.desktop.cursor, FakeCursorWatch)
        return self.desktop.cursor

    @property
    def screens(self) -> FakeScreens:
        assert isinstance(self.desktop.screens, FakeScreens)
        return self.desktop.screens

    @property
    def panic(self) -> FakePanic:
        assert isinstance(self.desktop.panic, FakePanic)
        return self.desktop.panic

    def _keep(self, view: Any) -> None:
        if view.showing != (self.view.showing if self.view else 0):
            self.do(ask.FrameShown((), view.showing))  # as her window does
        super()._keep(view)

    def code(self, problem: str = "The printer stopped") -> str:
        """A new code."""
        self.do(ask.ShowCode(problem))
        self.wait(lambda view: view.code)
        return self.view.code

    def meet(self) -> None:
        """On the meeting page, with the live face seen and the origin chosen."""
        self.wait(lambda view: view.page is CustomerPage.MEETING)
        self.wait_frame()
        self.do(ask.FaceShown())
        self.do(ask.ChooseOrigin("asked"))
        self.wait(lambda view: view.may_accept)

    def answer(self, wish: Right | BeforeControl, allow: bool = True, stop: bool = False) -> None:
        """Answer the dialog that asks for ``wish``, as her window does, and what is asked before the first control.

        ``stop``: she allows it, and then stops because something is wrong.
        """
        self._answer(wish, allow)
        self.wait(lambda view: view.request != wish)
        if isinstance(self.view.request, BeforeControl):
            self._answer(BeforeControl(), not stop)
            self.wait(lambda view: view.request is None)
        self.do(ask.QuestionGone())

    def _answer(self, wish: Right | BeforeControl, allow: bool) -> None:
        self.wait(lambda view: view.request == wish)
        question = self.view.question
        self.do(ask.QuestionShown((), question))
        self.do(ask.Answer(allow, question))


class Technician(Window):
    """The technician's side, with a camera."""

    view: TechnicianView
    side: TechnicianSide

    def __init__(self, profile: Profile, command: tuple[str, ...] = ()) -> None:
        super().__init__(lambda engine: self._make(engine, profile, command))
        self.camera = Face(self.side.face)

    def _make(self, engine: Engine, profile: Profile, command: tuple[str, ...]) -> TechnicianSide:
        self.side = TechnicianSide(engine, profile, command, None, "demonstration")
        return self.side

    def sign_in(self, url: str) -> None:
        self.wait(lambda view: view.page is TechnicianPage.SIGN_IN and not view.busy)
        self.do(do.SignIn(url))
        self.wait(lambda view: view.page is TechnicianPage.DESK)

    def close(self) -> None:
        self.camera.stop()
        super().close()

    def rogue(self, misbehave: Callable[[Any], None]) -> None:
        """Let a rogue program do something with the connection of the visit."""
        visit = self.side._visit
        assert visit is not None
        visit.connection._pc.sctp._remote_max_message_size = 0  # a rogue respects no limit
        self.engine.call(lambda: misbehave(visit.connection))


class Firm:
    """An organisation in a folder, and technicians' profiles with its badges."""

    def __init__(self, folder: Path, name: str = "Example Help") -> None:
        self.folder = folder / name.replace(" ", "-")
        self.profiles = folder
        self.organisation: Organisation = organisation.init(self.folder, name, None, int(time.time()))

    @property
    def public(self) -> Path:
        return self.folder / "public"

    def technician(self, name: str, days_ago: int = 0) -> Profile:
        """A new profile with a badge for seven days, issued so long ago."""
        profile, now = profile_in(self.profiles / name), int(time.time())
        request = wallet.request(wallet.wallet_folder(profile), "Technician", "A", None)
        issued = now - days_ago * DAY_S
        wallet.install(wallet.wallet_folder(profile), organisation.issue_badge(self.folder, request, issued), issued)
        organisation.revoke(self.folder, None, now)
        return profile

    def link(self, url: str) -> str:
        return make_link(url, self.organisation)

    @property
    def revocations(self) -> bytes:
        return (self.public / "revocations.json").read_bytes()


class Broker:
    """The broker as a real process on a free port; ``before`` are words before its command."""

    START = """
import sys
from pathlib import Path
from remotehelp.broker.serve import run
from remotehelp.broker.turn import load_relays
data, public, port, host, secret, life, *uris = sys.argv[1:]
run(host, int(port), Path(data), Path(public), relays=load_relays(uris, Path(secret), int(life)))
"""

    def __init__(
        self,
        data: Path,
        public: Path,
        port: int = 0,
        host: str = "127.0.0.1",
        before: Sequence[str] = (),
        *,
        relays: Sequence[str] = (),
        secret: Path = Path(),
        life_s: int = 900,
    ) -> None:
        settings = [str(setting) for setting in (data, public, port, host, secret, life_s, *relays)]
        self.process = subprocess.Popen(
            [*before, sys.executable, "-W", "error", "-c", self.START, *settings],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert self.process.stdout is not None
        assert select.select([self.process.stdout], [], [], 20)[0], "the broker never said that it is ready"
        self.url = self.process.stdout.readline().split()[1]

    def kill(self) -> None:
        """End it the hard way; may be done twice."""
        self.process.kill()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()

    def __enter__(self) -> Broker:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()


@contextlib.contextmanager
def closing(*windows: Window) -> Iterator[None]:
    """Close the windows at the end, whatever happened."""
    try:
        yield
    finally:
        for window in windows:
            window.close()


def silence(*sides: Customer | Technician) -> None:
    """No datagram of the visit's present connection arrives at these any more; the broker can still be reached."""
    for side in sides:
        running = side.side._visit
        assert running is not None
        side.engine.call(lambda connection=running.connection: cut(connection) and None)  # type: ignore[misc]
        side.settle()


def visit(customer: Customer, technician: Technician, *rights: Right) -> None:
    """From the code to a visit in which ``rights`` are allowed."""
    technician.do(do.Join(customer.code()))
    customer.meet()
    customer.do(ask.AcceptVisit())
    technician.wait(lambda view: view.accepted)
    for right in rights:
        technician.do(do.AskFor(right))
        customer.answer(right)
        technician.wait(lambda view, right=right: any(line.on and line.right == right for line in view.grants))
