import os
import time

import pytest
from Xlib import X, error

from remotehelp.desktop.x11.connection import connect, disconnect, display_lost, wait, why_not
from remotehelp.errors import BackendError
from tests.helpers.xdesk import x_server


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # python-xlib leaves sockets behind
@pytest.mark.parametrize("name", [":987", "not a display", "nowhere.invalid:0"])
def test_no_display_is_our_own_error(name):
    with pytest.raises(BackendError, match="no_display"):
        connect(name)


def test_a_window_that_is_gone_prints_nothing(capfd):
    with x_server() as display:
        connection = connect(display)
        connection.create_resource_object("window", 0x3FFFFF1).map()
        connection.sync()
        disconnect(connection)
    assert capfd.readouterr() == ("", "")


def test_the_end_of_the_display_is_our_own_error():
    with x_server() as display:
        connection = connect(display)
    with pytest.raises(BackendError, match="display_lost"), display_lost():
        connection.sync()
    disconnect(connection)


def test_other_errors_stay_what_they_are():
    with x_server() as display:
        connection = connect(display)
        with pytest.raises(error.BadWindow), display_lost():
            connection.create_resource_object("window", 0x3FFFFF1).query_tree()
        assert connection.get_input_focus().focus == X.PointerRoot
        disconnect(connection)


def test_news_and_a_bell_end_a_wait():
    with x_server() as display:
        connection, bell = connect(display), os.eventfd(0)
        started = time.monotonic()
        wait(connection, 0.05, bell)
        assert time.monotonic() - started >= 0.05
        os.eventfd_write(bell, 1)
        wait(connection, 60, bell)
        os.eventfd_read(bell)
        connection.screen().root.change_attributes(event_mask=X.SubstructureNotifyMask)
        connection.screen().root.create_window(0, 0, 1, 1, 0, 0)
        connection.flush()
        wait(connection, 60, bell)
        os.close(bell)
        disconnect(connection)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # python-xlib leaves sockets behind
def test_why_there_is_no_connection_is_told_by_its_key():
    assert why_not(lambda: connect(":987")) == "no_display"
    with x_server() as display:
        assert why_not(lambda: connect(display)) is None
