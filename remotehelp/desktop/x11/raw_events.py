"""Raw events of the X Input Extension: what devices do, whichever window or grab gets it."""

from __future__ import annotations

from collections.abc import Iterable

from Xlib.display import Display
from Xlib.ext import xinput
from Xlib.protocol import rq

NEEDED = (2, 1)  # from this version on a grab hides no raw events ("The X Input Extension Version 2", section 4)
RAW_EVENT = rq.Struct(  # the beginning of XIRawEvent; python-xlib lacks it
    rq.Card16("deviceid"), rq.Card32("time"), rq.Card32("detail"), rq.Card16("sourceid")
)


def understand_raw_events(connection: Display, kinds: Iterable[int]) -> bool:
    """Have ``connection`` understand raw events of these kinds; False where the X server is too old for that."""
    if not connection.has_extension(xinput.extname) or _version(connection) < NEEDED:
        return False
    opcode = connection.display.get_extension_major(xinput.extname)
    for kind in kinds:
        connection.ge_add_event_data(opcode, kind, RAW_EVENT)
    return True


def _version(connection: Display) -> tuple[int, int]:
    opcode = connection.display.get_extension_major(xinput.extname)
    # python-xlib's own method asks for 2.0, and would then get the rules of 2.0
    answer = xinput.XIQueryVersion(
        display=connection.display, opcode=opcode, major_version=NEEDED[0], minor_version=NEEDED[1]
    )
    return answer.major_version, answer.minor_version
