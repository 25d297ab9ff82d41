"""The view is everything that the technician's window shows, as data: whole, frozen, comparable."""

from __future__ import annotations

import dataclasses
import pickle

import pytest

from remotehelp.technician.view import Page, TechnicianView
from tests.helpers import technician_views


def test_at_the_start_nothing_is_seen_or_controlled() -> None:
    view = TechnicianView()
    assert view.page is Page.FIRST_START
    assert not any((view.sees, view.controls, view.points, view.accepted, view.signed_in, view.available))


VIEWS = {name: view for name, view in vars(technician_views).items() if isinstance(view, TechnicianView)}


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_it_is_data_that_crosses_threads_and_stays_as_it_is(view: TechnicianView) -> None:
    assert pickle.loads(pickle.dumps(view)) == view  # noqa: S301 - our own bytes
    assert hash(view) == hash(dataclasses.replace(view))
    with pytest.raises(dataclasses.FrozenInstanceError):
        view.controls = True  # type: ignore[misc]
