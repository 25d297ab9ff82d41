"""A private window in front stops picture and input before anything of it leaves, until she says that it is fine."""

from __future__ import annotations

import numpy as np
import pytest

from remotehelp import messages
from remotehelp.customer.brake import Rules
from remotehelp.customer.sharing import Hold
from remotehelp.desktop.fake import FakeForeground
from remotehelp.desktop.fake_screens import FakeShown
from remotehelp.desktop.foreground import Front
from remotehelp.errors import BackendError
from remotehelp.media.area import Rect
from remotehelp.messages import Right
from remotehelp.technician.intents import SendKey
from remotehelp.visit import events as on
from remotehelp.visit.checks import PrivateWindow, Sign
from tests.helpers.joined_visits import Visits, visiting

MAIL, BANK = Front(7, "Mail"), Front(8, "Online-Banking")
SIGN = Sign("online banking", around="online banking")
RED = (0, 0, 255)
SMALL = Rect(0, 0, 50, 50)
BLACK = np.zeros((50, 50, 4), np.uint8)


def foreground(both: Visits) -> FakeForeground:
    assert isinstance(both.desktop.foreground, FakeForeground)
    return both.desktop.foreground


async def rests(both: Visits, window: int = 8) -> None:
    await both.until(lambda: both.c.host.grants.open_request == PrivateWindow(window, (SIGN,)))


async def say(both: Visits, text: str) -> None:
    """Everything that was sent before has arrived."""
    both.c.connection.send(messages.Chat(text))
    await both.until(lambda: text in [said.text for said in both.t.conversation])


async def test_no_picture_and_no_input_until_she_says_that_it_is_fine() -> None:
    async with visiting(Right.CONTROL) as both:
        await both.until(lambda: both.engine.frames["screen"].take())
        both.t.sending.key(SendKey("ShiftLeft", True))
        await both.until(lambda: both.hands.held())
        foreground(both).bring(BANK)
        await rests(both)
        assert both.hands.held() == frozenset()
        assert not both.c.sharing.flows
        await both.until(lambda: both.t_told.troubles == ["told_private"])
        await say(both, "rests")
        both.engine.frames["screen"].take()  # what was on its way
        done = len(both.hands.done)
        both.screens.paint(Rect(0, 0, 100, 100), RED)
        both.t.sending.key(SendKey("KeyA", True))
        both.c.question_shown((), both.c.host.grants.question)  # the dialog is there: pictures still don't leave
        await say(both, "marker")
        assert both.engine.frames["screen"].take() is None
        assert len(both.hands.done) == done
        both.yes()
        both.c.question_hidden()
        await both.until(lambda: both.engine.frames["screen"].take())
        both.t.sending.key(SendKey("KeyA", False))
        both.t.sending.key(SendKey("KeyB", True))
        await both.until(lambda: both.hands.held() == {"KeyB"})
        await both.until(lambda: both.t_told.troubles == ["told_private", "told_goes_on"])
        foreground(both).bring(MAIL)
        foreground(both).bring(BANK)
        await say(both, "again")
        assert both.c.host.grants.open_request is None  # this window is fine


async def test_what_is_in_front_already_is_asked_about_before_the_first_picture() -> None:
    async with visiting() as both:
        foreground(both).bring(BANK)
        both.c.feed(on.RightSet(Right.VIEW, True))
        assert both.c.host.grants.open_request == PrivateWindow(8, (SIGN,))
        both.c.question_shown((), both.c.host.grants.question)
        await say(both, "marker")
        assert both.engine.frames["screen"].take() is None


async def test_our_own_window_hides_no_private_one() -> None:
    async with visiting() as both:
        foreground(both).bring(BANK)
        foreground(both).bring(Front(9, "RemoteHelp: your visit"))
        both.c.screen.private.know_own([9])
        both.c.feed(on.RightSet(Right.VIEW, True))
        await rests(both)


