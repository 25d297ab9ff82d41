"""What goes wrong is said in one plain sentence, in the window or on stderr, and nothing is lost by it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from Xlib import XK, X
from Xlib.display import Display
from Xlib.ext import xtest

from remotehelp.demo import cast
from remotehelp.demo.cast import Window
from remotehelp.demo.desk import Desk
from remotehelp.demo.printer import free_port
from remotehelp.demo.waiting import wait_for
from remotehelp.sentences import sentence
from tests.helpers.two_desks import PROBLEM, WAIT_S, Pair, Paper, TwoDesks

pytestmark = pytest.mark.e2e

KNOWS_WITHIN_S = 2.0  # of a line that is lost (the issue's own words)


def says(app: cast.App, key: str, **values: str) -> None:
    """Wait until the window says the sentence ``key``."""
    app.wait_text("notice", f"^{re.escape(sentence(key, **values))}$")


# --- codes ---------------------------------------------------------------------------------------------


def wrong(code: str) -> str:
    """The same nameplate with another secret."""
    other = "0" if code[-1] != "0" else "1"
    return code[:-1] + other


@pytest.mark.parametrize(
    ("typed", "key"),
    [("", "code_empty"), ("4711-48", "code_half"), ("4711-482-9134-5", "code_too_long"), ("hello", "code_not_digits")],
)
def test_what_is_no_code_is_explained_at_once(pair: Pair, typed: str, key: str) -> None:
    pair.join(typed)
    says(pair.theirs, key)
    assert pair.theirs.text("Code") == typed


def test_a_wrong_code_burns_it_and_both_are_told(pair: Pair) -> None:
    code = pair.show_code("My own words.")
    pair.join(wrong(code))
    says(pair.theirs, "code_wrong")
    says(pair.hers, "code_wrong")
    assert pair.hers.text("Describe the problem") == "My own words."
    pair.join(wrong(code))
    says(pair.theirs, "code_already_used")
    pair.join(code)  # the right one, too late
    says(pair.theirs, "no_such_code")
    pair.meet()  # a new one works, and the guessed ones are forgotten


def test_a_code_that_was_given_up_is_no_code_any_more(pair: Pair) -> None:
    code = pair.show_code()
    pair.hers.press("Cancel")
    assert pair.hers.text("Describe the problem") == PROBLEM
    pair.join(code)
    says(pair.theirs, "no_such_code")


def test_a_code_works_once(pair: Pair) -> None:
    code = pair.show_code()
    pair.join(code)
    pair.hers.press("Decline")
    pair.theirs.find("Code")
    pair.join(code)
    says(pair.theirs, "code_already_used")


# --- the server ----------------------------------------------------------------------------------------


@pytest.fixture
def away(desks: TwoDesks) -> Iterator[Pair]:
    """Both programs, whose server is not there; the technician's may be killed."""
    nowhere = f"http://127.0.0.1:{free_port()}"
    customer = desks.open_customer("customer-without-server", desks.organisation.link(nowhere))
    technician = cast.open_technician(desks.technician, desks.same_badge("away"), nowhere, desks.folder)
    yield Pair(desks, customer, technician)
    technician.process.end()
    end_well(customer)
    assert "Traceback" not in technician.process.output()


def told_of_it(pair: Pair) -> None:
    """Both are told that their server is away, what they typed is still there, and they may try again."""
    nowhere = pair.theirs.text("Broker")
    pair.hers.set_text("Describe the problem", PROBLEM)
    pair.hers.press("Show me a code")
    pair.theirs.press("Use my badge")
    for app, button in ((pair.hers, "Show me a code"), (pair.theirs, "Use my badge")):
        says(app, "broker_unreachable", address=nowhere)
        app.wait_enabled(button)
    assert pair.hers.text("Describe the problem") == PROBLEM
    assert pair.theirs.text("Broker") == nowhere


def use_another(pair: Pair, broker: cast.Broker) -> None:
    """Both turn to a server that is there."""
    pair.hers.set_text("Link from your helper", pair.desks.organisation.link(broker.address))
    pair.hers.press("Use link")
    pair.theirs.set_text("Broker", broker.address)
    pair.theirs.press("Use my badge")
    pair.theirs.find("Code")


def end_well(*windows: Window) -> None:
    """Close programs, which end in good order and never had more to say than a sentence."""
    assert [window.process.end() for window in windows] == [0] * len(windows)
    assert not any("Traceback" in window.process.output() for window in windows)


def no_key_is_down(display: str) -> bool:
    connection = Display(display)
    try:
        return not any(connection.query_keymap())
    finally:
        connection.close()


