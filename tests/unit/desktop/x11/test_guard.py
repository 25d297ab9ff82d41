import gc
import os
import signal
import subprocess
import sys
import threading

import psutil
import pytest

from remotehelp.desktop.guard import News
from remotehelp.desktop.hands import Press, Type
from remotehelp.desktop.x11 import guard as module
from remotehelp.desktop.x11.apart import XHandsApart
from remotehelp.desktop.x11.guard import XGuard
from remotehelp.desktop.x11.shared_fence import SharedFence
from tests.helpers.her_hand import her_devices
from tests.helpers.xdesk import repeats, wait_for, x_desk

PROGRAM = """
import sys, threading, time
from remotehelp.desktop.guard import News
from remotehelp.desktop.hands import Press, Type
from remotehelp.desktop.x11.apart import XHandsApart
from remotehelp.desktop.x11.guard import XGuard
from remotehelp.desktop.x11.shared_fence import SharedFence
fence = SharedFence()
hands = XHandsApart(sys.argv[1], fence)
guard = XGuard(sys.argv[1], fence, hands)
heard = threading.Event()
guard.start(lambda news: heard.set())
heard.wait()
fence.open()
hands.inject(Type("ControlLeft", True), ())
hands.inject(Type("KeyA", True), ())
hands.inject(Press(1, True, 5, 5), ())
guard.beat()
print(guard.pid, hands.pid, flush=True)
while True:
    guard.beat()
    time.sleep(0.25)
"""
HEAVY = ("PySide6", "aiortc", "numpy", "av/", "libQt", "libssl")


@pytest.fixture(scope="module")
def desk():
    with x_desk() as desk:
        yield desk


class Program:
    """A program that holds keys and a button, its guardian and its hands."""

    def __init__(self, display):
        self.process = subprocess.Popen([sys.executable, "-c", PROGRAM, display], stdout=subprocess.PIPE, text=True)
        self.guardian, self.hands = map(psutil.Process, map(int, self.process.stdout.readline().split()))

    def all_end(self):
        """Nothing of it is left."""
        self.process.wait(10)
        for one in (self.guardian, self.hands):
            wait_for(lambda one=one: not one.is_running() or one.status() == psutil.STATUS_ZOMBIE, "one lives on")


@pytest.fixture
def program(desk):
    program = Program(desk.display)
    assert desk.down() == {"ControlLeft", "KeyA", 1}
    yield program
    program.all_end()
    program.process.stdout.close()
    wait_for(lambda: desk.down() == frozenset(), "keys stayed down")
    assert repeats(desk, "KeyA")


@pytest.mark.parametrize("first", [(), (signal.SIGSTOP,)], ids=["", "hands that hang"])
def test_a_program_that_is_killed_leaves_nothing(program, first):
    for how in first:
        program.hands.send_signal(how)
    program.process.kill()


def test_a_program_that_hangs_is_ended_by_the_panic_key(desk, program):
    program.process.send_signal(signal.SIGSTOP)
    with her_devices(desk.display) as hers:
        for down in (True, False):
            for code in ("ControlLeft", "AltLeft", "End"):
                hers.key(code, down)
    assert program.process.wait(10) == -signal.SIGKILL


def test_program_and_hands_that_both_hang_are_paused_and_then_ended(desk, program):
    program.hands.send_signal(signal.SIGSTOP)
    program.process.send_signal(signal.SIGSTOP)
    wait_for(lambda: desk.down() == frozenset())
    assert program.process.wait(10) == -signal.SIGKILL


def test_it_is_small_and_listens_to_nobody(program):
    guardian = program.guardian
    mapped = " ".join(one.path for one in guardian.memory_maps())
    assert [heavy for heavy in HEAVY if heavy in mapped] == []
    assert guardian.memory_info().rss < 40_000_000
    assert guardian.net_connections() == []
    assert guardian.num_threads() == 1
    program.process.kill()


@pytest.fixture
def guard(desk):
    fence = SharedFence()
    hands = XHandsApart(desk.display, fence)
    guard = XGuard(desk.display, fence, hands)
    yield guard
    guard.stop()
    hands.close()


def test_a_guardian_that_hangs_is_taken_for_lost_and_ended(guard, monkeypatch):
    monkeypatch.setattr(module, "KILLED_AFTER", 0.5)
    told, lost = [], threading.Event()
    guard.start(lambda news: (told.append(news), news is News.LOST and lost.set()))
    wait_for(lambda: told == [News.READY])
    guard.beat()
    pid = guard.pid
    os.kill(pid, signal.SIGSTOP)
    assert lost.wait(10)
    assert not psutil.pid_exists(pid)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # python-xlib leaves sockets behind
def test_where_there_is_no_display_it_is_lost_at_once():
    fence = SharedFence()
    hands = XHandsApart(":987", fence)
    guard = XGuard(":987", fence, hands)
    assert guard.self_test() == "no_display"
    told = []
    assert not guard.start(told.append)
    wait_for(lambda: told == [News.LOST])
    guard.stop()
    hands.close()
    gc.collect()  # here, where it is expected


def test_it_stands_aside_for_hands_that_went_on(desk, guard):
    told = []
    guard.start(told.append)
    wait_for(lambda: told == [News.READY])
    guard._fence.open()
    for action in (Type("KeyA", True), Press(1, True, 5, 5)):
        guard._hands.inject(action, ())
    guard.beat()
    pid = guard.pid
    guard.stop()
    assert not psutil.pid_exists(pid)
    assert desk.down() == {"KeyA", 1}  # the visit decides on these
    guard._hands.release_all()
