"""The monitors of an X server, by RandR 1.5."""

from __future__ import annotations

from Xlib import X
from Xlib.display import Display
from Xlib.ext import randr

from remotehelp.desktop.screens import Monitor
from remotehelp.media.area import Rect

WHOLE = "screen"  # the name of the one monitor where RandR names none


def list_monitors(connection: Display) -> tuple[Monitor, ...]:
    """All monitors, the primary first; the whole root window where RandR is older than 1.5 or knows none."""
    found = _by_randr(connection) if _has_monitors(connection) else []
    if not found:
        return (Monitor(WHOLE, root_rect(connection), True),)
    return tuple(sorted(found, key=lambda monitor: not monitor.primary))


def watch_changes(connection: Display) -> None:
    """Have the X server tell ``connection`` of each change of monitors.

    RandR tells of outputs and sizes; of monitors that somebody made or took away by hand only the root window's
    ConfigureNotify tells.
    """
    root = connection.screen().root
    root.change_attributes(event_mask=X.StructureNotifyMask)
    if connection.has_extension(randr.extname):
        randr.select_input(root, randr.RRScreenChangeNotifyMask | randr.RRCrtcChangeNotifyMask)


def root_rect(connection: Display) -> Rect:
    """The root window as it is now."""
    geometry = connection.screen().root.get_geometry()
    return Rect(0, 0, geometry.width, geometry.height)


def _has_monitors(connection: Display) -> bool:
    if not connection.has_extension(randr.extname):
        return False
    version = randr.query_version(connection)
    return (version.major_version, version.minor_version) >= (1, 5)


def _by_randr(connection: Display) -> list[Monitor]:
    reply = randr.get_monitors(connection.screen().root)
    return [
        Monitor(
            connection.get_atom_name(one.name),
            Rect(one.x, one.y, one.width_in_pixels, one.height_in_pixels),
            bool(one.primary),
        )
        for one in reply.monitors
    ]
