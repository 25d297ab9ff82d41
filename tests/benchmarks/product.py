"""This product on the stage: a whole visit between its two real windows, used by their accessible names."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from remotehelp.demo import cast as actors
from remotehelp.demo import measures
from remotehelp.demo.cast import PROGRAM, Organisation, Window
from remotehelp.demo.desk import Desk
from remotehelp.demo.driver import Driver
from remotehelp.demo.face import write_face
from remotehelp.demo.hand import Hand
from remotehelp.demo.processes import Process
from remotehelp.demo.waiting import StageError, wait_for
from remotehelp.demo.windows import Window as XWindow
from remotehelp.demo.windows import move_window, wait_window, windows
from tests.benchmarks.ewmh import maximise
from tests.benchmarks.eye import DESKTOP, MARKER, Eye
from tests.benchmarks.network import ADDRESSES
from tests.benchmarks.session import Session

NAME, TITLE = "remotehelp", "RemoteHelp"
BROKER_PORT = 8470
BROKER = f"http://{ADDRESSES['viewer']}:{BROKER_PORT}"
HELP_BAR, PICTURE = "RemoteHelp: your visit", "Customer's screen"
PROBLEM = "The page is too long for me."
CODE = r"^\d{4,5}-\d{3}-\d{3}$"
READY_S = 30.0
FRAME = 40  # pixels that a window manager may put round a window
BASELINE_S = 5.0


class Product:
    """The organisation and its badge, made once in ``folder``; each ``open`` is a new visit between new profiles."""

    name, title, has_input = NAME, TITLE, True

    def __init__(self, folder: Path) -> None:
        self._folder, self._visits = folder, 0
        folder.mkdir(parents=True)
        self._technician = folder / "technician"
        self._organisation = Organisation(folder, self._technician)
        self._link = self._organisation.link(BROKER)
        write_face(folder / "face.mp4")

    def missing(self) -> str:
        """Nothing: it is this checkout."""
        return ""

    def open(self, session: Session, eye: Eye, face: bool = False) -> dict[str, float | None]:
        """From both programs' start to a screen at 1:1; with the ``face``, without which nobody may, also controlled.

        ``blind_cpu_host``, ``blind_cpu_viewer``: what both sides cost in parts of a core before the screen is shown.
        """
        self._visits += 1
        folder = self._folder / f"visit-{self._visits}"
        shutil.copytree(self._technician, folder / "technician")
        self._serve(session, folder)
        technician = self._sign_in(session, folder, face)
        customer = Window(cast(Desk, Seat(session, "host")), folder / "customer", "join", self._link)
        _meet(customer, technician)
        blind = {} if face else _blind(session)
        _ask(customer, technician, "Ask to see the screen")
        wait_for(lambda: "screen painted" in technician.log.read_text(), READY_S, "the screen was not painted")
        if face:
            _ask(customer, technician, "Ask for control")
            customer.app.press("Go on")
            customer.app.wait_checked("Let them control")
        _make_room(session, technician)
        eye.find(READY_S)
        return {**blind, **_connected(customer, technician)}

    def _serve(self, session: Session, folder: Path) -> None:
        """The broker stands at the technician's side, as it does for a person who works alone."""
        words = [*PROGRAM, "broker", "serve", "--host", ADDRESSES["viewer"], "--port", BROKER_PORT]
        words += ["--data", folder / "broker", "--org", self._organisation.public]
        popen = session.spawn("server", words, "viewer", pipes=True, **_profile(folder / "server"))
        assert popen.stdout is not None
        if not popen.stdout.readline().startswith("ready "):
            raise StageError(f"the broker did not start: see {session.folder}")

    def _sign_in(self, session: Session, folder: Path, face: bool) -> Window:
        camera = ("--camera", str(self._folder / "face.mp4")) if face else ()
        words = ("technician", "--broker", BROKER, *camera)
        technician = Window(cast(Desk, Seat(session, "viewer")), folder / "technician", *words)
        technician.app.press("Use my badge")
        technician.app.find("Code")
        return technician


