"""Which windows count as belonging to one window: by the word of the program that made them all."""

import pytest
from Xlib import X

from remotehelp.desktop.x11.kin import belongs, holds, program_of, upwards
from tests.helpers.xdesk import connected, x_server


@pytest.fixture(scope="module")
def programs():
    with x_server() as display, connected(display) as one, connected(display) as other:
        yield one, other


def made(program, of=None, *, override=False, inside=None):
    around = program.create_resource_object("window", inside.id) if inside else program.screen().root
    window = around.create_window(0, 0, 10, 10, 0, X.CopyFromParent, override_redirect=override)
    if of is not None:
        window.set_wm_transient_for(of)
    program.sync()
    return window


def test_each_program_has_windows_of_its_own(programs):
    one, other = programs
    assert program_of(one, made(one).id) == program_of(one, made(one).id) != program_of(one, made(other).id)


def test_dialogs_and_menus_belong_and_theirs_too(programs):
    one, _ = programs
    main = made(one)
    dialog = made(one, main)
    assert belongs(one, main.id, main.id)
    assert belongs(one, dialog.id, main.id)
    assert belongs(one, made(one, dialog).id, main.id)
    assert belongs(one, made(one, override=True).id, main.id)


def test_other_windows_do_not_belong(programs):
    one, _ = programs
    main, second = made(one), made(one)
    assert not belongs(one, second.id, main.id)
    assert not belongs(one, made(one, second).id, main.id)
    assert not belongs(one, made(one, second, override=True).id, main.id)
    assert not belongs(one, 0x3FFFFF1, main.id)


def test_the_word_of_another_program_counts_for_nothing(programs):
    one, other = programs
    main = made(one)
    assert not belongs(one, made(other, main).id, main.id)
    assert not belongs(one, made(other, main, override=True).id, main.id)


def test_a_ring_of_dialogs_belongs_to_nobody(programs):
    one, _ = programs
    main, first = made(one), made(one)
    second = made(one, first)
    first.set_wm_transient_for(second)
    one.sync()
    assert not belongs(one, second.id, main.id)


def test_a_frame_is_not_the_window_in_it(programs):
    one, manager = programs
    frame = made(manager)
    main = made(one, inside=frame)
    inner = made(one, inside=main)
    assert upwards(one, inner.id) == [inner.id, main.id, frame.id]
    assert holds(one, [frame.id, main.id, inner.id], main.id)
    assert holds(one, [frame.id, main.id], main.id)
    assert not holds(one, [frame.id], main.id)
    assert not holds(one, [], main.id)


def test_what_another_program_puts_into_the_window_is_in_it(programs):
    one, other = programs
    main = made(one)
    assert holds(one, [main.id, made(other, inside=main).id], main.id)
    assert not holds(one, [made(one).id], main.id)


def test_a_window_that_is_gone_is_in_nothing(programs):
    assert upwards(programs[0], 0x3FFFFF1) == []
