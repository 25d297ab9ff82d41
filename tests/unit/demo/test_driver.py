from __future__ import annotations

import pytest

from remotehelp.demo.desk import Desk
from remotehelp.demo.driver import App
from remotehelp.demo.processes import Process
from remotehelp.demo.waiting import StageError


def test_finds_a_program_by_its_name(desk: Desk, program: Process) -> None:
    assert desk.driver.wait_app(name="sample").pid == program.pid


def test_names_the_programs_that_are_there_instead(desk: Desk, sample: App) -> None:
    with pytest.raises(StageError, match=r"no program nobody on this desk; there are .*'sample'"):
        desk.driver.wait_app(name="nobody", timeout=0.1)


def test_finds_by_name_and_by_id(sample: App) -> None:
    button = sample.find("Connect")
    assert (button.name, button.enabled) == ("Connect", True)
    assert sample.find("what-it-says").text == "waiting"


def test_means_the_field_and_not_its_label(sample: App) -> None:
    assert sample.find("Code").role == "text"


def test_finds_only_what_shows(sample: App) -> None:
    assert sample.exists("Connect")
    assert not sample.exists("Hidden")
    assert sample.exists("Hidden", hidden=True)


def test_lists_what_is_there_instead(sample: App) -> None:
    with pytest.raises(
        StageError, match=r"nothing is called 'Goodbye'; there is .*what-it-says'.*push button 'Connect'"
    ):
        sample.find("Goodbye", timeout=0.1)


def test_presses_and_waits_for_the_text(sample: App) -> None:
    sample.set_text("Code", "4711-482-913")
    sample.press("Connect")
    assert sample.wait_text("what-it-says", "^connected to") == "connected to 4711-482-913"


def test_says_what_the_text_was_instead(sample: App) -> None:
    with pytest.raises(StageError, match="'goodbye' is not in 'what-it-says', which says 'waiting'"):
        sample.wait_text("what-it-says", "goodbye", timeout=0.1)


def test_checks_a_box_and_clicks_it_off_again(sample: App) -> None:
    sample.press("Allow control")
    sample.wait_checked("Allow control")
    assert sample.checked("Allow control")
    sample.click("Allow control")
    sample.wait_checked("Allow control", on=False)
    assert sample.wait_text("what-it-says", "control off")


def test_never_presses_what_is_disabled(sample: App) -> None:
    assert not sample.enabled("Never")
    with pytest.raises(StageError, match="'Never' is disabled"):
        sample.press("Never", timeout=0.1)
    with pytest.raises(StageError, match="'Never' is not enabled"):
        sample.wait_enabled("Never", timeout=0.1)


def test_answers_a_question_in_a_dialog(sample: App) -> None:
    sample.press("Ask")
    sample.press("Yes")
    sample.wait_text("what-it-says", "allowed")
    sample.wait_gone("Yes")


def test_sees_where_a_thing_stands(sample: App) -> None:
    label, button = sample.extents("what-it-says"), sample.extents("Connect")
    assert label.y + label.height <= button.y


def test_draws_the_tree_for_a_person(sample: App) -> None:
    assert "  push button 'Never'" in sample.tree()


def test_says_that_a_program_is_gone(sample: App, program: Process) -> None:
    program.end()
    with pytest.raises(StageError):
        sample.find("Connect", timeout=0.1)
