"""In a visit with screen and control her program waits for nobody, and no camera is within its reach."""

from __future__ import annotations

import ipaddress
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from remotehelp.demo.cast import Window
from remotehelp.demo.waiting import wait_for
from tests.helpers.two_desks import WAIT_S, Pair

pytestmark = pytest.mark.e2e

ACCEPTS = 0x10000  # the flag of a listening socket in /proc/net/unix: __SO_ACCEPTCON of <linux/net.h>
# the tables of sockets in /proc/PID/net, and the column of the inode in each (proc(5))
TABLES = {"tcp": 9, "tcp6": 9, "udp": 9, "udp6": 9, "unix": 6, "netlink": 9}
CAMERA_CODE = ("qtmultimedia", "libv4l", "opencv", "cv2", "libpipewire", "libgst")


def processes(window: Window) -> list[psutil.Process]:
    """Every process that works in the program's profile, whoever started it and whether that one still lives."""
    found = [process for process in psutil.process_iter() if home_of(process) == str(window.home)]
    assert window.process.pid in {process.pid for process in found}
    return found


def home_of(process: psutil.Process) -> str:
    with suppress(psutil.Error):  # it has just ended
        return process.environ().get("REMOTEHELP_HOME", "")
    return ""


def open_files(process: psutil.Process) -> list[str]:
    """What its file descriptors are: paths of files and devices, ``socket:[inode]`` and the like."""
    found = []
    for descriptor in Path(f"/proc/{process.pid}/fd").iterdir():
        with suppress(FileNotFoundError):  # it has just been closed
            found.append(str(descriptor.readlink()))
    return found


def sockets(process: psutil.Process) -> dict[str, tuple[str, list[str]]]:
    """Each of its sockets by inode: the table that it stands in, and its row there; "" where it stands in none."""
    own = {name[8:-1] for name in open_files(process) if name.startswith("socket:[")}
    found = dict.fromkeys(own, ("", []))
    for table, column in TABLES.items():
        path = Path(f"/proc/{process.pid}/net/{table}")
        rows = [line.split() for line in path.read_text().splitlines()[1:]] if path.exists() else []
        found |= {row[column]: (table, row) for row in rows if row[column] in own}
    return found


def listeners(process: psutil.Process) -> list[str]:
    """Its TCP sockets and Unix sockets at which others may knock."""
    unix = [row for table, row in sockets(process).values() if table == "unix"]
    local = [" ".join(row[6:]) for row in unix if int(row[3], 16) & ACCEPTS]
    return local + [f"tcp {one.laddr}" for one in process.net_connections("tcp") if one.status == psutil.CONN_LISTEN]


def own_addresses() -> set[str]:
    """The addresses of this computer's network adapters."""
    return {one.address.partition("%")[0] for adapter in psutil.net_if_addrs().values() for one in adapter}


def maps(process: psutil.Process) -> str:
    """The paths of all that is mapped into its memory, libraries above all."""
    return "\n".join(one.path for one in process.memory_maps()).lower()


def cameras(window: Window) -> list[str]:
    """Each camera device that its processes hold, and each library for cameras in their memory."""
    own = processes(window)
    held = [name for process in own for name in open_files(process) if name.startswith("/dev/video")]
    return held + [code for process in own for code in CAMERA_CODE if code in maps(process)]


def test_nobody_can_knock_at_her_program_during_a_visit(controlled: Pair) -> None:
    own = processes(controlled.customer)
    assert len(own) == 3  # the program, its hands and its guardian
    assert [listener for process in own for listener in listeners(process)] == []
    assert [row for process in own for row in sockets(process).items() if row[1][0] == ""] == []

    pieces = [one for process in own for one in process.net_connections("udp")]
    assert pieces  # the visit itself
    assert {one.laddr.ip for one in pieces} <= own_addresses()
    assert not any(ipaddress.ip_address(one.laddr.ip).is_unspecified for one in pieces)


def test_where_somebody_does_listen_it_is_seen(both: Pair) -> None:
    broker = psutil.Process(both.desks.broker.process.pid)
    assert any(found.startswith("tcp") for found in listeners(broker))
    buses = [pid for pid in both.desks.customer.left_behind() if psutil.Process(pid).name() == "dbus-daemon"]
    assert any(listeners(psutil.Process(pid)) for pid in buses)


def test_without_a_visit_her_program_has_no_connection_at_all(visit: Pair) -> None:
    def connections() -> list[object]:
        return [one for process in processes(visit.customer) for one in process.net_connections("inet")]

    assert connections()
    visit.hers.press("Stop everything")
    visit.hers.press("Close")
    wait_for(lambda: not connections(), WAIT_S, "something of the visit stays open")


def test_no_camera_and_nothing_that_knows_cameras_is_in_her_program_during_a_visit(controlled: Pair) -> None:
    assert cameras(controlled.customer) == []
    assert "qtmultimedia" in cameras(controlled.technician)  # there it is, and would be seen