class Seat:
    """What a ``cast.Window`` asks of a desk, in a session of the benchmark."""

    def __init__(self, session: Session, side: str) -> None:
        self._session, self._side = session, side
        self.display = session.displays[side]
        runtime = session.scratch / f"seat-{side}"
        runtime.mkdir(mode=0o700)
        bus = f"unix:path={runtime}/bus"
        self._env = {
            "LANGUAGE": "en",
            "XDG_RUNTIME_DIR": str(runtime),
            "DBUS_SESSION_BUS_ADDRESS": bus,
            "GSETTINGS_BACKEND": "memory",
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }
        session.spawn("tools", ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--address", bus], **self._env)
        wait_for((runtime / "bus").exists, READY_S, "no session bus")

    def start(self, argv: Sequence[object], name: str, **env: str) -> Process:
        """Start a program of the product; it is counted with its side."""
        popen = self._session.on(self._side, argv, **{**self._env, **env})
        return Process(popen, name, self._session.folder)

    @cached_property
    def hand(self) -> Hand:
        """A hand on this display."""
        hand = Hand(self.display)
        self._session.left_to_close.callback(hand.close)
        return hand

    @cached_property
    def driver(self) -> Driver:
        """Finds things by their accessible names."""
        env = {**self._session.environment("tools"), **self._env, "DISPLAY": self.display}
        driver = Driver(env, self.hand, self._session.folder / f"driver-{self._side}.log")
        self._session.left_to_close.callback(driver.close)
        return driver


def _profile(home: Path) -> dict[str, str]:
    return {"REMOTEHELP_HOME": str(home), "LANGUAGE": "en"}


def _meet(customer: Window, technician: Window) -> None:
    customer.app.set_text("Describe the problem", PROBLEM)
    customer.app.press("Show me a code")
    technician.app.set_text("Code", customer.app.wait_text("your-code", CODE))
    technician.app.press("Join")
    customer.app.wait_text("technician", f"{actors.GIVEN_NAME} {actors.SURNAME}")
    customer.app.press("I asked for it")
    customer.app.press("Accept")
    technician.app.wait_enabled("Ask to see the screen")


def _ask(customer: Window, technician: Window, request: str) -> None:
    technician.app.press(request)
    customer.app.press("Allow")
    customer.app.wait_gone("Allow")


def _blind(session: Session) -> dict[str, float | None]:
    """The cost of a visit in which nothing is shown, so that the screen's own part can be told."""
    time.sleep(1.0)
    before, began = session.processor_s(), time.monotonic()
    time.sleep(BASELINE_S)
    after, seconds = session.processor_s(), time.monotonic() - began
    return {f"blind_cpu_{side}": round((after[side] - before[side]) / seconds, 4) for side in ("host", "viewer")}


def _make_room(session: Session, technician: Window) -> None:
    """The picture at 1:1, and the help bar where it covers neither content nor marker; nothing is hidden."""
    maximise(session.displays["viewer"], wait_window(session.displays["viewer"], TITLE))
    technician.app.press("Whole screen")  # it was fitted
    display = session.displays["host"]
    bar = wait_window(display, HELP_BAR)
    if _covers(bar):
        move_window(display, bar, DESKTOP.left + DESKTOP.width + FRAME, 0)
    covering = [window.title for window in windows(display) if _covers(window)]
    if covering:
        raise StageError(f"{covering} cover what is measured")


def _covers(window: XWindow) -> bool:
    place = window.place
    return any(
        place.x < box.left + box.width
        and box.left < place.x + place.width
        and place.y < box.top + box.height
        and box.top < place.y + place.height
        for box in (DESKTOP, MARKER)
    )


def _connected(customer: Window, technician: Window) -> dict[str, float | None]:
    """Clicks not counted: from the confirmed pairing to both `ready`, and from `Allow` to the first picture."""
    logs = (customer.log, technician.log)
    ready = max(_at(log, "ready") for log in logs) - min(_at(log, "paired") for log in logs)
    picture = measures.grant_to_picture_s(*logs)
    return {"ready_s": round(ready, 3), "grant_to_picture_s": picture, "connect_s": round(ready + picture, 3)}


def _at(log: Path, event: str) -> float:
    entries: list[dict[str, Any]] = [json.loads(line) for line in log.read_text().splitlines()]
    times = [float(entry["monotonic"]) for entry in entries if entry.get("event") == event]
    if not times:
        raise StageError(f"{log} does not say {event!r}")
    return times[0]
