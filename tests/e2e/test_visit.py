"""A whole visit through both real windows, by their accessible names, as two people would have it."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from remotehelp.demo import cast
from remotehelp.demo.box import Box
from remotehelp.demo.waiting import wait_for
from remotehelp.demo.watch import Watch
from tests.helpers.stories import verify
from tests.helpers.two_desks import PROBLEM, WAIT_S, Pair, Paper, stories

pytestmark = pytest.mark.e2e

SEES, SEES_NOT = "✓ See the screen: allowed", "– See the screen: not allowed"
POINTS, POINTS_NOT = "✓ Point: allowed", "– Point: not allowed"
CONTROLS, CONTROLS_NOT = "✓ Control mouse and keys: allowed", "– Control mouse and keys: not allowed"
ESCAPE = "\x1b"
INSERT = "\x1b[2~"  # as a terminal hears it
WORDS = r"^[a-z]{3,8} [a-z]{3,8}$"


# --- the demonstration ---------------------------------------------------------------------------------


@pytest.mark.timeout(200)
def test_the_demonstration_holds_every_step_and_leaves_its_pictures_and_its_log(tmp_path: Path) -> None:
    words = [*cast.PROGRAM, "demo", "--out", str(tmp_path / "demo"), "--seconds", "180"]
    done = subprocess.run(words, env=cast.environment(tmp_path / "home"), capture_output=True, text=True, timeout=190)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    summary = json.loads((tmp_path / "demo" / "summary.json").read_text())
    steps = summary.pop("steps")
    assert len(steps) >= 8
    assert all(set(step) == {"name", "ok", "seconds"} and step["ok"] for step in steps)
    assert summary.pop("printed_pages") == 3
    assert summary.keys() == {"accept_to_face_s", "grant_to_picture_s", "key_to_screen_ms"}
    assert all(figure > 0 for figure in summary.values())
    for side, changing in (("customer", 9), ("technician", 6)):
        pictures = [picture.read_bytes() for picture in sorted((tmp_path / "demo").glob(f"*-{side}.png"))]
        assert len(pictures) == len(steps)
        assert all(picture.startswith(b"\x89PNG") for picture in pictures)
        assert len(set(pictures)) >= changing, "the pictures show nothing new"
    found = verify((tmp_path / "demo" / "visit.jsonl").read_bytes())
    assert found.whole
    told = [(line.who, line.what) for line in found.lines if line.what != "signed"]
    assert told == [
        ("customer", "opened"), ("customer", "accepted"),
        ("technician", "asked"), ("customer", "allowed"), ("customer", "showed_screens"),
        ("technician", "asked"), ("customer", "asked_before_control"), ("customer", "allowed"),
        ("technician", "said"), ("customer", "said"),
        ("technician", "left"), ("customer", "lapsed"), ("customer", "lapsed"),
    ]  # fmt: skip
    assert [line.text for line in found.lines if line.what == "allowed"] == ["view", "control"]


# --- meeting -------------------------------------------------------------------------------------------


def test_she_meets_a_live_face_with_a_name_and_decides_only_after_she_said_where_the_link_came_from(pair: Pair) -> None:
    pair.meet()
    words = pair.hers.text("technician")
    assert re.fullmatch(r"Technician A\n.*“Example Help”\nnew to this computer", words), words
    assert "✓" not in words
    assert not pair.hers.exists("safety-words")  # the code did what they are for
    assert not pair.theirs.exists("safety-words")
    watch = Watch(pair.customer.desk.display, pair.hers.extents("Technician's face"))
    for _ in range(3):
        watch.wait_change(WAIT_S)
        watch.mark()
    watch.close()
    pair.hers.find("How did you get this link?")
    assert not pair.hers.enabled("Accept")
    pair.hers.press("A stranger")
    pair.hers.wait_text("stranger-warning", "press Decline")
    pair.hers.wait_enabled("Accept")
    pair.hers.press("I asked for it")
    pair.hers.wait_gone("stranger-warning")
    assert not pair.theirs.enabled("Ask to see the screen")  # she has not let anybody in yet
    pair.hers.press("Accept")
    pair.theirs.wait_enabled("Ask to see the screen")
    assert pair.hers.text("who-is-here") == "Technician A · they call themselves “Example Help”"


def test_who_is_declined_is_told_so_and_nothing_was_shared(pair: Pair) -> None:
    pair.meet()
    pair.theirs.wait_text("line", "good line")
    pair.hers.press("Decline")
    assert pair.hers.text("Describe the problem") == "The printer stopped."
    pair.theirs.find("Code")


# --- without a code ------------------------------------------------------------------------------------


@pytest.fixture
def available(pair: Pair) -> Pair:
    """The technician sees who waits."""
    if not pair.theirs.checked("Available"):
        pair.theirs.press("Available")
    pair.theirs.wait_checked("Available")
    return pair


def ask_for_help(pair: Pair) -> str:
    """She waits; her line in the technician's list."""
    pair.hers.set_text("Describe the problem", PROBLEM)
    pair.hers.press("Ask for help")
    pair.hers.wait_text("your-place", "You are next")
    return f"0 min: {PROBLEM}"


