"""A desk: one X screen of its own with a window manager, a session bus and an accessibility registry."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

from remotehelp.demo.driver import Driver
from remotehelp.demo.hand import Hand
from remotehelp.demo.processes import SYSTEM_FOLDERS, Process, Processes, program
from remotehelp.demo.waiting import StageError, read_line, wait_for
from remotehelp.demo.windows import manages_windows

READY_S = 15.0
BACKGROUND = "#33536f"
# what the person's own session has set must not reach a desk: its display, its bus, its themes and its language
FOREIGN = ("DBUS_", "GDK_", "GTK_", "LC_", "QT_", "SESSION_", "WAYLAND_", "XDG_", "CUPS_")


class Desk:
    """One X screen that belongs to the stage alone: start programs on it, look at it, drive it by names.

    ``folder`` gets the logs and the desk's own home folder. ``size`` in pixels. Without ``shown_on`` nothing is to be
    seen (Xvfb); with the name of a display (":0") the desk is a window there (Xephyr), and a hand on that display is
    the hand of a person at real devices. ``env`` is added to the environment of every program on the desk.
    """

    def __init__(
        self,
        folder: Path,
        title: str,
        size: tuple[int, int] = (1280, 800),
        shown_on: str | None = None,
        env: Mapping[str, str] | None = None,
    ) -> None:
        self.title = title
        self.size = size
        self.display = ""
        self.env: dict[str, str] = {}
        self._folder = folder.resolve()
        self._shown_on = shown_on
        self._extra = dict(env or {})
        self._processes = Processes(folder / "logs")
        self._runtime: Path | None = None
        self._hand: Hand | None = None
        self._driver: Driver | None = None

    def __enter__(self) -> Desk:
        try:
            self.begin()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def begin(self) -> None:
        """Bring the desk up; raises StageError if a part does not come within 15 seconds."""
        self._runtime = Path(tempfile.mkdtemp(prefix="remotehelp-desk-"))  # short: a socket's path has 108 bytes
        self.env = self._environment(self._runtime)
        self.display = self.env["DISPLAY"] = self._start_screen()
        self._start_bus(self._runtime / "bus")
        self.start(["openbox", "--sm-disable"])
        wait_for(lambda: manages_windows(self.display), READY_S, f"no window manager on {self.title}'s screen")
        self.run("xsetroot", "-solid", BACKGROUND)
        self._wake_accessibility()

    def start(self, argv: Sequence[str | Path], name: str | None = None, **env: str) -> Process:
        """Start a program in the desk's home folder; ``env`` adds to or replaces variables of ``desk.env``."""
        return self._processes.start(argv, {**self.env, **env}, name, Path(self.env["HOME"]))

    def run(self, *argv: str) -> str:
        """What a short program on this desk prints; raises StageError if it fails."""
        words = [program(argv[0]), *argv[1:]]
        done = subprocess.run(words, env=self.env, capture_output=True, text=True, timeout=30)  # noqa: S603
        if done.returncode:
            raise StageError(f"{argv[0]} failed on {self.title}'s screen: {done.stderr.strip()}")
        return done.stdout

    def shot(self, path: Path) -> Path:
        """A PNG picture of the whole screen, written to ``path``."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.run("import", "-silent", "-window", "root", f"png:{path}")
        return path

    @property
    def hand(self) -> Hand:
        """The hand on this desk: real pointer and key events."""
        if self._hand is None:
            self._hand = Hand(self.display)
        return self._hand

    @property
    def driver(self) -> Driver:
        """Finds and uses what stands on this desk by its accessible names."""
        if self._driver is None:
            self._driver = Driver(self.env, self.hand, self._folder / "logs" / "driver.log")
        return self._driver

    def left_behind(self) -> list[int]:
        """The ids of all processes of this desk that still live."""
        return self._processes.left_behind()

    def stop(self) -> None:
        """End every process of this desk, and only those."""
        if self._driver is not None:
            self._driver.close()
        if self._hand is not None:
            self._hand.close()
        self._driver = self._hand = None
        self._processes.stop()
        if self._runtime is not None:
            shutil.rmtree(self._runtime, ignore_errors=True)

    def _environment(self, runtime: Path) -> dict[str, str]:
        home = self._folder / "home"
        home.mkdir(parents=True, exist_ok=True)
        own = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
        own.pop("XAUTHORITY", None)
        return {
            **own,
            "PATH": own.get("PATH", os.defpath) + SYSTEM_FOLDERS,
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "LANGUAGE": "en",
            "XDG_RUNTIME_DIR": str(runtime),
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={runtime}/bus",
            "GSETTINGS_BACKEND": "memory",
            "GIO_USE_VFS": "local",
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            **self._extra,
        }

    def _start_screen(self) -> str:
        """Start the X server on the first free display; the display's name (":7")."""
        width, height = self.size
        read_end, write_end = os.pipe()
        common = ["-displayfd", str(write_end), "-nolisten", "tcp", "-noreset"]
        if self._shown_on is None:
            argv, env = ["Xvfb", "-screen", "0", f"{width}x{height}x24", *common], self.env
        else:
            argv = ["Xephyr", "-screen", f"{width}x{height}", "-title", self.title, "-no-host-grab", *common]
            env = self._shown_environment(self._shown_on)
        try:
            server = self._processes.start(argv, env, pass_fds=[write_end])
            os.close(write_end)
            return ":" + read_line(read_end, READY_S, f"the screen of {self.title} did not start: {server.log}")
        finally:
            os.close(read_end)

    def _shown_environment(self, display: str) -> dict[str, str]:
        authority = os.environ.get("XAUTHORITY") or str(Path("~/.Xauthority").expanduser())
        return {**self.env, "DISPLAY": display, "XAUTHORITY": authority}

    def _start_bus(self, socket: Path) -> None:
        address = self.env["DBUS_SESSION_BUS_ADDRESS"]
        self.start(["dbus-daemon", "--session", "--nofork", "--nopidfile", "--address", address])
        wait_for(socket.exists, READY_S, f"no session bus on {self.title}'s screen")

    def _wake_accessibility(self) -> None:
        """Let the session bus start the accessibility bus now, so that no program has to wait for it."""
        call = ["--print-reply", "--dest=org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus.GetAddress"]
        self.run("dbus-send", "--session", *call)
