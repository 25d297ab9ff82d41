"""The demonstration: one whole visit on this machine with nothing mocked, from the stalled printer to the goodbye.

Both programs are the real ones, started by their commands and used by their accessible names; the technician's pointer
and keys go into the technician's window only, and reach the customer's desktop through the visit.
"""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType

from remotehelp.demo import cast, measures
from remotehelp.demo.cast import Broker, Organisation, Window
from remotehelp.demo.customer_desktop import LOOK_COMMAND, MENDING, CustomerDesktop, furnish
from remotehelp.demo.desk import Desk
from remotehelp.demo.printer import JOBS, Printer
from remotehelp.demo.processes import Processes
from remotehelp.demo.remote_hand import RemoteHand
from remotehelp.demo.summary import SUMMARY, Summary
from remotehelp.demo.waiting import StageError, wait_for
from remotehelp.demo.windows import wait_active
from remotehelp.errors import ConfigError
from remotehelp.profile import ensure_folder

CUSTOMER_SIZE = (1366, 768)
TECHNICIAN_SIZE = (1600, 1000)
PROBLEM = "The printer stopped. I have three pages to print before noon."
WRONG = "The printer did not answer this morning, so the computer stopped the queue."
DONE = "Switched the queue on again; three pages came out."
KEYS = "abcdefghij"
PRINT_S = 20.0
END_S = 10.0


def run(out: Path, seconds: float) -> None:
    """Play the visit within ``seconds``; pictures, logs and summary.json stay in ``out``.

    Raises StageError at the first step that does not hold, ConfigError("folder_in_use") for a folder of somebody else.
    """
    out = out.resolve()
    if out.is_dir() and any(out.iterdir()) and not (out / SUMMARY).exists():
        raise ConfigError("folder_in_use", folder=str(out))
    shutil.rmtree(out, ignore_errors=True)
    (ensure_folder(out) / SUMMARY).write_text("{}\n")  # from now on the folder is known as ours
    with _time_limit(seconds), ExitStack() as stack:
        try:
            _Play(out, stack).play()
        except StageError:
            print(f"What there is of pictures and logs is in {out}.", flush=True)
            raise
    print(f"Every step held. Pictures, the visit's log and summary.json are in {out}.", flush=True)


