"""A real printing system of its own: CUPS in a folder, one queue "Office", one printer that can stop answering.

Nothing of the computer's own printing is touched; only 127.0.0.1 is listened on.
"""

from __future__ import annotations

import grp
import os
import plistlib
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, NamedTuple

from remotehelp.demo import jetport
from remotehelp.demo.processes import Process, Processes, program
from remotehelp.demo.waiting import StageError, wait_for

QUEUE = "Office"
READY_S = 15.0
STOP_S = 40.0  # CUPS's socket backend tries again after 5 s, then 10 s, before it gives the printer up
STATES = {3: "idle", 4: "processing", 5: "stopped"}  # RFC 8011 §5.4.11
JOBS = ("Invoice 4711", "Letter to the landlord", "Train ticket")

CUPSD_CONF = """\
LogLevel info
Listen 127.0.0.1:{port}
Listen {folder}/run/cups.sock
Browsing No
WebInterface No
DefaultAuthType None
PreserveJobHistory Yes
PreserveJobFiles Yes
JobRetryInterval 5
<Location />
  Order allow,deny
  Allow localhost
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  SubscriptionPrivateAccess all
  SubscriptionPrivateValues none
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""
CUPS_FILES_CONF = """\
User {user}
Group {group}
SystemGroup {system_group}
ServerRoot {folder}/etc
RequestRoot {folder}/spool
TempDir {folder}/spool/tmp
CacheDir {folder}/cache
StateDir {folder}/run
AccessLog {folder}/log/access_log
ErrorLog {folder}/log/error_log
PageLog {folder}/log/page_log
Printcap {folder}/run/printcap
FileDevice No
"""


class QueueStatus(NamedTuple):
    """How the queue is: ``state`` idle, processing or stopped, the rest as CUPS gives it."""

    state: str
    accepting: bool
    waiting: int
    reasons: tuple[str, ...]
    message: str


class Printer:
    """The printing system and its printer; a context manager. ``server`` is for CUPS_SERVER."""

    def __init__(self, logs: Path) -> None:
        self._processes = Processes(logs)
        self._port = free_port()
        self._jet_port = free_port()
        self._hardware: Process | None = None
        self._folder: Path | None = None

    def __enter__(self) -> Printer:
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

    @property
    def server(self) -> str:
        """The address for CUPS_SERVER."""
        return f"127.0.0.1:{self._port}"

    @property
    def folder(self) -> Path:
        """Where it all lives; ``out`` below it holds the printed pages."""
        assert self._folder is not None, "begin() comes first"  # noqa: S101 - our own mistake, not a person's
        return self._folder

    @property
    def env(self) -> dict[str, str]:
        """What a program needs in its environment to print here."""
        return {"CUPS_SERVER": self.server}

    def begin(self) -> None:
        """Start the printing system with a printer that answers and an idle queue; about half a second."""
        self._folder = Path(tempfile.mkdtemp(prefix="remotehelp-cups-"))  # the scheduler's user must reach it
        config, files = _lay_out(self._folder, self._port)
        self._processes.start(["cupsd", "-f", "-c", config, "-s", files], dict(os.environ))
        wait_for(self._serves, READY_S, "the printing system did not start", poll=0.05)
        self.mend_hardware()
        device = f"socket://127.0.0.1:{self._jet_port}/?contimeout=2"
        self._run("lpadmin", "-p", QUEUE, "-E", "-v", device, "-o", "printer-error-policy=stop-printer", "-D", "Office")
        self._run("lpadmin", "-d", QUEUE)

    def stall(self, kind: Literal["stopped", "paused"] = "stopped", jobs: tuple[str, ...] = JOBS) -> None:
        """Stop the queue with ``jobs`` in it, and wait until it is.

        "stopped": the printer stops answering and CUPS gives up after two tries, 5 to 6 seconds; "paused": somebody
        paused the queue, at once.
        """
        if kind == "stopped" and self._hardware is not None:
            self._hardware.end()
        if kind == "paused":
            self._run("cupsdisable", "-r", "Paused", QUEUE)
        for title in jobs:
            self.print(title)
        wait_for(lambda: self.status().state == "stopped", STOP_S, "the queue was not stopped", poll=0.1)

    def mend_hardware(self) -> None:
        """Let the printer answer again; a stopped queue stays stopped until somebody resumes it."""
        if self._hardware is not None and self._hardware.running():
            return
        words = [sys.executable, jetport.__file__, str(self._jet_port), str(self.folder / "out")]
        self._hardware = self._processes.start(words, dict(os.environ), name="jetport")
        wait_for(self._answers, READY_S, "the printer did not start")

    def print(self, title: str) -> None:
        """Give the queue one page called ``title``."""
        page = self.folder / "page.txt"
        page.write_text(f"{title}\n\nOne page.\n")
        self._run("lp", "-d", QUEUE, "-t", title, str(page))

    def resume(self) -> None:
        """Resume the queue from here, as ``cupsenable`` does."""
        self._run("cupsenable", QUEUE)

    def status(self) -> QueueStatus:
        """How the queue is now."""
        found = self._attributes()
        reasons = found.get("printer-state-reasons", "none")
        return QueueStatus(
            state=STATES[found["printer-state"]],
            accepting=bool(found["printer-is-accepting-jobs"]),
            waiting=int(found["queued-job-count"]),
            reasons=tuple([reasons] if isinstance(reasons, str) else reasons),
            message=str(found.get("printer-state-message", "")),
        )

    def printed_pages(self) -> int:
        """How many pages came out of the printer so far."""
        return len(list((self.folder / "out").glob("page-*.prn")))

    def wait_printed(self, pages: int, timeout: float) -> None:
        """Wait until at least so many pages came out; raises StageError."""
        wait_for(lambda: self.printed_pages() >= pages, timeout, f"fewer than {pages} pages came out", poll=0.05)

    def left_behind(self) -> list[int]:
        """The ids of all processes of this printing system that still live."""
        return self._processes.left_behind()

    def stop(self) -> None:
        """End the printing system and throw its folder away."""
        self._processes.stop()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _attributes(self) -> dict[str, Any]:
        uri = f"ipp://{self.server}/printers/{QUEUE}"
        answer = plistlib.loads(self._run("ipptool", "-X", uri, "get-printer-attributes.test").encode())
        groups: list[dict[str, Any]] = answer["Tests"][0]["ResponseAttributes"]
        return {name: value for group in groups for name, value in group.items()}

    def _serves(self) -> bool:
        return "is running" in self._run("lpstat", "-r")

    def _answers(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self._jet_port), timeout=1):
            return True
        return False

    def _run(self, *argv: str) -> str:
        words = [program(argv[0]), *argv[1:]]
        env = {**os.environ, **self.env, "LANG": "C.UTF-8", "LANGUAGE": "en", "LC_ALL": "C.UTF-8"}
        done = subprocess.run(words, env=env, capture_output=True, text=True, timeout=30)  # noqa: S603
        # ipptool compares what CUPS says with the standard and fails where it differs; the answer stands all the same
        if done.returncode and argv[0] not in ("lpstat", "ipptool"):
            raise StageError(f"{argv[0]} failed: {done.stderr.strip()}")
        return done.stdout


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _lay_out(folder: Path, port: int) -> tuple[Path, Path]:
    """Make CUPS's folders and its two configuration files, for root or for an ordinary user."""
    for name in ("etc/ppd", "etc/ssl", "spool/tmp", "cache", "run/certs", "log", "out"):
        (folder / name).mkdir(parents=True)
    folder.chmod(0o755)
    user, group = ("lp", "lp") if os.geteuid() == 0 else _own_names()
    names = {"folder": folder, "port": port, "user": user, "group": group, "system_group": _own_names()[1]}
    config, files = folder / "etc/cupsd.conf", folder / "etc/cups-files.conf"
    config.write_text(CUPSD_CONF.format_map(names))
    files.write_text(CUPS_FILES_CONF.format_map(names))
    return config, files


def _own_names() -> tuple[str, str]:
    return pwd.getpwuid(os.geteuid()).pw_name, grp.getgrgid(os.getegid()).gr_name
