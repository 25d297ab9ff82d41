import os
import signal
import subprocess
import sys
import threading
import time
from multiprocessing.connection import Pipe

import psutil
import pytest

from remotehelp.desktop.fence import open_fence
from remotehelp.desktop.hands import Move, Press, Type
from remotehelp.desktop.x11.apart import PATIENCE, XHandsApart, serve
from remotehelp.errors import BackendError, GateClosed
from remotehelp.media.area import Rect
from tests.helpers.xdesk import connected, repeats, wait_for, x_desk, x_server

HOLD = """
import sys, time
from remotehelp.desktop.hands import Press, Type
from remotehelp.desktop.x11.apart import XHandsApart
hands = XHandsApart(sys.argv[1])
hands.inject(Type("ControlLeft", True), ())
hands.inject(Press(1, True, 5, 5), ())
print(hands.pid, flush=True)
time.sleep(60)
"""

WITH_QT = """
import sys, threading
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication
from remotehelp.desktop.hands import Press
from remotehelp.desktop.x11.apart import XHandsApart
application = QApplication([])
hands = XHandsApart(sys.argv[1])
done = threading.Event()
def work():
    for _ in range(100):
        hands.inject(Press(1, True, 5, 5), (1,))
        hands.inject(Press(1, False, 5, 5), (1,))
    done.set()
threading.Thread(target=work).start()
while not done.is_set():
    QCursor.pos()  # asks the X server and keeps Python's global lock meanwhile
hands.close()
print("both went on")
"""


@pytest.fixture(scope="module")
def desk():
    with x_desk() as desk:
        yield desk


@pytest.fixture
def hands(desk):
    hands = XHandsApart(desk.display)
    yield hands
    hands.close()


def test_when_our_program_is_killed_all_is_let_go_of(desk):
    program = subprocess.Popen([sys.executable, "-c", HOLD, desk.display], stdout=subprocess.PIPE, text=True)
    hands = psutil.Process(int(program.stdout.readline()))
    assert desk.down() == {"ControlLeft", 1}
    program.kill()
    program.wait()
    program.stdout.close()
    wait_for(lambda: desk.down() == frozenset(), "keys stayed down")
    wait_for(lambda: not hands.is_running() or hands.status() == psutil.STATUS_ZOMBIE, "the hands live on")


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_when_the_hands_die_all_is_let_go_of_and_they_work_again(desk, hands, how):
    hands.inject(Type("ControlLeft", True), ())
    first = hands.pid
    os.kill(first, how)
    with pytest.raises(BackendError, match="hands_lost"):
        wait_for(lambda: hands.inject(Move(3, 3), ()))
    wait_for(lambda: hands.held() == desk.down() == frozenset())
    wait_for(lambda: hands.self_test() is None)
    hands.inject(Type("KeyA", True), ())
    assert desk.down() == {"KeyA"}
    assert hands.pid != first


def test_hands_that_hang_are_ended(desk, hands):
    hands.inject(Type("ControlLeft", True), ())
    first = hands.pid
    os.kill(first, signal.SIGSTOP)
    with pytest.raises(BackendError, match="hands_lost"):
        hands.inject(Move(3, 3), ())
    wait_for(lambda: desk.down() == frozenset())
    wait_for(lambda: not psutil.pid_exists(first))


@pytest.mark.parametrize(
    "asked",
    [
        lambda hands: hands.inject(Type("KeyB", True), ()),
        lambda hands: hands.inject(Type("KeyA", False), ()),
        lambda hands: hands.inject(Move(3, 3), ()),
        lambda hands: hands.release_all(),
    ],
)
def test_nobody_waits_for_an_x_server_that_another_program_keeps_for_itself(desk, hands, asked):
    """Behind the caller stands the panic key."""
    hands.inject(Type("KeyA", True), ())
    with connected(desk.display) as greedy:
        greedy.grab_server()
        greedy.sync()
        for once_more in (False, True):
            started = time.monotonic()
            with pytest.raises(BackendError, match="hands_lost"):
                asked(hands)
            assert time.monotonic() - started < PATIENCE + (0.02 if once_more else 0.15)
    wait_for(lambda: hands.self_test() is None, "they never came back")
    assert hands.held() == desk.down() == frozenset()
    assert repeats(desk, "KeyA")
    assert repeats(desk, "KeyB")


def test_closing_while_another_program_keeps_the_x_server_lets_go_later(desk, monkeypatch):
    hands = XHandsApart(desk.display)
    monkeypatch.setattr("remotehelp.desktop.x11.apart.LEAVES_WITHIN", 0.3)
    hands.inject(Type("KeyA", True), ())
    process = psutil.Process(hands.pid)
    with connected(desk.display) as greedy:
        greedy.grab_server()
        greedy.sync()
        hands.close()
    monkeypatch.undo()
    wait_for(lambda: desk.down() == frozenset())
    hands.close()
    wait_for(lambda: not process.is_running())


def test_hands_that_were_killed_leave_no_key_that_repeats_no_more(desk, hands):
    hands.inject(Type("Space", True), ())
    assert not repeats(desk, "Space")
    os.kill(hands.pid, signal.SIGKILL)
    with pytest.raises(BackendError, match="hands_lost"):
        hands.release_all()
    wait_for(lambda: repeats(desk, "Space"))
    wait_for(lambda: hands.held() == desk.down() == frozenset())


def test_errors_come_through_with_their_kind(desk, hands):
    own = desk.own_window(Rect(0, 0, 50, 50))
    with pytest.raises(GateClosed, match="own_window"):
        hands.inject(Press(1, True, 5, 5), {own.id})
    with pytest.raises(BackendError, match="key_not_known"):
        hands.inject(Type("Power", True), ())


def test_no_display_is_said_and_so_is_one_that_ended():
    nowhere = XHandsApart(":987")
    assert nowhere.self_test() == "no_display"
    nowhere.close()
    with x_server() as display:
        hands = XHandsApart(display)
        hands.inject(Move(1, 1), ())
    with pytest.raises(BackendError, match="display_lost"):
        hands.inject(Move(1, 1), ())
    hands.close()


def test_closing_ends_the_process_and_may_be_done_twice(desk):
    hands = XHandsApart(desk.display)
    hands.inject(Type("KeyA", True), ())
    process = psutil.Process(hands.pid)
    hands.close()
    assert not process.is_running()
    assert desk.down() == frozenset()
    hands.close()
    with pytest.raises(BackendError, match="hands_lost"):
        hands.inject(Move(1, 1), ())


def test_qt_and_the_hands_never_wait_for_each_other(desk):
    environ = {**os.environ, "DISPLAY": desk.display, "QT_QPA_PLATFORM": "xcb"}
    ran = subprocess.run([sys.executable, "-c", WITH_QT, desk.display], env=environ, capture_output=True, timeout=30)
    assert ran.stdout.decode().strip() == "both went on", ran.stderr


def test_serving_ends_with_the_line_and_lets_go(desk):
    ours, theirs = Pipe()
    server = threading.Thread(target=serve, args=(theirs, open_fence()))
    server.start()
    ours.send((desk.display, frozenset(), None))
    failure, held, found = ours.recv()
    assert (failure, held) == (None, frozenset())
    assert "KeyA" in found.repeating
    assert found.spare
    ours.send(("inject", Type("KeyA", True), frozenset()))
    assert ours.recv() == (None, {"KeyA"}, None)
    started = time.monotonic()
    ours.close()
    server.join(5)
    theirs.close()
    assert time.monotonic() - started < 5
    assert desk.down() == frozenset()
