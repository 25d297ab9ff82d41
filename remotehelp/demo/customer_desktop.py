"""The customer's computer in the demonstration: a terminal, a page of text, the print settings with a stopped queue.

The windows are Debian's own xterm and system-config-printer. ``MENDING`` says how a person mends the queue there with
the pointer: each place is found by its accessible name at the moment it is needed, since a menu stands nowhere before
it is opened.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from remotehelp.demo.box import Box
from remotehelp.demo.desk import Desk
from remotehelp.demo.driver import App
from remotehelp.demo.printer import QUEUE, Printer
from remotehelp.demo.processes import Process
from remotehelp.demo.waiting import wait_for
from remotehelp.demo.windows import Window, move_window, wait_window

READY_S = 20.0
TERMINAL = "My computer"
SETTINGS = "Print Settings"
SETTINGS_PLACE = (420, 450)
TERMINAL_GEOMETRY = "62x18+40+60"  # characters, then pixels from the top left corner
PAGE = """\
Shopping for Saturday

  bread, butter, six eggs
  stamps for the letter to the landlord
  paper for the printer - or is it the printer?
      It has not printed anything since this morning.

"""
SHELL = 'export PS1="$ "; cat page.txt; exec bash --norc --noprofile -i'


class Click(NamedTuple):
    """One click with the left button: on what, and whether it hides itself from accessibility (GTK icon views do)."""

    name: str
    hidden: bool = False


MENDING = (Click(QUEUE, hidden=True), Click("Printer"), Click("Enabled"))
LOOK_COMMAND = "lpstat -p -o"  # typed into the terminal: says whether the queue is enabled and what waits in it
RESUME_COMMAND = f"cupsenable {QUEUE}"  # typed into the terminal: the other way to mend the queue


class CustomerDesktop:
    """A desk that looks like somebody's computer; ``settings`` is the window with the queue."""

    def __init__(self, desk: Desk, terminal: Process, settings: App) -> None:
        self.desk = desk
        self.terminal = terminal
        self.settings = settings

    def place(self, click: Click, timeout: float = 5.0) -> Box:
        """Where to click now, in pixels of this desk's screen; raises StageError if it does not show in time."""
        return self.settings.extents(click.name, timeout, click.hidden)

    def terminal_place(self) -> Box:
        """Where the terminal stands: a click there gives it the keyboard."""
        return self.terminal_window().place

    def terminal_window(self) -> Window:
        """The terminal; ``wait_active`` waits until a click has given it the keyboard."""
        return wait_window(self.desk.display, TERMINAL)


def furnish(desk: Desk, printer: Printer) -> CustomerDesktop:
    """Open the terminal with a page of text and the print settings on ``desk``; about a second.

    Raises StageError if a window does not come within 20 seconds.
    """
    terminal = _open_terminal(desk, printer)
    program = desk.start(["system-config-printer"], **printer.env)
    settings = desk.driver.wait_app(pid=program.pid, timeout=READY_S)
    settings.find(QUEUE, timeout=READY_S, hidden=True)
    wait_window(desk.display, TERMINAL)
    move_window(desk.display, wait_window(desk.display, SETTINGS), *SETTINGS_PLACE)
    desktop = CustomerDesktop(desk, terminal, settings)
    window = wait_window(desk.display, SETTINGS).place
    # GTK tells accessibility a little later than X where its windows are
    wait_for(lambda: window.holds(desktop.place(MENDING[0])), READY_S, "the print settings do not say where they are")
    return desktop


def _open_terminal(desk: Desk, printer: Printer) -> Process:
    home = Path(desk.env["HOME"])
    (home / "page.txt").write_text(PAGE)
    look = ["-fa", "DejaVu Sans Mono", "-fs", "11", "-bg", "white", "-fg", "black"]
    words = ["xterm", "-T", TERMINAL, "-geometry", TERMINAL_GEOMETRY, *look, "-e", "bash", "-c", SHELL]
    return desk.start(words, **printer.env)
