"""One session: two displays, the line between them, and every process in the group and on the side where it belongs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from Xlib import X
from Xlib.display import Display

from remotehelp.demo.processes import program
from remotehelp.demo.waiting import StageError, read_line, wait_for
from remotehelp.demo.windows import manages_windows
from tests.benchmarks import programs
from tests.benchmarks.cgroups import Groups
from tests.benchmarks.network import Network, inside
from tests.benchmarks.video import FRAMES

SIZES = {"host": (1920, 1080), "viewer": (2400, 1400)}  # large enough for a 1:1 picture with what stands around it
GROUPS = ("viewer", "host", "server", "tools", "xviewer", "xhost")
READY_S = 20.0
LISTENING = "0A"  # proc(5), /proc/net/tcp
FOREIGN = ("DBUS_", "GDK_", "GTK_", "LC_", "QT_", "SESSION_", "WAYLAND_", "XDG_", "XAUTHORITY", "DISPLAY")


class Session:
    """The customer's side is ``host``, the technician's ``viewer``; ``folder`` keeps what the programs say.

    ``nice``: all that is measured runs with it, so that other work on the machine gets what is left over.
    ``left_to_close`` is closed first at the end.
    """

    def __init__(self, folder: Path, profile: str, nice: int) -> None:
        self.profile, self._nice = profile, nice
        self.network, self.groups = Network(profile), Groups()
        self.displays: dict[str, str] = {}
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.scratch = Path(tempfile.mkdtemp(prefix="rhb-"))  # short: a socket's path has 108 bytes
        self._started: list[subprocess.Popen[Any]] = []
        self._opened: list[TextIO] = []
        self.left_to_close = ExitStack()
        self.stimulus: Stimulus

    def __enter__(self) -> Session:
        try:
            self._up()
        except BaseException:
            self._down()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._down()

    def _up(self) -> None:
        self.network.up()
        for side in SIZES:
            self.displays[side] = self._screen(side)
            self.spawn("tools", ["openbox", "--sm-disable"], DISPLAY=self.displays[side])
            wait_for(lambda side=side: manages_windows(self.displays[side]), READY_S, "no window manager")
        self.stimulus = Stimulus(self)
        lower(self.displays["host"], SIZES["host"])
        self.run("xdotool", "mousemove", *(str(length - 10) for length in SIZES["viewer"]), side="viewer")

    def _screen(self, side: str) -> str:
        width, height = SIZES[side]
        read_end, write_end = os.pipe()
        words = ["Xvfb", "-displayfd", write_end, "-screen", "0", f"{width}x{height}x24", "-dpi", "96", "-s", "0"]
        self.spawn(f"x{side}", [*words, "-nolisten", "tcp", "-noreset"], pass_fds=(write_end,))
        os.close(write_end)
        try:
            return ":" + read_line(read_end, READY_S, f"the {side}'s screen did not start")
        finally:
            os.close(read_end)

    # --- processes -----------------------------------------------------------------------------------

    def spawn(
        self,
        group: str,
        argv: Sequence[object],
        side: str | None = None,
        pipes: bool = False,
        pass_fds: Sequence[int] = (),
        **env: str,
    ) -> subprocess.Popen[Any]:
        """Start a program in ``group``, on a side of the line if there is one; ``pipes`` for its stdin and stdout."""
        words = [str(word) for word in argv]
        words[0] = program(words[0])
        log = (self.folder / f"{len(self._started):02}-{Path(words[0]).name}.log").open("w")
        self._opened.append(log)
        door = subprocess.PIPE if pipes else None
        popen: subprocess.Popen[Any] = subprocess.Popen(
            [*(inside(side) if side else ()), *words],
            env={**self.environment(group), **env},
            preexec_fn=self._joining(group),
            start_new_session=True,
            pass_fds=pass_fds,
            stdin=door or subprocess.DEVNULL,
            stdout=door or log,
            stderr=log,
            text=True,
        )
        self._started.append(popen)
        return popen

    def on(self, side: str, argv: Sequence[object], **env: str) -> subprocess.Popen[Any]:
        """Start a part of what is measured: on its side of the line, on its display, in the group that is counted."""
        return self.spawn(side, argv, side, **{"DISPLAY": self.displays[side], **env})

    def run(self, *argv: str, side: str) -> None:
        """Run a short program on a side's display."""
        env = {**self.environment("tools"), "DISPLAY": self.displays[side]}
        subprocess.run([program(argv[0]), *argv[1:]], env=env, check=False, timeout=READY_S)

    def tool(self, name: str, *words: object) -> subprocess.Popen[Any]:
        """Start one of the benchmark's own programs."""
        return self.spawn("tools", [programs.path(name), *words], pipes=True)

    def environment(self, group: str) -> Mapping[str, str]:
        """A clean environment with a home of its own."""
        home = self.scratch / group
        home.mkdir(mode=0o700, exist_ok=True)
        own = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
        return {**own, "HOME": str(home), "XDG_RUNTIME_DIR": str(home), "LANG": "C.UTF-8", "NO_AT_BRIDGE": "1"}

    def _joining(self, group: str) -> Any:
        door = self.groups.make(group)

        def join() -> None:
            door.write_text("0")
            os.nice(self._nice)

        return join

    def wait_port(self, port: int) -> None:
        """Wait until something listens on a TCP port at the customer's side; looks and does not connect."""
        wait_for(lambda: _listens(port), READY_S, f"nothing listens on {port}: see {self.folder}")

    def processor_s(self) -> dict[str, float]:
        """CPU seconds so far: each group's; ``foreign``: all else on this machine; ``steal``: taken from it."""
        spent = {group: self.groups.cpu_s(group) for group in GROUPS}
        ticks = os.sysconf("SC_CLK_TCK")
        user, nice, system, _idle, _wait, irq, softirq, steal = (
            int(word) / ticks for word in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]
        )
        return {**spent, "foreign": user + nice + system + irq + softirq - sum(spent.values()), "steal": steal}

    def memory_mb(self, side: str) -> float:
        """The proportional share of memory of a side's processes, megabytes."""
        return round(sum(map(_pss_kb, self.groups.pids(side))) / 1024, 1)

    def _down(self) -> None:
        self.left_to_close.close()
        for group in GROUPS:
            self.groups.end(group, lambda: [popen.poll() for popen in self._started] and None)
        for popen in self._started:
            for pipe in (popen.stdin, popen.stdout):
                if pipe is not None:
                    with suppress(BrokenPipeError):
                        pipe.close()
            popen.wait()
        for log in self._opened:
            log.close()
        self.groups.remove()
        self.network.down()
        shutil.rmtree(self.scratch, ignore_errors=True)


