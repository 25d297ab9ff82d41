"""Two computers with a broker between them: the real programs on X displays of their own, used by accessible names."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from remotehelp.demo import cast
from remotehelp.demo.box import Box
from remotehelp.demo.cast import Broker, Organisation, Window
from remotehelp.demo.desk import Desk
from remotehelp.demo.processes import Process, Processes
from remotehelp.demo.remote_hand import RemoteHand
from remotehelp.demo.waiting import StageError, wait_for
from remotehelp.demo.windows import Window as XWindow
from remotehelp.demo.windows import wait_active, wait_window

CUSTOMER_SIZE, TECHNICIAN_SIZE = (1366, 768), (1600, 1000)
CODE = r"^\d{4,5}-\d{3}-\d{3}$"
PROBLEM = "The printer stopped."
WAIT_S = 10.0
NOTES = "Notes to myself"
YOURS_WAIT = "The customer is using mouse and keyboard now: yours wait"
# each byte that is typed is shown and goes into the file at once; `raw` lets Esc and Ctrl+C through as well
TAKE_DOWN = 'stty raw -echo; exec tee "$0"'


class TwoDesks:
    """The customer's desk, the technician's desk, an organisation with one badge, and its broker.

    ``folder`` gets everything that is written, one folder a profile.
    """

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder = folder
        self.processes = stack.enter_context(Processes(folder / "logs"))
        self.customer = stack.enter_context(Desk(folder / "customer-desk", "Customer", CUSTOMER_SIZE))
        self.technician = stack.enter_context(Desk(folder / "technician-desk", "Technician", TECHNICIAN_SIZE))
        self.technician_home = folder / "technician"
        self.organisation = Organisation(folder, self.technician_home)
        self.broker = self.serve("broker")
        self.link = self.organisation.link(self.broker.address)

    def serve(self, name: str) -> Broker:
        """One more broker for the same organisation, with data of its own."""
        return Broker(self.folder / name, self.organisation.public, self.processes)

    def home(self, name: str) -> Path:
        """The folder of a profile."""
        return self.folder / name

    def open_customer(self, profile: str, link: str = "", **env: str) -> Window:
        """The customer's window with the link from her helper."""
        return cast.open_customer(self.customer, self.home(profile), link or self.link, **env)

    def same_badge(self, name: str) -> Path:
        """Another profile of the technician, with the same badge: one profile is open once at a time."""
        return shutil.copytree(self.technician_home, self.home(name), ignore=shutil.ignore_patterns("*.lock"))

    def open_technician(self, broker: str = "") -> Window:
        """The technician's window, signed in, with a drawn face as the camera."""
        opened = cast.open_technician(self.technician, self.technician_home, broker or self.broker.address, self.folder)
        opened.app.press("Use my badge")
        opened.app.find("Code")
        return opened


