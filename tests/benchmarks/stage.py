"""The stage: a customer's screen of 1920x1080, and a technician's large enough to show it pixel for pixel."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

import marker
import mss
import numpy as np
from wire import Wire
from Xlib import X, protocol
from Xlib.display import Display

from remotehelp.demo.desk import Desk
from remotehelp.demo.windows import Window

CUSTOMER_SIZE = (1920, 1080)
TECHNICIAN_SIZE = (2400, 1400)


class Stage:
    """Both desks, and then the ``wire`` between them; ``folder`` gets the logs."""

    wire: Wire

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.customer = Desk(folder / "customer-desk", "The customer's computer", CUSTOMER_SIZE)
        self.technician = Desk(folder / "technician-desk", "The technician's computer", TECHNICIAN_SIZE)
        self._opened = ExitStack()

    def __enter__(self) -> Stage:
        with ExitStack() as opened:
            opened.enter_context(self.customer)
            opened.enter_context(self.technician)
            self.wire = Wire()
            self._opened = opened.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._opened.close()


def find_mark(display: str) -> tuple[int, int] | None:
    """Where the mark is shown pixel for pixel on ``display``, or None."""
    with mss.MSS(display=display) as screen:
        shot = screen.grab(screen.monitors[0])
        return marker.find(np.frombuffer(shot.raw, np.uint8).reshape(shot.height, shot.width, 4))


def maximise(display: str, window: Window) -> None:
    """Ask the window manager to give the window the whole screen (EWMH, _NET_WM_STATE)."""
    server = Display(display)
    try:
        states = [server.intern_atom(f"_NET_WM_STATE_MAXIMIZED_{way}") for way in ("HORZ", "VERT")]
        message = protocol.event.ClientMessage(
            window=server.create_resource_object("window", window.identifier),
            client_type=server.intern_atom("_NET_WM_STATE"),
            data=(32, [1, *states, 1, 0]),  # add both, asked by a program
        )
        server.screen().root.send_event(message, X.SubstructureRedirectMask | X.SubstructureNotifyMask)
        server.sync()
    finally:
        server.close()