class HeldKey:
    """A key that a person holds down on a desk."""

    def __init__(self, display: str, name: str) -> None:
        self._display = Display(display)
        self._code = self._display.keysym_to_keycode(XK.string_to_keysym(name))
        self._send(X.KeyPress)

    def close(self) -> None:
        self._send(X.KeyRelease)
        self._display.close()

    def _send(self, kind: int) -> None:
        xtest.fake_input(self._display, kind, self._code)
        self._display.sync()


def test_a_visit_outlives_its_server_and_a_technician_who_dies_lets_go_of_all_keys(away: Pair, notes: Paper) -> None:
    pair, broker = away, away.desks.serve("mortal-broker")
    told_of_it(pair)
    use_another(pair, broker)
    visits = pair.customer.home / "data" / "visits"
    visits.write_text("a file where the folder should be")
    pair.meet()
    pair.accept()
    broker.process.signal(signal.SIGKILL)
    says(pair.theirs, "broker_gone_visit_goes_on")
    pair.say_and_hear("Are you still there?")
    pair.allow("Ask for control")
    hand = pair.take(notes)
    hand.type("x")
    notes.wait_text("x")

    display = pair.customer.desk.display
    held = HeldKey(pair.technician.desk.display, "Shift_L")
    try:
        wait_for(lambda: not no_key_is_down(display), WAIT_S, "no key is held")
        os.kill(pair.technician.process.pid, signal.SIGKILL)
        pair.hers.wait_text("line", "We are trying to get the line back", timeout=KNOWS_WITHIN_S)
        assert no_key_is_down(display)
    finally:
        held.close()
    assert pair.hers.text("they-control") == "Only you use mouse and keys."
    pair.hers.press("Stop everything")
    summary = pair.hers.wait_text("Summary", "The line was lost.")
    assert "Are you still there?" in summary
    pair.hers.press("Close")
    says(pair.hers, "folder_not_writable", folder=str(visits))  # so there is no log; all else went its way
    assert pair.hers.text("Describe the problem") == PROBLEM


# --- this computer -------------------------------------------------------------------------------------


@pytest.fixture
def faceless(desks: TwoDesks) -> Iterator[Window]:
    """A technician's program on a computer without a camera, signed in."""
    opened = Window(desks.technician, desks.same_badge("faceless"), "technician", "--broker", desks.broker.address)
    opened.app.press("Use my badge")
    opened.app.find("Code")
    yield opened
    end_well(opened)


def test_without_a_camera_the_technician_is_told_and_gets_no_control(pair: Pair, faceless: Window) -> None:
    says(faceless.app, "no_camera")
    visit = Pair(pair.desks, pair.customer, faceless)
    visit.meet()
    visit.accept()
    assert not visit.hers.enabled("Let them control")
    assert not visit.theirs.enabled("Ask for control")
    visit.allow("Ask to see the screen")
    visit.hand()
    visit.theirs.press("End visit")
    visit.theirs.press("Close case")


def test_a_wayland_session_says_that_it_comes_later_and_what_to_do(desks: TwoDesks) -> None:
    customer = desks.open_customer("customer-on-wayland", WAYLAND_DISPLAY="wayland-0")
    try:
        says(customer.app, "wayland_not_yet")
        customer.app.set_text("Describe the problem", PROBLEM)
        customer.app.press("Show me a code")
        says(customer.app, "wayland_not_yet")
        assert customer.app.text("Describe the problem") == PROBLEM
    finally:
        end_well(customer)


# --- programs that can't start -------------------------------------------------------------------------

MOUNTED = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'


def read_only(folder: Path) -> Sequence[str]:
    """Make a folder read-only for one program alone; the words to put before those of the program.

    Permissions don't stop root, so for root the folder is mounted read-only, in a mount namespace of its own.
    """
    folder.mkdir()
    if os.geteuid():
        folder.chmod(0o500)
        return ()
    before = ("unshare", "--mount", "sh", "-c", MOUNTED, str(folder))
    if subprocess.run([*before, "true"], capture_output=True).returncode:
        pytest.skip("root may not mount anything here")
    return before


def refuses(desk: Desk, home: Path, *words: str, before: Sequence[str] = (), **env: str) -> tuple[int, str, str]:
    """What a program that does not start ends with: exit status, stdout, stderr."""
    environ = {**desk.env, "REMOTEHELP_HOME": str(home), **env}
    done = subprocess.run([*before, *cast.PROGRAM, *words], env=environ, capture_output=True, text=True, timeout=30)
    return done.returncode, done.stdout, done.stderr


def test_a_window_that_is_open_already(pair: Pair) -> None:
    said = refuses(pair.desks.customer, pair.customer.home)
    assert said == (75, "", sentence("already_open") + "\n")


def test_a_read_only_data_folder(desks: TwoDesks, tmp_path: Path) -> None:
    data = tmp_path / "data"
    said = refuses(desks.customer, tmp_path, before=read_only(data))
    assert said == (78, "", sentence("folder_not_writable", folder=str(data)) + "\n")
