"""A chosen window stays that window, though another one gets its id."""

from contextlib import closing
from pathlib import Path

import pytest

from remotehelp.customer.sharing import Sharing
from remotehelp.desktop.x11.kept_window import XKeptWindow
from remotehelp.errors import BackendError
from remotehelp.media.area import Rect
from tests.helpers.screen_source import Plenty
from tests.helpers.waiting import until
from tests.helpers.xdesk import Program, connected, x_desk

PLACE = Rect(50, 60, 100, 80)


@pytest.fixture(scope="module")
def desk():
    with x_desk() as desk:
        yield desk


def keep(desk, window):
    return XKeptWindow(desk.display, window)


def test_a_window_that_moves_is_minimised_or_comes_back_is_the_same(desk):
    window = desk.titled(PLACE, "Printers")
    kept = keep(desk, window.id)
    desk.put(window, Rect(70, 80, 120, 90))
    desk.show(window, False)
    kept.check()
    desk.show(window, True)
    kept.check()
    desk.close(window)
    for _ in range(2):
        with pytest.raises(BackendError, match="window_closed"):
            kept.check()
    kept.close()


def test_a_window_that_is_gone_can_not_be_kept_and_nothing_stays_open(desk):
    def opened():
        return len(list(Path("/proc/self/fd").iterdir()))

    before = opened()
    with pytest.raises(BackendError, match="window_closed"):
        keep(desk, 0x3FFFFF1)
    keep(desk, desk.titled(PLACE, "Printers").id).close()
    assert opened() == before


def test_the_end_of_the_display_is_told():
    with x_desk() as desk:
        kept = keep(desk, desk.titled(PLACE, "Printers").id)
    with pytest.raises(BackendError, match="display_lost"):
        kept.check()
    kept.close()


async def test_a_window_of_the_next_program_that_got_the_same_id_is_never_shown(desk):
    """She stopped showing her printers, closed them and opened her letters; then she let the screen be seen again."""
    sharing = Sharing(desk.screens, lambda _: None, Plenty(), lambda width, height: None, lambda error: None)
    with connected(desk.display) as printers:
        chosen = Program(printers).window(PLACE, title="Printers")
        sharing.choose_window(chosen.id)
        sharing.start()
        sharing.stop()
    await until(lambda: chosen.id not in [window.id for window in desk.screens.windows(())])
    with closing(sharing), connected(desk.display) as letters:
        window = Program(letters).window(PLACE, title="Letters")
        assert window.id == chosen.id
        with pytest.raises(BackendError, match="window_closed"):
            sharing.start()
        assert not sharing.on
        sharing.choose_window(window.id)  # now she chooses that one
        sharing.start()
        assert sharing.on