class _Play:
    """The parts of the stage and the steps of the story, in order."""

    def __init__(self, out: Path, stack: ExitStack) -> None:
        self._out, self._stack = out, stack
        self._homes = {side: out / side for side in ("customer", "technician")}
        shown_on = os.environ.get("DISPLAY")
        self._printer = Printer(out / "logs")
        self._desks = {
            "customer": Desk(out / "customer-desk", "The customer's computer", CUSTOMER_SIZE, shown_on),
            "technician": Desk(out / "technician-desk", "The technician's computer", TECHNICIAN_SIZE, shown_on),
        }
        self._summary = Summary(out, self._desks, lambda line: print(line, flush=True))
        self._broker: Broker
        self._organisation: Organisation
        self._customer: Window
        self._technician: Window
        self._desktop: CustomerDesktop
        self._hand: RemoteHand
        self._code = ""

    def play(self) -> None:
        """All steps; summary.json is written whatever happens."""
        print("Setting the stage: two screens, a printing system, a broker …", flush=True)
        self._stack.enter_context(self._printer)
        for desk in self._desks.values():
            self._stack.enter_context(desk)
        try:
            for name, step in self._steps():
                with self._summary.step(name):
                    step()
        finally:
            self._summary.figure("printed_pages", self._printer.printed_pages())
            self._keep_visit_log()
            self._summary.write()

    def _steps(self) -> Iterator[tuple[str, Callable[[], None]]]:
        yield "An organisation makes a badge for its technician", self._organise
        yield "A broker serves", self._serve
        yield "A real print queue stops with three jobs in it", self._stall
        yield "The customer's desktop is there", self._furnish
        yield "The technician signs in with the badge", self._sign_in
        yield "The customer says what is wrong", self._say_what_is_wrong
        yield "She shows a code", self._show_code
        yield "The technician joins and the face appears", self._join
        yield "She lets the technician in", self._accept
        yield "The technician asks to see the screen", self._ask_for_screen
        yield "She shows her screen", self._show_screen
        yield "She lets the technician control", self._give_control
        yield "The technician's keys reach her screen", self._keys
        yield "The technician's pointer mends the queue", self._mend
        yield "The pages come out", self._pages
        yield "They write to each other", self._chat
        yield "The technician ends the visit and writes what was done", self._end_visit
        yield "Both say goodbye", self._goodbye
        yield "Both programs end", self._end

    def _organise(self) -> None:
        self._organisation = Organisation(self._out, self._homes["technician"])

    def _serve(self) -> None:
        processes = self._stack.enter_context(Processes(self._out / "logs"))
        self._broker = Broker(self._out, self._organisation.public, processes)

    def _stall(self) -> None:
        self._printer.stall()
        self._printer.mend_hardware()

    def _furnish(self) -> None:
        self._desktop = furnish(self._desks["customer"], self._printer)

    def _sign_in(self) -> None:
        desk, home = self._desks["technician"], self._homes["technician"]
        self._technician = cast.open_technician(desk, home, self._broker.address, self._out)
        self._technician.app.press("Use my badge")
        self._technician.app.find("Code")

    def _say_what_is_wrong(self) -> None:
        link = self._organisation.link(self._broker.address)
        self._customer = cast.open_customer(self._desks["customer"], self._homes["customer"], link)
        self._customer.app.type_into("Describe the problem", PROBLEM)

    def _show_code(self) -> None:
        self._customer.app.press("Show me a code")
        self._code = self._customer.app.wait_text("your-code", r"^\d{4,5}-\d{3}-\d{3}$")

    def _join(self) -> None:
        self._technician.app.type_into("Code", self._code)
        self._technician.app.press("Join")
        self._customer.app.wait_text("technician", f"{cast.GIVEN_NAME} {cast.SURNAME}")
        wait_for(self._face_is_painted, END_S, "the face was not painted")
        self._summary.figure("accept_to_face_s", measures.accept_to_face_s(self._customer.log))

    def _face_is_painted(self) -> bool:
        return "face painted" in self._customer.log.read_text()

    def _accept(self) -> None:
        self._customer.app.press("I asked for it")
        self._customer.app.press("Accept")
        self._technician.app.wait_enabled("Ask to see the screen")

    def _ask_for_screen(self) -> None:
        self._technician.app.press("Ask to see the screen")
        self._customer.app.wait_enabled("Allow")

    def _show_screen(self) -> None:
        self._customer.app.press("Allow")
        wait_for(self._screen_is_painted, END_S, "the screen was not painted")
        figure = measures.grant_to_picture_s(self._customer.log, self._technician.log)
        self._summary.figure("grant_to_picture_s", figure)

    def _screen_is_painted(self) -> bool:
        return "screen painted" in self._technician.log.read_text()

    def _give_control(self) -> None:
        self._technician.app.press("Ask for control")
        self._customer.app.press("Allow")
        self._customer.app.press("Go on")  # nobody called her, nobody asks for money
        self._customer.app.wait_checked("Let them control")
        self._customer.app.wait_gone("Go on")
        self._hand = RemoteHand(self._technician, CUSTOMER_SIZE)

    def _keys(self) -> None:
        terminal = self._desktop.terminal_window()
        self._hand.click(*terminal.place.centre)
        wait_active(self._customer.desk.display, terminal)
        figure = measures.key_to_screen_ms(self._technician.desk, self._hand.region(terminal.place), KEYS)
        self._summary.figure("key_to_screen_ms", figure)
        self._hand.key("BackSpace", len(KEYS))
        self._hand.type(LOOK_COMMAND)
        self._hand.key("Enter")

    def _mend(self) -> None:
        for click in MENDING:
            self._hand.click(*self._desktop.place(click).centre)
        wait_for(lambda: self._printer.status().state != "stopped", PRINT_S, "the queue is still stopped")

    def _pages(self) -> None:
        self._printer.wait_printed(len(JOBS), PRINT_S)

    def _chat(self) -> None:
        self._technician.app.set_text("Message", "Your pages are coming out now.")
        self._technician.app.press("Send")
        self._customer.app.press("Chat")
        self._customer.app.set_text("Message", "Yes! Thank you so much.")
        self._customer.app.press("Send")
        self._customer.app.wait_text("Message", "^$")

    def _end_visit(self) -> None:
        self._technician.app.press("End visit")
        self._technician.app.set_text("What was wrong", WRONG)
        self._technician.app.set_text("What was done", DONE)

    def _goodbye(self) -> None:
        self._technician.app.press("Close case")
        self._customer.app.wait_text("Summary", "three pages came out")
        self._technician.app.find("Code")

    def _end(self) -> None:
        self._customer.app.press("Close")
        self._customer.app.find("Describe the problem")
        for window in (self._customer, self._technician):
            if window.process.end(END_S):
                raise StageError(f"{window.process.name} did not end properly: see {window.process.log}")

    def _keep_visit_log(self) -> None:
        for log in (self._homes["customer"] / "data" / "visits").glob("*.jsonl"):
            shutil.copy(log, self._out / "visit.jsonl")


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Raise StageError in the block after ``seconds``."""

    def over(_number: int, _frame: FrameType | None) -> None:
        raise StageError(f"it took longer than {seconds:g} s")

    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
