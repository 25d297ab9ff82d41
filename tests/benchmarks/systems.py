"""What is measured: this product through its two real windows, and its peer on the same two desks."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from stage import Stage, maximise

from remotehelp.demo import cast, measures
from remotehelp.demo.cast import Broker, Organisation, Window
from remotehelp.demo.processes import Processes
from remotehelp.demo.waiting import wait_for
from remotehelp.demo.windows import wait_window

PROBLEM = "The page is too long for me."
PATIENCE_S = 20.0
PEER = "TigerVNC"
SERVER, VIEWER = "X0tigervnc", "xtigervncviewer"
LISTENING = "0A"  # proc(5), /proc/net/tcp


class Office:
    """What a visit needs beside the two people: an organisation, a badge, a broker."""

    def __init__(self, stage: Stage, processes: Processes) -> None:
        self._stage = stage
        self._technician = stage.folder / "technician"
        self._organisation = Organisation(stage.folder, self._technician)
        self.broker = Broker(stage.folder, self._organisation.public, processes).address
        self.link = self._organisation.link(self.broker)
        self._visits = 0

    def homes(self) -> tuple[Path, Path]:
        """A new profile for either person: the customer's and, with the badge in it, the technician's."""
        self._visits += 1
        folder = self._stage.folder / f"visit-{self._visits}"
        shutil.copytree(self._technician, folder / "technician")
        return folder / "customer", folder / "technician"


class Visit(NamedTuple):
    """One visit of this product, the screen shown pixel for pixel; the figures of its opening if there was a face."""

    customer: Window
    accept_to_face_s: float | None
    grant_to_picture_s: float


@contextmanager
def visit(stage: Stage, office: Office, *, face: bool) -> Iterator[Visit]:
    """A whole visit: with the face the technician controls, without it he sees."""
    at_customer, at_technician = office.homes()
    if face:
        technician = cast.open_technician(stage.technician, at_technician, office.broker, stage.folder)
    else:
        technician = Window(stage.technician, at_technician, "technician", "--broker", office.broker)
    technician.app.press("Use my badge")
    customer = cast.open_customer(stage.customer, at_customer, office.link)
    try:
        _meet(customer, technician)
        face_s = _face(customer) if face else None
        picture_s = _share(customer, technician)
        if face:
            _allow(customer, technician, "Ask for control")
        maximise(stage.technician.display, wait_window(stage.technician.display, "RemoteHelp"))
        technician.app.press("Whole screen")  # it was fitted: from now on pixel for pixel
        yield Visit(customer, face_s, picture_s)
    finally:
        for window in (customer, technician):
            window.process.end()


def _meet(customer: Window, technician: Window) -> None:
    customer.app.set_text("Describe the problem", PROBLEM)
    customer.app.press("Show me a code")
    code = customer.app.wait_text("your-code", r"^\d{4,5}-\d{3}-\d{3}$")
    technician.app.set_text("Code", code)
    technician.app.press("Join")
    customer.app.wait_text("technician", f"{cast.GIVEN_NAME} {cast.SURNAME}")


def _face(customer: Window) -> float:
    _wait_logged(customer, "face painted")
    return measures.accept_to_face_s(customer.log)


def _share(customer: Window, technician: Window) -> float:
    customer.app.press("I asked for it")
    customer.app.press("Accept")
    technician.app.wait_enabled("Ask to see the screen")
    _allow(customer, technician, "Ask to see the screen")
    _wait_logged(technician, "screen painted")
    return measures.grant_to_picture_s(customer.log, technician.log)


def _allow(customer: Window, technician: Window, request: str) -> None:
    technician.app.press(request)
    customer.app.press("Allow")
    customer.app.wait_gone("Allow")


def _wait_logged(window: Window, event: str) -> None:
    wait_for(lambda: event in window.log.read_text(), PATIENCE_S, f"no {event!r} in {window.log}")


def peer_is_there() -> bool:
    """Whether TigerVNC is installed (Debian: tigervnc-scraping-server, tigervnc-viewer)."""
    return all(shutil.which(name) for name in (SERVER, VIEWER))


@contextmanager
def peer(stage: Stage) -> Iterator[None]:
    """TigerVNC with the defaults of both its halves, on the same two desks."""
    port = _free_port()
    server = stage.customer.start(
        [SERVER, "-display", stage.customer.display, "-rfbport", str(port), "-SecurityTypes", "None", "-localhost"]
    )
    viewer = None
    try:
        wait_for(lambda: _listens(server.pid, port), PATIENCE_S, f"{SERVER} does not listen: see {server.log}")
        viewer = stage.technician.start([VIEWER, f"127.0.0.1::{port}"])
        wait_window(stage.technician.display, PEER)
        yield
    finally:
        for process in (viewer, server):
            if process is not None:
                process.end()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _listens(pid: int, port: int) -> bool:
    rows = Path(f"/proc/{pid}/net/tcp").read_text().splitlines()[1:]
    return any(row.split()[1].endswith(f":{port:04X}") and row.split()[3] == LISTENING for row in rows)
