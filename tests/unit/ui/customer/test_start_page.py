from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from remotehelp.customer.intents import AskForHelp, ShowCode, UseLink
from remotehelp.customer.view import CustomerView, Organisation
from remotehelp.messages import TEXT_LIMIT
from tests.helpers.reading import by_id, by_name, read
from ui.customer.start_page import StartPage

KNOWN = CustomerView(organisation=Organisation("Example Help", "known", "2026-05-03"))


@pytest.fixture
def page(qtbot, sent) -> StartPage:
    made = StartPage(sent.append)
    qtbot.addWidget(made)
    made.resize(480, 640)
    made.show_view(KNOWN)
    made.show()
    return made


def test_a_code_is_asked_for_with_the_problem_in_her_words(page: StartPage, sent) -> None:
    by_name(page, "Describe the problem").setPlainText("  The printer stopped.  ")
    by_name(page, "Show me a code").click()
    assert sent == [ShowCode("The printer stopped.")]


def test_help_is_asked_for_with_the_problem_in_her_words(page: StartPage, sent) -> None:
    by_name(page, "Describe the problem").setPlainText("  The printer stopped.  ")
    by_name(page, "Ask for help").click()
    assert sent == [AskForHelp("The printer stopped.")]


def test_she_is_told_who_reads_her_words_before_she_asks(page: StartPage) -> None:
    said = {name for name, _, _ in read(page)}
    assert any("the server can read how your words begin" in words and "With a code" in words for words in said)


def test_a_very_long_story_is_cut_where_the_protocol_ends(page: StartPage, sent) -> None:
    page.problem.setPlainText("x" * (TEXT_LIMIT + 10))
    page.show_code.click()
    assert len(sent[0].problem) == TEXT_LIMIT


@pytest.mark.parametrize("name", ["Ask for help", "Show me a code"])
def test_without_a_link_there_is_no_help_and_it_says_what_to_do(page: StartPage, sent, name: str) -> None:
    page.show_view(CustomerView())
    button = by_name(page, name)
    assert not button.isEnabled()
    assert "link" in button.accessibleDescription()
    button.click()
    assert sent == []


def test_the_link_is_sent_by_its_button_and_by_enter(page: StartPage, sent, qtbot) -> None:
    link = by_name(page, "Link from your helper")
    by_name(page, "Use link").click()
    assert sent == []
    link.setText(" remotehelp:one ")
    by_name(page, "Use link").click()
    qtbot.keyClick(link, Qt.Key.Key_Return)
    assert sent == [UseLink("remotehelp:one"), UseLink("remotehelp:one")]


def test_a_link_that_was_taken_leaves_the_field_and_is_confirmed_the_same_one_again_too(page: StartPage, qtbot) -> None:
    page.show_view(CustomerView())
    for taken in (1, 2):
        page.link.setText("remotehelp:one")
        page.show_view(CustomerView(busy=True, links_taken=taken - 1))
        assert page.link.text() == "remotehelp:one"
        page.show_view(replace(KNOWN, links_taken=taken))
        assert page.link.text() == ""
        assert by_id(page, "link-taken").isVisible()
        assert "Example Help" in by_id(page, "helper-organisation").text()
        qtbot.keyClicks(page.link, "r")
        assert not page._link_taken.isVisible()


def test_a_link_that_was_refused_stays_and_has_the_focus(page: StartPage, qtbot) -> None:
    page.activateWindow()
    page.link.setText("remotehelp:one")
    page.use_link.setFocus()
    page.show_view(replace(KNOWN, links_refused=1))
    qtbot.waitUntil(page.link.hasFocus)
    assert page.link.selectedText() == page.link.text() == "remotehelp:one"
    page.problem.setFocus()
    page.show_view(replace(KNOWN, links_refused=1, here=1))
    assert not page.link.hasFocus()


def test_a_new_helper_only_calls_itself_so(page: StartPage) -> None:
    page.show_view(CustomerView(organisation=Organisation("Example Help", "new")))
    assert "they call themselves “Example Help”" in by_id(page, "helper-organisation").text()


def test_what_comes_later_stands_there_and_says_so(page: StartPage) -> None:
    button = by_name(page, "Settings")
    assert not button.isEnabled()
    assert "later" in button.toolTip()


@pytest.mark.parametrize("identifier", ["microphone", "speaker"])
def test_voice_comes_later_and_nobody_hears_her(page: StartPage, identifier: str) -> None:
    device = by_id(page, identifier)
    assert not device.isEnabled()
    assert "Nobody hears you" in device.accessibleDescription()
    assert device.toolTip() == device.accessibleDescription()


def test_while_the_server_is_asked_nothing_is_asked_twice(page: StartPage) -> None:
    page.show_view(replace(KNOWN, busy=True))
    assert not page.show_code.isEnabled()
    assert not page.ask.isEnabled()
    assert not page.use_link.isEnabled()
    page.show_view(KNOWN)
    assert page.show_code.isEnabled()


def test_who_is_there_is_told_only_when_it_is_known(page: StartPage) -> None:
    assert not page.here.isVisible()
    page.show_view(replace(KNOWN, here=2))
    assert "2" in by_id(page, "here-now").text()


def test_her_words_stay_when_she_comes_back(page: StartPage) -> None:
    page.problem.setPlainText("The printer stopped.")
    page.show_view(replace(KNOWN, problem="The printer stopped."))
    page.problem.setPlainText("The printer stopped. Again.")
    page.show_view(replace(KNOWN, problem="The printer stopped.", here=1))
    assert page.problem.toPlainText() == "The printer stopped. Again."
