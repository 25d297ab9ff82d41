from remotehelp.desktop.screens import Monitor
from remotehelp.desktop.x11.monitors import list_monitors, root_rect, watch_changes
from remotehelp.media.area import Rect
from tests.helpers.xdesk import connected, said_by, wait_for, x_desk, x_server

WITHOUT_RANDR = """
import sys
from remotehelp.desktop.x11.connection import connect
from remotehelp.desktop.x11.monitors import list_monitors, watch_changes
connection = connect(sys.argv[1])
watch_changes(connection)
print(list_monitors(connection))
"""


def test_a_display_without_randr_is_one_monitor():
    with x_server("640x480", "-extension", "RANDR") as display:
        assert said_by(WITHOUT_RANDR, display) == repr((Monitor("screen", Rect(0, 0, 640, 480), True),))


def test_changes_are_told():
    with x_desk() as desk, connected(desk.display) as connection:
        watch_changes(connection)
        connection.sync()
        before = list_monitors(connection)
        assert [monitor.rect for monitor in before] == [root_rect(connection)] == [Rect(0, 0, 800, 600)]
        assert connection.pending_events() == 0
        names = desk.split()
        wait_for(connection.pending_events)
        assert {monitor.name for monitor in list_monitors(connection)} == set(names)
