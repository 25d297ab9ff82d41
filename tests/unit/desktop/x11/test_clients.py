"""Which windows are offered to be shown alone, and what they are called."""

import pytest
from Xlib import Xatom

from remotehelp.desktop.x11.clients import TITLE, clean_title, list_windows, title_of
from remotehelp.media.area import Rect
from tests.helpers.xdesk import connected, x_desk

PLACE = Rect(20, 30, 100, 80)


@pytest.fixture(scope="module")
def managed():
    with x_desk(managed=True) as desk:
        yield desk


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("  Two\nlines\tof it ", "Two lines of it"),
        ("in\u202everted\u200b \x07bell", "inverted bell"),
        ("Gru\u0308n", "Grün"),
        ("x" * 200, "x" * (TITLE - 1) + "…"),
        ("\ud800", ""),
        ("", ""),
    ],
)
def test_a_title_is_one_short_line_that_says_what_it_shows(said, shown):
    assert clean_title(said) == shown


def test_a_title_comes_from_the_first_name_that_there_is(managed):
    with connected(managed.display) as program:
        made = program.screen().root.create_window(0, 0, 10, 10, 0, 0)
        assert title_of(program, made.id) == ""
        made.set_wm_class("xmessage", "Xmessage")
        assert title_of(program, made.id) == "Xmessage"
        made.change_property(Xatom.WM_NAME, Xatom.STRING, 8, "Größe".encode("latin-1"))
        assert title_of(program, made.id) == "Größe"
        utf8 = program.intern_atom("UTF8_STRING")
        made.change_property(program.intern_atom("_NET_WM_NAME"), utf8, 8, "Größe: 7 €".encode())
        assert title_of(program, made.id) == "Größe: 7 €"
        assert title_of(program, 0x3FFFFF1) == ""


@pytest.mark.parametrize("kind", ["DESKTOP", "DOCK", "NOTIFICATION"])
def test_desktops_and_panels_are_no_windows_to_be_shown(managed, kind):
    with connected(managed.display) as connection:
        window = managed.titled(PLACE, "A window")
        assert window.id in [one.id for one in list_windows(connection, ())]
        kinds = connection.intern_atom("_NET_WM_WINDOW_TYPE")
        made = connection.create_resource_object("window", window.id)
        made.change_property(kinds, Xatom.ATOM, 32, [connection.intern_atom(f"_NET_WM_WINDOW_TYPE_{kind}")])
        assert window.id not in [one.id for one in list_windows(connection, ())]
        managed.close(window)


def test_no_window_of_a_program_of_ours_is_offered(managed):
    """Not even one that nobody listed."""
    with connected(managed.display) as connection:
        known, other = managed.own_window(PLACE), managed.own_window(PLACE)
        listed = [one.id for one in list_windows(connection, [known.id])]
        assert known.id not in listed
        assert other.id not in listed
        assert other.id in [one.id for one in list_windows(connection, ())]