async def test_another_private_window_that_came_meanwhile_is_asked_about_next() -> None:
    async with visiting(Right.VIEW) as both:
        foreground(both).bring(BANK)
        await rests(both)
        foreground(both).bring(Front(12, "Online-Banking"))
        held: list[bool] = []
        release = both.c.sharing.release
        both.c.sharing.release = lambda why=Hold.QUESTION: (held.append(why is Hold.PRIVATE), release(why))[1]
        both.yes()  # at once: the loop has not heard of the other window yet
        assert both.c.host.grants.open_request == PrivateWindow(12, (SIGN,))
        assert not any(held)
        assert not both.c.sharing.flows


async def test_a_window_that_is_not_shown_is_nobodys_business() -> None:
    async with visiting() as both:
        both.screens.show_window(5, FakeShown(SMALL, BLACK, "Printers"))
        both.screens.show_window(8, FakeShown(SMALL, BLACK, "Online-Banking"))
        both.c.sharing.look_for_windows()
        both.c.screen.choose_window(5)
        both.c.feed(on.RightSet(Right.VIEW, True))
        foreground(both).bring(BANK)
        await say(both, "marker")
        assert both.c.host.grants.open_request is None
        both.c.screen.choose(("fake",))  # the whole screen, with the bank on it
        await rests(both)


async def test_the_one_window_that_is_shown_is_judged_wherever_it_lies() -> None:
    async with visiting(Right.VIEW) as both:
        both.screens.show_window(8, FakeShown(SMALL, BLACK, "News"))
        both.c.sharing.look_for_windows()
        both.c.screen.choose_window(8)
        foreground(both).bring(Front(8, "News"))
        foreground(both).bring(MAIL)
        await say(both, "marker")
        assert both.c.host.grants.open_request is None
        foreground(both)._windows = [BANK, MAIL]  # with the mail in front all the time
        foreground(both)._look()
        await rests(both)
        assert not both.c.sharing.flows


async def test_the_one_window_that_is_chosen_is_asked_about_before_its_first_picture() -> None:
    async with visiting(Right.VIEW) as both:
        both.screens.show_window(8, FakeShown(SMALL, BLACK, "Online-Banking"))
        both.c.sharing.look_for_windows()
        foreground(both)._windows = [BANK, MAIL]  # with the mail in front
        both.c.screen.choose_window(8)
        assert both.c.host.grants.open_request == PrivateWindow(8, (SIGN,))
        assert not both.c.sharing.flows


async def test_the_one_window_that_is_shown_may_become_private() -> None:
    async with visiting() as both:
        both.screens.show_window(8, FakeShown(SMALL, BLACK, "Browser"))
        both.c.sharing.look_for_windows()
        both.c.screen.choose_window(8)
        both.c.feed(on.RightSet(Right.VIEW, True))
        foreground(both).bring(BANK)
        await rests(both)


async def test_stop_ends_all_rights_and_nothing_is_watched_any_more() -> None:
    async with visiting(Right.CONTROL) as both:
        foreground(both).bring(BANK)
        await rests(both)
        both.c.answer(False, both.c.host.grants.question)
        assert (both.c.host.grants.rights, both.c.sharing.on) == (frozenset(), False)
        assert foreground(both)._changed is None
        await both.until(lambda: both.t_told.troubles[-1:] == ["told_stopped"])
        assert not both.t.guest.rights


async def test_the_organisations_words_count_too() -> None:
    async with visiting(Right.VIEW) as both:
        both.c.screen.private.rules = Rules(("payroll",))
        foreground(both).bring(Front(8, "Payroll 2026"))
        await both.until(lambda: both.c.host.grants.open_request == PrivateWindow(8, (Sign("payroll", added=True),)))


async def test_without_a_watch_nothing_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise BackendError("no_display")

    async with visiting() as both:
        monkeypatch.setattr(both.desktop.foreground, "start", broken)
        both.c.feed(on.RightSet(Right.VIEW, True))
        await both.until(lambda: both.c_told.troubles == ["no_display"])
        assert (both.c.host.grants.rights, both.c.sharing.on) == (frozenset(), False)