def test_from_asking_for_help_to_her_screen(available: Pair, notes: Paper) -> None:
    pair = available
    line = ask_for_help(pair)
    pair.theirs.find(line)
    pair.theirs.press("Take")
    pair.hers.wait_text("technician", f"{cast.GIVEN_NAME} {cast.SURNAME}")
    pair.hers.find("Technician's face")
    words = pair.hers.wait_text("safety-words", WORDS)
    assert pair.theirs.wait_text("safety-words", WORDS) == words
    pair.accept()
    assert pair.theirs.text("problem") == PROBLEM
    pair.allow("Ask for control")
    pair.take(notes).type("Abc")
    notes.wait_text("Abc")
    for window in (pair.customer, pair.technician):
        said = window.log.read_text()
        assert "paired" in said
        assert not [secret for secret in (PROBLEM, words) if secret in said]


def test_keys_alone_ask_and_take(available: Pair) -> None:
    pair = available
    pair.hers.type_into("Describe the problem", PROBLEM)
    pair.customer.desk.hand.key("Tab")
    pair.customer.desk.hand.key("Enter")
    pair.hers.wait_text("your-place", "You are next")
    pair.theirs.wait_enabled("Take")
    pair.technician.desk.hand.key("Ctrl+T")
    pair.hers.wait_text("technician", f"{cast.GIVEN_NAME} {cast.SURNAME}")
    pair.customer.desk.hand.key("Esc")
    pair.hers.find("Describe the problem")
    pair.theirs.find("Code")


def test_she_goes_back_whenever_she_likes_and_is_not_in_the_list_any_more(available: Pair) -> None:
    pair = available
    line = ask_for_help(pair)
    pair.theirs.find(line)
    pair.hers.press("Cancel")
    assert pair.hers.text("Describe the problem") == PROBLEM
    pair.theirs.wait_gone(line)
    wait_for(lambda: not pair.theirs.enabled("Take"), WAIT_S, "nobody is there to be taken")


# --- rights --------------------------------------------------------------------------------------------


def ask_and_refuse(visit: Pair) -> None:
    visit.theirs.press("Ask to see the screen")
    assert visit.hers.text("what-they-ask") == "Technician wants to see your screen."
    assert visit.hers.exists("Request")
    wait_for(lambda: not visit.theirs.enabled("Ask to point"), WAIT_S, "two questions at once")
    visit.hers.press("Not now")
    visit.hers.wait_gone("Not now")
    visit.theirs.wait_enabled("Ask to point")


def test_the_second_not_now_rests_the_button_and_her_own_check_box_still_gives(visit: Pair) -> None:
    ask_and_refuse(visit)
    visit.theirs.wait_enabled("Ask to see the screen")
    ask_and_refuse(visit)
    assert not visit.theirs.enabled("Ask to see the screen")
    assert visit.theirs.exists(SEES_NOT)
    visit.hers.press("Show my screen")
    visit.theirs.find(SEES)
    visit.hand()


def test_check_boxes_give_and_take(visit: Pair) -> None:
    visit.hers.press("Let them point")
    visit.theirs.find(POINTS)
    visit.theirs.find(SEES)  # who points has to see
    visit.hers.wait_text("they-see", "They can see your screen")
    visit.hers.press("Let them control")
    visit.hers.press("Go on")
    visit.theirs.find(CONTROLS)
    visit.hers.press("Show my screen")
    for line in (SEES_NOT, POINTS_NOT, CONTROLS_NOT):
        visit.theirs.find(line)
    for name in ("Show my screen", "Let them point", "Let them control"):
        visit.hers.wait_checked(name, on=False)
    visit.hers.wait_text("they-see", "Nobody can see your screen")


# --- hands ---------------------------------------------------------------------------------------------


def test_after_stop_control_no_key_arrives(controlled: Pair, notes: Paper) -> None:
    hand = controlled.take(notes)
    hand.type("Abc")
    notes.wait_text("Abc")
    controlled.hers.press("Stop control")
    controlled.theirs.find(CONTROLS_NOT)
    hand.type("xyz")
    hand.click(*notes.place.centre)
    hand.type("xyz")
    controlled.say_and_hear("I typed something.")  # on the same line, after the keys
    controlled.customer.desk.hand.type("d")
    notes.wait_text("Abcd")
    assert not controlled.hers.enabled("Stop control")


def test_a_single_escape_goes_through_and_two_free_the_keyboard(controlled: Pair, notes: Paper) -> None:
    hand = controlled.take(notes)
    hand.key("Esc")
    hand.type("a")
    notes.wait_text(ESCAPE + "a")
    hand.key("Esc", 2)
    controlled.theirs.wait_text("keyboard", "here")
    hand.type("b")
    controlled.take(notes).type("c")
    notes.wait_text(ESCAPE + "a" + ESCAPE + "c")


