import pytest

from remotehelp.desktop.x11.layout import LOCK, SHIFT, LayoutReader, Way, group_of, keysym, xtest_keyboard
from remotehelp.errors import BackendError
from tests.helpers.layouts import set_layout
from tests.helpers.xdesk import connected, x_server

Q, Y, LEVEL3 = 24, 29, 128


@pytest.fixture(scope="module")
def display():
    with x_server() as display:
        yield display


@pytest.fixture
def reader(display):
    with connected(display) as connection:
        reader = LayoutReader(display, xtest_keyboard(connection))
    yield reader
    reader.close()


def test_what_a_key_types_in_each_layout(display, reader):
    for name, q, y in (("us", "q", "y"), ("de", "q", "z"), ("fr", "a", "y"), ("ru", "й", "н")):
        set_layout(display, name)
        layout = reader.read()
        assert (layout.typed(Q, 0), layout.typed(Y, 0)) == (q, y)
        assert layout.typed(Q, SHIFT) == layout.typed(Q, LOCK) == q.upper()
        assert layout.typed(37, 0) == ""


def test_where_a_character_stands(display, reader):
    set_layout(display, "de")
    layout = reader.read()
    assert layout.ways("@", 0)[0] == Way(Q, LEVEL3)
    assert layout.ways("Z", 0)[0] == Way(Y, SHIFT)
    assert layout.ways("я", 0) == []
    assert layout.ways("^", 0) == []  # a dead key types nothing by itself


def test_two_groups(display, reader):
    set_layout(display, "us,ru")
    layout = reader.read()
    assert (layout.typed(Q, 0), layout.typed(Q, 1 << 13)) == ("q", "й")
    assert layout.ways("й", 1) == [Way(Q, 0)]
    assert layout.ways("й", 0) == []
    assert group_of(1 << 13 | 0xFF) == 1


def test_which_keys_change_what_others_type(display, reader):
    set_layout(display, "de")
    layout = reader.read()
    assert layout.holding[SHIFT] == 50
    assert LEVEL3 in layout.holding
    assert layout.levels == SHIFT | LEVEL3
    assert layout.locking == {LOCK: 66, 16: 77}
    assert layout.modifying[50] == layout.modifying[62] == SHIFT
    assert layout.modifying[37] == 4


def test_keysyms():
    assert [keysym(char) for char in "aя€😀"] == [0x61, 0x6D1, 0x20AC, 0x101F600]


def test_no_display():
    with pytest.raises(BackendError, match="no_display"):
        LayoutReader(":987", None)


def test_the_end_of_the_display():
    with x_server() as display:
        reader = LayoutReader(display, None)
        assert reader.read().typed(Q, 0) == "q"
    with pytest.raises(BackendError, match="display_lost"):
        reader.read()
    reader.close()
    reader.close()
