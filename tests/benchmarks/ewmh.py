"""What a person asks of the window manager with the mouse."""

from __future__ import annotations

from Xlib import X, protocol
from Xlib.display import Display

from remotehelp.demo.windows import Window


def maximise(display: str, window: Window) -> None:
    """Give the window the whole screen (EWMH, _NET_WM_STATE)."""
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