def test_send_keys_sends_what_this_desk_would_take_and_the_keyboard_stays_theirs(
    controlled: Pair, notes: Paper
) -> None:
    hand = controlled.take(notes)
    hand.type("a")
    for keys, typed in ((["Up", "Up"], INSERT), (["Down", "Down"], INSERT + ESCAPE)):  # Insert, Ctrl+Esc
        controlled.theirs.click("Send keys")
        controlled.theirs.wait_text("keyboard", "here")  # the menu has it
        for key in (*keys, "Enter"):
            hand.key(key)
        notes.wait_text("a" + typed)
    controlled.theirs.wait_text("keyboard", "theirs")
    hand.type("b")
    notes.wait_text("a" + INSERT + ESCAPE + "b")
    controlled.hers.press("Stop control")
    controlled.theirs.find(CONTROLS_NOT)
    assert not controlled.theirs.enabled("Send keys")


def test_the_pointer_shows_where_the_technician_points(visit: Pair) -> None:
    visit.allow("Ask to point")
    hand = visit.hand()
    spot = Box(300, 300, 60, 60)
    watch = Watch(visit.customer.desk.display, spot)
    visit.customer.desk.hand.move_to(900, 700)
    watch.wait_rest(0.3, WAIT_S)
    hand.click(320, 320)  # a click is no more than pointing now
    watch.wait_change(WAIT_S)
    watch.close()
    assert visit.customer.desk.hand.position() == (900, 700)


# --- the end -------------------------------------------------------------------------------------------


def ended(pair: Pair) -> None:
    """She reads the goodbye, nobody sees or moves anything any more, and the technician writes the end."""
    pair.hers.find("Summary")
    pair.theirs.find("What was wrong")
    assert not pair.theirs.exists("Customer's screen")
    assert "Technician A of Example Help helped you." in pair.hers.text("Summary")


def test_stop_everything_leads_to_the_goodbye(controlled: Pair) -> None:
    controlled.hers.press("Stop everything")
    ended(controlled)


def test_ctrl_alt_end_leads_to_the_goodbye(controlled: Pair, notes: Paper) -> None:
    controlled.customer.desk.hand.click_at(*notes.place.centre)
    controlled.customer.desk.hand.key("Ctrl+Alt+End")
    ended(controlled)


def test_what_both_wrote_stands_in_the_copy_that_she_saves(visit: Pair, tmp_path: Path) -> None:
    visit.say_and_hear("Good morning.")
    visit.hers.press("Chat")
    visit.hers.find("Technician: Good morning.")
    visit.hers.set_text("Message", "It squeaks – schön.")
    visit.hers.press("Send")
    visit.theirs.find("Customer: It squeaks – schön.")
    visit.theirs.press("End visit")
    visit.theirs.set_text("What was wrong", "No oil.")
    visit.theirs.set_text("What was done", "Oiled it.")
    visit.theirs.press("Close case")
    visit.hers.wait_text("Summary", "Oiled it.")
    visit.hers.press("Save my copy")
    visit.hers.set_text("File name:", str(tmp_path / "copy.txt"))
    visit.hers.press("Save")
    visit.hers.wait_text("saved-copy", re.escape(str(tmp_path / "copy.txt")))
    summary = (tmp_path / "copy.txt").read_text()
    for words in ("No oil.", "Oiled it.", "Technician: Good morning.", "You: It squeaks – schön."):
        assert words in summary
    assert [path.name for path in tmp_path.iterdir()] == ["copy.txt"]
    assert ("customer", "said", "") in stories(visit.customer.home)[-1]
    logs = (visit.customer.home / "data" / "visits").glob("*.jsonl")
    assert not any("squeaks" in log.read_text() for log in logs), "a log holds what was written"


def test_an_organisation_that_she_kept_is_known_the_next_time(pair: Pair) -> None:
    pair.meet()
    pair.accept()
    pair.theirs.press("End visit")
    pair.theirs.press("Close case")
    pair.hers.press("Keep this organisation")
    wait_for(lambda: not pair.hers.enabled("Keep this organisation"), WAIT_S, "it can be kept twice")
    pair.go_home()
    pair.meet()
    words = pair.hers.text("technician")
    assert re.fullmatch(r"Technician A\nExample Help\nknown since .*\d{4}", words), words
    assert not pair.hers.exists("How did you get this link?")
    pair.hers.press("Accept")
    pair.theirs.wait_enabled("Ask to see the screen")


def test_every_visit_left_its_log_in_her_profile(both: Pair) -> None:
    told = stories(both.customer.home)
    assert told
    assert all([what for _, what, _ in story][:2] in (["opened", "accepted"], ["opened", "declined"]) for story in told)
