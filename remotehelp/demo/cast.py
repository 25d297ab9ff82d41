"""The two people and what they need: an organisation, a badge, a broker, and both programs on their desks.

The programs are started as a person starts them, by their commands, each in a profile of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from remotehelp.demo.desk import Desk
from remotehelp.demo.driver import App
from remotehelp.demo.face import write_face
from remotehelp.demo.processes import Process, Processes
from remotehelp.demo.waiting import StageError, wait_for

PROGRAM = (sys.executable, "-P", "-m", "ui")  # -P: never a folder that happens to be called ui
ORGANISATION = "Example Help"
GIVEN_NAME, SURNAME = "Technician", "A"
READY_S = 30.0


class Organisation:
    """An organisation in ``folder`` with one badge, made offline by the commands for it."""

    def __init__(self, folder: Path, technician: Path) -> None:
        """``technician``: the technician's profile, where the badge's key is made and the badge installed."""
        self.folder, self._home = folder / "organisation", technician
        self.public = self.folder / "public"
        request, badge = folder / "request.json", folder / "badge.json"
        names = ("--given-name", GIVEN_NAME, "--surname", SURNAME)
        run_command("badge", "request", *names, "-o", str(request), home=technician)
        run_command("org", "init", str(self.folder), "--name", ORGANISATION, home=technician)
        run_command("org", "badge", str(self.folder), str(request), "-o", str(badge), home=technician)
        run_command("badge", "install", str(badge), home=technician)

    def link(self, broker: str) -> str:
        """The link for customers."""
        return run_command("org", "link", str(self.folder), "--broker", broker, home=self._home).strip()


class Broker:
    """A broker process for one organisation; ``address`` once it serves."""

    def __init__(self, folder: Path, public: Path, processes: Processes) -> None:
        argv = [*PROGRAM, "broker", "serve", "--port", "0", "--data", str(folder / "broker"), "--org", str(public)]
        self.process = processes.start(argv, environment(folder / "broker-home"), "broker")
        self.address = wait_for(self._ready, READY_S, "the broker did not start")

    def _ready(self) -> str:
        for line in self.process.output().splitlines():
            if line.startswith("ready "):
                return line.removeprefix("ready ")
        if not self.process.running():
            raise StageError(f"the broker ended: {self.process.output()}")
        return ""


class Window:
    """One of the two programs on a desk; ``app`` finds what stands in its windows by accessible names."""

    def __init__(self, desk: Desk, home: Path, *words: str, **env: str) -> None:
        self.desk, self.home = desk, home
        name = words[0]
        self.process: Process = desk.start([*PROGRAM, *words], name, REMOTEHELP_HOME=str(home), **env)
        self.app: App = desk.driver.wait_app(pid=self.process.pid, timeout=READY_S)

    @property
    def log(self) -> Path:
        """The program's own log, JSON lines."""
        [path] = (self.home / "logs").glob("*.jsonl")
        return path


def open_customer(desk: Desk, home: Path, link: str, **env: str) -> Window:
    """The customer's window, opened with the link from her helper."""
    return Window(desk, home, "join", link, **env)


def open_technician(desk: Desk, home: Path, broker: str, folder: Path, **env: str) -> Window:
    """The technician's window, with the drawn face as the camera."""
    face = folder / "face.mp4"
    if not face.exists():
        write_face(face)
    return Window(desk, home, "technician", "--broker", broker, "--camera", str(face), **env)


def run_command(*words: str, home: Path) -> str:
    """What ``remotehelp`` with these words prints; raises StageError with what it said if it fails."""
    done = subprocess.run(  # noqa: S603 - the program itself
        [*PROGRAM, *words], env=environment(home), capture_output=True, text=True, timeout=60
    )
    if done.returncode:
        raise StageError(f"remotehelp {words[0]} failed: {done.stderr.strip()}")
    return done.stdout


def environment(home: Path, **more: str) -> Mapping[str, str]:
    """The environment of a command with the profile ``home``."""

    return {**os.environ, "REMOTEHELP_HOME": str(home), "LANGUAGE": "en", **more}
