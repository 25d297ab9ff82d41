"""The guardian beside a program that a test plays, with senses in memory: what it does, and in which order."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from multiprocessing.connection import Pipe

import pytest

from remotehelp.desktop import duty
from remotehelp.desktop.fence import open_fence
from remotehelp.desktop.guard import ANSWER, END, News
from remotehelp.desktop.guardian import Guardian
from remotehelp.desktop.senses import Heard, Senses
from tests.helpers.waiting import wait_until

SLEEPS = [sys.executable, "-c", "import time; time.sleep(60)"]


class PlayedSenses(Senses):
    """Hear what ``say()`` says."""

    def __init__(self):
        self._awake, self._wake = os.pipe()
        self._said = []
        self.released = 0

    def say(self, heard):
        self._said.append(heard)
        os.write(self._wake, b"!")

    def fileno(self):
        return self._awake

    def hear(self, now):
        for heard in tuple(self._said):
            os.read(self._awake, 1)
            self._said.remove(heard)
            yield heard

    def wait(self, now):
        return None

    def release_all(self):
        self.released += 1

    def close(self):
        os.close(self._awake)
        os.close(self._wake)


class Beside:
    """A guardian, the line to it, and the program and hands that it knows."""

    def __init__(self):
        self.senses, self.fence = PlayedSenses(), open_fence()
        self.line, theirs = Pipe()
        self.program, self.hands = subprocess.Popen(SLEEPS), subprocess.Popen(SLEEPS)
        pidfd = os.pidfd_open(self.program.pid)
        guardian = Guardian(theirs, self.senses, self.fence, pidfd)

        def run():
            with theirs:
                guardian.run()
            os.close(pidfd)

        self.thread = threading.Thread(target=run)
        self.thread.start()
        self.beats = threading.Event()

    def told(self):
        """The next news."""
        while self.line.poll(5):
            said = self.line.recv()
            if said:
                return News(said)
        raise AssertionError("nothing is told")

    def killed(self):
        """The program was ended, and its line with it."""
        assert self.program.wait(5) == -signal.SIGKILL
        self.line.close()
        self.thread.join(5)
        assert not self.thread.is_alive()


@contextmanager
def _beside():
    beside = Beside()
    try:
        assert beside.told() is News.READY
        yield beside
    finally:
        beside.line.close()
        for process in (beside.program, beside.hands):
            process.kill()
            process.wait()
        beside.thread.join(5)
        beside.senses.close()


@pytest.fixture
def beside():
    with _beside() as beside:
        yield beside


def test_a_visit_that_ends_properly_ends_it_and_nobody_else(beside):
    beside.line.send(beside.hands.pid)
    beside.line.send(END)
    beside.thread.join(5)
    assert not beside.thread.is_alive()
    assert beside.program.poll() is beside.hands.poll() is None
    assert beside.senses.released == 0


def test_the_panic_key_shuts_the_fence_and_releases_all_before_anybody_answers(beside):
    beside.senses.say(Heard.PANIC)
    assert beside.told() is News.PANIC
    assert not beside.fence.passes()
    wait_until(lambda: beside.senses.released)
    beside.line.send(ANSWER)
    until = time.monotonic() + duty.ANSWERS_WITHIN + 0.2
    while time.monotonic() < until:
        beside.line.send(0)
        time.sleep(0.1)
    assert beside.program.poll() is None


def test_a_program_that_does_not_answer_the_panic_key_is_ended_though_it_lives(beside):
    beside.senses.say(Heard.PANIC)
    while beside.program.poll() is None:
        beside.line.send(0)
        time.sleep(0.05)
    beside.killed()


def test_a_program_that_is_silent_is_paused_and_then_ended(beside, monkeypatch):
    monkeypatch.setattr(duty, "PAUSED_AFTER", 0.3)
    monkeypatch.setattr(duty, "KILLED_AFTER", 0.9)
    assert beside.told() is News.HER_HAND
    wait_until(lambda: beside.senses.released)
    assert not beside.fence.passes()
    beside.killed()


def test_when_the_program_dies_all_is_released_and_hands_that_hang_are_ended(beside):
    beside.line.send(beside.hands.pid)
    beside.line.recv()
    os.kill(beside.hands.pid, signal.SIGSTOP)
    beside.line.close()
    beside.thread.join(5)
    assert not beside.thread.is_alive()
    assert beside.hands.wait(5) == -signal.SIGKILL
    assert beside.senses.released == 2  # at once, and once nobody can press anything any more
    assert not beside.fence.passes()


def test_hands_that_end_by_themselves_are_left_alone(beside):
    beside.line.send(beside.hands.pid)
    beside.line.recv()
    beside.hands.terminate()
    beside.line.close()
    beside.thread.join(5)
    assert beside.hands.wait(5) == -signal.SIGTERM


def test_her_hand_shuts_the_fence_for_two_seconds_and_is_told_once(beside):
    for _ in range(3):
        beside.senses.say(Heard.HER_HAND)
    assert beside.told() is News.HER_HAND
    assert not beside.fence.passes()
    began = time.monotonic()
    while not beside.fence.passes():
        beside.line.send(0)
        time.sleep(0.02)
    assert time.monotonic() - began > 1.5
    assert beside.told() is News.FREE