class Pair:
    """Both programs side by side; what most tests have to do before their own part begins, and the way back."""

    def __init__(self, desks: TwoDesks, customer: Window, technician: Window) -> None:
        self.desks = desks
        self.customer, self.technician = customer, technician
        self.hers, self.theirs = customer.app, technician.app

    def show_code(self, problem: str = PROBLEM) -> str:
        """The code on the customer's screen."""
        self.hers.set_text("Describe the problem", problem)
        self.hers.press("Show me a code")
        return self.hers.wait_text("your-code", CODE)

    def join(self, code: str) -> None:
        """The technician types the code."""
        self.theirs.set_text("Code", code)
        self.theirs.press("Join")

    def meet(self) -> None:
        """Up to the moment at which she reads the technician's name."""
        self.join(self.show_code())
        self.hers.wait_text("technician", f"{cast.GIVEN_NAME} {cast.SURNAME}")

    def accept(self) -> None:
        """She lets the technician in."""
        if self.hers.exists("I asked for it"):
            self.hers.press("I asked for it")
        self.hers.press("Accept")
        self.theirs.wait_enabled("Ask to see the screen")

    def allow(self, ask: str) -> None:
        """The technician presses the button ``ask`` and she allows it."""
        self.theirs.press(ask)
        self.hers.press("Allow")
        self.hers.wait_gone("Allow")
        if ask == "Ask for control":
            self.go_on_with_control()

    def go_on_with_control(self) -> None:
        """She answers what is asked before the first control of a visit, if this is the first."""
        wait_for(lambda: self.hers.exists("Go on") or self.hers.checked("Let them control"), WAIT_S, "nothing comes")
        if self.hers.exists("Go on"):
            self.hers.press("Go on")
            self.hers.wait_gone("Go on")
        self.hers.wait_checked("Let them control")

    def hand(self) -> RemoteHand:
        """The technician's hand in the picture, once the picture shows."""
        wait_for(lambda: shown(self.technician), WAIT_S, "the screen was not painted")
        return RemoteHand(self.technician, CUSTOMER_SIZE)

    def take(self, paper: Paper) -> RemoteHand:
        """The technician's hand, which has given ``paper`` the keyboard and types on her computer from now on."""
        hand = self.hand()
        hand.click(*paper.place.centre)
        self.theirs.wait_text("keyboard", "theirs")  # a window manager hands a click on later than a key
        paper.wait_active()
        return hand

    def let_her_rest(self) -> None:
        """Wait until what she has just done is so long ago that the technician's hand counts again."""
        self.theirs.wait_text("keyboard", YOURS_WAIT)
        self.theirs.wait_text("keyboard", "^keyboard")

    def say_and_hear(self, words: str) -> None:
        """The technician writes ``words`` and she gets them."""
        self.theirs.set_text("Message", words)
        self.theirs.press("Send")
        self.hers.wait_text("new-message", words)

    def go_home(self) -> None:
        """End whatever runs, with both windows at their beginning again."""
        if self.theirs.exists("End visit"):
            self.theirs.press("End visit")
            wait_for(lambda: any(map(self.theirs.exists, ("Close case", "Code"))), WAIT_S, "the visit does not end")
        if self.theirs.exists("Close case"):
            with suppress(StageError):  # it may just have been closed
                self.theirs.press("Close case")
        self.theirs.find("Code")
        for name in ("Cancel", "Decline", "Stop everything"):
            if self.hers.exists(name):
                self.hers.press(name)
        if not self.hers.exists("Describe the problem"):
            self.hers.press("Close")
        self.hers.find("Describe the problem")


class Paper:
    """A terminal on a desk in which everything that is typed is taken down."""

    def __init__(self, desk: Desk, file: Path, geometry: str) -> None:
        self._desk, self._file = desk, file
        file.unlink(missing_ok=True)
        look = ["-fa", "DejaVu Sans Mono", "-fs", "11", "-bg", "white", "-fg", "black"]
        words = ["xterm", "-T", NOTES, "-geometry", geometry, *look, "-e", "bash", "-c", TAKE_DOWN, str(file)]
        self.process: Process = desk.start(words)
        self.window: XWindow = wait_window(desk.display, NOTES)
        wait_for(file.exists, WAIT_S, "nobody takes down")

    @property
    def place(self) -> Box:
        """Where a click gives it the keyboard."""
        return self.window.place

    def wait_active(self) -> None:
        """Wait until it has the keyboard of its desk."""
        wait_active(self._desk.display, self.window)

    def text(self) -> str:
        """What was typed so far."""
        return self._file.read_text(errors="replace")

    def wait_more(self, type_it: Callable[[], object] = lambda: None) -> None:
        """Wait until something more has been typed than now."""
        before = len(self.text())
        type_it()
        wait_for(lambda: len(self.text()) > before, WAIT_S, "nothing is typed")

    def wait_text(self, text: str) -> None:
        """Wait until exactly ``text`` has been typed; raises StageError with what there is."""
        try:
            wait_for(lambda: self.text() == text, WAIT_S, "")
        except StageError as error:
            raise StageError(f"{text!r} was not typed, but {self.text()!r}") from error


@contextmanager
def paper(desk: Desk, folder: Path, geometry: str = "60x20+40+60") -> Iterator[Paper]:
    """A Paper at the left of the desk."""
    opened = Paper(desk, folder / "notes.txt", geometry)
    try:
        yield opened
    finally:
        opened.process.end()


def shown(technician: Window) -> bool:
    """Whether the technician's program has painted her screen in its present visit."""
    said = [entry["event"] for entry in log_entries(technician)]
    return "screen painted" in said[len(said) - said[::-1].index("paired") :] if "paired" in said else False


def log_entries(window: Window) -> list[dict[str, Any]]:
    """The program's own log."""
    return [json.loads(line) for line in window.log.read_text().splitlines() if line.startswith("{")]


def stories(home: Path) -> list[list[tuple[str, str, str]]]:
    """The logs of all visits of a customer's profile, the oldest first: who, what and text of each entry."""
    found = sorted((home / "data" / "visits").glob("*.jsonl"))
    lines = [[json.loads(line) for line in path.read_text().splitlines()] for path in found]
    return [[(entry["who"], entry["what"], entry["text"]) for entry in story] for story in lines]