class Stimulus:
    """What moves on the customer's screen: obeys commands, and tells each change that it drew."""

    def __init__(self, session: Session) -> None:
        words = (session.displays["host"], programs.TEXT, programs.video(), FRAMES)
        self._process = session.tool("stim", *words)
        self.wait("OK")

    def command(self, words: str) -> None:
        """Say what to do."""
        assert self._process.stdin is not None
        self._process.stdin.write(words + "\n")
        self._process.stdin.flush()

    def wait(self, word: str) -> list[list[str]]:
        """All lines up to the one that begins with ``word``, that one last; raises StageError if it ended."""
        assert self._process.stdout is not None
        lines: list[list[str]] = []
        for line in self._process.stdout:
            lines.append(line.split())
            if line.startswith(word):
                return lines
        raise StageError("the stimulus ended")

    def scene(self, name: str) -> None:
        """Show the first picture of a workload."""
        self.command(f"scene {name}")
        self.wait("OK")


def lower(display: str, size: tuple[int, int]) -> None:
    """Put the unmanaged window of ``size`` under all others: it is the desktop on which the others stand."""
    server = Display(display)
    try:
        for window in server.screen().root.query_tree().children:
            shape = window.get_geometry()
            if window.get_attributes().override_redirect and (shape.width, shape.height) == size:
                window.configure(stack_mode=X.Below)
        server.sync()
    finally:
        server.close()


def _listens(port: int) -> bool:
    words = [*inside("host"), "cat", "/proc/net/tcp", "/proc/net/tcp6"]
    told = subprocess.run(words, capture_output=True, text=True).stdout
    return re.search(rf":{port:04X} [0-9A-F]+:0000 {LISTENING}", told) is not None


def _pss_kb(pid: int) -> int:
    try:
        found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    except (FileNotFoundError, ProcessLookupError):  # it has just ended
        return 0
    return int(found[1]) if found else 0
