"""The view is everything that her window shows, as data: whole, frozen, comparable, and without a live object in it."""

from __future__ import annotations

import dataclasses
import pickle

import pytest

from remotehelp.customer.view import CustomerView, Monitor, Organisation, Page, Person, RightLine
from remotehelp.messages import Right
from remotehelp.visit.events import Side
from remotehelp.visit.shown import Line, Notice, Said

FULL = CustomerView(
    page=Page.VISIT,
    notice=Notice("port_in_use", (("port", 8470),)),
    technician=Person("Technician", "A", Organisation("Example Help", "new"), b"\xff\xd8\xff"),
    line=Line.GOOD,
    rights=(RightLine(Right.VIEW, True), RightLine(Right.FILES, False, "right_comes_later")),
    request=Right.CONTROL,
    monitors=(Monitor("left", 0, 0, 1920, 1080),),
    conversation=(Said(Side.TECHNICIAN, "Hello"),),
    pointer=(3, 4),
)


def test_at_the_start_nothing_is_shown_shared_or_allowed() -> None:
    view = CustomerView()
    assert view.page is Page.START
    assert not any((view.sees, view.controls, view.may_accept, view.may_keep, view.rights, view.request))


def test_it_is_data_that_crosses_threads_and_stays_as_it_is() -> None:
    assert pickle.loads(pickle.dumps(FULL)) == FULL  # noqa: S301 - our own bytes
    assert hash(FULL) == hash(dataclasses.replace(FULL))
    with pytest.raises(dataclasses.FrozenInstanceError):
        FULL.controls = True  # type: ignore[misc]


def test_there_is_a_page_for_each_window_and_no_other() -> None:
    assert [page.value for page in Page] == ["start", "code", "waiting", "meeting", "visit", "goodbye"]
